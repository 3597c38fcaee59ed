import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT, type Service, SERVICES } from '@aiqyn/local';
import openapiTypes, { astToString } from 'openapi-typescript';
import { breakingChanges } from './breaking.rules.js';
import { type Document, promised, typeable } from './promised.rules.js';

const run = promisify(execFile);

/** A break that was decided: what the rules say of it, word for word, and why it must be. */
export interface Break {
  readonly service: Service;
  readonly what: string;
  readonly reason: string;
  readonly day: string;
}

export interface Breaks {
  /** The version whose promises the documents are compared with: a heading of CHANGELOG.md, or `none` before the first one. */
  readonly released: string;
  readonly breaks: readonly Break[];
}

export const BREAKS = join(ROOT, 'test/openapi/breaks.json');
export const committed = (service: Service): string => join(ROOT, 'services', service, 'openapi.json');
const released = (service: Service): string => join(ROOT, 'test/openapi/released', `${service}.json`);
const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

/** What each service says of itself; asked of the built `main.js`, which needs no server for it. */
async function told(service: Service): Promise<{ text: string; document: Document }> {
  const main = join(ROOT, 'services', service, 'dist/main.js');
  const env = { PATH: process.env['PATH'] };
  const { stdout } = await run(process.execPath, [main, '--openapi'], { env, maxBuffer: 64 * 1024 * 1024 });
  return { text: stdout, document: JSON.parse(stdout) as Document };
}

/** Every file that is written from the code, by its path. */
export async function written(): Promise<Map<string, string>> {
  const files = await Promise.all(
    SERVICES.map(async (service) => {
      const { text, document } = await told(service);
      const described = { openapi: '3.1.0', info: { title: service, version: '1' }, ...typeable(promised(document)) };
      const types = astToString(await openapiTypes(JSON.stringify(described), { emptyObjectsUnknown: true }));
      const head = `// Written by \`npm run openapi\` from services/${service}/openapi.json.\n`;
      return [
        [committed(service), text],
        [join(ROOT, 'libs/client/src/generated', `${service}.ts`), head + types],
      ] as const;
    }),
  );
  return new Map(files.flat());
}

/** One line an address and a schema: short, and a release shows which of them it changed. */
export function baseline(service: Service): [string, string] {
  const { paths, components } = promised(read<Document>(committed(service)));
  const lines = (all: object): string =>
    Object.entries(all)
      .map(([name, one]) => `${JSON.stringify(name)}: ${JSON.stringify(one)}`)
      .join(',\n');
  return [
    released(service),
    `{"paths": {\n${lines(paths)}\n}, "components": {"schemas": {\n${lines(components.schemas)}\n}}}\n`,
  ];
}

export const breaks = (): Breaks => read<Breaks>(BREAKS);

/** What the committed documents break of what was promised at the last release. */
export const broken = (): Pick<Break, 'service' | 'what'>[] =>
  SERVICES.flatMap((service) =>
    breakingChanges(read<Document>(released(service)), read<Document>(committed(service))).map((what) => ({
      service,
      what,
    })),
  );
