import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@aiqyn/local';
import { flowTable } from './flow.js';

/** `npm run flow`: writes the flow table into README.md, between its two marks. */
const file = join(ROOT, 'README.md');
const [before, rest] = readFileSync(file, 'utf8').split('<!-- flow -->\n');
const [, after] = rest!.split('\n<!-- /flow -->');
writeFileSync(file, `${before}<!-- flow -->\n${await flowTable()}\n<!-- /flow -->${after}`);
