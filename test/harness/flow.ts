import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { allEvents } from '@aiqyn/contracts';
import { ROOT, SERVICES } from '@aiqyn/local';

/** Nest keeps a handler's patterns under this key. */
const PATTERNS = 'microservices:pattern';

/** Which service handles which event types, read from the decorators of the built `on-*` files. */
async function subscriptions(service: string): Promise<Set<string>> {
  const dist = join(ROOT, 'services', service, 'dist');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((f) => /(^|\/)on-[a-z-]+\.js$/.test(f));
  const types = new Set<string>();
  for (const file of files) {
    const module = (await import(pathToFileURL(join(dist, file)).href)) as Record<string, unknown>;
    for (const exported of Object.values(module)) {
      if (typeof exported !== 'function') continue;
      const prototype = exported.prototype as Record<string, unknown>;
      for (const name of Object.getOwnPropertyNames(prototype)) {
        if (name === 'constructor') continue;
        const patterns = (Reflect.getMetadata(PATTERNS, prototype[name] as object) as string[] | undefined) ?? [];
        for (const type of patterns) types.add(type);
      }
    }
  }
  return types;
}

/** The flow of the platform as a Markdown table: every event, its key, and the services that act on it. */
export async function flowTable(): Promise<string> {
  const handlers = new Map(await Promise.all(SERVICES.map(async (s) => [s, await subscriptions(s)] as const)));
  const rows = allEvents().map(({ declaration: { type, topic, key, says } }) => {
    const readers = SERVICES.filter((s) => handlers.get(s)!.has(type));
    return `| \`${type}\` | \`${topic}\` | \`${key}\` | ${readers.join(', ') || 'partners'} | ${says} |`;
  });
  return ['| event | topic | key | acted on by | what it says |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}
