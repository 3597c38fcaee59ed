import { describe, expect, it } from '@jest/globals';
import { summaryTexts } from '../../consultation/summarise-responses/summary-texts.js';
import type { Outcome, Summary } from '../../consultation/summarise-responses/summary.rules.js';
import { registerOf } from '../../numbers/define-metrics/registers.js';
import { LANGUAGES, type ReportModel, type TableBlock } from '../../report-model/report-model.rules.js';
import { words } from '../write-sections/section-plans.js';
import { printableIn, responseNumbers, responsesOf, withResponses } from './responses.rules.js';

const { metrics } = registerOf(2025);
const text = { kk: 'қаз', ru: 'рус', en: 'eng' };
const of = (receipts: readonly string[]) =>
  receipts.map((receiptNumber) => ({ receiptNumber, language: 'ru' as const, text: 'CANARY words', standsAt: 'p1' }));
const group = (outcome: Outcome, receipts: readonly string[], more: object = {}) => ({
  ...{ outcome, count: receipts.length, comments: of(receipts) },
  ...more,
});
/** Six comments by hand: four copies of two letters, one accepted group of three, one hidden. */
const summary: Summary = {
  ...{ consultationId: 'c1', documentId: 'd1', documentVersion: 2, state: 'closed', policy: 'p' },
  ...{ firstDay: '2026-02-01', lastDay: '2026-02-20', titles: { ...text, en: 'Draft {{metric:x}}' } },
  ...{ comments: 6, orphans: 0 },
  outcomes: { accepted: 3, partly: 0, rejected: 2, noted: 0, 'out-of-scope': 0, hidden: 1, open: 0 },
  rows: [
    {
      ...{ unitId: 'p1', number: '1', kind: 'paragraph', text },
      groups: [
        group('accepted', ['05', '01', '03'], {
          reason: { ru: 'Верно {{metric:log.root}} \u200b💥' },
          changed: { documentVersion: 3, units: [{ unitId: 'p1', number: '1', text }] },
        }),
        group('hidden', ['02'], { moderationGround: 'insult' }),
      ],
    },
    {
      ...{ unitId: 'p2', number: '2', kind: 'paragraph', text },
      groups: [
        group('rejected', ['04', '06'], {
          ...{ reason: { kk: 'жоқ', ru: 'нет', en: 'no' }, ground: { kind: 'legal', citation: 'ст. 17' } },
        }),
      ],
    },
  ],
  who: {
    byKind: { total: 6, cells: { person: 6, ngo: 0 } },
    byRegion: { total: null, cells: { 'KZ-75': null, none: null } },
  },
};
const letters = new Map(Object.entries({ '01': '01', '03': '01', '05': '01', '02': '02', '04': '04', '06': '04' }));
const drawn = new Set(
  [...'абвгдежзиклмнопрстуфхцчшщъыьэюяВнет жоққазeng.:127{}metric:lographDf'].map((c) => c.codePointAt(0)!),
);
const responses = responsesOf(summary, letters, summaryTexts, printableIn([drawn]));

describe('the responses of the public in an edition', () => {
  it('are counted by hand and by the rules alike', () => {
    const told = responseNumbers(responses, metrics);
    const values = Object.fromEntries(told.map(({ id, value, status }) => [id, status === 'A' ? value : status]));
    expect(values).toEqual({
      ...{ 'responses.comments': 6, 'responses.copies': 5, 'responses.letters': 2 },
      ...{ 'responses.outcome.accepted': 3, 'responses.outcome.rejected': 2, 'responses.outcome.hidden': 1 },
      ...{ 'responses.group.1': 3, 'responses.group.2': 1, 'responses.group.3': 2 },
      ...{ 'responses.kind.person': 6, 'responses.kind.ngo': 0, 'responses.kind.all': 6 },
      ...{ 'responses.region.KZ-75': 'S', 'responses.region.none': 'S', 'responses.region.all': 'S' },
    });
    for (const { status, inputs, inputRoot } of told)
      expect([inputs, inputRoot.length]).toEqual(status === 'A' ? [6, 64] : [0, 0]);
    expect(new Set(told.filter(({ status }) => status === 'A').map(({ inputRoot }) => inputRoot)).size).toBe(1);
  });

  it('hold no words of those who commented, and what was answered in a form that is printed', () => {
    expect(JSON.stringify(responses)).not.toContain('CANARY');
    const [first] = responses.groups;
    expect(first!.says.en).toContain('Верно { {metric:log.root} } ??');
    expect(JSON.stringify(responses)).not.toContain('{{');
  });

  it('are a chapter before the last one, in three languages, and the same tree in each', () => {
    const model = {
      ...{ authority: text, numbers: {}, sections: [{ id: 'indices' }, { id: 'conclusion' }] },
    } as unknown as ReportModel;
    const told = withResponses(model, responses, metrics, summaryTexts, words);
    expect(told.sections.map(({ id }) => id)).toEqual(['indices', 'responses', 'conclusion']);
    const { title, blocks } = told.sections[1]!;
    expect(LANGUAGES.map((lang) => title[lang])).toEqual(LANGUAGES.map((lang) => summaryTexts[lang]['title']));
    const answers = blocks.find(({ id }) => id === 'responses.groups') as TableBlock;
    expect(answers.rows.map(({ label, cells }) => [label.ru, cells])).toEqual([
      [expect.stringMatching(/^1\. Принято.*Изменено: 1$/), ['responses.group.1']],
      [expect.stringMatching(/^1\. Скрыто.*Оскорбление/), ['responses.group.2']],
      [expect.stringMatching(/^2\. Отклонено.*нет.*ст\. 17$/), ['responses.group.3']],
    ]);
    for (const id of blocks.flatMap((block) =>
      block.kind === 'table' ? block.rows.flatMap(({ cells }) => cells) : [],
    ))
      expect(told.numbers).toHaveProperty([id!]);
    expect(withResponses(model, responses, [], summaryTexts, words)).toBe(model);
  });

  it('of nobody are a sentence without tables of nothing', () => {
    const none = responsesOf(
      { ...summary, rows: [], who: { byKind: { total: 0, cells: {} }, byRegion: { total: 0, cells: {} } } },
      new Map(),
      summaryTexts,
      (one) => one,
    );
    const model = { authority: text, numbers: {}, sections: [{ id: 'conclusion' }] } as unknown as ReportModel;
    const { blocks } = withResponses(model, none, metrics, summaryTexts, words).sections[0]!;
    expect(blocks.map(({ id }) => id)).toEqual(['responses.text', 'responses.kinds', 'responses.regions']);
    expect(blocks.flatMap((one) => (one.kind === 'table' ? one.columns[0]!.en : []))).toEqual(['Who spoke', 'Region']);
  });
});
