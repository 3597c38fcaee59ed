import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Child,
  freePort,
  ready,
  type Service,
  SERVICES,
  startBroker,
  startChild,
  startIssuer,
  startMongod,
  startService,
  STATE,
  takeOver,
  until,
} from '@aiqyn/local';

/** What may lie between a service and a server: a toxic of Toxiproxy. */
export interface Toxic {
  readonly type: 'latency' | 'bandwidth' | 'reset_peer' | 'timeout';
  readonly attributes: Readonly<Record<string, number>>;
}

/** Four services, a broker and a database, each pair with a proxy of its own between, all to be hurt. */
export interface World {
  readonly dir: string;
  /** Past the proxies, for the checker. */
  readonly mongoUri: string;
  readonly brokers: string;
  readonly issuer: string;
  /** Where the replicas of a service answer, as a proxy before them knows. */
  addresses(service: Service): readonly string[];
  /** kill -9 of a replica, and a new process; resolves when it is ready again. */
  killService(service: Service, replica?: number): Promise<void>;
  killBroker(): Promise<void>;
  killDatabase(): Promise<void>;
  /** SIGTERM and start again, one replica after the other, as a rolling update does. */
  restart(service: Service, env?: Record<string, string>): Promise<void>;
  /** A further process of the service, which no client is sent to. */
  replica(service: Service, env: Record<string, string>): Promise<Child>;
  /** Puts the toxic between the service and the server, both ways, for so long. */
  between(service: Service, server: 'mongo' | 'kafka', toxic: Toxic, milliseconds: number): Promise<void>;
  /** Fills the disk of the database (a tmpfs of its own), and gives the room back; undefined where none could be mounted. */
  readonly fillDisk: (() => Promise<void>) | undefined;
  settings(service: Service): Record<string, string | undefined>;
  stop(): Promise<void>;
}

/** What the broker writes when it did not load some groups: mostly it tries again by itself, while its leadership changes hands. */
const GROUPS_NOT_LOADED = 'Failed to load metadata from __consumer_offsets';
/** The same of groups that stay lost until its next start. */
const GROUPS_LOST = 'due to New last written offset';
/** Milliseconds until everything must answer again: a broker that was killed reads its log first. */
const PATIENCE = 180_000;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The server of Toxiproxy: on PATH, or built by Go once. Throws saying what is missing. */
function toxiproxy(say: (line: string) => void): string {
  const cache = join(STATE, 'cache', 'tools');
  const built = join(cache, 'toxiproxy-server');
  try {
    return execFileSync('sh', ['-c', 'command -v toxiproxy-server']).toString().trim();
  } catch {
    if (existsSync(built)) return built;
  }
  say('building Toxiproxy by Go (once)');
  mkdirSync(cache, { recursive: true });
  execFileSync('go', ['install', 'github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0'], {
    env: { ...process.env, GOBIN: cache },
    stdio: 'ignore',
  });
  execFileSync('mv', [join(cache, 'server'), built]);
  return built;
}

/** A disk of its own for the database, where this process may mount one. */
function ownDisk(dir: string, megabytes: number): boolean {
  mkdirSync(dir, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'aiqyn-chaos', dir], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export async function startWorld(replicas: number, say: (line: string) => void): Promise<World> {
  const dir = join(STATE, 'chaos');
  await takeOver(dir, say);
  const data = join(dir, 'mongodb');
  try {
    execFileSync('umount', [data], { stdio: 'ignore' });
  } catch {
    // It was none.
  }
  rmSync(dir, { recursive: true, force: true });
  await takeOver(dir, say);
  const mounted = ownDisk(data, 1_500);
  const mongoPort = await freePort();
  let database = await startMongod(dir, mongoPort, say);
  const ways = await Promise.all(
    SERVICES.map(async (service) => ({
      ...{ service, listener: await freePort(), kafka: await freePort(), mongo: await freePort() },
    })),
  );
  const way = (service: Service): (typeof ways)[number] => ways.find((one) => one.service === service)!;
  const [plain, controller, control] = [await freePort(), await freePort(), await freePort()];
  const broker = await startBroker(dir, { broker: plain, controller }, say, {
    // A listener for each service, whose clients are sent through its own proxy.
    listeners: ways.map(({ listener, kafka }, i) => ({
      ...{ name: `S${i}`, port: listener, advertised: `127.0.0.1:${kafka}`, protocol: 'PLAINTEXT' as const },
    })),
  });
  const proxies = startChild(dir, 'toxiproxy', toxiproxy(say), ['-port', String(control), '-host', '127.0.0.1']);
  const ask = async (path: string, body?: object, method = 'POST'): Promise<void> => {
    const answer = await fetch(`http://127.0.0.1:${control}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`Toxiproxy, ${path}: ${answer.status} ${await answer.text()}`);
  };
  await until(() => ask('/version', undefined, 'GET'), 20_000);
  for (const { service, listener, kafka, mongo } of ways) {
    await ask('/proxies', {
      ...{ name: `kafka-${service}`, listen: `127.0.0.1:${kafka}`, upstream: `127.0.0.1:${listener}` },
    });
    await ask('/proxies', {
      ...{ name: `mongo-${service}`, listen: `127.0.0.1:${mongo}`, upstream: `127.0.0.1:${mongoPort}` },
    });
  }
  const issuer = await startIssuer({ port: await freePort(), dir });
  const ports = Object.fromEntries(
    await Promise.all(
      SERVICES.map(async (s) => [s, await Promise.all(Array.from({ length: replicas }, () => freePort()))] as const),
    ),
  ) as Record<Service, number[]>;
  const first = Object.fromEntries(SERVICES.map((s) => [s, ports[s][0]!])) as Record<Service, number>;
  const settingsOf = (service: Service, env: Record<string, string> = {}) => ({
    ...{ dir, issuer: issuer.url, ports: first, brokers: `127.0.0.1:${way(service).kafka}` },
    mongoUri: `mongodb://127.0.0.1:${way(service).mongo}/?directConnection=true`,
    env: { LOG_LEVEL: 'warn', DEMO_CLOCK_FILE: '', ...env },
  });
  const launch = (service: Service, replica: number, env: Record<string, string> = {}): Child =>
    startService(service, settingsOf(service, { PORT: String(ports[service][replica]), ...env }));
  const children = new Map<Service, Child[]>(
    SERVICES.map((s) => [s, ports[s].map((_, replica) => launch(s, replica))] as const),
  );
  const begin = async (service: Service, replica: number, env?: Record<string, string>): Promise<void> => {
    const child = launch(service, replica, env);
    children.get(service)![replica] = child;
    await ready(child, ports[service][replica]!, dir, PATIENCE);
  };
  /** Everything answers again: what a person who watches would call recovered. */
  const all = async (): Promise<void> => {
    await Promise.all(
      SERVICES.flatMap((s) =>
        children.get(s)!.map((child, replica) => ready(child, ports[s][replica]!, dir, PATIENCE)),
      ),
    );
  };
  /**
   * Kafka 4.3.0 now and then loses the groups of a partition after a kill: whoever is in one of them stays out, whatever they do, until
   * somebody restarts the broker, as is done and told here. As its source and its lines read: at a start it leads with the epoch of
   * before, then with a new one, and loads the groups each time; the end of the first load is taken for that of the second, which then
   * finds a state that was written to meanwhile.
   */
  const beginBroker = async (): Promise<void> => {
    const log = join(dir, 'kafka.log');
    for (let starts = 1; ; starts += 1) {
      const written = statSync(log).size;
      const says = (line: string): boolean => readFileSync(log).subarray(written).includes(line);
      await broker.restart();
      let waiting = true;
      const answering = all().finally(() => (waiting = false));
      answering.catch(() => undefined);
      while (waiting && !says(GROUPS_LOST)) await pause(500);
      try {
        if (!says(GROUPS_LOST)) return await answering;
      } catch (error) {
        if (!says(GROUPS_NOT_LOADED)) throw error;
      }
      if (starts === 3) throw new Error(`the broker lost groups at each of three starts: ${log}`);
      say(`the broker says "${GROUPS_NOT_LOADED}…": an operator restarts it`);
      await broker.child().stop();
    }
  };
  await all();
  return {
    ...{ dir, mongoUri: database.uri, brokers: broker.brokers, issuer: issuer.url },
    addresses: (service) => ports[service].map((port) => `http://localhost:${port}`),
    killService: async (service, replica = 0) => {
      const child = children.get(service)![replica % replicas]!;
      child.kill('SIGKILL');
      await child.ended;
      await begin(service, replica % replicas);
    },
    killBroker: async () => {
      broker.child().kill('SIGKILL');
      await broker.child().ended;
      await beginBroker();
    },
    killDatabase: async () => {
      database.child.kill('SIGKILL');
      await database.child.ended;
      database = await startMongod(dir, mongoPort, say);
      await all();
    },
    restart: async (service, env) => {
      for (const [replica, child] of children.get(service)!.entries()) {
        await child.stop();
        await begin(service, replica, env);
      }
    },
    replica: async (service, env) => {
      const port = await freePort();
      const child = startService(service, settingsOf(service, { ...env, PORT: String(port) }));
      await ready(child, port, dir);
      return child;
    },
    between: async (service, server, { type, attributes }, milliseconds) => {
      const proxy = `/proxies/${server}-${service}/toxics`;
      for (const stream of ['upstream', 'downstream'])
        await ask(proxy, { ...{ name: `${type}-${stream}`, type, stream, toxicity: 1 }, attributes });
      await pause(milliseconds);
      for (const stream of ['upstream', 'downstream']) await ask(`${proxy}/${type}-${stream}`, undefined, 'DELETE');
      await all();
    },
    fillDisk: mounted
      ? async () => {
          // To the last block; the database ends, or refuses to write.
          const filler = join(data, 'filler');
          execFileSync('sh', ['-c', `dd if=/dev/zero of='${filler}' bs=64k 2>/dev/null || true`]);
          let ended = false;
          void database.child.ended.then(() => (ended = true));
          for (let i = 0; i < 100 && !ended; i += 1) await pause(100);
          rmSync(filler);
          if (ended) database = await startMongod(dir, mongoPort, say);
          await all();
        }
      : undefined,
    settings: (service) => ({
      MONGODB_URI: database.uri,
      KAFKA_BROKERS: broker.brokers,
      OIDC_ISSUER: issuer.url,
      MONGODB_DB: `aiqyn_${service.replaceAll('-', '_')}`,
      PATH: process.env['PATH'],
    }),
    stop: async () => {
      await Promise.all([...children.values()].flat().map((child) => child.stop()));
      await issuer.stop();
      await proxies.stop();
      await broker.child().stop();
      await database.child.stop();
      if (mounted) execFileSync('umount', [data]);
    },
  };
}
