import { runTool } from '@aiqyn/platform/cli';
import { backfill } from './backfill.command.js';
import { importFile } from './import.command.js';
import { indicators } from './indicators.command.js';

/** A new sub-command is a file of its own and a line here. */
await runTool('npm run -s risk --', { indicators, import: importFile, backfill });
