import { runTool } from '@aiqyn/platform/cli';
import { loadProgramme } from './load-programme.command.js';
import { score } from './score.command.js';
import { screen } from './screen.command.js';

/** A new sub-command is a file of its own and a line here. */
await runTool('npm run -s compliance --', { screen, score, 'load-programme': loadProgramme });
