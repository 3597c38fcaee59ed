import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { mongo } from 'mongoose';
import { type KafkaAccess, kafkaClient, readLog } from '@aiqyn/platform';
import { versionOf } from './register.rules.js';
import { csvFile, digestOf, jsonFile } from './register-files.js';
import { adds, REGISTER, type RegisterRow } from './register.schema.js';

const REBUILT = 'gift_register_rebuilt';

export interface Digests {
  readonly csv: string;
  readonly json: string;
}

async function digests(rows: mongo.Collection<RegisterRow>, dir?: string): Promise<Digests> {
  return {
    csv: await digestOf(csvFile(rows), dir && join(dir, 'gift-register.csv')),
    json: await digestOf(jsonFile(rows), dir && join(dir, 'gift-register.json')),
  };
}

/**
 * Makes the register again from the first event on, beside the live one, and gives the digests of the files of both; `dir`
 * takes the files that were made, `replace` puts the new one in place.
 */
export async function rebuildRegister(
  db: mongo.Db,
  options: { access: KafkaAccess; prefix: string; replace: boolean; dir?: string },
): Promise<{ events: number; live: Digests; rebuilt: Digests }> {
  if (options.dir) mkdirSync(options.dir, { recursive: true });
  const [live, rebuilt] = [db.collection<RegisterRow>(REGISTER), db.collection<RegisterRow>(REBUILT)];
  await rebuilt.drop().catch(() => undefined);
  const { events, told } = await tell(rebuilt, options);
  const outcome = { events, live: await digests(live), rebuilt: await digests(rebuilt, options.dir) };
  if (!options.replace) await rebuilt.drop().catch(() => undefined);
  else if (told > 0) {
    await rebuilt.rename(REGISTER, { dropTarget: true });
    // What the service published into the one that is gone, between the end of the reading and now, stands in the log.
    await tell(live, options);
  }
  return outcome;
}

/** Tells a register all that the log says of gifts; said again, it changes nothing. */
async function tell(
  rows: mongo.Collection<RegisterRow>,
  { access, prefix }: { access: KafkaAccess; prefix: string },
): Promise<{ events: number; told: number }> {
  let waiting: mongo.AnyBulkWriteOperation<RegisterRow>[] = [];
  let told = 0;
  const store = async (): Promise<void> => {
    const operations = waiting;
    waiting = [];
    if (operations.length > 0) await rows.bulkWrite(operations);
  };
  const { events } = await readLog(
    kafkaClient(access, 'gift-register'),
    [`${prefix}compliance.events`],
    `${prefix}compliance.gift-register-${process.pid}-${Date.now()}`,
    async ({ envelope, contract, data }) => {
      const version = versionOf(envelope.type, envelope.sequence, Object.assign(new contract(), data));
      if (!version) return;
      told += 1;
      const filter = { _id: envelope.subject };
      // The log may hold an event twice (at-least-once sending).
      waiting.push(
        { updateOne: { filter, update: { $pull: { versions: { version: version.version } } } } },
        { updateOne: { filter, update: adds(version), upsert: true } },
      );
      if (waiting.length >= 1_000) await store();
    },
  );
  await store();
  return { events, told };
}
