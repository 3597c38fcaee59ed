import { answers } from './kafka.js';
import { primary, TRANSACTION_LIFETIME } from './mongo.js';
import { run } from '../processes.js';

export interface Container {
  readonly address: string;
  stop(): Promise<void>;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

/** Whether a Docker engine answers and has the image or can get it; throws saying which of the two failed. */
async function needImage(image: string): Promise<void> {
  await run('docker', ['version', '-f', '{{.Server.Version}}']).catch(() => {
    throw new Error('no Docker engine answers');
  });
  await run('docker', ['image', 'inspect', image]).catch(() =>
    run('docker', ['pull', '-q', image]).catch(() => {
      throw new Error(`the Docker engine has no image ${image} and cannot get it`);
    }),
  );
}

/** What marks a container as ours, and whose data it holds. */
const LABEL = 'aiqyn.dir';
const lines = async (args: string[]): Promise<string[]> => (await run('docker', args)).split('\n').filter(Boolean);

/** Removes the containers of one folder, or of every folder under it, with what they hold. */
export async function removeContainers(dir: string): Promise<void> {
  const all = await lines(['ps', '-a', '--filter', `label=${LABEL}`, '--format', `{{.ID}} {{.Label "${LABEL}"}}`]);
  const ids = all.filter((line) => `${line.slice(line.indexOf(' ') + 1)}/`.startsWith(`${dir}/`));
  if (ids.length > 0) await run('docker', ['rm', '-f', '-v', ...ids.map((line) => line.split(' ')[0]!)]);
}

/** Where a container's data belongs and the port by which it is reached. */
export interface Place {
  readonly dir: string;
  /** 127.0.0.1's port; the one a kept container was made with wins. */
  readonly port: number;
  /** Stopped and started again with its data; otherwise removed at its stop. */
  readonly kept: boolean;
}

/** The container that an earlier run kept for this folder, started again; undefined when there is none. */
async function startKept({ dir, kept }: Place): Promise<{ id: string; port: number } | undefined> {
  if (!kept) return undefined;
  const [found] = await lines([
    ...['ps', '-a', '--filter', `label=${LABEL}=${dir}`],
    ...['--format', '{{.ID}} {{.Label "aiqyn.port"}}'],
  ]);
  if (!found) return undefined;
  const [id, port] = found.split(' ') as [string, string];
  await run('docker', ['start', id]);
  return { id, port: Number(port) };
}

type Engine = typeof import('testcontainers');

async function engine(): Promise<Engine> {
  // Its own clean-up container is one image more that a closed network does not have; ours are labelled instead.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  return import('testcontainers');
}

function controls(id: string, { kept }: Place, address: string, ready: () => Promise<void>): Container {
  return {
    address,
    stop: async () => {
      if (kept) await run('docker', ['stop', '-t', '30', id]);
      else await run('docker', ['rm', '-f', '-v', id]);
    },
    kill: async () => {
      await run('docker', ['kill', id]);
    },
    restart: async () => {
      await run('docker', ['start', id]);
      await ready();
    },
  };
}

/** MongoDB in a container, as a replica set of one. */
export async function mongoContainer(place: Place): Promise<Container> {
  await needImage('mongo:6.0');
  if (!place.kept) await removeContainers(place.dir);
  const { id, port } = (await startKept(place)) ?? (await newMongo(place));
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  // The member's name is what the server calls itself; clients come by the mapped port, directly.
  const ready = (): Promise<void> => primary(uri, '127.0.0.1:27017', () => true);
  await ready();
  return controls(id, place, uri, ready);
}

async function newMongo({ dir, port }: Place): Promise<{ id: string; port: number }> {
  const { GenericContainer, Wait } = await engine();
  const started = await new GenericContainer('mongo:6.0')
    .withCommand(['--replSet', 'rs0', '--wiredTigerCacheSizeGB', '0.5', '--bind_ip_all', ...TRANSACTION_LIFETIME])
    .withExposedPorts({ container: 27017, host: port })
    .withLabels({ [LABEL]: dir, 'aiqyn.port': String(port) })
    .withWaitStrategy(Wait.forLogMessage(/Waiting for connections/))
    .start();
  return { id: started.getId(), port };
}

const LOG_DIR = '/var/lib/kafka/data/log';
/** The image formats its log folder at each start and refuses a formatted one, so a second start leaves that step out. */
const KAFKA_COMMAND = `if [ -s ${LOG_DIR}/meta.properties ]; then exec /opt/kafka/bin/kafka-server-start.sh /opt/kafka/config/server.properties; fi; exec /etc/kafka/docker/run`;

/** Kafka in a container; the advertised port must be known before it starts, so it is chosen here. */
export async function kafkaContainer(place: Place): Promise<Container> {
  await needImage('apache/kafka:4.3.0');
  if (!place.kept) await removeContainers(place.dir);
  const { id, port } = (await startKept(place)) ?? (await newKafka(place));
  const brokers = `127.0.0.1:${port}`;
  const ready = (): Promise<void> => answers(brokers, () => true);
  await ready();
  return controls(id, place, brokers, ready);
}

async function newKafka({ dir, port }: Place): Promise<{ id: string; port: number }> {
  const { GenericContainer, Wait } = await engine();
  const started = await new GenericContainer('apache/kafka:4.3.0')
    .withCommand(['bash', '-c', KAFKA_COMMAND])
    .withEnvironment({
      KAFKA_LOG_DIRS: LOG_DIR,
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'PLAINTEXT',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_DEFAULT_REPLICATION_FACTOR: '1',
      KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '4',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_HEAP_OPTS: '-Xmx512m -Xms256m',
    })
    .withExposedPorts({ container: 9092, host: port })
    .withLabels({ [LABEL]: dir, 'aiqyn.port': String(port) })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  return { id: started.getId(), port };
}
