import { REPORT_MODES, type ReportMode, RuleError } from '@aiqyn/contracts';

/** The mode after a reporting person shows more of themselves; never less. Throws RuleError `only_upwards`. */
export function upwards(from: ReportMode, to: ReportMode): ReportMode {
  const allowed = REPORT_MODES.slice(REPORT_MODES.indexOf(from) + 1);
  if (!allowed.includes(to))
    throw new RuleError('only_upwards', `from ${from} only to a mode that shows more`, { field: 'mode', allowed });
  return to;
}
