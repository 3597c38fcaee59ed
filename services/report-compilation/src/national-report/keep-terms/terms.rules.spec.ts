import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { workingDays } from '@aiqyn/contracts';
import { reportTerms } from './terms-packs.js';
import {
  termDays,
  termsPolicies,
  type TermsPolicy,
  termsPolicy,
  termsPolicyOf,
  toldTerms,
  watchesOf,
} from './terms.rules.js';

const calendar = workingDays(
  JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve('@aiqyn/contracts/data/working-days-kz.json'), 'utf8'),
  ),
);
const pack: TermsPolicy = {
  ...{ id: 'p', effectiveFrom: '2020-01-01', source: 'a table', checked: false, nearDays: 10, onDayOff: 'stays' },
  terms: {
    collectBy: { date: '02-01' },
    draftBy: { date: '03-01' },
    submitBy: { date: '04-01' },
    publishBy: { after: 'submitBy', months: 1 },
  },
};
const days = { collectBy: '2026-02-01', draftBy: '2026-03-01', submitBy: '2026-04-01', publishBy: '2026-05-01' };

describe('the terms of a report', () => {
  it.each<[string, Partial<TermsPolicy['terms']>, number, string]>([
    ['a date is one of the year after', { publishBy: { date: '05-15' } }, 2025, '2026-05-15'],
    ['29 February in a leap year', { publishBy: { date: '02-29' } }, 2027, '2028-02-29'],
    ['29 February in another year is the 28th', { publishBy: { date: '02-29' } }, 2025, '2026-02-28'],
    [
      'three months from 30 November end with February',
      { submitBy: { date: '11-30' }, publishBy: { after: 'submitBy', months: 3 } },
      2025,
      '2027-02-28',
    ],
    [
      'and with its 29th in a leap year',
      { submitBy: { date: '11-30' }, publishBy: { after: 'submitBy', months: 3 } },
      2026,
      '2028-02-29',
    ],
    ['days are calendar days', { publishBy: { after: 'submitBy', days: 10 } }, 2025, '2026-04-11'],
    // 2 and 3 April 2026 are Thursday and Friday, 6 April a Monday.
    ['working days leave weekends out', { publishBy: { after: 'submitBy', workingDays: 3 } }, 2025, '2026-04-06'],
    ['a term is counted from any earlier one', { publishBy: { after: 'collectBy', months: 1 } }, 2025, '2026-03-01'],
  ])('%s', (_, terms, year, day) => {
    expect(termDays({ ...pack, terms: { ...pack.terms, ...terms } }, year, calendar).publishBy).toBe(day);
  });

  it('that end on a day off stay there, or move where the pack says so', () => {
    // 1 February 2026 is a Sunday.
    expect(termDays(pack, 2025, calendar).collectBy).toBe('2026-02-01');
    expect(termDays({ ...pack, onDayOff: 'next-working-day' }, 2025, calendar).collectBy).toBe('2026-02-02');
  });

  it('in working days of a year without a calendar are refused, by the year', () => {
    const terms = { ...pack.terms, publishBy: { after: 'submitBy', workingDays: 1 } } as const;
    expect(() => termDays({ ...pack, terms }, 2060, calendar)).toThrow(
      expect.objectContaining({ code: 'no_calendar_for_year' }),
    );
  });

  it.each<[string, object]>([
    ['id', { id: '' }],
    ['effectiveFrom', { effectiveFrom: '2025-02-30' }],
    ['source', { source: '' }],
    ['checked', { checked: 'no' }],
    ['nearDays', { nearDays: 0 }],
    ['onDayOff', { onDayOff: 'before' }],
    ['terms.collectBy', { terms: { ...pack.terms, collectBy: { after: 'draftBy', months: 1 } } }],
    ['terms.draftBy', { terms: { ...pack.terms, draftBy: { date: '02-30' } } }],
    ['terms.submitBy', { terms: { ...pack.terms, submitBy: { after: 'draftBy', months: 1, days: 1 } } }],
    ['terms.publishBy', { terms: { ...pack.terms, publishBy: undefined } }],
  ])('are refused where %s is wrong', (field, change) => {
    expect(() => termsPolicy({ ...pack, ...change })).toThrow(
      expect.objectContaining({ code: 'bad_policy', details: { field } }),
    );
  });

  it('are those of the pack in force when the year ends', () => {
    const packs = termsPolicies([{ ...pack, id: 'q', effectiveFrom: '2025-12-31' }, pack]);
    expect([2019, 2020, 2024, 2025].map((year) => termsPolicyOf(packs, year)?.id)).toEqual([undefined, 'p', 'p', 'q']);
    expect(() => termsPolicies([pack, pack])).toThrow(expect.objectContaining({ code: 'bad_policy' }));
  });

  it('of the shipped pack come in the order of the steps', () => {
    const shipped = reportTerms(2025)!;
    expect(shipped.days).toEqual(days);
    expect(Object.values(shipped.days)).toEqual(Object.values(shipped.days).sort());
    expect(shipped.policy.checked).toBe(false);
    expect(reportTerms(2014)).toBeUndefined();
  });
});

describe('what is told of them', () => {
  it('is said before each and after it, and not of what was over when the work began', () => {
    expect(watchesOf(days, 10, '2026-02-01').map(({ term, stage, on }) => [term, stage, on])).toEqual([
      ['collectBy', 'passed', '2026-02-02'],
      ['draftBy', 'near', '2026-02-19'],
      ['draftBy', 'passed', '2026-03-02'],
      ['submitBy', 'near', '2026-03-22'],
      ['submitBy', 'passed', '2026-04-02'],
      ['publishBy', 'near', '2026-04-21'],
      ['publishBy', 'passed', '2026-05-02'],
    ]);
    expect(watchesOf(days, 10, '2026-05-02')).toEqual([]);
  });

  it.each([
    ['not over on its last day', [], '2026-02-01', { state: 'ahead' }],
    ['over on the day after', [], '2026-02-02', { state: 'passed' }],
    ['kept on its last day', ['2026-02-01'], '2026-09-01', { state: 'kept', doneDay: '2026-02-01' }],
    ['late a day after', ['2026-02-02'], '2026-09-01', { state: 'late', doneDay: '2026-02-02' }],
    ['kept by the first of two', ['2026-01-31', '2026-02-09'], '2026-09-01', { state: 'kept', doneDay: '2026-01-31' }],
  ])('is %s', (_, done, today, told) => {
    const history = [{ step: 'draft', day: '2026-01-02' }, ...done.map((day) => ({ step: 'collected', day }))];
    expect(toldTerms(days, history, today)[0]).toEqual({ term: 'collectBy', day: '2026-02-01', ...told });
  });
});
