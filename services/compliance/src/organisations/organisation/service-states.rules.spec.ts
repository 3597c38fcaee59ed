import { describe, expect, it } from '@jest/globals';
import { SERVICE_STATES } from '@aiqyn/contracts';
import { moveService, ofAnotherOrganisation, SERVICE_TRANSITIONS } from './service-states.rules.js';

const bin = '050540000016';

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

describe('who reviews', () => {
  it.each([
    ['000000000010', true],
    ['compliance-authority', true],
    [bin, false],
    [undefined, false],
  ] as [string | undefined, boolean][])('of %s is of another organisation: %s', (department, another) => {
    if (another) expect(() => ofAnotherOrganisation(department, bin)).not.toThrow();
    else
      expect(() => ofAnotherOrganisation(department, bin)).toThrow(
        expect.objectContaining({ code: 'not_independent' }),
      );
  });
});
