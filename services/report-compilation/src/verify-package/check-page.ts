/* Reads the page as a person would, with its own idea of how a number is written; nothing here imports what it checks. */

interface Shown {
  readonly id: string;
  readonly unit: string;
  readonly decimals: number;
  readonly value: number | string | null;
  readonly status: string;
  readonly says?: Readonly<Record<string, string>>;
}
export interface PrintedModel {
  readonly numbers: Readonly<Record<string, Shown>>;
  readonly sections: readonly {
    readonly blocks: readonly {
      readonly kind: string;
      readonly id: string;
      readonly rows?: readonly { readonly cells: readonly (string | null)[] }[];
      readonly points?: readonly { readonly number: string; readonly low?: string; readonly high?: string }[];
    }[];
  }[];
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: '\u00a0',
};
const plain = (html: string): string =>
  html.replaceAll(/<[^>]*>/g, '').replaceAll(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all);

/** What a printed number means, or undefined when it is not written as its language and unit ask. */
function meaning(text: string, { unit, decimals }: Shown, lang: string): number | undefined {
  const sign = unit === 'tiyn' ? '₸' : unit === 'share' ? '%' : '';
  const [group, point] = lang === 'en' ? [',', '.'] : ['[\u00a0\u202f ]', ','];
  const places = decimals > 0 ? `[${point}]\\d{${decimals}}` : '';
  const whole = new RegExp(`^[-−]?\\d+(?:${group}\\d{3})*${places}${sign ? `\\s${sign}` : ''}$`, 'u');
  if (!whole.test(text)) return undefined;
  const digits = text
    .replace(sign, '')
    .replaceAll(new RegExp(lang === 'en' ? ',' : '[\u00a0\u202f ]', 'gu'), '')
    .replace(point, '.')
    .replace('−', '-')
    .trim();
  return Number(digits) / (unit === 'share' ? 100 : 1);
}

function isRight(html: string, number: Shown, lang: string): boolean {
  const { value, unit, decimals, status, says } = number;
  const text = plain(html);
  if (value === null) return text.startsWith(status === 'M' ? '–' : '×');
  if (typeof value === 'string') return text === (says?.[lang] ?? value);
  const told = meaning(text, number, lang);
  const exact = unit === 'tiyn' ? value / 100 : value;
  const half = 0.5 / 10 ** (decimals + (unit === 'share' ? 2 : 0));
  return told !== undefined && Math.abs(told - exact) <= half * (1 + 1e-6);
}

/** What a chart is drawn with, and what it says of each point to whoever stands on it. */
interface Drawn {
  readonly label: string;
  readonly text: string;
  readonly said: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** In what an axis counts: tenge, percent, or the value as it is. */
function onAxis({ value, unit, status }: Shown): number | null {
  if (status !== 'A' || typeof value !== 'number') return null;
  return unit === 'tiyn' ? value / 100 : unit === 'share' ? value * 100 : value;
}

function isDrawnRight(
  { value, low, high, label, text, said }: Drawn,
  point: { readonly number: string; readonly low?: string; readonly high?: string },
  numbers: PrintedModel['numbers'],
  lang: string,
): boolean {
  const number = numbers[point.number];
  if (!number || value !== onAxis(number) || !isRight(text, number, lang)) return false;
  if (value === null ? /\d/.test(said.replace(label, '')) : !said.includes(text)) return false;
  const ends = [
    [low, point.low],
    [high, point.high],
  ] as const;
  return ends.every(([drawn, id]) => drawn === null || (id !== undefined && drawn === onAxis(numbers[id]!)));
}

/** Every number of a page is the one of the report, and none of the tables is missing; each chart is drawn with its numbers. */
export function checkPage(
  html: string,
  lang: string,
  { numbers, sections }: PrintedModel,
  fault: (where: string, what: string) => void,
): void {
  const page = `report.${lang}.html`;
  const shown = new Map<string, number>();
  for (const [, id, text] of html.matchAll(/<a [^>]*data-number="([^"]*)"[^>]*>(.*?)<\/a>/gs)) {
    const number = numbers[plain(id!)];
    if (!number || !isRight(text!, number, lang))
      fault(page, `says “${plain(text!)}” of ${id}, and the report does not`);
    shown.set(plain(id!), (shown.get(plain(id!)) ?? 0) + 1);
  }
  const charts = new Map(
    [...html.matchAll(/<figure id="([^"]*)"[^>]*>.*?<script type="application\/json">(.*?)<\/script>/gs)].map(
      ([, id, spec]) => [plain(id!), (JSON.parse(spec!) as { data: { values: readonly Drawn[] } }).data.values],
    ),
  );
  for (const { id, points } of sections.flatMap(({ blocks }) => blocks)) {
    if (points === undefined) continue;
    const drawn = charts.get(id) ?? [];
    if (drawn.length !== points.length)
      fault(page, `draws ${drawn.length} points in ${id}, which has ${points.length}`);
    for (const [i, datum] of drawn.entries())
      if (points[i] && !isDrawnRight(datum, points[i], numbers, lang))
        fault(page, `draws “${datum.said}” in ${id}, and ${points[i].number} says something else`);
  }
  for (const block of sections.flatMap(({ blocks }) => blocks))
    for (const id of (block.rows ?? []).flatMap(({ cells }) => cells))
      if (id !== null && !shown.has(id)) fault(page, `does not show ${id}, which stands in ${block.id}`);
}
