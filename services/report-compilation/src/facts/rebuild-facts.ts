import { createHash } from 'node:crypto';
import type { mongo } from 'mongoose';
import { allTopics, declarationOf } from '@aiqyn/contracts';
import { kafkaClient, readLog } from '@aiqyn/platform';
import { type FactRow, factOf } from './fact.rules.js';
import { FACTS } from './fact.schema.js';
import { COUNTED } from './on-facts.js';

const REBUILT = 'facts_rebuilt';

export interface RebuildOutcome {
  readonly events: number;
  readonly live: { readonly facts: number; readonly sha256: string };
  readonly rebuilt: { readonly facts: number; readonly sha256: string };
}

async function digest(facts: mongo.Collection<FactRow>): Promise<{ facts: number; sha256: string }> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const fact of facts.find().sort({ _id: 1 })) {
    hash.update(`${JSON.stringify(fact)}\n`);
    count += 1;
  }
  return { facts: count, sha256: hash.digest('hex') };
}

/** Rebuilds the facts from the first event on, beside the live ones, and gives the digest of both. */
export async function rebuildFacts(
  db: mongo.Db,
  options: { brokers: string; prefix: string; replace: boolean },
): Promise<RebuildOutcome> {
  const rebuilt = db.collection<FactRow>(REBUILT);
  await rebuilt.drop().catch(() => undefined);
  const counted = new Set(COUNTED.map((c) => declarationOf(c).type));
  let waiting: FactRow[] = [];
  const store = async (): Promise<void> => {
    const rows = waiting;
    waiting = [];
    if (rows.length === 0) return;
    await rebuilt.bulkWrite(
      // The log may hold an event twice (at-least-once sending); the fact is the same.
      rows.map((row) => ({ replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true } })),
      { ordered: false },
    );
  };
  const { events } = await readLog(
    kafkaClient(options.brokers, 'rebuild'),
    allTopics().map((topic) => options.prefix + topic),
    `${options.prefix}rebuild-${process.pid}-${Date.now()}`,
    async ({ envelope, contract, data }) => {
      if (!counted.has(envelope.type)) return;
      waiting.push(factOf(envelope, { ...Object.assign(new contract(), data) }));
      if (waiting.length >= 1_000) await store();
    },
  );
  await store();
  const outcome = {
    events,
    live: await digest(db.collection<FactRow>(FACTS)),
    rebuilt: await digest(rebuilt),
  };
  if (options.replace) {
    await rebuilt.createIndex({ type: 1, day: 1 });
    await rebuilt.rename(FACTS, { dropTarget: true });
  } else {
    await rebuilt.drop().catch(() => undefined);
  }
  return outcome;
}
