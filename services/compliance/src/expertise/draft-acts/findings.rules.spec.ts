import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FACTOR_SEVERITIES, type FactorSeverity } from '@aiqyn/contracts';
import {
  added,
  allJudged,
  allSettled,
  answered,
  type Finding,
  judged,
  riskIndex,
  unanswered,
  withdrawn,
} from './findings.rules.js';

const finding = (more: Partial<Finding> = {}): Finding => ({
  ...{ findingId: 'a', code: 'DISC-02', severity: 'high', textVersion: 1, language: 'ru', article: 2 },
  ...{ start: 10, end: 20, quote: 'вправе', origin: 'screening', status: 'candidate' },
  ...more,
});
const yes = finding({ status: 'confirmed' });
const reply = { answer: 'accepted', reason: 'мерзім қойылды', day: '2026-02-01', by: 'dev' } as const;
const code = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'done';
};

describe('findings of an act', () => {
  it('are confirmed or rejected with a reason, also anew', () => {
    const once = judged([finding()], 'a', 'confirmed', 'no term', 'expert');
    expect(once[0]).toMatchObject({ status: 'confirmed', reason: 'no term', by: 'expert' });
    expect(judged(once, 'a', 'rejected', 'defined', 'expert')[0]).toMatchObject({
      status: 'rejected',
      reason: 'defined',
    });
  });

  it.each([
    ['no_such_finding', () => judged([finding()], 'b', 'confirmed', 'x', 'e')],
    ['finding_withdrawn', () => judged([finding({ status: 'withdrawn' })], 'a', 'confirmed', 'x', 'e')],
    ['finding_withdrawn', () => answered([finding({ status: 'withdrawn' })], 'a', reply)],
    ['no_such_finding', () => answered([finding({ status: 'rejected' })], 'a', reply)],
    ['already_done', () => answered(answered([yes], 'a', reply), 'a', reply)],
    ['already_done', () => withdrawn(answered([yes], 'a', reply), 'a', 'x', 'e')],
    ['overlapping_finding', () => added([yes], finding({ findingId: 'b', start: 19, end: 30 }))],
    ['done', () => added([yes], finding({ findingId: 'b', start: 20, end: 30 }))],
    ['done', () => added([yes], finding({ findingId: 'b', code: 'LING-01' }))],
    ['done', () => added([yes], finding({ findingId: 'b', language: 'kk' }))],
    ['candidates_open', () => allJudged([yes, finding({ findingId: 'b' })])],
    ['done', () => allJudged([yes, finding({ findingId: 'b', status: 'rejected' })])],
    ['findings_open', () => allSettled([yes], 2)],
    ['done', () => allSettled([{ ...yes, outcomes: [{ textVersion: 2, outcome: 'kept' }] }], 2)],
    ['findings_open', () => allSettled([{ ...yes, outcomes: [{ textVersion: 2, outcome: 'kept' }] }], 3)],
  ] as [string, () => unknown][])('%s', (expected, work) => expect(code(work)).toBe(expected));

  it('that were withdrawn ask for no answer', () => {
    const two = [yes, finding({ findingId: 'b', status: 'confirmed' })];
    expect(unanswered(two)).toHaveLength(2);
    expect(unanswered(withdrawn(answered(two, 'a', reply), 'b', 'wrong', 'e'))).toEqual([]);
  });
});

describe('the risk index', () => {
  const of = (...list: [string, number, FactorSeverity][]): Finding[] =>
    list.map(([factor, article, severity], i) =>
      finding({ findingId: `${i}`, code: factor, article, severity, status: 'confirmed' }),
    );
  it.each<[string, Finding[], number, string]>([
    ['nothing confirmed', [finding()], 0, 'low'],
    // S = 3: 100 (1 - exp(-0.25)) = 22.1
    ['one high', of(['DISC-02', 1, 'high']), 22.1, 'low'],
    // S = 3 + 1.5 = 4.5: 31.3
    ['the same twice in an article', of(['DISC-02', 1, 'high'], ['DISC-02', 1, 'high']), 31.3, 'moderate'],
    ['in two articles', of(['DISC-02', 1, 'high'], ['DISC-02', 2, 'high']), 39.3, 'moderate'],
    // S = 4: 28.3, moderate by the number
    ['a critical one', of(['CTRL-02', 1, 'critical']), 28.3, 'high'],
  ])('of %s', (_, list, index, band) => expect(riskIndex(list)).toEqual({ index, band }));

  it('falls to its number once the critical one is accepted', () => {
    expect(riskIndex([{ ...of(['CTRL-02', 1, 'critical'])[0]!, answer: reply }]).band).toBe('moderate');
  });

  it('never falls by a further finding', () => {
    const one = fc.record({
      code: fc.constantFrom('DISC-02', 'LING-01', 'PROC-02'),
      article: fc.nat(3),
      severity: fc.constantFrom(...FACTOR_SEVERITIES),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), one, (list, more) => {
        const confirmedOf = (all: typeof list): Finding[] =>
          all.map((each, i) => finding({ ...each, findingId: `${i}`, status: 'confirmed' }));
        expect(riskIndex(confirmedOf([...list, more])).index).toBeGreaterThanOrEqual(
          riskIndex(confirmedOf(list)).index,
        );
      }),
    );
  });
});
