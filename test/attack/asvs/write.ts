import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@aiqyn/local';
import { asvsPage } from './table.js';

/** `npm run asvs`. */
writeFileSync(join(ROOT, 'test/attack/ASVS.md'), asvsPage());
