import { describe, expect, it } from '@jest/globals';
import type { ComplianceConfig } from '../config.js';
import { Mail } from './mail.js';

const mail = (SMTP_URL?: string): Mail =>
  new Mail({ MAIL_FROM: 'notices@aiqyn.example', ...(SMTP_URL ? { SMTP_URL } : {}) } as ComplianceConfig);

describe('the mail server', () => {
  it('may be missing', () => expect(mail().on).toBe(false));

  it('that does not answer is tried again, later, and left in peace until then', async () => {
    // Nobody listens on the first port.
    const down = mail('smtp://127.0.0.1:1');
    expect([down.on, down.rests]).toEqual([true, false]);
    const tried = await down.send('notice-1', 'chair@agency.invalid', 'subject', 'text');
    expect(tried).toEqual({ sent: false, reason: expect.stringMatching(/^E[A-Z]+$/) as unknown, forGood: false });
    expect(down.rests).toBe(true);
    down.onModuleDestroy();
  });
});
