import { describe, expect, it } from '@jest/globals';
import type { Gap } from '../judge-portfolio/contribution.rules.js';
import type { Limits } from '../judge-portfolio/fences.rules.js';
import type { Sum, SumKind } from '../judge-portfolio/sums.rules.js';
import { defaultSettings } from '../judge-process/indicator-settings.rules.js';
import { outlierId, verdictOfSum, verdictsOfGaps } from './verdict.rules.js';

const { R038, R048, ...more } = defaultSettings('aiqyn');
const settings = {
  ...more,
  R038: { ...R038!, minimumBids: 4, minimumProcesses: 3 },
  R048: { ...R048!, minimumProcesses: 2 },
};
const limits: Limits = {
  ...{ R024: 0.01, R058: 0.5, R025: { many: 10, low: 0.1 }, R048: 3 },
  R038: { Buyer: 0.5, Tenderer: 0.75 },
};
const sum = (kind: SumKind, part: number, whole: number, processes: number, classes: string[] = []): Sum => ({
  ...{ kind, id: 'X', part, whole, processes },
  classes: Object.fromEntries(classes.map((one) => [one, 1])),
});
const say = (one: Sum, by = limits): string => {
  const { _id, outcome } = verdictOfSum(one, one, by, settings)!;
  return [_id, outcome.state, outcome.value ?? outcome.reason].filter((part) => part !== undefined).join(' ');
};

describe('what is said of who a sum is about', () => {
  it.each<[string, Sum, string]>([
    ['many bids, a tenth won', sum('wins', 1, 10, 10), 'Tenderer:X:R025 triggered 0.1'],
    ['many bids, more won', sum('wins', 2, 11, 11), 'Tenderer:X:R025 not-triggered'],
    ['few bids, none won', sum('wins', 0, 9, 9), 'Tenderer:X:R025 not-triggered'],
    ['half of the bids disqualified', sum('buyer', 2, 4, 3), 'Buyer:X:R038 triggered 0.5'],
    ['less than half', sum('buyer', 2, 5, 3), 'Buyer:X:R038 not-triggered'],
    ['half, in too few processes', sum('buyer', 20, 40, 2), 'Buyer:X:R038 not-applicable too-few-processes'],
    ['no fence of that group', sum('entity', 3, 4, 3), 'ProcuringEntity:X:R038 insufficient-data no-fence'],
    ['a bidder, three of four', sum('bidder', 3, 4, 1), 'Tenderer:X:R038 triggered 0.75'],
    ['a bidder of three bids', sum('bidder', 3, 3, 3), 'Tenderer:X:R038 not-applicable too-few-processes'],
    ['three classes', sum('supplier', 0, 0, 2, ['a', 'b', 'c']), 'Tenderer:X:R048 triggered 3'],
    ['two classes', sum('supplier', 0, 0, 2, ['a', 'b']), 'Tenderer:X:R048 not-triggered'],
    [
      'three in one process',
      sum('supplier', 0, 0, 1, ['a', 'b', 'c']),
      'Tenderer:X:R048 not-applicable too-few-processes',
    ],
  ])('%s', (_, one, says) => expect(say(one)).toBe(says));

  it.each<[SumKind, string]>([
    ['wins', 'Tenderer:X:R025 insufficient-data no-fence'],
    ['buyer', 'Buyer:X:R038 insufficient-data no-fence'],
    ['supplier', 'Tenderer:X:R048 insufficient-data no-fence'],
  ])('%s, without any fence', (kind, says) => expect(say(sum(kind, 9, 9, 9), {})).toBe(says));

  it('is that there is none any more, and nothing where the indicator is not in force', () => {
    const gone = verdictOfSum({ kind: 'buyer', id: 'X' }, undefined, limits, settings);
    expect(gone).toEqual({
      ...{ _id: 'Buyer:X:R038', group: 'Buyer', subjectId: 'X', indicator: 'R038', inputs: undefined },
      outcome: { state: 'not-applicable', reason: 'no-process' },
    });
    expect(
      verdictOfSum({ kind: 'wins', id: 'X' }, undefined, limits, { ...settings, R025: undefined }),
    ).toBeUndefined();
  });
});

describe('what is said of a process by its gaps', () => {
  const gap = (ratio: number, winner = 'W', runnerUp = 'L'): Gap => ({
    ratio,
    winners: [winner],
    runnersUp: [runnerUp],
  });
  it.each<[string, Gap[], Limits, string[]]>([
    ['at the lower fence', [gap(0.01)], limits, ['R024 triggered 0.01 W L', 'R058 not-triggered']],
    ['between', [gap(0.1)], limits, ['R024 not-triggered', 'R058 not-triggered']],
    ['at the upper fence: the winner alone', [gap(0.5)], limits, ['R024 not-triggered', 'R058 triggered 0.5 W']],
    [
      'of two lots the extreme one, and everybody once',
      [gap(0.005), gap(0.001, 'W', 'M'), gap(0.9, 'V'), gap(0.8, 'V')],
      limits,
      ['R024 triggered 0.001 W L M', 'R058 triggered 0.9 V'],
    ],
    ['without a gap', [], limits, ['R024 not-applicable no-gap', 'R058 not-applicable no-gap']],
    ['without a fence', [gap(0.01)], {}, ['R024 insufficient-data no-fence', 'R058 insufficient-data no-fence']],
  ])('%s', (_, gaps, by, says) => {
    const said = verdictsOfGaps('o', gaps, by, settings).map(({ indicator, outcome: o }) =>
      [indicator, o.state, o.value ?? o.reason, ...(o.tenderers ?? [])].filter((part) => part !== undefined).join(' '),
    );
    expect(said).toEqual(says);
  });

  it('is nothing where neither is in force', () => {
    expect(verdictsOfGaps('o', [gap(0.01)], limits, { ...settings, R024: undefined, R058: undefined })).toEqual([]);
  });
});

it('the id that is published tells nothing of the subject, and is another for another', () => {
  expect(outlierId('Buyer:X:R038')).toMatch(/^[0-9a-f]{32}$/);
  expect(outlierId('Buyer:X:R038')).not.toBe(outlierId('Buyer:Y:R038'));
});
