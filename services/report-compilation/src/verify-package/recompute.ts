import type { LogEvent } from './own-tree.js';

/* The second path (requirement R2): numbers from events and the published definitions alone, the slow and obvious way. */

interface Definition {
  readonly id: string;
  readonly period: string;
  readonly events: readonly string[];
  readonly latestBy?: readonly string[];
  readonly latestIn?: string;
  readonly where?: readonly { readonly fields: readonly string[]; readonly in: readonly unknown[] }[];
  readonly ofType?: readonly string[];
  readonly by?: readonly string[];
  readonly byDefault?: string;
  readonly formula: { readonly kind: string; readonly [more: string]: unknown };
}

export interface Recomputed {
  readonly value: number | string | null;
  readonly ids: readonly string[];
}

type Plain = string | number | boolean;

const field = (event: LogEvent, names: readonly string[]): Plain | undefined => {
  for (const name of names) {
    let value: unknown = event.data[name];
    if (name === 'key') value = event.key;
    if (name === 'quarter') value = `${event.day.slice(0, 4)}-Q${Math.floor((Number(event.day.slice(5, 7)) + 2) / 3)}`;
    if (name === 'calendar-year') value = String(new Date(event.day).getUTCFullYear());
    if (value !== undefined && value !== null) return value as Plain;
  }
  return undefined;
};

/** The last one last: by the field that says so, by day, by number, by id. */
function inTime(events: readonly LogEvent[], { latestIn }: Definition): readonly LogEvent[] {
  const rank = (event: LogEvent): string =>
    [
      latestIn === undefined ? '' : String(event.data[latestIn]),
      event.day,
      String(event.sequence).padStart(12, '0'),
      event.id,
    ].join('\u0000');
  return [...events].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

function selected(metric: Definition, events: readonly LogEvent[], year: number): readonly LogEvent[] {
  let some = events.filter((event) => metric.events.includes(event.type));
  if (metric.period === 'of-year') some = some.filter((event) => (event.data['year'] as number) <= year);
  else some = some.filter((event) => event.day.localeCompare(`${year}-12-31`) <= 0);
  if (metric.period === 'year') some = some.filter((event) => event.day.startsWith(`${year}-`));
  if (metric.latestBy) {
    const { latestBy } = metric;
    const last = new Map<string, LogEvent>();
    for (const event of inTime(some, metric))
      last.set(latestBy.map((name) => String(field(event, [name]))).join('\u0000'), event);
    some = [...last.values()];
  }
  if (metric.ofType) some = some.filter((event) => metric.ofType!.includes(event.type));
  for (const condition of metric.where ?? [])
    some = some.filter((event) => condition.in.some((one) => one === field(event, condition.fields)));
  return some;
}

/** Every number by its id, from all events that the year is made of. */
export function recompute(
  definitions: readonly Definition[],
  events: readonly LogEvent[],
  year: number,
): ReadonlyMap<string, Recomputed> {
  const all = new Map<string, Recomputed>();
  const groupsOf = (id: string): [string, Recomputed][] =>
    [...all].filter(([name]) => name === id || (name.startsWith(`${id}.`) && owner.get(name) === id));
  const owner = new Map<string, string>();
  const put = (
    metric: Definition,
    group: string | undefined,
    value: Recomputed['value'],
    ids: readonly string[],
  ): void => {
    const id = group === undefined ? metric.id : `${metric.id}.${group}`;
    owner.set(id, metric.id);
    all.set(id, { value, ids: [...new Set(ids)].sort() });
  };
  const groupIn = (name: string, metric: string): string | undefined =>
    name === metric ? undefined : name.slice(metric.length + 1);
  for (const metric of definitions) {
    const { formula } = metric;
    const of = formula['of'] as string;
    if (metric.events.length > 0) {
      let some = selected(metric, events, year);
      const names = formula['fields'] as readonly string[];
      if (formula.kind === 'value' && formula['absent'] === undefined)
        some = some.filter((event) => field(event, names) !== undefined);
      const groups = Map.groupBy(some, (event) =>
        metric.by
          ? String(field(event, metric.by) ?? metric.byDefault ?? 'unknown').replaceAll(/[^A-Za-z0-9.-]/g, '-')
          : '',
      );
      if (groups.size === 0 && !metric.by) groups.set('', []);
      const yearly =
        metric.by?.join() === 'calendar-year' || (formula.kind === 'value' && metric.by?.join() === 'year');
      if (yearly && groups.size > 0) {
        const years = [...groups.keys()].map(Number);
        for (let y = Math.min(...years); y <= Math.max(...years); y += 1)
          if (!groups.has(String(y))) groups.set(String(y), []);
      }
      for (const [group, list] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
        let value: Recomputed['value'] = list.length;
        if (formula.kind === 'sum')
          // Exact whatever the size.
          value = Number(
            list.reduce((sum, one) => sum + BigInt((one.data[formula['field'] as string] as number) ?? 0), 0n),
          );
        if (formula.kind === 'value')
          value =
            list.length === 0
              ? ((formula['absent'] as string) ?? null)
              : ((field(inTime(list, metric).at(-1)!, names) as string | number | undefined) ??
                (formula['absent'] as string) ??
                null);
        put(
          metric,
          metric.by ? group : undefined,
          value,
          list.map(({ id }) => id),
        );
      }
    } else if (formula.kind === 'consultation') continue;
    else if (formula.kind === 'constant') put(metric, undefined, formula['value'] as number, []);
    else if (formula.kind === 'share') {
      const whole = formula['in'] as string;
      for (const [name, part] of groupsOf(of)) {
        const group = groupIn(name, of);
        const base = all.get(whole) ?? all.get(`${whole}.${group}`);
        const value = base && Number(base.value) !== 0 ? Number(part.value) / Number(base.value) : null;
        put(metric, group, value, [...part.ids, ...(base?.ids ?? [])]);
      }
    } else if (formula.kind === 'edge') {
      for (const [name, one] of groupsOf(of)) {
        const group = groupIn(name, of)!;
        const error = all.get(`${formula['error'] as string}.${group}`);
        if (one.value === null || error === undefined || error.value === null) continue;
        const value = Number(one.value) + Number(formula['times']) * Number(error.value);
        // To the sixth decimal of what the machine holds: a half that is rounded twice would be another one.
        put(metric, group, Number(value.toFixed(6)), [...one.ids, ...error.ids]);
      }
    } else if (formula.kind === 'change') {
      const errorOf = (group: string): Recomputed | undefined => {
        const error = all.get(`${formula['error'] as string}.${group}`);
        return error === undefined || error.value === null ? undefined : error;
      };
      const list = groupsOf(of).filter(([, { value }]) => value !== null);
      for (let i = 1; i < list.length; i += 1) {
        const [[a, before], [b, now]] = [list[i - 1]!, list[i]!];
        const [ea, eb] = [errorOf(groupIn(a, of)!), errorOf(groupIn(b, of)!)];
        let word = 'not-known';
        if (ea && eb) {
          const difference = Number(now.value) - Number(before.value);
          const spread = Math.sqrt(Number(ea.value) ** 2 + Number(eb.value) ** 2);
          const far = spread > 0 && Math.abs(difference) >= Number(formula['z']) * spread;
          word = !far ? 'no-significant-change' : difference > 0 ? 'rose' : 'fell';
        }
        put(metric, groupIn(b, of), word, [...before.ids, ...now.ids, ...(ea?.ids ?? []), ...(eb?.ids ?? [])]);
      }
    } else {
      const last = groupsOf(of).at(-1);
      const group = last && groupIn(last[0], of);
      if (last === undefined) put(metric, undefined, null, []);
      else put(metric, undefined, formula.kind === 'last' ? last[1].value : Number(group), last[1].ids);
    }
  }
  return all;
}
