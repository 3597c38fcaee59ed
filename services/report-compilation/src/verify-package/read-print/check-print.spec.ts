import { beforeAll, describe, expect, it } from '@jest/globals';
import { sampleReport } from '../../publication/sample/sample-report.js';
import { typesetPdf } from '../../publication/typeset-pdf/typeset-pdf.js';
import {
  type Language,
  LANGUAGES,
  type ReportModel,
  type ReportNumber,
} from '../../report-model/report-model.rules.js';
import { checkText } from './check-print.js';
import { type PrintedText, readPdf } from './read-pdf.js';

const model = sampleReport();
const printed = async (lang: Language, of: ReportModel = model): Promise<PrintedText> =>
  readPdf(await typesetPdf(of, lang, []));
const faultsOf = (text: PrintedText, lang: Language, edition: ReportModel = model): string[] => {
  const faults: string[] = [];
  checkText(text, lang, edition, (what) => void faults.push(what));
  return faults;
};
/** The print of an edition in which one number is another one. */
const forged = (id: string, more: Partial<ReportNumber>, lang: Language): Promise<PrintedText> =>
  printed(lang, { ...model, numbers: { ...model.numbers, [id]: { ...model.numbers[id]!, ...more } } });
const blocks = model.sections.flatMap((section) => section.blocks);
const inText = blocks.flatMap((one) =>
  one.kind === 'text' ? [...one.text.en.matchAll(/metric:([^}]+)/g)] : [],
)[0]![1]!;
const cellsOf = blocks.flatMap((one) => (one.kind === 'table' ? one.rows.flatMap(({ cells }) => cells) : []));
const [first] = cellsOf.filter((id) => id !== null && model.numbers[id]!.unit === 'count');
const share = cellsOf.find((id) => id !== null && model.numbers[id]!.unit === 'share' && model.numbers[id]!.value)!;
const hidden = cellsOf.find((id) => id !== null && model.numbers[id]!.status === 'S')!;
const points = blocks.flatMap((one) => (one.kind === 'chart' ? one.points : []));
const banded = points.find(({ high }) => high !== undefined)!;

describe('R2: the print against the report', () => {
  let english: PrintedText;
  beforeAll(async () => {
    english = await printed('en');
  });

  it.each(LANGUAGES)('finds every number of the PDF in %s right', async (lang) => {
    expect(faultsOf(await printed(lang), lang)).toEqual([]);
  });

  it('finds a number right whose id is longer than the column', async () => {
    const id = `goals.accountable.goal-${'8eb2f28cef1c5017374958313a8e962a'.repeat(2)}`;
    const long = { ...model, numbers: { ...model.numbers, [id]: { ...model.numbers[first!]!, id } } };
    expect(faultsOf(await printed('en', long), 'en', long)).toEqual([]);
  });

  it.each<[string, string, Partial<ReportNumber>, Language]>([
    ['in a table', first!, { value: (model.numbers[first!]!.value as number) + 1 }, 'ru'],
    ['with a digit more', first!, { value: (model.numbers[first!]!.value as number) * 10 + 1 }, 'kk'],
    ['in a sentence', inText, { value: 7 }, 'en'],
    ['of a share', share, { value: 0.999 }, 'en'],
    ['of a chart', points[0]!.number, { value: 1 }, 'ru'],
    ['of the end of a band', banded.high!, { value: 99 }, 'kk'],
    ['that is withheld and told', hidden, { value: 3, status: 'A' }, 'en'],
    ['by how many events stand behind it', first!, { inputs: 4_321 }, 'ru'],
  ])('names a number that was changed %s', async (_, id, more, lang) => {
    const faults = faultsOf(await forged(id, more, lang), lang);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.join('\n')).toContain(id);
    expect(faults.length).toBeLessThan(20);
  });

  it('names a number by what the report says, where the report was changed after the print', () => {
    const numbers = { ...model.numbers, [first!]: { ...model.numbers[first!]!, value: 123_456 } };
    const [fault] = faultsOf(english, 'en', { ...model, numbers });
    expect(fault).toContain(`where ${first} stands in the row`);
    expect(fault).toContain('the report says “123,456”');
  });

  it('names a row that is not there', () => {
    const sections = model.sections.map((section, i) => ({
      ...section,
      blocks: section.blocks.map((block) =>
        i === 0 && block.kind === 'table'
          ? { ...block, rows: [...block.rows, { label: { kk: 'x', ru: 'x', en: 'No such row' }, cells: [first!] }] }
          : block,
      ),
    }));
    expect(faultsOf(english, 'en', { ...model, sections }).join()).toContain('the row “No such row”');
  });
});
