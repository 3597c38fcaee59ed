import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  DECISION_REASONS,
  type Decided,
  explainBy,
  type Explained,
  explanationTerms,
  extendedBy,
  hasExpired,
  inquiryAfter,
  mayDecide,
  provenOf,
} from './inquiry.rules.js';
import type { InquiryState } from './inquiry-states.rules.js';

const raw = JSON.parse(
  readFileSync(new URL('../../data/policies/explanation-terms.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;
const pack = explanationTerms(raw);
const no = (code: string): unknown => expect.objectContaining({ code });

describe('the term to explain', () => {
  it.each([
    ['2026-01-15', '2026-02-15', '2026-04-15'],
    ['2026-01-31', '2026-02-28', '2026-04-30'],
    ['2024-01-31', '2024-02-29', '2024-04-30'],
    ['2026-11-30', '2026-12-30', '2027-02-28'],
    ['2027-11-30', '2027-12-30', '2028-02-29'],
    ['2026-08-31', '2026-09-30', '2026-11-30'],
  ])('of a notice on %s ends on %s, with a valid reason on %s', (day, by, extended) => {
    expect(explainBy(pack, day)).toBe(by);
    expect(extendedBy(pack, { state: 'notified', notice: { day } }, by)).toBe(extended);
  });

  it.each([
    ['after the first month', { state: 'notified', notice: { day: '2026-01-31' } }, '2026-03-01', 'too_late'],
    ['twice', { state: 'notified', notice: { day: '2026-01-31' }, extension: 'illness' }, '2026-02-01', 'already_done'],
    ['before the notice', { state: 'signal' }, '2026-02-01', 'no_term'],
    ['after the answer', { state: 'explained', notice: { day: '2026-01-31' } }, '2026-02-01', 'no_term'],
  ] as const)('is not extended %s', (_, file, day, code) => {
    expect(() => extendedBy(pack, file, day)).toThrow(no(code));
  });

  it.each([
    ['notified', '2026-02-28', '2026-02-28', false],
    ['notified', '2026-02-28', '2026-03-01', true],
    ['explained', '2026-02-28', '2026-03-01', false],
    ['unanswered', '2026-02-28', '2026-03-01', false],
  ] as const)('of one that is %s until %s has passed on %s: %s', (state, dueDay, day, passed) => {
    expect(hasExpired({ state, dueDay }, day)).toBe(passed);
  });

  it.each([
    ['id', { id: 1 }],
    ['effectiveFrom', { effectiveFrom: 'soon' }],
    ['source', { source: undefined }],
    ['checked', { checked: 'no' }],
    ['months', { months: 0 }],
    ['extendedMonths', { extendedMonths: 1 }],
  ])('needs a right %s, named when it is not', (field, change) => {
    expect(() => explanationTerms({ ...raw, ...change })).toThrow(
      expect.objectContaining({ code: 'bad_policy', details: { field } }),
    );
  });
});

describe('what was proven', () => {
  const explained: Explained[] = [
    { sourceId: 'e1', kind: 'gift', amount: 100 },
    { sourceId: 'e2', kind: 'loan', amount: 50 },
  ];

  it('is what was explained, up to its amount', () => {
    expect(provenOf(explained, [{ sourceId: 'e2', amount: 50 }])).toEqual([
      { sourceId: 'e2', kind: 'loan', amount: 50 },
    ]);
    expect(provenOf(explained, [])).toEqual([]);
  });

  it.each([
    [[{ sourceId: 'e3', amount: 1 }], 'no_such_source'],
    [[{ sourceId: 'e1', amount: 101 }], 'more_than_explained'],
    [
      [
        { sourceId: 'e1', amount: 1 },
        { sourceId: 'e1', amount: 1 },
      ],
      'same_id_twice',
    ],
  ])('is not %j: %s', (proven, code) => expect(() => provenOf(explained, proven)).toThrow(no(code)));
});

describe('a decision', () => {
  const file = { notice: { by: 'anna' }, rechecked: { basis: 'b', checks: ['K1'] } };
  const referred = { outcome: 'referred' as Decided, reason: 'not-confirmed', by: 'boris', basis: 'b' };

  it.each([
    ['who notified', file, { by: 'anna' }, 'same_person'],
    ['of what changed since', file, { basis: 'c' }, 'out_of_date'],
    ['to refer what adds up', { ...file, rechecked: { basis: 'b', checks: [] } }, {}, 'not_triggered'],
    ['for a reason of another outcome', file, { reason: 'sources-proven' }, 'bad_reason'],
  ])('is not taken by/for %s', (_, from, change, code) => {
    expect(() => mayDecide(from, { ...referred, ...change })).toThrow(no(code));
  });

  it.each(Object.entries(DECISION_REASONS).flatMap(([outcome, reasons]) => reasons.map((reason) => [outcome, reason])))(
    'of another person may be %s: %s',
    (outcome, reason) => {
      expect(() => mayDecide(file, { ...referred, outcome: outcome as Decided, reason: reason })).not.toThrow();
    },
  );
});

describe('what a review leads to', () => {
  const last = (state: InquiryState, checks: string[], reason?: string) => ({
    ...{ state, checks, possible: false },
    ...(reason ? { decision: { reason } } : {}),
  });

  it.each([
    ['nothing found', undefined, [], 'nothing'],
    ['first found', undefined, ['K1'], 'open'],
    ['the same again', last('signal', ['K1']), ['K1'], 'nothing'],
    ['one more', last('signal', ['K1']), ['K1', 'L1'], 'renew'],
    ['one less', last('signal', ['K1', 'L1']), ['K1'], 'renew'],
    ['none left', last('signal', ['K1']), [], 'clear'],
    ['none left once told', last('notified', ['K1']), [], 'nothing'],
    ['one more once told', last('notified', ['K1']), ['K1', 'K3'], 'nothing'],
    ['the same after the decision', last('justified', ['K1'], 'sources-proven'), ['K1'], 'nothing'],
    ['another after the decision', last('justified', ['K1'], 'sources-proven'), ['K1', 'K3'], 'open'],
    ['none after it cleared', last('closed', ['K1'], 'cleared'), [], 'nothing'],
    ['the same after it cleared', last('closed', ['K1'], 'cleared'), ['K1'], 'open'],
  ] as const)('%s', (_, before, codes, step) => expect(inquiryAfter(before, codes, false)).toBe(step));

  it('is told again when it is no longer only possible', () => {
    expect(inquiryAfter({ ...last('signal', ['K1']), possible: true }, ['K1'], false)).toBe('renew');
  });
});
