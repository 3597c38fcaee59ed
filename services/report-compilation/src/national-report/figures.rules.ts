/** One event, as the figures read it. */
export interface Fact {
  readonly id: string;
  readonly type: string;
  readonly day: string;
  readonly key: string;
  readonly sequence: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export type Unit = 'count' | 'tiyn' | 'score' | 'rank' | 'level' | 'status' | 'share';

/** A number of the report with everything behind it; for a count the events behind it are as many as it says. */
export interface Figure {
  readonly key: string;
  readonly unit: Unit;
  readonly value: number | string;
  /** Ids of the events that the figure was computed from, sorted. */
  readonly sources: readonly string[];
}

type Facts = readonly Fact[];

const text = (fact: Fact, field: string): string => String(fact.data[field]);
const number = (fact: Fact, field: string): number => fact.data[field] as number;
const ids = (facts: Facts): string[] => facts.map((f) => f.id).sort();

const count = (key: string, facts: Facts): Figure => ({ key, unit: 'count', value: facts.length, sources: ids(facts) });

const sum = (key: string, facts: Facts, field: string): Figure => ({
  key,
  unit: 'tiyn',
  value: facts.reduce((total, fact) => total + number(fact, field), 0),
  sources: ids(facts),
});

/** One count a group, groups in alphabetical order. */
function countBy(prefix: string, facts: Facts, groupOf: (fact: Fact) => string): Figure[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) groups.set(groupOf(fact), [...(groups.get(groupOf(fact)) ?? []), fact]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([group, list]) => count(`${prefix}.${group}`, list));
}

/** The last fact of each group: the later day, then the higher number, then the id. */
function latestBy(facts: Facts, groupOf: (fact: Fact) => string): Map<string, Fact> {
  const order = (f: Fact): string => `${f.day}/${String(f.sequence).padStart(8, '0')}/${f.id}`;
  const latest = new Map<string, Fact>();
  for (const fact of facts) {
    const other = latest.get(groupOf(fact));
    if (!other || order(other) < order(fact)) latest.set(groupOf(fact), fact);
  }
  return new Map([...latest].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The standing in one index: the newest edition up to the year. */
function standing(series: string, records: Facts, year: number): Figure[] {
  // Of a year that was restated, what its newest vintage says.
  const vintages = records
    .filter((f) => f.data['series'] === series && number(f, 'year') <= year)
    .sort((a, b) => (text(a, 'vintage') < text(b, 'vintage') ? -1 : 1));
  const ofSeries = [...new Map(vintages.map((f) => [number(f, 'year'), f])).values()];
  const newest = ofSeries.reduce<Fact | undefined>(
    (a, b) => (!a || number(b, 'year') > number(a, 'year') ? b : a),
    undefined,
  );
  const line = ofSeries
    .filter((f) => f.data['score'] !== undefined)
    .map((f): Figure => ({
      key: `index.${series}.${text(f, 'year')}.score`,
      unit: 'score',
      value: number(f, 'score'),
      sources: [f.id],
    }));
  const errors = ofSeries
    .filter((f) => f.data['standardError'] !== undefined)
    .map((f): Figure => ({
      key: `index.${series}.${text(f, 'year')}.error`,
      unit: 'score',
      value: number(f, 'standardError'),
      sources: [f.id],
    }));
  const current = newest
    ? (['year', 'score', 'rank', 'countries'] as const).flatMap((field): Figure[] =>
        newest.data[field] === undefined
          ? []
          : [
              {
                key: `index.${series}.${field}`,
                unit: field === 'score' ? 'score' : 'rank',
                value: number(newest, field),
                sources: [newest.id],
              },
            ],
      )
    : [];
  return [...current, ...[...line, ...errors].sort((a, b) => (a.key < b.key ? -1 : 1))];
}

/**
 * Every figure of the National Report of a year, computed from facts alone: their order and repetition change nothing.
 * Counts of the year take facts of the year; standings (flags, goals, indices) take what was true at its end.
 */
export function figuresOf(all: Facts, year: number): Figure[] {
  const unique = [...new Map(all.map((fact) => [fact.id, fact])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const upTo = unique.filter((f) => f.day <= `${year}-12-31`);
  const within = upTo.filter((f) => f.day >= `${year}-01-01`);
  const inYear = (type: string): Facts => within.filter((f) => f.type === type);
  const known = (type: string): Facts => upTo.filter((f) => f.type === type);

  const reports = inYear('reporting.report.received.v1');
  const [treeHead] = latestBy(inYear('reporting.tree-head.signed.v1'), (f) => f.key).values();
  const decided = inYear('reporting.case.decided.v1');
  const rewards = inYear('reporting.reward.calculated.v1');
  const releases = inYear('risk-analysis.release.recorded.v1');
  const processes = [...latestBy(releases, (f) => f.key).values()];
  const raised = latestBy(
    [...known('risk-analysis.flag.raised.v1'), ...known('risk-analysis.flag.cleared.v1')],
    (f) => f.key,
  );
  const standingFlags = [...raised.values()].filter((f) => f.type === 'risk-analysis.flag.raised.v1');
  const assessed = latestBy(inYear('risk-analysis.area.assessed.v1'), (f) => text(f, 'areaCode'));
  const goals = known('compliance.goal.set.v1');
  const statuses = latestBy(known('compliance.goal.status-changed.v1'), (f) => f.key);
  const indices = unique.filter((f) => f.type === 'report-compilation.index.recorded.v1');

  return [
    count('reports.total', reports),
    ...countBy('reports.month', reports, (f) => f.day.slice(0, 7)),
    ...countBy('reports.category', reports, (f) => text(f, 'category')),
    ...countBy('reports.area', reports, (f) => text(f, 'areaCode')),
    // Against these a citizen checks that their report was counted; a standing of the log, so no count of events.
    ...(treeHead
      ? [
          {
            key: 'reports.log.size',
            unit: 'rank' as const,
            value: number(treeHead, 'treeSize'),
            sources: [treeHead.id],
          },
          {
            key: 'reports.log.root',
            unit: 'status' as const,
            value: text(treeHead, 'rootHash'),
            sources: [treeHead.id],
          },
        ]
      : []),
    count('reports.acknowledged', inYear('reporting.report.acknowledged.v1')),
    count('cases.opened', inYear('reporting.case.opened.v1')),
    count('cases.decided', decided),
    ...countBy('cases.outcome', decided, (f) => text(f, 'outcome')),
    count('rewards.count', rewards),
    sum('rewards.amount', rewards, 'amount'),
    ...countBy('releases.origin', processes, (f) => text(f, 'origin')),
    count('flags.total', standingFlags),
    ...countBy('flags.area', standingFlags, (f) => text(f, 'areaCode')),
    ...countBy('flags.origin', standingFlags, (f) => text(f, 'origin')),
    ...[...assessed].flatMap(([area, f]): Figure[] => [
      { key: `area.${area}.score`, unit: 'share', value: number(f, 'score'), sources: [f.id] },
      { key: `area.${area}.level`, unit: 'level', value: text(f, 'level'), sources: [f.id] },
    ]),
    count('recommendations.total', inYear('risk-analysis.recommendation.issued.v1')),
    count('goals.total', goals),
    ...countBy('goals.status', [...statuses.values()], (f) => text(f, 'status')),
    // A goal that was never measured is grey, and the event behind that is the one that set it.
    ...(goals.some((g) => !statuses.has(g.key))
      ? [
          count(
            'goals.unmeasured',
            goals.filter((g) => !statuses.has(g.key)),
          ),
        ]
      : []),
    ...goals.map((g): Figure => {
      const last = statuses.get(g.key);
      return {
        key: `goal.${g.key}.status`,
        unit: 'status',
        value: last ? text(last, 'status') : 'grey',
        sources: [(last ?? g).id],
      };
    }),
    ...goals.map((g): Figure => ({
      key: `goal.${g.key}.area`,
      unit: 'status',
      value: text(g, 'areaCode'),
      sources: [g.id],
    })),
    ...goals.map((g): Figure => ({
      key: `goal.${g.key}.accountable`,
      unit: 'status',
      value: text(g, 'accountablePosition'),
      sources: [g.id],
    })),
    ...goals.map((g): Figure => ({
      key: `goal.${g.key}.target`,
      unit: 'share',
      value: number(g, 'target'),
      sources: [g.id],
    })),
    count('gifts.declared', inYear('compliance.gift.declared.v1')),
    count('gifts.handed-over', inYear('compliance.gift.handed-over.v1')),
    count('gifts.overdue', inYear('compliance.gift.overdue.v1')),
    ...standing('cpi', indices, year),
    ...standing('wjp', indices, year),
  ];
}
