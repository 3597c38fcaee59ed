import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { RuleError } from '@aiqyn/contracts/rule-error';
import { type Command, needed, tokenOf } from '@aiqyn/platform/cli';

const HELP = `Computes a file of OCDS releases anew, by the definitions in force at the service, and lists in what the service differs.

npm run -s risk -- backfill releases.jsonl --url http://localhost:3002
npm run -s risk -- backfill releases.jsonl.gz --url http://localhost:3002 --workers 4 --json

  FILE       NDJSON, plain or gzip; of a process that stands in it twice the later version counts
  --url      the risk-analysis service, e.g. http://localhost:3002
  --day      the day whose parameters count; left out: today
  --workers  threads that compute; left out: one a core
  --token    a bearer token (role analyst); or set AIQYN_TOKEN, so that it stands in no history
  --json     all differences as JSON; left out: how many, and the first twenty

Exit code 0: the two are equal; 1: they differ.`;

export const backfill: Command = {
  does: 'computes a file anew and lists in what the service differs',
  help: HELP,
  takesFiles: true,
  options: {
    url: { type: 'string' },
    day: { type: 'string' },
    workers: { type: 'string' },
    token: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(values, [file]) {
    if (file === undefined || !statSync(file, { throwIfNoEntry: false })?.isFile())
      throw new RuleError('no_file', 'name a file that can be read');
    const [url, token] = [needed(values, 'url'), tokenOf(values)];
    const workers = Number(values['workers'] ?? availableParallelism());
    if (!Number.isInteger(workers) || workers < 1 || workers > 64)
      throw new RuleError('bad_option', '--workers is a number from 1 to 64');
    const { day } = values;
    // Loaded here: the other commands need nothing of it, and should start at once.
    const { compare } = await import('../compare-file/compare-file.js');
    const compared = await compare(file, { url, token, workers, ...(typeof day === 'string' ? { day } : {}) });
    const { lines, processes, refused, stored, outliers, differences } = compared;
    const exitCode = differences.length > 0 ? 1 : 0;
    if (values['json']) return { text: JSON.stringify(compared), exitCode };
    const text = [
      `${lines} lines, ${processes} processes, ${refused} refused; ${stored} in the store, ${outliers} outliers`,
      differences.length === 0 ? 'equal' : `${differences.length} differences`,
      ...differences.slice(0, 20).map(({ subject, what }) => `  ${subject} ${what}`),
    ].join('\n');
    return { text, exitCode };
  },
};
