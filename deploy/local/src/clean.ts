import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endLeftovers, STATE } from './processes.js';

/** `npm run clean`: ends what an earlier run left and removes everything kept under .aiqyn. */
if (existsSync(STATE)) {
  for (const entry of readdirSync(STATE, { withFileTypes: true })) {
    if (entry.isDirectory()) endLeftovers(join(STATE, entry.name), console.log);
  }
  rmSync(STATE, { recursive: true, force: true });
}
console.log('removed .aiqyn: the next start begins empty');
