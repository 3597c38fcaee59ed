import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Catalogue, catalogue, catalogueOn, catalogues } from './catalogue.rules.js';

const raw = JSON.parse(
  readFileSync(new URL('../../../data/catalogues/requirements/1.0.0.json', import.meta.url), 'utf8'),
) as Catalogue;

/** A copy in which the field at a path has another value. */
const without = (path: string, value: unknown = null): unknown => {
  const copy = structuredClone(raw) as unknown as Record<string, unknown>;
  const names = path.split('.');
  const last = names.pop()!;
  let at = copy;
  for (const name of names) at = at[name] as Record<string, unknown>;
  at[last] = value;
  return copy;
};

describe('the catalogue of requirements', () => {
  it('has fifty requirements in ten areas whose weights come to a hundred', () => {
    const { requirements, areas } = catalogue(raw);
    expect([requirements.length, areas.length, areas.reduce((sum, { weight }) => sum + weight, 0)]).toEqual([
      ...[50, 10, 100],
    ]);
  });

  it.each([
    ['id', 'id'],
    ['effectiveFrom', 'effectiveFrom'],
    ['source', 'source'],
    ['checked', 'checked'],
    ['scale.2.level', 'scale'],
    ['areas.3.weight', 'areas[3].weight'],
    ['requirements.7.code', 'requirements[7].code'],
    ['requirements.7.area', 'requirements[7].area'],
    ['requirements.7.weight', 'requirements[7].weight'],
    ['requirements.7.freshnessDays', 'requirements[7].freshnessDays'],
    ['requirements.7.mandatory', 'requirements[7].mandatory'],
    ['requirements.7.gate', 'requirements[7].gate'],
    ['requirements.7.evidence', 'requirements[7].evidence'],
    ['requirements.7.evidence.0.kind', 'requirements[7].evidence'],
    ['scoring.grades.1.min', 'scoring.grades'],
    ['scoring.gates.0.when', 'scoring.gates[0].when'],
    ['scoring.gates.1.below', 'scoring.gates[1].below'],
    ['scoring.gates.2.days', 'scoring.gates[2].days'],
    ['scoring.gates.3.percent', 'scoring.gates[3].percent'],
    ['scoring.gates.1.notAbove', 'scoring.gates[1].notAbove'],
    ['scoring.deductions.headConvicted', 'scoring.deductions.headConvicted'],
    ['scoring.deductions.cap', 'scoring.deductions.cap'],
    ['scoring.deductions.months', 'scoring.deductions.months'],
    ['terms.vacancyDays', 'terms.vacancyDays'],
    ['terms.samplePercent', 'terms.samplePercent'],
  ])('is not read with a wrong %s', (path, field) =>
    expect(() => catalogue(without(path))).toThrow(expect.objectContaining({ code: 'bad_policy', details: { field } })),
  );

  it('has no code twice', () =>
    expect(() => catalogue(without('requirements.1.code', 'LEAD-01'))).toThrow(
      expect.objectContaining({ details: { field: 'requirements' } }),
    ));

  it('is chosen by the day among its versions', () => {
    const next = { ...raw, id: 'compliance-requirements-1.1.0', effectiveFrom: '2026-07-01' };
    const all = catalogues([next, raw]);
    expect(['2025-01-01', '2026-06-30', '2026-07-01'].map((day) => catalogueOn(all, day).id)).toEqual([
      ...[raw.id, raw.id, next.id],
    ]);
    expect(() => catalogueOn(all, '2024-12-31')).toThrow(expect.objectContaining({ code: 'no_pack_for_day' }));
    expect(() => catalogues([raw, raw])).toThrow(expect.objectContaining({ code: 'bad_policy' }));
  });
});
