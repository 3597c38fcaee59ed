import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { workingDays } from '@aiqyn/contracts';
import type { ActState } from './act-states.rules.js';
import { actTerms, type Clocked, extended, termAfter, workingDaysLeft } from './act-terms.rules.js';

const json = (path: string | URL): unknown => JSON.parse(readFileSync(path, 'utf8'));
const calendar = workingDays(
  json(createRequire(import.meta.url).resolve('@aiqyn/contracts/data/working-days-kz.json')),
);
const raw = json(new URL('../../../data/policies/act-terms.json', import.meta.url)) as Record<string, unknown>;
const pack = actTerms(raw);
const act = (state: ActState, more: Partial<Clocked> = {}): Clocked => ({ state, pages: 10, actType: 'law', ...more });

describe('the term of an expertise', () => {
  it.each<[string, Clocked, ActState, string, string | undefined]>([
    ['triage has two working days', act('registered'), 'registered', '2026-02-06', '2026-02-10'],
    ['ten begin with triage', act('registered', { dueDay: '2026-02-10' }), 'triaged', '2026-02-09', '2026-02-23'],
    ['and run on', act('triaged', { dueDay: '2026-02-23' }), 'screened', '2026-02-12', '2026-02-23'],
    ['through review', act('in-expertise', { dueDay: '2026-02-23' }), 'in-review', '2026-02-20', '2026-02-23'],
    ['and back', act('in-review', { dueDay: '2026-02-23' }), 'in-expertise', '2026-02-23', '2026-02-23'],
    ['three to publish', act('in-review', { dueDay: '2026-02-23' }), 'issued', '2026-02-20', '2026-02-25'],
    // 9 March 2026 is off.
    ['fifteen to answer, over days off', act('issued'), 'awaiting-response', '2026-02-25', '2026-03-19'],
    ['none once answered', act('awaiting-response', { dueDay: '2026-03-19' }), 'responded', '2026-03-01', undefined],
    ['ten for a new round', act('follow-up'), 'in-expertise', '2026-02-09', '2026-02-23'],
  ])('%s', (_, file, to, day, due) => {
    expect(termAfter(pack, calendar, file, to, day).dueDay).toBe(due);
  });

  it('stands still while the dossier is away, and goes on with what was left', () => {
    const running = act('screened', { dueDay: '2026-02-23' });
    const paused = termAfter(pack, calendar, running, 'returned-for-dossier', '2026-02-17');
    expect(paused).toEqual({ dueDay: undefined, daysLeft: 4 });
    const back = act('returned-for-dossier', { daysLeft: 4 });
    expect(termAfter(pack, calendar, back, 'screened', '2026-04-01').dueDay).toBe('2026-04-07');
    expect(workingDaysLeft(calendar, '2026-02-24', '2026-02-23')).toBe(0);
    const late = act('returned-for-dossier', { daysLeft: 0 });
    expect(termAfter(pack, calendar, late, 'screened', '2026-04-01').dueDay).toBe('2026-04-02');
  });

  it('is extended once, for a code or more than a hundred pages', () => {
    const running = { dueDay: '2026-02-23' };
    expect(extended(pack, calendar, act('screened', { ...running, pages: 101 }))).toBe('2026-03-10');
    expect(extended(pack, calendar, act('screened', { ...running, actType: 'code' }))).toBe('2026-03-10');
    for (const file of [
      act('screened', { ...running, pages: 100 }),
      act('screened', { ...running, actType: 'code', extension: {} }),
      act('awaiting-response', { ...running, actType: 'code' }),
    ]) {
      expect(() => extended(pack, calendar, file)).toThrow(expect.objectContaining({ code: 'no_extension' }));
    }
  });

  it.each(['id', 'workingDays', 'extensionWorkingDays', 'extensionFromPages'])(
    'without %s keeps the service from starting',
    (field) => expect(() => actTerms({ ...raw, [field]: undefined })).toThrow(field),
  );
});
