import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { ComplianceConfig } from '../config.js';
import { Mail } from './mail.js';

const mail = (SMTP_URL?: string): Mail =>
  new Mail({ MAIL_FROM: 'notices@aiqyn.example', ...(SMTP_URL ? { SMTP_URL } : {}) } as ComplianceConfig);

/** Says yes to everything and keeps each line that it was sent. */
async function sink(): Promise<{ url: string; lines: string[]; stop(): void }> {
  const lines: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    let inMessage = false;
    socket.write('220 sink\r\n');
    socket
      .on('error', () => undefined)
      .on('data', (bytes) => {
        for (const line of bytes.toString().split('\r\n').slice(0, -1)) {
          lines.push(line);
          if (line === 'DATA') socket.write('354 go on\r\n');
          else if (line === '.' || !inMessage) socket.write('250 yes\r\n');
          inMessage = line === 'DATA' || (inMessage && line !== '.');
        }
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const stop = (): void => {
    open.forEach((socket) => socket.destroy());
    server.close();
  };
  return { url: `smtp://127.0.0.1:${port}?ignoreTLS=true`, lines, stop };
}

describe('the mail server', () => {
  it('is told no command and no header by a subject or a text', async () => {
    const server = await sink();
    const down = mail(server.url);
    const forged = 'x\r\nBcc: CANARY@evil.example\r\n.\r\nRCPT TO:<CANARY@evil.example>\r\n';
    await down.send('notice-1', 'chair@agency.example', forged, `text\r\n${forged}`);
    down.onModuleDestroy();
    server.stop();
    // The command and the header that are looked for do arrive where they are meant.
    expect(server.lines).toContain('RCPT TO:<chair@agency.example>');
    const messages = server.lines
      .join('\n')
      .split(/^DATA$/m)
      .slice(1);
    for (const message of messages) {
      const [headers, ...body] = message.split(/\n\n/);
      expect(headers).not.toMatch(/^bcc:/im);
      // A point alone would end the message, and what follows be commands: it is doubled.
      expect(
        body
          .join('\n\n')
          .split('\n')
          .filter((line) => line === '.').length,
      ).toBeLessThanOrEqual(1);
    }
    const commands = server.lines.join('\n').replaceAll(/^DATA$[\s\S]*?^\.$/gm, '');
    expect(commands).not.toMatch(/^RCPT TO:<CANARY/im);
  });

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
