import { parse } from 'csv-parse/sync';
import { COMMENT_DECISIONS, MODERATION_GROUNDS } from '@aiqyn/contracts';
import { describe, expect, it } from '@jest/globals';
import { linearAuditor } from '../../numbers/withhold-numbers/audit.js';
import fc from 'fast-check';
import { LANGUAGES } from '../../report-model/report-model.rules.js';
import { ANSWER_GROUNDS, type Answer } from '../answer-comment/answer.rules.js';
import { COMMENT_STATES, type CommentState } from '../comments/comment-states.rules.js';
import { COMMENTER_KINDS } from '../comments/commenter.rules.js';
import type { Unit } from '../documents/units.rules.js';
import { summaryCsv } from './summary-csv.js';
import { summaryPage } from './summary-page.rules.js';
import { summaryTexts } from './summary-texts.js';
import { OUTCOMES, type SummarisedComment, summaryOf } from './summary.rules.js';

const audit = await linearAuditor();

const unit = (unitId: string, ru = unitId): Unit => ({
  ...{ unitId, number: unitId.slice(1), kind: 'paragraph', text: { kk: `${ru} қаз`, ru, en: `${ru} eng` } },
});
const units = [unit('p1'), unit('p2'), unit('p3')];
const consulted = {
  ...{ consultationId: 'c', documentId: 'd', documentVersion: 1, state: 'closed', policy: 'consultation-1' },
  ...{ firstDay: '2025-03-01', lastDay: '2025-03-20', titles: { kk: 'Тұжырымдама', ru: 'Концепция', en: 'Concept' } },
};
const answer = (more: Partial<Answer> = {}): Answer => ({
  ...{ decision: 'noted', reason: { ru: 'Спасибо.' }, day: '2025-03-25', by: 'SECRET-OFFICER' },
  ...more,
});
const comment = (n: number, more: Partial<SummarisedComment> = {}): SummarisedComment => ({
  ...{ receiptNumber: `${String(n).padStart(4, '0')}-0000-0000-0000-00`, state: 'answered', kind: 'person' },
  ...{ language: 'ru', text: `замечание ${n}`, answers: [answer()], moderation: [] },
  anchors: [{ documentVersion: 1, how: 'as-made', unitId: 'p1', number: '1' }],
  ...more,
});
const of = (comments: readonly SummarisedComment[], forOffice = false) =>
  summaryOf(consulted, units, comments, new Map([[2, [unit('p1', 'новый'), unit('p2')]]]), {
    smallestCount: 5,
    audit,
    forOffice,
  });
const at = (unitId: string): Pick<SummarisedComment, 'anchors'> => ({
  anchors: [{ documentVersion: 1, how: 'as-made', unitId, number: unitId.slice(1) }],
});
const changed = answer({ decision: 'accepted', changed: { documentVersion: 2, unitIds: ['p1', 'p3'] } });

describe('the summary of responses', () => {
  it('puts comments of a unit with the same answer together, with reason and new text', () => {
    const summary = of([
      comment(3, { answers: [answer(), changed] }),
      comment(1, { answers: [changed] }),
      comment(2),
      comment(4, { state: 'upheld', moderation: [{ ground: 'insult' }, {}] }),
      comment(5, at('p3')),
    ]);
    expect(
      summary.rows.map(({ unitId, groups }) => [unitId, groups.map(({ outcome, count }) => [outcome, count])]),
    ).toEqual([
      [
        'p1',
        [
          ['accepted', 2],
          ['noted', 1],
          ['hidden', 1],
        ],
      ],
      ['p3', [['noted', 1]]],
    ]);
    expect(summary.rows[0]!.groups[0]!.changed).toEqual({
      documentVersion: 2,
      units: [
        { unitId: 'p1', number: '1', text: unit('p1', 'новый').text },
        { unitId: 'p3', number: '', text: null },
      ],
    });
    expect(summary.rows[0]!.groups[2]).toMatchObject({ moderationGround: 'insult', comments: [{ text: null }] });
    expect(summary.outcomes).toMatchObject({ accepted: 2, noted: 2, hidden: 1, rejected: 0 });
  });

  it('says of an orphan that it has no place, and counts it', () => {
    const anchors = [...at('p2').anchors, { documentVersion: 2, how: 'orphan' as const, unitId: 'p2', number: '2' }];
    const summary = of([comment(1, { anchors })]);
    expect([summary.orphans, summary.rows[0]!.unitId, summary.rows[0]!.groups[0]!.comments[0]!.standsAt]).toEqual([
      1,
      'p2',
      null,
    ]);
  });

  it('names no person and, but for the office, no kind of one comment; small counts are withheld', () => {
    const some = [
      comment(1, { kind: 'ngo', region: 'KZ-75' }),
      ...Array.from({ length: 11 }, (_, i) => comment(i + 2)),
    ];
    const open = of(some);
    expect(JSON.stringify(open)).not.toMatch(/SECRET-OFFICER|"kinds"/);
    expect(open.who.byKind).toEqual({
      total: 12,
      cells: { academia: 0, anonymous: 0, body: 0, business: 0, ngo: null, person: null },
    });
    expect(open.who.byRegion).toEqual({ total: 12, cells: { 'KZ-75': null, none: null } });
    expect(of(some, true).rows[0]!.groups[0]!.kinds).toEqual({ ngo: 1, person: 11 });
  });

  it('has every receipt number exactly once, as JSON, as CSV and as a page', () => {
    const made = fc.uniqueArray(
      fc.record({
        n: fc.nat({ max: 9_999 }),
        state: fc.constantFrom<CommentState>(...COMMENT_STATES),
        place: fc.constantFrom('p1', 'p2', 'p3'),
        said: fc.constantFrom(answer(), changed, answer({ reason: { kk: 'Рақмет' } })),
      }),
      { selector: ({ n }) => n, maxLength: 40 },
    );
    fc.assert(
      fc.property(made, (all) => {
        const comments = all.map(({ n, state, place, said }) =>
          comment(n, { state, answers: [said], moderation: [{ ground: 'insult' }], ...at(place) }),
        );
        const summary = of(comments);
        const told = comments.map(({ receiptNumber }) => receiptNumber).sort();
        const found = (text: string): string[] => (text.match(/\d{4}-0000-0000-0000-00/g) ?? []).sort();
        expect(found(JSON.stringify(summary))).toEqual(told);
        expect(found(summaryCsv(summary, 'kk', summaryTexts.kk))).toEqual(told);
        expect(found(summaryPage(summary, 'en', summaryTexts.en))).toEqual(told);
        expect(Object.values(summary.outcomes).reduce((a, b) => a + b, 0)).toBe(comments.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('what people wrote', () => {
  it.each(['=1+1', '+7 701', '-5', '@SUM(A1)', '\tx', '\rx'])('is no formula in a cell: %p', (text) => {
    const said = answer({ reason: { ru: text }, ground: { kind: 'legal', citation: text } });
    const csv = summaryCsv(of([comment(1, { text, answers: [said] })]), 'ru', summaryTexts.ru);
    const [head, line] = parse(csv, { bom: true }) as [string[], string[]];
    for (const name of ['Замечание', 'Обоснование', 'Ссылка']) expect(line[head.indexOf(name)]).toBe(`'${text}`);
  });

  it('comes out of the table as it went in: quotes, lines, separators', () => {
    const text = 'a "b"; c,\r\nd <i>é</i>';
    const csv = summaryCsv(of([comment(1, { text })]), 'en', summaryTexts.en);
    const [head, line] = parse(csv, { bom: true }) as [string[], string[]];
    expect(line[head.indexOf('Comment')]).toBe(text);
    expect(csv.endsWith('\r\n')).toBe(true);
    const lines = summaryCsv(of([comment(1, { text: 'one\ntwo' })]), 'en', summaryTexts.en);
    expect(lines).toContain('"one\ntwo"');
  });

  it('is no markup on the page', () => {
    const evil = `<script>alert('x')</script><img src=x onerror="y">&amp;`;
    const said = answer({
      ...{ decision: 'rejected', reason: { ru: evil }, ground: { kind: 'legal', citation: evil } },
    });
    const page = summaryPage(
      summaryOf(
        { ...consulted, titles: { kk: evil, ru: evil, en: evil } },
        [unit('p1', evil)],
        [comment(1, { text: evil, answers: [said] })],
        new Map(),
        { smallestCount: 5, forOffice: false, audit },
      ),
      'ru',
      summaryTexts.ru,
    );
    expect(page).not.toMatch(/<script|<img|onerror="/);
    expect(page.split('&lt;script&gt;')).toHaveLength(6);
  });
});

describe('the words of the summary', () => {
  const keys = Object.keys(summaryTexts.en).sort();
  it.each(LANGUAGES)('stand in %s, none empty, none left out', (lang) => {
    expect(Object.keys(summaryTexts[lang]).sort()).toEqual(keys);
    for (const text of Object.values(summaryTexts[lang])) expect(text.trim()).not.toBe('');
  });

  it('name each outcome, ground and kind', () => {
    expect(keys).toEqual(
      expect.arrayContaining([
        ...[...OUTCOMES, ...COMMENT_DECISIONS].map((one) => `outcome.${one}`),
        ...[...MODERATION_GROUNDS, ...ANSWER_GROUNDS].map((one) => `ground.${one}`),
        ...COMMENTER_KINDS.map((one) => `kind.${one}`),
      ]),
    );
  });

  it.each(LANGUAGES)('are all there for a page in %s, whose answer may be in another language', (lang) => {
    const page = summaryPage(of([comment(1, { answers: [changed] })]), lang, summaryTexts[lang]);
    expect(page).toContain(`<html lang="${lang}">`);
    expect(page).toContain('<span lang="ru">Спасибо.</span>');
  });

  it('are an error when one is missing', () =>
    expect(() => summaryPage(of([]), 'en', {})).toThrow(/^text \S+ of the summary is missing$/));
});
