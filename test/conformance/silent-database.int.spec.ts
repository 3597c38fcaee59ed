import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { create, GroupCommit, PlatformConfig, type RunningService, startService } from '@aiqyn/platform';
import { type TestEnvironment, testEnvironment } from '../harness/environment.js';
import { eventually } from '../harness/eventually.js';
import { type TestIssuer, startTestIssuer } from '../harness/issuer.js';
import { ledger } from '../harness/ledger.js';

/** A way to the database on which connections fall silent: their bytes are taken and go nowhere, and nobody is told. */
class Way {
  private readonly connections = new Set<{ asked: boolean; silent: boolean }>();
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private closed = false;

  async to(host: string, port: number): Promise<string> {
    this.server = createServer((client) => {
      const database = connect(port, host);
      const connection = { asked: false, silent: this.closed };
      this.connections.add(connection);
      // Of the driver's own looks at the server none is in a session.
      client.on('data', (bytes: Buffer) => (connection.asked ||= bytes.includes('lsid')));
      for (const [from, into] of [
        [client, database],
        [database, client],
      ] as const) {
        this.sockets.add(from);
        from.on('data', (bytes) => void (connection.silent || into.write(bytes)));
        from.on('close', () => connection.silent || into.destroy());
        from.on('error', () => undefined);
      }
    }).listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Connections on which a service asked something; the driver's own go on, and new ones do. */
  forgetConnections(): void {
    for (const connection of this.connections) connection.silent ||= connection.asked;
  }

  /** All there are, and all that come. */
  fallSilent(): void {
    this.closed = true;
    for (const connection of this.connections) connection.silent = true;
  }

  /** Those that are silent end, and new ones are let through. */
  open(): void {
    this.closed = false;
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  end(): void {
    this.open();
    this.server?.close();
  }
}

let environment: TestEnvironment;
let issuer: TestIssuer;
let service: RunningService;
let way: Way;

const start = async (env: Record<string, string>): Promise<void> => {
  const { hostname, port } = new URL(environment.mongoUri);
  way = new Way();
  const MONGODB_URI = `mongodb://${await way.to(hostname, Number(port))}/?directConnection=true`;
  service = await startService(
    { name: 'compliance', module: ledger, config: PlatformConfig },
    { ...environment.env('compliance', issuer.url), MONGODB_URI, ...env },
  );
  await eventually(async () => expect(await ready()).toBe(200));
};

beforeAll(async () => {
  environment = await testEnvironment('silent');
  issuer = await startTestIssuer();
  await environment.database('compliance').createCollection('things');
});
afterEach(async () => {
  way.open();
  await service?.stop();
  way.end();
});
afterAll(async () => {
  await issuer?.stop();
  await environment?.stop();
});

/** Throws when it is not answered soon: a probe that gets no answer tells nothing. */
const ready = async (): Promise<number> => {
  const answer = await fetch(`${service.url}/health/ready`, { signal: AbortSignal.timeout(8_000) });
  await answer.text();
  return answer.status;
};

it('goes on with the commands under way when its connections to the database are forgotten on the way', async () => {
  await start({ MONGODB_TIMEOUT_MS: '1000' });
  const group = service.app.get(GroupCommit);
  const run = (id: string): Promise<void> => group.run((tx) => create(tx, 'things', { _id: id }));
  await run('before');
  way.forgetConnections();
  await Promise.all([run('under-way'), run('behind')]);
  const things = environment.database('compliance').collection<{ _id: string }>('things');
  const ids = (await things.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
  expect(ids).toEqual(['before', 'behind', 'under-way']);
  await eventually(async () => expect(await ready()).toBe(200));
});

it('says that it is not ready when the database gives no answer at all, long before it gives one up', async () => {
  await start({});
  way.fallSilent();
  await eventually(async () => expect(await ready()).toBe(503));
});
