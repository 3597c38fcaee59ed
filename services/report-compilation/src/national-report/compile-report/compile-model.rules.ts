import { RuleError } from '@aiqyn/contracts';
import type { Metric, MetricRegister } from '../../numbers/define-metrics/metric-register.rules.js';
import type {
  Block,
  ChartPoint,
  Language,
  Localised,
  ReportModel,
  ReportNumber,
  SeriesBreak,
  TableBlock,
  TableRow,
} from '../../report-model/report-model.rules.js';
import type {
  PlannedBlock,
  PlannedChart,
  PlannedGroups,
  PlannedList,
  SectionPlan,
} from '../write-sections/section-plan.rules.js';
import { dayText } from '../../report-model/number-text.rules.js';
import { breaksIn } from '../write-sections/reorganisations.rules.js';
import { assertText } from '../write-sections/text.rules.js';

export type Words = ReadonlyMap<string, Localised>;

/** What a model is made of beside the numbers. */
export interface ModelParts {
  readonly plan: SectionPlan;
  readonly register: MetricRegister;
  readonly words: Words;
  readonly edition: Omit<ReportModel, 'schema' | 'title' | 'sections' | 'numbers' | 'sources'>;
  /** What editors wrote in place of texts of the plan, by block. */
  readonly texts: ReadonlyMap<string, Localised>;
}

const same = (text: string): Localised => ({ kk: text, ru: text, en: text });

/** Puts plan, words and numbers together; nothing is computed here, and nothing is left out without a word. */
class ModelCompiler {
  private readonly metrics: ReadonlyMap<string, Metric>;
  private readonly numbers: ReadonlyMap<string, ReportNumber>;
  private readonly groups: ReadonlyMap<string, readonly string[]>;

  constructor(
    private readonly parts: ModelParts,
    numbers: readonly ReportNumber[],
  ) {
    this.metrics = new Map(parts.register.metrics.map((metric) => [metric.id, metric]));
    this.numbers = new Map(numbers.map((number) => [number.id, number]));
    const byMetric = Map.groupBy(numbers, ({ metric }) => metric);
    this.groups = new Map(
      [...byMetric].map(([metric, list]) => [metric, list.map(({ id }) => id.slice(metric.length + 1))]),
    );
  }

  model(): ReportModel {
    const { plan, edition } = this.parts;
    const sections = plan.sections.map((section) => ({
      ...section,
      blocks: section.blocks.flatMap((block) => this.block(block)),
    }));
    return {
      schema: 'aiqyn/national-report/1',
      ...edition,
      title: plan.title,
      sections,
      numbers: Object.fromEntries([...this.numbers].sort(([a], [b]) => (a < b ? -1 : 1))),
      sources: plan.sources,
    };
  }

  private block(block: PlannedBlock): Block[] {
    if (block.kind === 'text') {
      const text = this.parts.texts.get(block.id) ?? block.text;
      assertText(text, (id) => this.numbers.has(id), block.id);
      return [{ kind: 'text', id: block.id, text }];
    }
    if (block.kind === 'list-table') return [this.list(block)];
    return block.kind === 'chart' ? this.chart(block) : [this.table(block)];
  }

  private list({ id, caption, metrics, note }: PlannedList): TableBlock {
    const rows = metrics
      .filter((metric) => this.numbers.has(metric))
      .map((metric): TableRow => ({ label: this.metrics.get(metric)!.titles, cells: [metric] }));
    return {
      ...{ kind: 'table', id, caption, columns: [this.word('frame.figure'), this.word('frame.value')], rows },
      ...(note ? { note } : {}),
    };
  }

  private table({ id, caption, rows: head, metrics, totals, labelFrom, note }: PlannedGroups): Block {
    const groups = this.inOrder(metrics);
    if (groups.length === 0) {
      const nothing = this.word('frame.nothing');
      return {
        kind: 'text',
        id,
        text: {
          kk: `${caption.kk}. ${nothing.kk}`,
          ru: `${caption.ru}. ${nothing.ru}`,
          en: `${caption.en}. ${nothing.en}`,
        },
      };
    }
    const cell = (number: string): string | null => (this.numbers.has(number) ? number : null);
    const rows = groups.map((group): TableRow => ({
      label: this.label(metrics[0]!, group, labelFrom),
      cells: metrics.map((metric) => cell(`${metric}.${group}`)),
    }));
    const total: TableRow[] = totals
      ? [{ label: this.word('frame.total'), cells: totals.map((one) => (one === null ? null : cell(one))) }]
      : [];
    return {
      ...{ kind: 'table', id, caption, columns: [head, ...metrics.map((metric) => this.metrics.get(metric)!.titles)] },
      rows: [...rows, ...total],
      ...this.breaks(metrics[0]!, groups),
      ...(note ? { note } : {}),
    };
  }

  private chart({ id, chart, title, axis, metric, low, high, note }: PlannedChart): Block[] {
    const groups = this.inOrder([metric]);
    // A line of one point or a chart without bars says less than the table beside it.
    if (groups.length < 2) return [];
    const there = (of: string | undefined, group: string): string | undefined =>
      of !== undefined && this.numbers.has(`${of}.${group}`) ? `${of}.${group}` : undefined;
    const points = groups.map((group): ChartPoint => {
      const [below, above] = [there(low, group), there(high, group)];
      return {
        ...{ label: this.label(metric, group), number: `${metric}.${group}` },
        ...(below && above ? { low: below, high: above } : {}),
      };
    });
    const breaks = this.breaks(metric, groups);
    return [{ kind: 'chart', id, chart, title, axis, points, ...breaks, ...(note ? { note } : {}) }];
  }

  /** The reorganisations that a series of the body's own figures crosses; what others say of the country is not broken by one. */
  private breaks(metric: string, groups: readonly string[]): { readonly breaks?: readonly SeriesBreak[] } {
    if (this.metrics.get(metric)!.by?.join() !== 'calendar-year') return {};
    const word = this.word('frame.break');
    const breaks = breaksIn(groups, this.parts.plan.authorities).map(({ before, authority }): SeriesBreak => {
      const note = (lang: Language): string =>
        word[lang]
          .replace('{day}', dayText(authority.from, lang))
          .replace('{name}', authority.name[lang])
          .replace('{act}', authority.act[lang]);
      return { before, day: authority.from, note: { kk: note('kk'), ru: note('ru'), en: note('en') } };
    });
    return breaks.length > 0 ? { breaks } : {};
  }

  /** Groups of all the metrics: in the order of the words where they have some, else in alphabetical order. */
  private inOrder(metrics: readonly string[]): string[] {
    const all = [...new Set(metrics.flatMap((metric) => this.groups.get(metric) ?? []))].sort();
    const prefix = this.metrics.get(metrics[0]!)!.words;
    if (prefix === undefined) return all;
    const order = [...this.parts.words.keys()];
    const at = (group: string): number => {
      const place = order.indexOf(`${prefix}.${group}`);
      return place < 0 ? order.length : place;
    };
    return all.sort((a, b) => at(a) - at(b));
  }

  private label(metric: string, group: string, from?: string): Localised {
    if (from !== undefined) return this.numbers.get(`${from}.${group}`)?.says ?? same(group);
    const { words: prefix, by } = this.metrics.get(metric)!;
    const quarter = by?.includes('quarter') ? /^(\d{4})-Q([1-4])$/.exec(group) : null;
    if (quarter) {
      const [, year, n] = quarter;
      return { kk: `${year} жыл, ${n}-тоқсан`, ru: `${n}-й квартал ${year} года`, en: `Q${n} ${year}` };
    }
    return prefix === undefined ? same(group) : this.word(`${prefix}.${group}`);
  }

  private word(key: string): Localised {
    const word = this.parts.words.get(key);
    if (!word) throw new RuleError('missing_translation', `there are no words for ${key}`, { field: key });
    return word;
  }
}

/** The model of an edition; throws RuleError `missing_translation`, or what `assertText` throws. */
export const compileModel = (parts: ModelParts, numbers: readonly ReportNumber[]): ReportModel =>
  new ModelCompiler(parts, numbers).model();
