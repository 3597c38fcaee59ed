import type { Kafka } from 'kafkajs';
import {
  AREAS,
  CASE_OUTCOMES,
  eventOfType,
  KZ_REGIONS,
  REPORT_CATEGORIES,
  toHeaders,
  violations,
} from '@aiqyn/contracts';

/** An event as another service would publish it. */
export interface MadeEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly sequence: number;
}

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
/** A spread that depends on the number only. */
const mix = (n: number): number => ((n * 2_654_435_761) >>> 8) % 100_003;
const dayOf = (n: number, year: number): string =>
  `${year}-${String(1 + (mix(n) % 12)).padStart(2, '0')}-${String(1 + (mix(n + 7) % 28)).padStart(2, '0')}`;

/** About `count` events of a year as all services would publish them; the same numbers give the same events. */
export function* yearOfEvents(count: number, year: number, goals = 100): Generator<MadeEvent> {
  const event = (type: string, key: string, data: Record<string, unknown>, sequence = 1): MadeEvent => ({
    ...{ type: `${type}.v1`, key, sequence, data },
  });
  for (let g = 0; g < goals; g += 1) {
    const goal = `goal-${g}`;
    const set = {
      ...{ goalId: goal, recommendationId: `rec-${g}`, areaCode: pick(AREAS, g), accountablePosition: `position-${g}` },
      ...{ indicator: 'share-flagged', baseline: 0.5, target: 0.2, day: dayOf(g, year), dueDay: `${year + 1}-12-31` },
    };
    yield event('compliance.goal.set', goal, set);
    yield event('risk-analysis.recommendation.issued', `rec-${g}`, {
      ...{ recommendationId: `rec-${g}`, assessmentId: `as-${g}`, areaCode: pick(AREAS, g), day: dayOf(g, year) },
      ...{ indicator: 'share-flagged', baseline: 0.5, target: 0.2, dueDay: `${year + 1}-12-31` },
    });
    if (g % 4 === 0) continue;
    const status = pick(['green', 'amber', 'red'], g);
    yield event('compliance.goal.status-changed', goal, { goalId: goal, day: `${year}-12-01`, status, value: 0.3 }, 2);
  }
  for (const [i, [score, standardError, rank]] of [
    [38, 3.12, 94],
    [37, 3.33, 102],
    [36, 3.29, 101],
    [39, 3.2, 93],
    [40, 3.11, 88],
  ].entries()) {
    const indexId = `cpi-${2020 + i}`;
    const stated = { series: 'cpi', country: 'KAZ', year: 2020 + i, vintage: String(2020 + i), countries: 180 };
    yield event('report-compilation.index.recorded', indexId, {
      ...{ indexId, ...stated, day: `${year}-12-01`, score, standardError, rank },
    });
  }
  for (const area of AREAS)
    yield event('risk-analysis.area.assessed', `as-${area}`, {
      ...{ assessmentId: `as-${area}`, areaCode: area, day: `${year}-11-20`, reports: 10, processes: 20, flagged: 5 },
      ...{ score: 0.25, level: 'medium', policy: 'areas-1' },
    });
  for (let n = 0, made = 0; made < count; n += 1) {
    const day = dayOf(n, year);
    const areaCode = pick(AREAS, mix(n));
    const region = pick(KZ_REGIONS, Math.floor(mix(n) / 7));
    const category = pick(REPORT_CATEGORIES, Math.floor(mix(n) / 3));
    const ocid = `ocds-${n}`;
    const release = { ocid, day, origin: pick(['published', 'generated'], n), areaCode };
    yield event('risk-analysis.release.recorded', ocid, { ...release, amount: mix(n) * 100 });
    made += 1;
    if (n % 3 === 0) {
      const flag = { flagId: `flag-${n}`, ocid, day, indicator: pick(['R018', 'R028', 'R035'], mix(n)) };
      const flagged = { ...flag, indicatorVersion: 1, areaCode, origin: release.origin };
      yield event('risk-analysis.flag.raised', `flag-${n}`, flagged);
      made += 1;
    }
    if (n % 2 === 1) continue;
    const reportId = `report-${n}`;
    const mode = pick(['anonymous', 'confidential', 'named'], mix(n + 1));
    yield event('reporting.report.received', reportId, { reportId, day, category, mode, areaCode, region });
    yield event('reporting.report.acknowledged', reportId, { reportId, day }, 2);
    made += 2;
    if (n % 4 !== 0) continue;
    const caseId = reportId;
    yield event('reporting.case.opened', caseId, { caseId, reportId, day, category, areaCode, region }, 3);
    made += 1;
    if (n % 8 !== 0) continue;
    const outcome = pick(CASE_OUTCOMES, mix(n + 3));
    const liable = outcome === 'decided-liable' ? { offenceClass: 'grave', damage: 1_000 * mix(n) } : {};
    yield event('reporting.case.decided', caseId, { caseId, day, outcome, areaCode, region, ...liable }, 4);
    yield event('reporting.reward.calculated', caseId, { caseId, day, amount: 100 * mix(n), policy: 'KZ-2023' }, 5);
    made += 2;
  }
}

/** Publishes events as their services would; throws when one breaks its contract. Gives how many were sent. */
export async function publishEvents(kafka: Kafka, prefix: string, events: Iterable<MadeEvent>): Promise<number> {
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const waiting = new Map<string, object[]>();
  let sent = 0;
  const flush = async (): Promise<void> => {
    const topicMessages = [...waiting].map(([topic, messages]) => ({ topic, messages: messages as never }));
    waiting.clear();
    if (topicMessages.length > 0) await producer.sendBatch({ topicMessages });
  };
  for (const { type, data, key, sequence } of events) {
    const known = eventOfType(type);
    if (!known || violations(known.contract, data, 'producer').length > 0)
      throw new Error(`${type}: ${known ? violations(known.contract, data, 'producer').join() : 'no event'}`);
    const { topic } = known.declaration;
    const envelope = {
      ...{ id: `${key}#${String(sequence).padStart(8, '0')}`, type, source: `/aiqyn/${topic.slice(0, -7)}` },
      ...{ time: `${String(data['day'])}T00:00:00Z`, subject: key, sequence },
    };
    const message = { key, value: JSON.stringify(data), headers: toHeaders(envelope) };
    waiting.set(prefix + topic, [...(waiting.get(prefix + topic) ?? []), message]);
    sent += 1;
    if (sent % 2_000 === 0) await flush();
  }
  await flush();
  await producer.disconnect();
  return sent;
}
