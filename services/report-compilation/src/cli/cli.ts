import { runTool } from '@aiqyn/platform/cli';
import { exportLog } from './export-log.command.js';
import { fetchPackage } from './fetch.command.js';
import { verify } from './verify.command.js';

/** A new sub-command is a file of its own and a line here. */
await runTool('npm run -s report --', { verify, fetch: fetchPackage, 'export-log': exportLog });
