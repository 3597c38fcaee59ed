import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../score-compliance/catalogue.rules.js';
import { verifiedLevels } from './verified.rules.js';

const pack = catalogue(
  JSON.parse(readFileSync(new URL('../../../data/catalogues/requirements/1.0.0.json', import.meta.url), 'utf8')),
);
const proof = (requirement: string, kind: string, effectiveDay = '2025-02-01') => ({ requirement, kind, effectiveDay });

describe('the levels that count on a day', () => {
  it.each([
    [3, [], '2025-03-01', 1],
    [0, [proof('SERV-01', 'decision')], '2025-03-01', 0],
    [3, [proof('SERV-01', 'decision')], '2025-03-01', 2],
    [3, [proof('SERV-01', 'decision'), proof('SERV-01', 'org-chart')], '2025-03-01', 3],
    [1, [proof('SERV-01', 'decision'), proof('SERV-01', 'org-chart')], '2025-03-01', 1],
    // Of another requirement, and too old.
    [3, [proof('SERV-02', 'decision'), proof('SERV-02', 'org-chart')], '2025-03-01', 1],
    [3, [proof('SERV-01', 'decision'), proof('SERV-01', 'org-chart')], '2026-01-31', 3],
    [3, [proof('SERV-01', 'decision'), proof('SERV-01', 'org-chart')], '2026-02-01', 1],
  ] as const)('found %s with %j on %s: %s', (level, proofs, day, verified) =>
    expect([...verifiedLevels(pack, [{ requirement: 'SERV-01', level }], proofs, day)]).toEqual([
      ['SERV-01', verified],
    ]),
  );

  it('leave what does not apply', () =>
    expect(verifiedLevels(pack, [{ requirement: 'THRD-05', level: 'NA' }], [], '2025-03-01').get('THRD-05')).toBe(
      'NA',
    ));
});
