import { join } from 'node:path';
import { type Child, freePort, ready, ROOT, type Service, SERVICES, startChild, startService } from '@aiqyn/local';
import type { Bench } from './figures.js';

/** Services as they run in production, each in a process of its own, on databases and topics of this run. */
export interface Processes {
  url(service: Service): string;
  /** Before the name of each topic. */
  readonly prefix: string;
  /** Returns when it is ready; ended with the rest. */
  start(service: Service, env?: Readonly<Record<string, string>>): Promise<Child>;
  /** Fastify and one durable insert a request (`bare-server.ts`); gives its address. */
  bare(): Promise<{ readonly child: Child; readonly url: string }>;
}

/**
 * Gives `work` the means to start processes, and ends them all when it is done. Measures of another name have topics of their
 * own: what one leaves behind would be the backlog of the next.
 */
export async function withProcesses<T>(
  { dir, servers, issuer }: Bench,
  name: string,
  env: Readonly<Record<string, string>>,
  work: (processes: Processes) => Promise<T>,
): Promise<T> {
  const prefix = `bench-${name}-`;
  const ports = Object.fromEntries(
    await Promise.all(SERVICES.map(async (s) => [s, await freePort()] as const)),
  ) as Record<Service, number>;
  const settings = {
    ...{ dir, mongoUri: servers.mongo.address, brokers: servers.kafka.address, issuer, ports },
    env: { LOG_LEVEL: 'warn', DEMO_CLOCK_FILE: '', TOPIC_PREFIX: prefix, ...env },
  };
  const children: Child[] = [];
  const started = async (child: Child, port: number): Promise<Child> => {
    children.push(child);
    await ready(child, port, dir);
    return child;
  };
  try {
    return await work({
      prefix,
      url: (service) => `http://127.0.0.1:${ports[service]}`,
      start: (service, more = {}) =>
        started(startService(service, { ...settings, env: { ...settings.env, ...more } }), ports[service]),
      bare: async () => {
        const port = await freePort();
        const args = [join(ROOT, 'test/dist/bench/bare-server.js'), servers.mongo.address, String(port)];
        const child = await started(startChild(dir, 'bare', process.execPath, args), port);
        return { child, url: `http://127.0.0.1:${port}/v1/reports` };
      },
    });
  } finally {
    await Promise.all(children.map((c) => c.stop()));
  }
}
