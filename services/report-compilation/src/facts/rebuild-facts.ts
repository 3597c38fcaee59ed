import { createHash } from 'node:crypto';
import type { mongo } from 'mongoose';
import { allTopics, declarationOf } from '@aiqyn/contracts';
import { type KafkaAccess, kafkaClient, readLog } from '@aiqyn/platform';
import { type FactRow, factOf } from './fact.rules.js';
import { FACTS } from './fact.schema.js';
import { COUNTED } from '../numbers/define-metrics/registers.js';

const REBUILT = 'facts_rebuilt';

export interface RebuildOutcome {
  readonly events: number;
  readonly live: { readonly facts: number; readonly sha256: string };
  readonly rebuilt: { readonly facts: number; readonly sha256: string };
}

async function digest(facts: mongo.Collection<FactRow>): Promise<{ facts: number; sha256: string }> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const { _id, type, day, key, sequence, data, partition, offset } of facts.find().sort({ _id: 1 })) {
    // In this order: the store keeps fields in another after an upsert.
    hash.update(`${JSON.stringify({ _id, type, day, key, sequence, data, partition, offset })}\n`);
    count += 1;
  }
  return { facts: count, sha256: hash.digest('hex') };
}

/** Keeps in a collection every fact that the log holds; said again, it changes nothing. Gives the number of events read. */
async function keepAll(
  rows: mongo.Collection<FactRow>,
  { access, prefix }: { access: KafkaAccess; prefix: string },
): Promise<number> {
  const counted = new Set(COUNTED.map((c) => declarationOf(c).type));
  let waiting: FactRow[] = [];
  const store = async (): Promise<void> => {
    const facts = waiting;
    waiting = [];
    if (facts.length === 0) return;
    await rows.bulkWrite(
      // The log may hold an event twice (at-least-once sending); the fact is the same and has its first place.
      facts.map(({ _id, ...fact }) => ({
        updateOne: { filter: { _id }, update: { $setOnInsert: fact }, upsert: true },
      })),
      { ordered: true },
    );
  };
  const { events } = await readLog(
    kafkaClient(access, 'rebuild'),
    allTopics().map((topic) => prefix + topic),
    `${prefix}report-compilation.rebuild-${process.pid}-${Date.now()}`,
    async ({ envelope, contract, data, place }) => {
      if (!counted.has(envelope.type)) return;
      waiting.push(factOf(envelope, { ...Object.assign(new contract(), data) }, place));
      if (waiting.length >= 1_000) await store();
    },
  );
  await store();
  return events;
}

/** Rebuilds the facts from the first event on, beside the live ones, and gives the digest of both. */
export async function rebuildFacts(
  db: mongo.Db,
  options: { access: KafkaAccess; prefix: string; replace: boolean },
): Promise<RebuildOutcome> {
  const [live, rebuilt] = [db.collection<FactRow>(FACTS), db.collection<FactRow>(REBUILT)];
  await rebuilt.drop().catch(() => undefined);
  const events = await keepAll(rebuilt, options);
  const outcome = { events, live: await digest(live), rebuilt: await digest(rebuilt) };
  if (!options.replace) await rebuilt.drop().catch(() => undefined);
  else if (outcome.rebuilt.facts > 0) {
    await rebuilt.createIndex({ type: 1, day: 1 });
    await rebuilt.rename(FACTS, { dropTarget: true });
    // What the service stored into the one that is gone, between the end of the reading and now, stands in the log.
    await keepAll(live, options);
  }
  return outcome;
}
