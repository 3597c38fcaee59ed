import { createReadStream, statSync } from 'node:fs';
import { RuleError } from '@aiqyn/contracts/rule-error';
import { type Line, linesOf } from '../read-release/lines.js';
import { type Command, needed, tokenOf, type Values } from '@aiqyn/platform/cli';

const HELP = `Hands a file of OCDS releases in to the service, with progress; what was stored before is passed over.

npm run -s risk -- import releases.jsonl --url http://localhost:3002 --origin published
npm run -s risk -- import releases.jsonl.gz --url http://localhost:3002 --origin published --from 20001

  FILE       NDJSON, plain or gzip
  --url      the risk-analysis service, e.g. http://localhost:3002
  --origin   published, or generated for releases that nobody published
  --from     the line with which to begin, to go on after an interruption
  --token    a bearer token (role registry); or set AIQYN_TOKEN, so that it stands in no history`;

/** Lines in one request. */
const PIECE = 2_000;

interface Report {
  readonly recorded: number;
  readonly unchanged: number;
  readonly refusedInAll: number;
  readonly refused: readonly { readonly line: number; readonly code: string }[];
}

/** Sends lines; throws RuleError with the line from which to go on. */
async function send(values: Values, token: string, lines: readonly Line[]): Promise<Report> {
  const url = new URL('/v1/procurement/releases', needed(values, 'url'));
  url.searchParams.set('origin', needed(values, 'origin'));
  const goOn = `what came before is stored; go on with --from ${lines[0]!.no}`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    // A line that is too long to be read is too long to be sent.
    body: lines.map(({ text }) => text ?? '"line too long"').join('\n'),
  }).catch(() => {
    throw new RuleError('interrupted', `nothing answers at ${url.origin}: ${goOn}`);
  });
  const answer = (await response.json()) as Report & { code?: string; detail?: string };
  if (!response.ok) throw new RuleError(answer.code ?? 'refused', `${answer.detail ?? response.statusText}; ${goOn}`);
  return answer;
}

export const importFile: Command = {
  does: 'hands a file of OCDS releases in to the service',
  help: HELP,
  takesFiles: true,
  options: {
    url: { type: 'string' },
    origin: { type: 'string' },
    from: { type: 'string' },
    token: { type: 'string' },
  },
  async run(values, [file]) {
    const from = Number(values['from'] ?? 1);
    if (!Number.isInteger(from) || from < 1) throw new RuleError('bad_option', '--from is a line, from 1');
    if (file === undefined || !statSync(file, { throwIfNoEntry: false })?.isFile())
      throw new RuleError('no_file', 'name a file that can be read');
    const token = tokenOf(values);
    const sum = { recorded: 0, unchanged: 0, refused: 0 };
    const refused: string[] = [];
    let piece: Line[] = [];
    const flush = async (): Promise<void> => {
      const report = await send(values, token, piece);
      sum.recorded += report.recorded;
      sum.unchanged += report.unchanged;
      sum.refused += report.refusedInAll;
      // The service counts from the first line of what it got.
      for (const { line, code } of report.refused) refused.push(`line ${piece[line - 1]?.no ?? line} ${code}`);
      console.error(
        `line ${piece.at(-1)!.no}: ${sum.recorded} recorded, ${sum.unchanged} unchanged, ${sum.refused} refused`,
      );
      piece = [];
    };
    for await (const lines of linesOf(createReadStream(file, { highWaterMark: 1024 * 1024 })))
      for (const line of lines) if (line.no >= from && piece.push(line) === PIECE) await flush();
    if (piece.length > 0) await flush();
    return [
      `${sum.recorded} recorded, ${sum.unchanged} unchanged, ${sum.refused} refused`,
      ...refused.slice(0, 20).map((one) => `  ${one}`),
    ].join('\n');
  },
};
