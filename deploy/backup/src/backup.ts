import { join } from 'node:path';
import { RuleError } from '@aiqyn/contracts/rule-error';
import { type Command, runTool, type Values } from '@aiqyn/platform/cli';
import { ConfigError } from '@aiqyn/platform';
import { readKey } from './files/sealing.js';
import { type Installation, installation } from './installation.js';
import { makeBackup } from './make.js';
import { filesOf, type Manifest } from './manifest.js';
import { restoreBackup } from './restore.js';
import { verifyBackup } from './verify.js';

const KEY = `
  --key FILE   encrypt, or open, with the key in FILE (32 random bytes as base64url)`;
const SETTINGS = `
Settings: MONGODB_URI (one replica set with all databases), DATABASE_PREFIX (aiqyn_), KAFKA_BROKERS and what else reaches the
broker (libs/platform/README.md). Without them: what npm start runs.`;

const keyOf = ({ key }: Values): Buffer | undefined => (typeof key === 'string' ? readKey(key) : undefined);
function folder(files: readonly string[]): string {
  const [dir, ...more] = files;
  if (!dir || more.length > 0) throw new RuleError('missing_folder', 'name one folder: that of the backup');
  return dir;
}

async function within<T>(work: (there: Installation) => Promise<T>): Promise<T> {
  const there = await installation().catch((error: Error) => {
    throw error instanceof ConfigError ? new RuleError('settings', error.message) : error;
  });
  try {
    return await work(there);
  } finally {
    await there.close();
  }
}

const mega = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

function told(manifest: Manifest): string {
  const { databases, partitions, groups, treeHead, instant } = manifest;
  const sum = (files: readonly { documents: number; content: { bytes: number } }[], what: string): string =>
    `${files.reduce((n, file) => n + file.documents, 0)} ${what}, ${mega(files.reduce((n, { content }) => n + content.bytes, 0))}`;
  return [
    `as of ${instant}`,
    ...databases.map(
      ({ service, collections, auditHead }) =>
        `${service.padEnd(20)} ${sum(collections, 'documents')}, audit chain of ${auditHead?.seq ?? 0}`,
    ),
    `${'topics'.padEnd(20)} ${sum(partitions, 'records')}, places of ${groups.length} groups`,
    `${'transparency log'.padEnd(20)} ${treeHead ? `${treeHead.treeSize} leaves, root ${treeHead.root}` : 'no head yet'}`,
    `${'stored'.padEnd(20)} ${filesOf(manifest).length} files, ${mega(filesOf(manifest).reduce((n, { bytes }) => n + bytes, 0))}${manifest.encrypted ? ', encrypted' : ''}`,
  ].join('\n');
}

/** A folder for now in one that is there: what starts it by the clock needs no shell. */
const dated = (dir: string): string => join(dir, new Date().toISOString().slice(0, 16).replace(':', ''));

const make: Command = {
  does: 'backs up databases and topics while the services run',
  help: `make DIR [--dated] [--key FILE]: DIR must be empty or not there
  --dated      into DIR/YYYY-MM-DDTHHMM (UTC), so that DIR keeps them all${KEY}\n${SETTINGS}`,
  options: { key: { type: 'string' }, dated: { type: 'boolean' } },
  takesFiles: true,
  run: (values, files) =>
    within(async (from) => {
      const dir = values['dated'] === true ? dated(folder(files)) : folder(files);
      const manifest = await makeBackup(dir, from, keyOf(values));
      const read = manifest.databases.flatMap((db) => db.collections).reduce((n, { content }) => n + content.bytes, 0);
      const window = manifest.windowSeconds ?? 300;
      const rate = `databases read in ${manifest.seconds.toFixed(1)} s (${mega(read / manifest.seconds)}/s)`;
      const near = manifest.seconds > window / 2 ? `\nraise minSnapshotHistoryWindowInSeconds soon` : '';
      return `${dir}\n${told(manifest)}\n${rate}; mongod keeps an instant for ${window} s${near}`;
    }),
};

const verify: Command = {
  does: 'reads every file of a backup and names those that are not what was written',
  help: `verify DIR [--key FILE]: needs no server${KEY}`,
  options: { key: { type: 'string' } },
  takesFiles: true,
  run: async (values, files) => {
    const { manifest, faults } = await verifyBackup(folder(files), keyOf(values));
    return faults.length > 0
      ? { text: faults.join('\n'), exitCode: 1 }
      : `${told(manifest)}\nevery file is what was written`;
  },
};

const restore: Command = {
  does: 'restores a backup where there is no data and no service runs',
  help: `restore DIR [--key FILE]: refuses databases and topics that are not empty${KEY}\n${SETTINGS}`,
  options: { key: { type: 'string' } },
  takesFiles: true,
  run: (values, files) =>
    within(async (to) => {
      const { manifest, records, moved } = await restoreBackup(folder(files), to, keyOf(values));
      const places = moved > 0 ? `${moved} partitions have other offsets than before` : 'offsets are those of before';
      return `${told(manifest)}\nrestored, each collection compared byte for byte; ${records} records, ${places}`;
    }),
};

await runTool('npm run -s backup --', { make, verify, restore });
