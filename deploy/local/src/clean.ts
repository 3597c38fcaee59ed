import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeContainers } from './servers/docker.js';
import { STATE, takeOver } from './processes.js';

/** `npm run clean`: ends what an earlier run left and removes everything kept, in .aiqyn and in containers. */
try {
  if (existsSync(STATE)) {
    for (const entry of readdirSync(STATE, { withFileTypes: true })) {
      if (entry.isDirectory()) await takeOver(join(STATE, entry.name), console.log);
    }
    rmSync(STATE, { recursive: true, force: true });
  }
  // Without an engine there are no containers of ours.
  await removeContainers(STATE).catch(() => undefined);
  console.log('removed .aiqyn: the next start begins empty');
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
