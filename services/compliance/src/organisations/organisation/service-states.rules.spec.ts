import { describe, expect, it } from '@jest/globals';
import { SERVICE_STATES } from '@aiqyn/contracts';
import { moveService, SERVICE_TRANSITIONS } from './service-states.rules.js';

describe('the compliance service of an organisation', () => {
  it.each(SERVICE_STATES.flatMap((from) => SERVICE_STATES.map((to) => [from, to] as const)))('%s to %s', (from, to) => {
    const allowed = SERVICE_TRANSITIONS[from];
    if (allowed.includes(to)) expect(moveService(from, to)).toBe(to);
    else
      expect(() => moveService(from, to)).toThrow(
        expect.objectContaining({ code: 'illegal_transition', details: { allowed } }),
      );
  });

  it('is active only after an officer was appointed', () =>
    expect(SERVICE_STATES.filter((from) => SERVICE_TRANSITIONS[from].includes('active'))).toEqual([
      'service-appointed',
    ]));
});
