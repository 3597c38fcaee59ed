import { RuleError } from '@aiqyn/contracts';
import { standing } from '../goal-case/goal-status.rules.js';
import { type Indicator, judgeValue, type Measured } from '../goal-case/indicator.rules.js';

export const MEASUREMENT_CORRECTIONS = ['typing-error', 'source-revised', 'wrong-formula'] as const;

const next = (indicator: Indicator): number => indicator.measurements.length + 1;

/** An indicator with one measurement more, freed from what a person set; throws RuleError for a day that cannot be. */
function added(indicator: Indicator, measured: Measured): Indicator {
  const { override: _, ...rest } = indicator;
  return { ...rest, measurements: [...indicator.measurements, measured] };
}

/** Measures an indicator: after the last one, from its start to today. */
export function measured(
  indicator: Indicator,
  told: { readonly value: number; readonly day: string; readonly by: string },
  today: string,
): { readonly indicator: Indicator; readonly measurement: Measured } {
  judgeValue(indicator, told.value, 'value');
  const last = standing(indicator.measurements).at(-1);
  if (told.day > today || told.day < indicator.startDay || (last && told.day <= last.day))
    throw new RuleError('day_out_of_range', 'day must be after the last measurement, from the start to today', {
      field: 'day',
    });
  const measurement = { number: next(indicator), ...told, recordedDay: today };
  return { indicator: added(indicator, measurement), measurement };
}

/** Corrects a measurement by a new one that names it; throws RuleError `already_done`, `unknown_measurement`, `nothing_changed`. */
export function corrected(
  indicator: Indicator,
  told: { readonly corrects: number; readonly value: number; readonly reason: string; readonly by: string },
  today: string,
): { readonly indicator: Indicator; readonly measurement: Measured } {
  judgeValue(indicator, told.value, 'value');
  const old = indicator.measurements.find(({ number }) => number === told.corrects);
  if (!old) throw new RuleError('unknown_measurement', 'there is no such measurement', { field: 'corrects' });
  const later = indicator.measurements.find(({ corrects }) => corrects === told.corrects);
  if (later) throw new RuleError('already_done', `measurement ${later.number} corrects it: correct that one`);
  if (old.value === told.value)
    throw new RuleError('nothing_changed', 'a correction changes something', { field: 'value' });
  const measurement = { number: next(indicator), day: old.day, ...told, recordedDay: today };
  return { indicator: added(indicator, measurement), measurement };
}
