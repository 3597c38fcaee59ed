import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kafkaContainer, mongoContainer } from './docker.js';
import { answers, startBroker } from './kafka.js';
import { startMongod } from './mongo.js';
import { freePort, needPort } from '../ports.js';
import { takeOver } from '../processes.js';

export interface Server {
  /** A connection string, or brokers as host:port. */
  readonly address: string;
  /** Which way it was found, for people. */
  readonly took: string;
  stop(): Promise<void>;
  /** kill -9, for chaos; missing for a server that is not ours. */
  kill?(): Promise<void>;
  restart?(): Promise<void>;
}

export interface Servers {
  readonly mongo: Server;
  readonly kafka: Server;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Where data, logs and process ids are kept. */
  readonly dir: string;
  /** Random ports and empty data, for tests; otherwise fixed ports and the data of the run before. */
  readonly ephemeral?: boolean;
  readonly log: (line: string) => void;
}

type WayName = 'docker' | 'native';
type Way = { readonly name: WayName; readonly start: () => Promise<Server> };
type Found = Server & { readonly way?: WayName };

/** The first way that works; throws naming each that was tried, why it failed and what to install. */
async function firstOf(what: string, ways: Way[], install: string): Promise<Found> {
  const failures: string[] = [];
  for (const { name, start } of ways) {
    try {
      return { ...(await start()), way: name };
    } catch (error) {
      failures.push(`  ${name}: ${(error as Error).message}`);
    }
  }
  throw new Error(`${what} cannot be had. Tried:\n${failures.join('\n')}\n${install}`);
}

async function mongoServer({ dir, ephemeral, log }: ServerOptions, only: string | undefined): Promise<Found> {
  const port = ephemeral ? await freePort() : Number(process.env['AIQYN_MONGO_PORT'] ?? 27117);
  const address = process.env['MONGODB_URI'];
  if (address) return { address, took: 'MongoDB: MONGODB_URI of the environment', stop: () => Promise.resolve() };
  const docker: Way = {
    name: 'docker',
    start: async () => ({
      ...(await mongoContainer({ dir: join(dir, 'mongo'), port, kept: !ephemeral })),
      took: 'MongoDB: container mongo:6.0',
    }),
  };
  const native: Way = {
    name: 'native',
    start: async () => {
      await needPort(port, 'MongoDB', 'AIQYN_MONGO_PORT');
      let { uri, child } = await startMongod(dir, port, log);
      return {
        address: uri,
        took: `MongoDB: native mongod on port ${port}`,
        stop: () => child.stop(),
        kill: async () => {
          child.kill('SIGKILL');
          await child.ended;
        },
        restart: async () => {
          ({ uri, child } = await startMongod(dir, port, log));
        },
      };
    },
  };
  return firstOf(
    'MongoDB',
    ways(docker, native, only),
    'Install Docker, or Python 3 with pip, or mongod; or set MONGODB_URI.',
  );
}

async function kafkaServer({ dir, ephemeral, log }: ServerOptions, only: string | undefined): Promise<Found> {
  const broker = ephemeral ? await freePort() : Number(process.env['AIQYN_KAFKA_PORT'] ?? 19092);
  const address = process.env['KAFKA_BROKERS'];
  if (address) {
    await answers(address, () => true);
    return { address, took: 'Kafka: KAFKA_BROKERS of the environment', stop: () => Promise.resolve() };
  }
  const docker: Way = {
    name: 'docker',
    start: async () => ({
      ...(await kafkaContainer({ dir: join(dir, 'kafka'), port: broker, kept: !ephemeral })),
      took: 'Kafka: container apache/kafka:4.3.0',
    }),
  };
  const native: Way = {
    name: 'native',
    start: async () => {
      const controller = ephemeral ? await freePort() : broker + 1;
      await needPort(broker, 'Kafka', 'AIQYN_KAFKA_PORT');
      await needPort(controller, 'the Kafka controller', 'AIQYN_KAFKA_PORT');
      const { brokers, child, restart } = await startBroker(dir, { broker, controller }, log);
      return {
        address: brokers,
        took: `Kafka: native broker on port ${broker}`,
        stop: () => child().stop(),
        kill: async () => {
          child().kill('SIGKILL');
          await child().ended;
        },
        restart,
      };
    },
  };
  return firstOf('Kafka', ways(docker, native, only), 'Install Docker, or Java 17 and Maven; or set KAFKA_BROKERS.');
}

const ways = (docker: Way, native: Way, only: string | undefined): Way[] =>
  only === 'docker' ? [docker] : only === 'native' ? [native] : [docker, native];

/** The way that the data of this folder was made with: another one would begin with empty servers beside it. */
function wayBefore(dir: string, server: 'mongo' | 'kafka'): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(dir, 'servers.json'), 'utf8')) as Record<string, string>)[server];
  } catch {
    return undefined;
  }
}

/**
 * Finds or starts Kafka and MongoDB: environment, then Docker, then native; `AIQYN_SERVERS=docker|native` fixes it, and
 * so does the data that an earlier run left in `dir`. Throws when another run works in `dir`.
 */
export async function startServers(options: ServerOptions): Promise<Servers> {
  const { dir, ephemeral, log } = options;
  await takeOver(dir, log);
  if (ephemeral) {
    rmSync(dir, { recursive: true, force: true });
    // The record of who works here went with the rest.
    await takeOver(dir, log);
  }
  const only = process.env['AIQYN_SERVERS'];
  const [mongo, kafka] = await Promise.allSettled([
    mongoServer(options, only ?? wayBefore(dir, 'mongo')),
    kafkaServer(options, only ?? wayBefore(dir, 'kafka')),
  ]);
  if (mongo.status === 'rejected' || kafka.status === 'rejected') {
    for (const one of [mongo, kafka]) if (one.status === 'fulfilled') await one.value.stop();
    const reasons = [mongo, kafka].flatMap((one) => (one.status === 'rejected' ? [(one.reason as Error).message] : []));
    throw new Error(reasons.join('\n'));
  }
  for (const one of [mongo.value, kafka.value]) log(one.took);
  writeFileSync(join(dir, 'servers.json'), JSON.stringify({ mongo: mongo.value.way, kafka: kafka.value.way }));
  return {
    mongo: mongo.value,
    kafka: kafka.value,
    stop: async () => {
      await kafka.value.stop();
      await mongo.value.stop();
      if (ephemeral) rmSync(dir, { recursive: true, force: true });
    },
  };
}
