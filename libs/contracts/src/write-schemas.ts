import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { asyncApiPage } from './asyncapi-page.js';
import { allEvents, asyncApi, schemaOf } from './index.js';

/** Writes the committed schemas, the AsyncAPI document and its page from the registry (`npm run schemas`). */
const root = fileURLToPath(new URL('..', import.meta.url));
mkdirSync(`${root}/schemas`, { recursive: true });
for (const { declaration, contract } of allEvents()) {
  writeFileSync(`${root}/schemas/${declaration.type}.json`, `${JSON.stringify(schemaOf(contract), null, 2)}\n`);
}
writeFileSync(`${root}/asyncapi.json`, `${JSON.stringify(asyncApi(), null, 2)}\n`);
writeFileSync(`${root}/docs/events.html`, asyncApiPage(asyncApi()));
console.log(`${allEvents().length} schemas, asyncapi.json and docs/events.html written`);
