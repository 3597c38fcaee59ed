import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { type Child, run, startChild, STATE, until } from '../processes.js';

const VERSION = '4.3.0';
const CLUSTER = '5L6g3nShT-eMCtK--X86sw';

const POM = `<project><modelVersion>4.0.0</modelVersion><groupId>aiqyn</groupId><artifactId>kafka</artifactId><version>1</version><dependencies>
<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${VERSION}</version></dependency>
<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>${VERSION}</version></dependency>
<dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>2.25.4</version></dependency>
</dependencies></project>
`;

/** The class path of the broker: Apache Kafka's jars as Maven resolves them, fetched once. */
async function jars(log: (line: string) => void): Promise<string> {
  const cache = join(STATE, 'cache', `kafka-${VERSION}`);
  const libs = join(cache, 'libs');
  if (!existsSync(libs)) {
    await run('java', ['-version']);
    log(`Kafka: fetching the jars of Apache Kafka ${VERSION} (once, about 100 MB)`);
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, 'pom.xml'), POM);
    rmSync(`${libs}.part`, { recursive: true, force: true });
    await run(
      'mvn',
      ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${libs}.part`],
      cache,
    );
    renameSync(`${libs}.part`, libs);
  }
  return join(libs, '*');
}

/** What a broker of a suite has besides: further listeners, and users with passwords for SCRAM-SHA-512. */
export interface MoreOfBroker {
  readonly listeners?: readonly {
    readonly name: string;
    readonly port: number;
    /** Where clients are sent to, host:port: through a proxy, or by the name in a certificate. */
    readonly advertised: string;
    readonly protocol: 'PLAINTEXT' | 'SASL_SSL';
  }[];
  readonly properties?: Readonly<Record<string, string>>;
  readonly users?: Readonly<Record<string, string>>;
}

function properties(data: string, port: number, controller: number, more: MoreOfBroker): string {
  const others = more.listeners ?? [];
  const joined = (...list: (string | readonly string[])[]): string => list.flat().join(',');
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    listeners: joined(
      `PLAINTEXT://127.0.0.1:${port}`,
      `CONTROLLER://127.0.0.1:${controller}`,
      others.map((one) => `${one.name}://127.0.0.1:${one.port}`),
    ),
    'advertised.listeners': joined(
      `PLAINTEXT://127.0.0.1:${port}`,
      others.map((one) => `${one.name}://${one.advertised}`),
    ),
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': joined(
      'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      others.map((one) => `${one.name}:${one.protocol}`),
    ),
    'log.dirs': data,
    'auto.create.topics.enable': false,
    'group.initial.rebalance.delay.ms': 0,
    'default.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'offsets.topic.replication.factor': 1,
    // Compacted from a mebibyte on, not from a hundred: what a broker reads of groups at each start stays short.
    'offsets.topic.segment.bytes': 1_048_576,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    ...more.properties,
  })
    .map(([k, v]) => `${k}=${v}\n`)
    .join('');
}

/** Waits until a client can work with the broker, not only until its port answers. */
export async function answers(brokers: string, alive: () => boolean): Promise<void> {
  const kafka = new Kafka({
    clientId: 'ready',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
  });
  await until(
    async () => {
      const admin = kafka.admin();
      try {
        await admin.connect();
        const { brokers: known } = await admin.describeCluster();
        if (known.length === 0) throw new Error('no broker registered');
      } finally {
        await admin.disconnect();
      }
    },
    90_000,
    alive,
  );
}

/** A real KRaft broker on 127.0.0.1; `restart` brings it back on the same port and data after a kill. */
export async function startBroker(
  dir: string,
  ports: { broker: number; controller: number },
  log: (line: string) => void,
  more: MoreOfBroker = {},
): Promise<{ brokers: string; child: () => Child; restart(): Promise<void> }> {
  const classPath = await jars(log);
  const data = join(dir, 'kafka');
  const settings = join(dir, 'kafka.properties');
  mkdirSync(data, { recursive: true });
  writeFileSync(settings, properties(data, ports.broker, ports.controller, more));
  if (readdirSync(data).length === 0) {
    const users = Object.entries(more.users ?? {}).flatMap(([name, password]) => [
      ...['--add-scram', `SCRAM-SHA-512=[name=${name},password=${password}]`],
    ]);
    await run('java', [
      ...['-cp', classPath, 'kafka.tools.StorageTool', 'format', '-t', CLUSTER, '-c', settings],
      ...users,
    ]);
  }
  const brokers = `127.0.0.1:${ports.broker}`;
  const launch = async (): Promise<Child> => {
    const child = startChild(dir, 'kafka', 'java', ['-Xmx512m', '-Xms256m', '-cp', classPath, 'kafka.Kafka', settings]);
    let running = true;
    void child.ended.then(() => (running = false));
    try {
      await answers(brokers, () => running);
    } catch (error) {
      await child.stop();
      throw new Error(
        `the Kafka broker did not become ready (${(error as Error).message}); its log is ${join(dir, 'kafka.log')}`,
      );
    }
    return child;
  };
  let child = await launch();
  return {
    brokers,
    child: () => child,
    restart: async () => {
      child = await launch();
    },
  };
}
