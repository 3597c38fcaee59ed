import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PrintedText, readPdf } from './read-pdf.js';

/* Reads the PDFs as a person would, with its own idea of how a number is written; nothing here imports what it checks. */

type Said = Readonly<Record<string, string>>;
interface Shown {
  readonly id: string;
  readonly unit: string;
  readonly decimals: number;
  readonly value: number | string | null;
  readonly status: string;
  readonly says?: Said;
  readonly metric: string;
  readonly metricVersion: number;
  readonly inputs: number;
  readonly inputRoot: string;
}
interface Block {
  readonly kind: string;
  readonly id: string;
  readonly text?: Said;
  readonly rows?: readonly { readonly label: Said; readonly cells: readonly (string | null)[] }[];
  readonly points?: readonly {
    readonly label: Said;
    readonly number: string;
    readonly low?: string;
    readonly high?: string;
  }[];
  readonly breaks?: readonly { readonly before: number }[];
}
export interface PrintedEdition {
  readonly numbers: Readonly<Record<string, Shown>>;
  readonly sections: readonly { readonly blocks: readonly Block[] }[];
}

/** A piece of what must stand in the print one after the other: words, or a number in one of the forms that it may have. */
interface Piece {
  readonly forms: readonly string[];
  readonly number?: Shown;
  /** A cell of a table: nothing of the same word stands before or after it. */
  readonly apart: boolean;
}

/** Characters between the axis of a chart and the table below it. */
const CLOSE = 600;

const bare = (text: string): string => text.replaceAll(/\s+/gu, '').replaceAll('−', '-');

/** How a number may be written, without white space: where it lies just between two, either of them. */
function formsOf({ value, unit, decimals, status, says }: Shown, lang: string): string[] {
  if (value === null) return [status === 'M' ? '–' : '×'];
  if (typeof value === 'string') return [bare(says?.[lang] ?? value)];
  const exact = unit === 'tiyn' ? value / 100 : unit === 'share' ? value * 100 : value;
  const sign = unit === 'tiyn' ? '₸' : unit === 'share' ? '%' : '';
  const step = 10 ** decimals;
  const near = [Math.floor(exact * step), Math.ceil(exact * step)].filter(
    (one) => Math.abs(one - exact * step) <= 0.5 * (1 + 1e-6),
  );
  return [...new Set(near)].map((one) => {
    const [whole, part] = (one / step).toFixed(decimals).split('.');
    const plain = lang !== 'en' || unit === 'year' || unit === 'rank';
    // White space between thousands is gone with all other.
    const grouped = plain ? whole! : whole!.replaceAll(/\B(?=(\d{3})+$)/g, ',');
    return `${grouped}${part === undefined ? '' : `${lang === 'en' ? '.' : ','}${part}`}${sign}`;
  });
}

class Reader {
  private at = 0;

  constructor(
    private readonly printed: PrintedText,
    private readonly fault: (what: string) => void,
  ) {}

  /** Goes on behind the first place at which all pieces stand one after the other; names what does not where there is none. */
  expect(pieces: readonly Piece[], where: string): void {
    const some = pieces.filter(({ forms }) => forms.some((form) => form !== ''));
    // The nearest place where it begins, or one close to it where more of it stands: the year of a row is on the axis above it too,
    // and rows of other tables may have the same name.
    let nearest = { matched: 0, end: this.at };
    for (let from = this.first(some[0], this.at); from >= 0; from = this.first(some[0], from + 1)) {
      const { matched, end } = this.walk(some, from);
      if (matched === some.length) {
        this.at = end;
        return;
      }
      const isClose = end - nearest.end < CLOSE && matched > nearest.matched;
      if (nearest.matched === 0 || isClose) nearest = { matched, end };
    }
    this.name(some, nearest, where);
  }

  private first(piece: Piece | undefined, from: number): number {
    if (!piece) return -1;
    const places = piece.forms.map((form) => this.printed.text.indexOf(form, from)).filter((at) => at >= 0);
    return places.length === 0 ? -1 : Math.min(...places);
  }

  private walk(pieces: readonly Piece[], from: number): { readonly matched: number; readonly end: number } {
    const { text, begins } = this.printed;
    let end = from;
    for (const [matched, { forms, apart }] of pieces.entries()) {
      const form = forms.find(
        (one) => text.startsWith(one, end) && (!apart || (begins(end) && begins(end + one.length))),
      );
      if (form === undefined) return { matched, end };
      end += form.length;
    }
    return { matched: pieces.length, end };
  }

  /** The number at which it differs, or the one before, to which something was added. */
  private name(
    pieces: readonly Piece[],
    { matched, end }: { readonly matched: number; readonly end: number },
    where: string,
  ): void {
    const said = this.printed.text.slice(end, end + 24);
    const number = pieces[matched]?.number ?? pieces.slice(0, matched).findLast((piece) => piece.number)?.number;
    this.fault(
      matched === 0 || !number
        ? `does not have ${where} as the report has it`
        : `says “${said}” where ${number.id} stands in ${where}, and the report says “${(pieces[matched] ?? pieces.at(-1)!).forms[0]}”`,
    );
  }
}

/** Every number that the report tells stands in the print of a language, in its place and in its form. */
export function checkText(
  printed: PrintedText,
  lang: string,
  { numbers, sections }: PrintedEdition,
  fault: (what: string) => void,
): void {
  const reader = new Reader(printed, fault);
  const words = (text: string, apart = false): Piece => ({ forms: [bare(text)], apart });
  const cell = (id: string): Piece => ({ forms: formsOf(numbers[id]!, lang), number: numbers[id]!, apart: true });
  for (const block of sections.flatMap(({ blocks }) => blocks)) {
    const mark = (i: number): string => (block.breaks?.some(({ before }) => before === i) ? '†' : '');
    const row = (label: Said, i: number, cells: readonly Piece[]): void =>
      reader.expect([words(`${mark(i)}${label[lang]}`, true), ...cells], `the row “${label[lang]}” of ${block.id}`);
    if (block.text) {
      const parts = block.text[lang]!.split(/\{\{metric:([^}]+)\}\}/);
      const pieces = parts.map((part, i) => (i % 2 === 0 ? words(part) : { ...cell(part), apart: false }));
      reader.expect(pieces, block.id);
    }
    for (const [i, { label, cells }] of (block.rows ?? []).entries())
      row(
        label,
        i,
        cells.flatMap((id) => (id === null ? [] : [cell(id)])),
      );
    const banded = block.points?.some(({ low, high }) => low !== undefined || high !== undefined);
    for (const [i, { label, number, low, high }] of (block.points ?? []).entries()) {
      const end = (id: string | undefined): Piece => (id === undefined ? words('–', true) : cell(id));
      row(label, i, [cell(number), ...(banded ? [end(low), end(high)] : [])]);
    }
  }
  // The list at the end: how many events stand behind each number, and their root.
  for (const one of Object.values(numbers)) {
    const count = formsOf({ ...one, value: one.inputs, unit: 'count', decimals: 0, status: 'A' }, lang);
    const pieces = [words(one.id, true), words(`${one.metric}v${one.metricVersion}`)];
    const inputs: Piece = { forms: count, number: one, apart: true };
    reader.expect([...pieces, inputs, words(one.inputRoot.slice(0, 16))], `the origin of ${one.id}`);
  }
}

/** The PDFs of a package, and those that were sealed, against its report. */
export async function checkPrint(
  dir: string,
  edition: PrintedEdition,
  fault: (where: string, what: string) => void,
): Promise<void> {
  for (const lang of ['kk', 'ru', 'en'])
    for (const path of [`report.${lang}.pdf`, `signed/report.${lang}.pdf`]) {
      if (!existsSync(join(dir, path))) continue;
      let printed: PrintedText;
      try {
        printed = await readPdf(readFileSync(join(dir, path)));
      } catch {
        fault(path, 'is no PDF that can be read');
        continue;
      }
      checkText(printed, lang, edition, (what) => fault(path, what));
    }
}
