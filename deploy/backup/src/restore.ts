import { RuleError } from '@aiqyn/contracts/rule-error';
import { existingTopics, groupsAlive, spansOf } from '@aiqyn/platform';
import type { Installation } from './installation.js';
import type { Manifest } from './manifest.js';
import { restoreDatabase } from './parts/databases.js';
import { restoreTopics } from './parts/topics.js';
import { verifyBackup } from './verify.js';

/** What would be overwritten, one sentence each. */
async function inTheWay({ groups }: Manifest, to: Installation): Promise<string[]> {
  const faults: string[] = [];
  for (const service of to.services) {
    const db = to.database(service);
    const there = await db.listCollections({}, { nameOnly: true }).toArray();
    if (there.length > 0) faults.push(`the database ${db.databaseName} is not empty`);
  }
  const topics = await existingTopics(
    to.kafka,
    to.topics.map((topic) => to.prefix + topic),
  );
  // One that was emptied counts on from where it was: offsets would not be those that services remember.
  const used = (await spansOf(to.kafka, topics)).filter((span) => span.to > 0).map(({ topic }) => topic);
  for (const topic of new Set(used)) faults.push(`the topic ${topic} has records`);
  const alive = await groupsAlive(
    to.kafka,
    groups.map(({ group }) => to.prefix + group),
  );
  for (const group of alive) faults.push(`somebody reads in the group ${group}`);
  return faults;
}

/**
 * Restores a backup into an installation without data, whose services are stopped. Throws RuleError when a file is not
 * what was written or something is in the way: nothing is changed then.
 */
export async function restoreBackup(
  dir: string,
  to: Installation,
  key?: Buffer,
): Promise<{ readonly manifest: Manifest; readonly records: number; readonly moved: number }> {
  const { manifest, faults } = await verifyBackup(dir, key);
  if (faults.length > 0) throw new RuleError('backup_changed', faults.join('; '));
  const obstacles = await inTheWay(manifest, to);
  if (obstacles.length > 0)
    throw new RuleError(
      'not_empty',
      `${obstacles.join('; ')}: stop the services, drop the databases, delete the topics`,
    );
  const topics = await restoreTopics(dir, manifest, to, key);
  for (const stored of manifest.databases) await restoreDatabase(dir, stored, to.database(stored.service), key);
  return { manifest, ...topics };
}
