import { isDay, RuleError } from '@aiqyn/contracts';
import { metricIn, type MetricRegister } from '../../numbers/define-metrics/metric-register.rules.js';
import { LANGUAGES, type Localised } from '../../report-model/report-model.rules.js';
import { assertAuthorities, type Authority } from './reorganisations.rules.js';
import { numbersIn, typedNumberAt } from './text.rules.js';

/** A text of the plan, or one that an editor wrote in its place. */
export interface PlannedText {
  readonly kind: 'text';
  readonly id: string;
  readonly text: Localised;
}

/** Numbers that stand for themselves, one a row, named by their titles. */
export interface PlannedList {
  readonly kind: 'list-table';
  readonly id: string;
  readonly caption: Localised;
  readonly metrics: readonly string[];
  readonly note?: Localised;
}

/** A row for each group, a column for each metric. */
export interface PlannedGroups {
  readonly kind: 'group-table';
  readonly id: string;
  readonly caption: Localised;
  /** Head of the first column. */
  readonly rows: Localised;
  readonly metrics: readonly string[];
  /** Below each column the metric of its total; null where a total would say nothing. */
  readonly totals?: readonly (string | null)[];
  /** Where the groups are keys: the metric whose word names the row. */
  readonly labelFrom?: string;
  readonly note?: Localised;
}

export interface PlannedChart {
  readonly kind: 'chart';
  readonly id: string;
  readonly chart: 'line' | 'bars';
  readonly title: Localised;
  readonly axis: Localised;
  readonly metric: string;
  readonly low?: string;
  readonly high?: string;
  readonly note?: Localised;
}

export type PlannedBlock = PlannedText | PlannedList | PlannedGroups | PlannedChart;

export interface PlannedSection {
  readonly id: string;
  readonly title: Localised;
  readonly owner: Localised;
  readonly legalBasis?: Localised;
  readonly blocks: readonly PlannedBlock[];
}

/** Which sections the report of a year has, who owns them and what stands in them: order differs by year, so it is data. */
export interface SectionPlan {
  readonly id: string;
  readonly effectiveFrom: string;
  readonly source: string;
  readonly checked: boolean;
  readonly title: Localised;
  /** The body that publishes, by day: it has changed three times since the law. */
  readonly authorities: readonly Authority[];
  readonly sources: readonly Localised[];
  readonly sections: readonly PlannedSection[];
}

const bad = (field: string, what: string): never => {
  throw new RuleError('bad_policy', `section plan: ${field} ${what}`, { field });
};

const metricsOf = (block: PlannedBlock): readonly string[] => {
  if (block.kind === 'text') return LANGUAGES.flatMap((lang) => numbersIn(block.text[lang]));
  if (block.kind === 'chart') return [block.metric, block.low, block.high].filter((id) => id !== undefined);
  const more = block.kind === 'group-table' ? [...(block.totals ?? []), block.labelFrom ?? null] : [];
  return [...block.metrics, ...more.filter((id) => id !== null)];
};

/** Reads a plan against the register; throws RuleError `bad_policy` that names the place. */
export function sectionPlan(raw: unknown, register: MetricRegister): SectionPlan {
  const plan = raw as SectionPlan;
  if (typeof plan?.id !== 'string') bad('id', 'is missing');
  if (!isDay(plan.effectiveFrom)) bad('effectiveFrom', 'is no day');
  if (typeof plan.checked !== 'boolean') bad('checked', 'is missing');
  const metrics = new Map(register.metrics.map((metric) => [metric.id, metric]));
  const ids = new Set<string>();
  const localised = (field: string, value: Localised | undefined): void => {
    if (value !== undefined && LANGUAGES.some((lang) => !value[lang]?.trim())) bad(field, 'is missing in a language');
  };
  localised('title', plan.title);
  assertAuthorities(plan.authorities);
  for (const section of plan.sections) {
    localised(`${section.id}.title`, section.title);
    localised(`${section.id}.owner`, section.owner);
    localised(`${section.id}.legalBasis`, section.legalBasis);
    for (const block of section.blocks) {
      if (ids.has(block.id)) bad(block.id, 'is there twice');
      ids.add(block.id);
      for (const id of metricsOf(block))
        if (!metricIn(metrics.keys(), id)) bad(block.id, `names ${id}, which is no metric`);
      if (block.kind === 'text') {
        localised(block.id, block.text);
        for (const lang of LANGUAGES)
          if (typedNumberAt(block.text[lang], lang) >= 0) bad(`${block.id}.${lang}`, 'holds a typed number');
      } else {
        localised(block.id, block.kind === 'chart' ? block.title : block.caption);
        localised(block.id, block.note);
      }
      if (block.kind === 'group-table')
        for (const id of block.metrics)
          if (!metrics.get(id)!.by && !grouped(id, metrics)) bad(block.id, `${id} has no groups`);
    }
  }
  return plan;
}

/** Whether a metric that is made of others has their groups. */
function grouped(id: string, metrics: ReadonlyMap<string, MetricRegister['metrics'][number]>): boolean {
  const { by, formula } = metrics.get(id)!;
  return (
    by !== undefined ||
    ((formula.kind === 'share' || formula.kind === 'edge' || formula.kind === 'change') && grouped(formula.of, metrics))
  );
}

/** The body that published on a day; throws RuleError `no_authority`. */
export function authorityOn({ authorities }: SectionPlan, day: string): Localised {
  const one = authorities.find(({ from, until }) => from <= day && (until === undefined || day <= until));
  if (!one)
    throw new RuleError('no_authority', 'the section plan names no body for this day', { field: 'authorities' });
  return one.name;
}
