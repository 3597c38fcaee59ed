import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonical } from '@aiqyn/contracts';
import { scoreOf } from '../indicators/severity.rules.js';
import { type DossierInputs, dossierOf, type DossierPolicy } from './dossier.rules.js';

const policy: DossierPolicy = {
  ...{ id: 'p', effect: { least: 8, deviations: 1.96 }, windowDays: 180 },
};
const signal = (indicator: string, weight: number, id = indicator) => ({ id, indicator, weight });
const rate = (flagged: number, evaluable: number) => ({ flagged, evaluable });
const still = { before: rate(10, 100), after: rate(10, 100) };
const inputs: DossierInputs = {
  ...{
    areaCode: 'roads',
    areaRule: 'areas-1',
    from: '2026-01-01',
    to: '2026-12-31',
    policy,
    severity: { id: 's', medium: 0.5, high: 1.2 },
  },
  definitions: ['R018/2', 'R003/1'],
  processes: [
    {
      ...{ ocid: 'b', hash: 'h2', signals: [signal('R018', 0.4), signal('R003', 0.2)] },
      money: [{ currency: 'KZT', planned: 1_000, awarded: 900, contracted: 950, paid: 960 }],
    },
    {
      ocid: 'a',
      hash: 'h1',
      signals: [signal('R018', 0.4, 'x'), signal('R018', 0.4, 'y')],
      money: [{ currency: 'KZT', planned: 500 }],
    },
    {
      ocid: 'c',
      hash: 'h3',
      signals: [],
      money: [
        { currency: 'USD', awarded: 7 },
        { currency: 'KZT', awarded: 1, contracted: 1, paid: 1 },
      ],
    },
  ],
  overpaid: [{ id: 'o', ocid: 'b', currency: 'KZT', amount: 30 }],
  schemes: [{ id: 's', code: 'S1', processes: ['b', 'a'] }],
  ...{ reports: ['r1', 'r2'], casesOpened: ['c1'] },
  casesDecided: [
    { id: 'c1', outcome: 'decided-liable', damage: 12 },
    { id: 'c2', outcome: 'decided-not-liable', damage: 99 },
  ],
  inquiries: [{ id: 'i', state: 'notified' }],
  analyses: [],
  buyers: ['b1', 'b2', 'b3'],
  bodyFacts: [
    { id: 'f1', bin: 'b1', kind: 'gift-breach', day: '2026-01-01' },
    { id: 'f2', bin: 'b1', kind: 'gift-breach', day: '2025-12-31' },
    { id: 'f3', bin: 'b2', kind: 'finding-kept', day: '2026-12-31', code: 'DISC-02' },
    { id: 'g1', bin: 'b1', kind: 'graded', day: '2025-03-01', code: 'A' },
    { id: 'g2', bin: 'b2', kind: 'graded', day: '2026-05-01', code: 'A' },
    { id: 'g3', bin: 'b2', kind: 'graded', day: '2026-05-01', code: 'D' },
    { id: 'g4', bin: 'b3', kind: 'graded', day: '2026-01-01', code: 'C' },
    { id: 'g5', bin: 'b3', kind: 'graded', day: '2026-02-01' },
  ],
  recommendations: [
    {
      id: 'r',
      indicator: 'R018',
      dueDay: '2026-06-01',
      status: 'green',
      windows: { area: { before: rate(50, 100), after: rate(10, 100) }, others: still },
    },
    { id: 'q', indicator: 'R018', dueDay: '2026-06-01', status: 'amber', windows: { area: still, others: still } },
  ],
};

describe('the dossier of an area', () => {
  const dossier = dossierOf(inputs);

  it('counts by hand: money, what is at risk once a process, what was hidden', () => {
    expect(dossier.money).toEqual({
      ...{ planned: { KZT: 1_500 }, awarded: { KZT: 901, USD: 7 }, contracted: { KZT: 951 }, paid: { KZT: 961 } },
    });
    expect(dossier.moneyAtRisk).toEqual({
      low: { processes: 1, amounts: { KZT: 500 } },
      medium: { processes: 1, amounts: { KZT: 950 } },
      high: { processes: 0, amounts: {} },
    });
    expect(dossier.hiddenTheft).toMatchObject({
      ...{ overpaidUnitPrices: { KZT: 30 }, paidAboveContract: { KZT: 10 }, priceRises: { KZT: 50 } },
    });
    expect(dossier.gaps).toEqual({ reportsWithoutAnalysis: 2, recommendationsWithoutEffect: ['q'] });
    expect(dossier.investigation).toEqual({
      ...{ casesOpened: 1, casesDecided: { 'decided-liable': 1, 'decided-not-liable': 1 }, damageTiyn: 12 },
    });
    expect(dossier.detection.signals).toEqual({ R003: 1, R018: 3 });
  });

  it('counts what compliance found in the period at the bodies that buy, and the grade that each has at its end', () => {
    expect(dossier.prevention.compliance).toEqual({
      bodies: 3,
      found: { 'gift-breach': 1, 'finding-kept': 1, 'response-overdue': 0 },
      grades: { A: 1, D: 1 },
    });
  });

  it('of a region counts what is of it, and says what is of the whole area', () => {
    const [b, , c] = inputs.processes;
    const regional = dossierOf({
      ...{ ...inputs, region: 'KZ-75', regionRule: 'regions-kz-1' },
      processes: [b!, c!],
      schemes: [{ id: 's', code: 'S1', processes: ['b'] }],
      ...{ reports: ['r1'], casesOpened: [], casesDecided: [{ id: 'c2', outcome: 'decided-not-liable', damage: 99 }] },
      inquiries: [],
    });
    expect(regional).toMatchObject({
      ...{ area: 'roads', region: 'KZ-75', regionRule: 'regions-kz-1' },
      wholeArea: ['analyses', 'recommendations', 'effects'],
      money: { planned: { KZT: 1_000 }, awarded: { KZT: 901, USD: 7 }, contracted: { KZT: 951 }, paid: { KZT: 961 } },
      moneyAtRisk: { low: { processes: 0 }, medium: { processes: 1, amounts: { KZT: 950 } }, high: { processes: 0 } },
      hiddenTheft: { overpaidUnitPrices: { KZT: 30 } },
      detection: { processes: 2, signals: { R003: 1, R018: 1 }, reports: 1, enrichmentInquiries: {} },
      investigation: { casesOpened: 0, casesDecided: { 'decided-not-liable': 1 }, damageTiyn: 0 },
      prevention: dossier.prevention,
    });
    expect(dossierOf({ ...inputs, region: 'KZ-75' }).inputsHash).not.toBe(dossier.inputsHash);
  });

  it('of the whole area says nothing of regions', () => {
    for (const name of ['region', 'regionRule', 'wholeArea']) expect(dossier).not.toHaveProperty(name);
  });

  it('counts an indicator once in the score of a process, however many signals it gave', () => {
    expect(scoreOf([signal('R018', 0.4, 'x'), signal('R018', 0.4, 'y'), signal('R003', 0.2)])).toBe(0.6);
  });

  it('is the same bytes whatever the order of its inputs', () => {
    const turned = Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [
        name,
        Array.isArray(value) ? [...(value as unknown[])].reverse() : value,
      ]),
    ) as unknown as DossierInputs;
    expect(canonical(dossierOf(turned))).toBe(canonical(dossier));
  });

  it('has another hash when anything that it was made of is another', () => {
    const places: (string | number)[][] = [];
    const walk = (value: unknown, path: (string | number)[]): void => {
      if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
      else places.push(path);
    };
    walk(inputs, []);
    expect(places.length).toBeGreaterThan(60);
    fc.assert(
      fc.property(fc.constantFrom(...places), (path) => {
        const copy = structuredClone(inputs) as unknown as Record<string, unknown>;
        const last = path.at(-1)!;
        const at = path.slice(0, -1).reduce((value, key) => value[key] as Record<string, unknown>, copy);
        at[last] = typeof at[last] === 'number' ? at[last] + 1 : `${String(at[last])}x`;
        expect(dossierOf(copy as unknown as DossierInputs).inputsHash).not.toBe(dossier.inputsHash);
      }),
      { numRuns: 300 },
    );
  });

  it('adds whole hundredths beyond what a double holds', () => {
    const big = Array.from({ length: 3 }, (_, i) => ({
      ...{ ocid: `x${i}`, hash: 'h', signals: [], money: [{ currency: 'KZT', paid: 2 ** 52 + 1 }] },
    }));
    expect(dossierOf({ ...inputs, processes: big }).money['paid']).toEqual({ KZT: Number(3n * (2n ** 52n + 1n)) });
  });
});
