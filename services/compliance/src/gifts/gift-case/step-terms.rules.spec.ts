import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { workingDays } from '@aiqyn/contracts';
import { GIFT_STATES, type GiftState } from './gift-states.rules.js';
import { stepDue, stepTerms } from './step-terms.rules.js';

const read = (file: string | URL): unknown => JSON.parse(readFileSync(file, 'utf8'));
const raw = read(new URL('../../../data/policies/gift-terms.json', import.meta.url)) as object;
const pack = stepTerms(raw);
const calendar = workingDays(
  read(createRequire(import.meta.url).resolve('@aiqyn/contracts/data/working-days-kz.json')),
);

describe('the term of an office for its step', () => {
  it.each([
    ['exemption-review', '2025-12-29', '2026-01-08'],
    ['breach-review', '2025-12-29', '2026-01-28'],
    ['handed-over', '2024-02-01', '2024-03-02'],
    ['valued', '2024-02-01', '2024-04-01'],
  ] as [GiftState, string, string][])('%s since %s: until %s', (state, since, due) =>
    expect(stepDue(pack, calendar, state, since)).toBe(due),
  );

  it('runs in no other state', () => {
    const running = GIFT_STATES.filter((state) => stepDue(pack, calendar, state, '2025-03-03') !== undefined);
    expect(running).toEqual(['exemption-review', 'breach-review', 'handed-over', 'valued']);
  });

  it.each(['id', 'source', 'checked', 'effectiveFrom', 'reviewWorkingDays', 'disposalDays'])(
    'is not read without %s',
    (field) =>
      expect(() => stepTerms({ ...raw, [field]: null })).toThrow(
        expect.objectContaining({ code: 'bad_policy', details: { field } }),
      ),
  );
});
