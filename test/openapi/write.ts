import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, SERVICES } from '@aiqyn/local';
import { baseline, BREAKS, type Breaks, written } from './documents.js';

/**
 * `npm run openapi`: writes the OpenAPI documents and the types of the client, even where what calls the services does not compile, since new
 * types may be what that waits for. `--check` writes nothing, names what would change and ends with 1 then. `--release VERSION` also
 * makes the documents what later ones are compared with.
 */
const { values } = parseArgs({ options: { check: { type: 'boolean' }, release: { type: 'string' } } });
const changed = [...(await written())].filter(
  ([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text,
);
for (const [file, text] of changed) {
  console.log(relative(ROOT, file));
  if (values.check) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
if (values.check && changed.length > 0) process.exitCode = 1;
if (values.release) {
  for (const service of SERVICES) writeFileSync(...baseline(service));
  writeFileSync(BREAKS, `${JSON.stringify({ released: values.release, breaks: [] } satisfies Breaks, null, 2)}\n`);
  console.log(`what is promised is now what ${values.release} says`);
}
