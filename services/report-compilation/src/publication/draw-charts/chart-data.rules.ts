import { RuleError } from '@aiqyn/contracts/rule-error';
import { numberText } from '../../report-model/number-text.rules.js';
import type { ChartBlock, Language, ReportModel, ReportNumber } from '../../report-model/report-model.rules.js';

/** A point as it is drawn: what is not told is null and never zero. */
export interface ChartDatum {
  readonly order: number;
  readonly label: string;
  readonly text: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Which unbroken run of told values it belongs to, and which run of told intervals: a line or band joins only one run. */
  readonly run: number;
  readonly bandRun: number;
  /** Its interval has no neighbour: no band can show it. */
  readonly alone: boolean;
  /** The series is of another body from here on. */
  readonly broken: boolean;
}

/** In what the axis counts: money in tenge, shares in percent. */
function drawn({ value, status, unit }: ReportNumber): number | null {
  if (status !== 'A' || typeof value !== 'number' || !Number.isFinite(value)) return null;
  return unit === 'tiyn' ? value / 100 : unit === 'share' ? value * 100 : value;
}

export function numberOf(numbers: ReportModel['numbers'], id: string, where: string): ReportNumber {
  const number = numbers[id];
  if (!number)
    throw new RuleError('unknown_number', `${where} names ${id}, which is no number of the report`, { field: where });
  return number;
}

export function chartData(
  chart: ChartBlock,
  numbers: ReportModel['numbers'],
  language: Language,
): readonly ChartDatum[] {
  if (chart.points.length === 0)
    throw new RuleError('chart_empty', `the chart ${chart.id} has no points`, { field: chart.id });
  let [run, bandRun] = [0, 0];
  const data = chart.points.map(({ label, number, low, high }, order) => {
    const own = numberOf(numbers, number, chart.id);
    if (own.status === 'A' && typeof own.value !== 'number')
      throw new RuleError('chart_not_a_number', `the chart ${chart.id} draws ${number}, which is no quantity`, {
        field: chart.id,
      });
    const value = drawn(own);
    // A band with one end, or around a value that is not told, would tell what is not known.
    const ends = [low, high].map((id) => (id === undefined ? null : drawn(numberOf(numbers, id, chart.id))));
    const banded = value !== null && ends.every((end) => end !== null);
    const broken = (chart.breaks ?? []).some(({ before }) => before === order);
    // No line leads over a break: it would tell of a rise or a fall.
    if (value === null || broken) run += 1;
    if (!banded || broken) bandRun += 1;
    return {
      order,
      label: label[language],
      text: numberText(own, language),
      value,
      low: banded ? ends[0]! : null,
      high: banded ? ends[1]! : null,
      run,
      bandRun,
      broken,
    };
  });
  const joins = (i: number, datum: { readonly bandRun: number }): boolean =>
    (data[i]?.low ?? null) !== null && data[i]!.bandRun === datum.bandRun;
  return data.map((datum, i) => ({
    ...datum,
    alone: datum.low !== null && !joins(i - 1, datum) && !joins(i + 1, datum),
  }));
}
