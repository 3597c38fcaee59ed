import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allEvents, asyncApi, schemaOf } from './index.js';

/** Writes the committed schemas and the AsyncAPI document from the registry (`npm run schemas`). */
const root = fileURLToPath(new URL('..', import.meta.url));
mkdirSync(`${root}/schemas`, { recursive: true });
for (const { declaration, contract } of allEvents()) {
  writeFileSync(`${root}/schemas/${declaration.type}.json`, `${JSON.stringify(schemaOf(contract), null, 2)}\n`);
}
writeFileSync(`${root}/asyncapi.json`, `${JSON.stringify(asyncApi(), null, 2)}\n`);
console.log(`${allEvents().length} schemas and asyncapi.json written`);
