import { createHash, createHmac } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RuleError } from '@aiqyn/contracts/rule-error';
import type { ServiceName } from '@aiqyn/contracts';
import type { StoredFile } from './files/documents.js';

export interface StoredCollection extends StoredFile {
  readonly name: string;
  /** As canonical Extended JSON. */
  readonly options: object;
  readonly indexes: readonly object[];
}

export interface StoredDatabase {
  readonly service: ServiceName;
  /** The last link of its audit chain. */
  readonly auditHead?: { readonly seq: number; readonly hash: string };
  readonly collections: readonly StoredCollection[];
}

export interface StoredPartition extends StoredFile {
  readonly topic: string;
  readonly partition: number;
  /** Where it began and ended when it was read. */
  readonly from: number;
  readonly to: number;
  /** Records that were left out: their events were written after the instant of the databases. */
  readonly later: number;
}

export interface StoredGroup {
  readonly group: string;
  /** The first offset that it had not committed, before the instant of the databases. */
  readonly offsets: readonly { readonly topic: string; readonly partition: number; readonly taken: number }[];
}

/** What a backup holds. Names are those of services and topics, without the prefixes of the installation. */
export interface Manifest {
  readonly format: 1;
  readonly encrypted: boolean;
  /** The one instant that all databases are shown as they were at. */
  readonly instant: string;
  /** Seconds that it took to read the databases, and those for which mongod keeps an instant (absent: it does not say). */
  readonly seconds: number;
  readonly windowSeconds?: number;
  readonly treeHead?: { readonly treeSize: number; readonly root: string; readonly checkpoint: string };
  readonly databases: readonly StoredDatabase[];
  readonly partitions: readonly StoredPartition[];
  readonly groups: readonly StoredGroup[];
}

const MANIFEST = 'manifest.json';

/** A key makes it a signature: who lacks the key can replace files and their hashes, but not this. */
const sumOf = (text: string, key?: Buffer): string =>
  (key ? createHmac('sha256', key) : createHash('sha256')).update(text).digest('hex');
const sumFile = (key?: Buffer): string => `${MANIFEST}.${key ? 'hmac' : 'sha256'}`;

/** Written last: without it a folder is no backup. */
export function writeManifest(dir: string, manifest: Manifest, key?: Buffer): void {
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  const options = { mode: 0o600, flag: 'wx', flush: true } as const;
  writeFileSync(join(dir, sumFile(key)), `${sumOf(text, key)}  ${MANIFEST}\n`, options);
  writeFileSync(join(dir, MANIFEST), text, options);
}

/** Reads and checks the manifest; throws RuleError when it is missing, changed, or the key does not fit. */
export function readManifest(dir: string, key?: Buffer): Manifest {
  if (!existsSync(join(dir, MANIFEST)))
    throw new RuleError('no_backup', `${dir} has no ${MANIFEST}: no backup was completed there`);
  const text = readFileSync(join(dir, MANIFEST), 'utf8');
  const encrypted = existsSync(join(dir, sumFile(Buffer.alloc(0))));
  if (encrypted !== (key !== undefined))
    throw new RuleError(
      'key_needed',
      encrypted ? 'it is encrypted: --key names its key' : 'it is not encrypted: no --key',
    );
  const sum = existsSync(join(dir, sumFile(key))) ? readFileSync(join(dir, sumFile(key)), 'utf8').slice(0, 64) : '';
  if (sum !== sumOf(text, key))
    throw new RuleError(
      'manifest_changed',
      `${MANIFEST}: is not what was written${key ? ', or the key is another' : ''}`,
    );
  return JSON.parse(text) as Manifest;
}

/** All files that a backup has. */
export const filesOf = ({ databases, partitions }: Manifest): readonly StoredFile[] => [
  ...databases.flatMap(({ collections }) => collections),
  ...partitions,
];
