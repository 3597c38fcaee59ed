import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { approved, asked, assertMayLook, identityPack, type IdentityRequest } from './identity.rules.js';

const raw = JSON.parse(
  readFileSync(new URL('../../data/policies/identity-access.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;
const pack = identityPack(raw);
const wish = { requestedBy: 'anna', reason: 'witness-hearing', day: '2025-03-01' };
const agree = (requests: IdentityRequest[], by = 'custodian', requestedBy = 'anna') =>
  approved(requests, { requestedBy, by, day: '2025-03-02', pack });
const may = (requests: IdentityRequest[], person: string, day: string): boolean => {
  try {
    assertMayLook(requests, person, day);
    return true;
  } catch {
    return false;
  }
};

describe('the identity of a reporting person', () => {
  it('is closed without a request, and without the approval of one', () => {
    expect(may([], 'anna', '2025-03-02')).toBe(false);
    expect(may(asked([], wish), 'anna', '2025-03-02')).toBe(false);
  });

  it.each([
    ['anna', '2025-03-02', true],
    ['anna', '2025-03-09', true],
    ['anna', '2025-03-10', false],
    ['boris', '2025-03-02', false],
    ['custodian', '2025-03-02', false],
  ])('is open after the approval to %s on %s: %s', (person, day, open) => {
    expect(may(agree(asked([], wish)), person, day)).toBe(open);
  });

  it('is opened by another person only, and only on request', () => {
    expect(() => agree(asked([], wish), 'anna')).toThrow(expect.objectContaining({ code: 'same_person' }));
    expect(() => agree([], 'custodian')).toThrow(expect.objectContaining({ code: 'no_request' }));
    expect(() => agree(asked([], wish), 'custodian', 'boris')).toThrow(expect.objectContaining({ code: 'no_request' }));
    expect(() => agree(agree(asked([], wish)))).toThrow(expect.objectContaining({ code: 'no_request' }));
  });

  it('is asked for again when the days are over, not while a request waits', () => {
    expect(() => asked(asked([], wish), wish)).toThrow(expect.objectContaining({ code: 'already_done' }));
    const again = agree(asked(agree(asked([], wish)), { ...wish, day: '2025-04-01' }));
    expect(again).toHaveLength(2);
  });

  it.each(['id', 'effectiveFrom', 'openDays'])('needs a policy with %s', (field) => {
    expect(() => identityPack({ ...raw, [field]: undefined })).toThrow(
      expect.objectContaining({ code: 'bad_policy', details: { field } }),
    );
  });
});
