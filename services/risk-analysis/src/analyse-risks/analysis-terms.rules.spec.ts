import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { workingDays } from '@aiqyn/contracts';
import type { AnalysisKind, AnalysisState } from './analysis-states.rules.js';
import { analysisTerms, dueDay, extended } from './analysis-terms.rules.js';

const json = (path: string | URL): unknown => JSON.parse(readFileSync(path, 'utf8'));
const calendar = workingDays(
  json(createRequire(import.meta.url).resolve('@aiqyn/contracts/data/working-days-kz.json')),
);
const raw = json(new URL('../../data/policies/analysis-terms.json', import.meta.url)) as Record<string, unknown>;
const pack = analysisTerms(raw);

describe('the terms of an analysis', () => {
  it.each<[AnalysisKind, AnalysisState, string, string | undefined]>([
    ['external', 'analysing', '2026-02-02', '2026-03-17'],
    ['external', 'drafted', '2026-03-19', '2026-04-07'],
    ['external', 'recommended', '2025-12-30', '2026-01-16'],
    ['internal', 'analysing', '2025-03-03', '2025-04-18'],
    // The quarter ends on a Saturday; the first working day after it counts.
    ['external', 'plan-agreed', '2025-11-30', '2026-03-02'],
    ['internal', 'recommended', '2026-01-15', '2026-04-15'],
    ['external', 'proposed', '2026-02-02', undefined],
    ['external', 'closed', '2026-02-02', undefined],
    ['monitoring', 'analysing', '2026-02-02', undefined],
  ])('%s, %s from %s: %s', (kind, state, day, due) => expect(dueDay(pack, calendar, { kind, state }, day)).toBe(due));

  it('are extended once, by working days, and only while it is analysed', () => {
    const file = { state: 'analysing' as const, dueDay: '2026-03-17' };
    expect(extended(pack, calendar, file)).toBe('2026-04-10');
    expect(() => extended(pack, calendar, { ...file, extension: 'scope-grew' })).toThrow('once');
    expect(() => extended(pack, calendar, { ...file, state: 'drafted' })).toThrow('only');
  });

  it.each(['id', 'effectiveFrom', 'extensionWorkingDays', 'checkEveryMonths', 'outOfScope'])(
    'without %s keep the service from starting',
    (field) => expect(() => analysisTerms({ ...raw, [field]: undefined })).toThrow(field),
  );
});
