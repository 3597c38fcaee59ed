import { freePort } from './ports.js';
import { answers } from './kafka.js';
import { primary, TRANSACTION_LIFETIME } from './mongo.js';
import { run } from './processes.js';

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

/** Removes containers that an earlier run of the same folder left behind. */
async function removeLeftovers(dir: string): Promise<void> {
  const ids = (await run('docker', ['ps', '-aq', '--filter', `label=aiqyn.dir=${dir}`])).split('\n').filter(Boolean);
  if (ids.length > 0) await run('docker', ['rm', '-f', ...ids]);
}

type Engine = typeof import('testcontainers');

async function engine(): Promise<Engine> {
  // Its own clean-up container is one image more that a closed network does not have; ours are labelled instead.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  return import('testcontainers');
}

function controls(id: string, address: string, ready: () => Promise<void>): Container {
  return {
    address,
    stop: async () => {
      await run('docker', ['rm', '-f', '-v', id]);
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
export async function mongoContainer(dir: string): Promise<Container> {
  await needImage('mongo:6.0');
  await removeLeftovers(`${dir}/mongo`);
  const { GenericContainer, Wait } = await engine();
  const port = await freePort();
  const started = await new GenericContainer('mongo:6.0')
    .withCommand(['--replSet', 'rs0', '--wiredTigerCacheSizeGB', '0.5', '--bind_ip_all', ...TRANSACTION_LIFETIME])
    .withExposedPorts({ container: 27017, host: port })
    .withLabels({ 'aiqyn.dir': `${dir}/mongo` })
    .withWaitStrategy(Wait.forLogMessage(/Waiting for connections/))
    .start();
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  // The member's name is what the server calls itself; clients come by the mapped port, directly.
  const ready = (): Promise<void> => primary(uri, '127.0.0.1:27017', () => true);
  await ready();
  return controls(started.getId(), uri, ready);
}

/** Kafka in a container; the advertised port must be known before it starts, so a free one is taken first. */
export async function kafkaContainer(dir: string): Promise<Container> {
  await needImage('apache/kafka:4.3.0');
  await removeLeftovers(`${dir}/kafka`);
  const { GenericContainer, Wait } = await engine();
  const port = await freePort();
  const started = await new GenericContainer('apache/kafka:4.3.0')
    .withEnvironment({
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
    .withLabels({ 'aiqyn.dir': `${dir}/kafka` })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  const brokers = `127.0.0.1:${port}`;
  const ready = (): Promise<void> => answers(brokers, () => true);
  await ready();
  return controls(started.getId(), brokers, ready);
}
