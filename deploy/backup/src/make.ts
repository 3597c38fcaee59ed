import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { RuleError } from '@aiqyn/contracts/rule-error';
import { existingTopics, groupsThatRead, logEnds, spansOf } from '@aiqyn/platform';
import type { Installation } from './installation.js';
import { type Manifest, type StoredDatabase, type StoredGroup, writeManifest } from './manifest.js';
import { storeDatabase } from './parts/databases.js';
import { type Instant, takeInstant, writtenAfter } from './parts/instant.js';
import { storeTopics } from './parts/topics.js';

/**
 * Makes a backup while the services run. The order is what makes it whole:
 * 1. what each group has committed: all of it is handled in the databases of 2, so that nothing is skipped;
 * 2. one instant of all databases, so that no service knows of an event that its publisher does not;
 * 3. the ends of the topics: whatever a service had written at the instant is below them, or still in its outbox;
 * 4. the topics up to there, without events that were written after the instant (nobody in the backup knows of them, and
 *    after a restore their ids will be given to other events).
 */
export async function makeBackup(dir: string, from: Installation, key?: Buffer): Promise<Manifest> {
  if (existsSync(dir) && readdirSync(dir).length > 0)
    throw new RuleError('not_empty', `${dir} is not empty: every backup has a folder of its own`);
  const topics = from.topics.map((topic) => from.prefix + topic);
  const there = new Set(await existingTopics(from.kafka, topics));
  const missing = topics.filter((topic) => !there.has(topic));
  if (missing.length > 0) throw new RuleError('no_topic', `the broker has no ${missing.join(', ')}`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });

  const groups = await committed(from, topics);
  const instant = await takeInstant(from.client, from.database('reporting'));
  try {
    const began = performance.now();
    const spans = await spansOf(from.kafka, topics);
    const later = new Set<string>();
    for (const service of from.services)
      for (const id of await writtenAfter(instant, from.database(service))) later.add(`/aiqyn/${service} ${id}`);
    const databases: StoredDatabase[] = [];
    for (const service of from.services)
      databases.push(await storeDatabase(dir, service, from.database(service), instant, key));
    const seconds = (performance.now() - began) / 1000;
    const treeHead = await treeHeadAt(instant, from);
    const manifest: Manifest = {
      format: 1,
      encrypted: key !== undefined,
      instant: new Date(instant.at.getHighBits() * 1000).toISOString(),
      seconds,
      ...(await windowOf(from)),
      ...(treeHead ? { treeHead } : {}),
      databases,
      partitions: await storeTopics(dir, spans, from, later, key),
      groups,
    };
    writeManifest(dir, manifest, key);
    return manifest;
  } finally {
    await instant.session.endSession();
  }
}

/** Services' groups and partners': a broker that is lost loses the places of both. */
async function committed({ kafka, prefix }: Installation, topics: readonly string[]): Promise<StoredGroup[]> {
  const groups: StoredGroup[] = [];
  for (const group of (await groupsThatRead(kafka, topics)).filter((name) => name.startsWith(prefix))) {
    const ends = await logEnds(kafka, topics, group);
    groups.push({
      group: group.slice(prefix.length),
      offsets: ends
        .filter(({ taken }) => taken > 0)
        .map(({ topic, partition, taken }) => ({ topic: topic.slice(prefix.length), partition, taken })),
    });
  }
  return groups;
}

/** The transparency log's last signed head: what citizens' receipts are checked against. */
async function treeHeadAt({ session }: Instant, from: Installation): Promise<Manifest['treeHead']> {
  const heads = from.database('reporting').collection<{ _id: number; root: string; checkpoint: string }>('tree_heads');
  const head = await heads.findOne({}, { session, sort: { _id: -1 } });
  return head ? { treeSize: Number(head._id), root: head.root, checkpoint: head.checkpoint } : undefined;
}

/** For how long mongod keeps an instant; a user without the right to ask does without. */
async function windowOf({ client }: Installation): Promise<Pick<Manifest, 'windowSeconds'>> {
  const name = 'minSnapshotHistoryWindowInSeconds';
  const answer = await client
    .db('admin')
    .command({ getParameter: 1, [name]: 1 })
    .catch(() => undefined);
  return answer ? { windowSeconds: Number(answer[name]) } : {};
}
