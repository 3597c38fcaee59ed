import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { type GiverKind, unitTable } from '@aiqyn/contracts';
import { type GiverOutcome, giverPack, judgeGiverOutcome } from './giver-liability.rules.js';

const read = (file: string | URL): unknown => JSON.parse(readFileSync(file, 'utf8'));
const raw = read(new URL('../../../data/policies/gift-givers.json', import.meta.url)) as object;
const pack = giverPack(raw);
const mci = unitTable(read(createRequire(import.meta.url).resolve('@aiqyn/contracts/data/mci-kz.json')));

describe('what a giver may answer by', () => {
  it.each([
    ['person', '2025-03-01', 'referred', 'offered-by-reason-of-office', 'CAO-676', 200 * 393_200],
    ['organisation', '2025-03-01', 'referred', 'offered-for-acts-in-favour', 'CAO-678', 750 * 393_200],
    ['organisation', '2026-03-01', 'referred', 'offered-for-acts-in-favour', 'CAO-678', 750 * 432_500],
    ['person', '2025-03-01', 'no-grounds', 'official-event', undefined, undefined],
    ['unknown', '2025-03-01', 'no-grounds', 'giver-unknown', undefined, undefined],
  ] as [GiverKind, string, GiverOutcome, string, string | undefined, number | undefined][])(
    '%s on %s, %s because %s: %s, %s tiyn',
    (kind, day, outcome, reason, article, fineUpTo) =>
      expect(judgeGiverOutcome(pack, mci, { kind, day, outcome, reason })).toEqual(
        article ? { article, fineUpTo } : {},
      ),
  );

  it.each([
    ['unknown', '2025-03-01', 'referred', 'offered-by-reason-of-office', 'giver_unknown'],
    ['person', '2025-03-01', 'referred', 'official-event', 'bad_reason'],
    ['person', '2025-03-01', 'no-grounds', 'offered-by-reason-of-office', 'bad_reason'],
    ['person', '2020-10-05', 'referred', 'offered-by-reason-of-office', 'no_pack_for_day'],
  ] as [GiverKind, string, GiverOutcome, string, string][])(
    '%s on %s, %s because %s is refused: %s',
    (kind, day, outcome, reason, code) =>
      expect(() => judgeGiverOutcome(pack, mci, { kind, day, outcome, reason })).toThrow(
        expect.objectContaining({ code }),
      ),
  );

  it.each(['id', 'source', 'checked', 'effectiveFrom', 'person'])('is not read without %s', (field) =>
    expect(() => giverPack({ ...raw, [field]: null })).toThrow(expect.objectContaining({ code: 'bad_policy' })),
  );
});
