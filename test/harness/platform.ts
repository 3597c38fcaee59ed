import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, clockFile, freePort, ready, type Service, SERVICES, startService } from '@aiqyn/local';
import { assertAsDescribed } from '../openapi/described.js';
import { type TestEnvironment, testEnvironment } from './environment.js';
import { type TestIssuer, startTestIssuer } from './issuer.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into the answer as a client would: without types
  readonly body: any;
}

export interface Call {
  readonly as?: string | undefined;
  readonly method?: string;
  readonly body?: unknown;
  /** Sent as it is, with this media type. */
  readonly raw?: { readonly type: string; readonly text: string };
  readonly headers?: Record<string, string>;
}

export interface TestPlatform {
  readonly environment: TestEnvironment;
  readonly issuer: TestIssuer;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly dir: string;
  url(service: Service, path: string): string;
  call(service: Service, path: string, call?: Call): Promise<Answer>;
  /** What the services take for now, as an RFC 3339 instant; they look every few milliseconds. */
  setClock(instant: string): void;
  /** A second process of the service beside the first, with more in its environment. */
  replica(service: Service, more?: Record<string, string>): Promise<{ readonly port: number; stop(): Promise<void> }>;
  /** kill -9 and start again, with more in its environment. */
  crash(service: Service, more?: Record<string, string>): Promise<void>;
  /** Stops the first process of a service where it is, and lets it go on. */
  signal(service: Service, signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Stops every service in order, does the work, and starts them again. */
  whileStopped(work: () => Promise<void>): Promise<void>;
  logs(): string;
  stop(): Promise<void>;
}

/**
 * The services as processes of their own, as they run in production, on databases and topics of this suite; `instant` is what
 * they take for now from the start, the real time without it.
 */
export async function startPlatform(
  name: string,
  services: readonly Service[] = SERVICES,
  settings: Record<string, string> = {},
  instant?: string,
): Promise<TestPlatform> {
  const environment = await testEnvironment(name);
  const issuer = await startTestIssuer();
  const dir = mkdtempSync(join(tmpdir(), 'aiqyn-test-'));
  if (instant) writeFileSync(clockFile(dir), instant);
  const jwk = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  const ports = Object.fromEntries(
    await Promise.all(SERVICES.map(async (s) => [s, await freePort()] as const)),
  ) as Record<Service, number>;
  const pepper = randomBytes(32).toString('base64url');
  const start = (service: Service, port = ports[service], more: Record<string, string> = {}): Child =>
    startService(service, {
      dir,
      mongoUri: environment.mongoUri,
      brokers: environment.brokers,
      issuer: issuer.url,
      ports,
      env: {
        ...environment.env(service, issuer.url),
        PORT: String(port),
        LOG_LEVEL: 'debug',
        CHANNEL_PUBLIC_KEY: jwk.x!,
        RECEIPT_PEPPER: pepper,
        ...settings,
        ...more,
      },
    });
  const children = new Map(services.map((s) => [s, start(s)]));
  const replicas: Child[] = [];
  try {
    await Promise.all([...children].map(([s, child]) => ready(child, ports[s], dir)));
  } catch (error) {
    // Nobody gets a platform that he could stop.
    await Promise.all([...children.values()].map((child) => child.stop()));
    throw error;
  }
  const url = (service: Service, path: string): string => `http://localhost:${ports[service]}${path}`;
  return {
    environment,
    issuer,
    privateKey: jwk.d!,
    publicKey: jwk.x!,
    dir,
    url,
    call: async (service, path, { as, method, body, raw, headers } = {}) => {
      const verb = method ?? (body === undefined && !raw ? 'GET' : 'POST');
      const response = await fetch(url(service, path), {
        method: verb,
        headers: {
          ...(as ? { authorization: `Bearer ${await issuer.token(as, [as])}` } : {}),
          ...(raw ? { 'content-type': raw.type } : body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(raw ? { body: raw.text } : body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = (response.headers.get('content-type') ?? '').includes('json');
      const answer: unknown = json ? JSON.parse(text) : text;
      assertAsDescribed(service, verb, path, response.status, answer);
      return { status: response.status, headers: response.headers, body: answer };
    },
    setClock: (instant) => {
      // Whole or not at all, as a service may look at any moment.
      writeFileSync(`${clockFile(dir)}.part`, instant);
      renameSync(`${clockFile(dir)}.part`, clockFile(dir));
      // The services look at the file every 5 ms: a call right behind it would still find the time of before.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    },
    replica: async (service, more) => {
      const port = await freePort();
      const child = start(service, port, more);
      replicas.push(child);
      await ready(child, port, dir);
      return { port, stop: () => child.stop() };
    },
    crash: async (service, more) => {
      const child = children.get(service)!;
      child.kill('SIGKILL');
      await child.ended;
      children.set(service, start(service, ports[service], more));
      await ready(children.get(service)!, ports[service], dir);
    },
    signal: (service, signal) => void children.get(service)!.kill(signal),
    whileStopped: async (work) => {
      await Promise.all([...children.values()].map((child) => child.stop()));
      await work();
      for (const s of services) children.set(s, start(s));
      await Promise.all([...children].map(([s, child]) => ready(child, ports[s], dir)));
    },
    logs: () => services.map((s) => readFileSync(join(dir, `${s}.log`), 'utf8')).join('\n'),
    stop: async () => {
      await Promise.all([...children.values(), ...replicas].map((child) => child.stop()));
      await issuer.stop();
      await environment.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
