import { randomInt } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { RuleError } from '@aiqyn/contracts/rule-error';
import { contributionOf } from '../judge-portfolio/contribution.rules.js';
import { observedCurrency } from '../judge-portfolio/observed-currency.rules.js';
import { GROUPS, Portfolio } from '../judge-portfolio/portfolio.rules.js';
import {
  defaultSettings,
  INDICATOR_SETS,
  type IndicatorSettings,
  isStrict,
} from '../judge-process/indicator-settings.rules.js';
import { momentOf } from '../read-release/instants.rules.js';
import { linesOf } from '../read-release/lines.js';
import type { Command, Values } from '@aiqyn/platform/cli';
import { readSettings } from './settings.js';
import { cardinalShape, coverage } from './shape.rules.js';

const HELP = `Computes the indicators of a file of compiled OCDS releases, one a line; no server is needed.

npm run -s risk -- indicators releases.jsonl
npm run -s risk -- indicators releases.jsonl.gz --json --map
npm run -s risk -- indicators releases.jsonl --set cardinal-0.0.8 --settings settings.ini --json

  FILE         NDJSON, plain or gzip; - for standard input
  --set        aiqyn (if left out: with the corrections of services/risk-analysis/README.md) or cardinal-0.0.8, exactly as that program
  --settings   a settings file of Cardinal's form; an indicator is computed when it has a section. Left out: all eleven, with defaults
  --map        which tenderers and buyers each process names
  --json       one JSON object: OCID, Buyer, ProcuringEntity, Tenderer, Meta, Maps; of the set aiqyn Coverage and Issues too`;

function settingsOf(values: Values): IndicatorSettings {
  const set = INDICATOR_SETS.find((one) => one === (values['set'] ?? 'aiqyn'));
  if (!set) throw new RuleError('unknown_set', `--set is one of ${INDICATOR_SETS.join(', ')}`);
  const file = values['settings'];
  if (typeof file !== 'string') return defaultSettings(set);
  try {
    return readSettings(readFileSync(file, 'utf8'), set);
  } catch (error) {
    if (error instanceof RuleError) throw error;
    throw new RuleError('no_file', `${file} cannot be read`);
  }
}

export interface Computed {
  readonly portfolio: Portfolio;
  readonly settings: IndicatorSettings;
  readonly lines: number;
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
}

/** Takes a stream of releases in; of the set aiqyn a later version of a process replaces the earlier. */
export async function compute(source: AsyncIterable<Buffer>, given: IndicatorSettings): Promise<Computed> {
  const strict = isStrict(given);
  let settings = given;
  const portfolio = new Portfolio(given, randomInt(2 ** 31));
  const { ocids } = portfolio.contributions;
  /** By the number of an ocid. */
  const versions: number[] = [];
  const refused: { line: number; reason: string }[] = [];
  let lines = 0;
  for await (const batch of linesOf(source))
    for (const { no, text } of batch) {
      lines += 1;
      let release: unknown;
      try {
        if (text === undefined) throw new RuleError('line_too_long', 'line_too_long');
        release = JSON.parse(text);
      } catch (error) {
        refused.push({ line: no, reason: error instanceof RuleError ? error.code : 'not_json' });
        continue;
      }
      if (strict) {
        if (settings.currency === undefined) settings = { ...settings, currency: observedCurrency(release, settings) };
        const contribution = contributionOf(release, settings);
        if (contribution) portfolio.addAgain(contribution);
        continue;
      }
      const { ocid, date } = (release ?? {}) as { ocid?: unknown; date?: unknown };
      if (typeof ocid !== 'string' && typeof ocid !== 'number') {
        refused.push({ line: no, reason: 'missing_ocid' });
        continue;
      }
      const version = typeof date === 'string' ? (momentOf(date, true)?.at ?? NEVER) : NEVER;
      const number = ocids.of(String(ocid));
      if (version < (versions[number] ?? NEVER)) continue;
      versions[number] = version;
      const contribution = contributionOf(release, settings);
      if (contribution) portfolio.replace(contribution);
      else portfolio.remove(String(ocid));
    }
  return { portfolio, settings, lines, refused };
}

/** A date that is none comes first. */
const NEVER = -Infinity;

export const indicators: Command = {
  does: 'computes the indicators of a file of OCDS releases',
  help: HELP,
  takesFiles: true,
  options: {
    set: { type: 'string' },
    settings: { type: 'string' },
    map: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  async run(values, [file]) {
    if (file === undefined) throw new RuleError('missing_file', 'name a file of releases, or - for standard input');
    const settings = settingsOf(values);
    if (file !== '-' && !statSync(file, { throwIfNoEntry: false })?.isFile())
      throw new RuleError('no_file', `${file} is no file that can be read`);
    const source = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1024 * 1024 });
    const computed = await compute(source, settings);
    const { portfolio, lines, refused } = computed;
    if (refused.length > 0) console.error(refusals(refused));
    const judged = portfolio.judge();
    if (values['json']) {
      const shape = cardinalShape(judged, portfolio.contributions, settings, { map: values['map'] === true });
      const more = settings.set === 'aiqyn' ? coverage(portfolio.contributions) : {};
      return JSON.stringify({ ...shape, ...more });
    }
    const counts = new Map<string, number>();
    for (const group of GROUPS)
      for (const codes of judged.results[group].values())
        for (const code of Object.keys(codes)) {
          const key = `${code}  ${group}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
    return [
      `${lines} lines, ${portfolio.contributions.size} processes, set ${settings.set}`,
      ...[...counts].sort().map(([key, n]) => `  ${key.padEnd(24)} ${n} flagged`),
      ...(judged.noSpread.length > 0
        ? [`  no outlier can be told (too few, or all alike): ${judged.noSpread.join(', ')}`]
        : []),
    ].join('\n');
  },
};

function refusals(refused: Computed['refused']): string {
  const first = refused.slice(0, 5).map(({ line, reason }) => `line ${line} ${reason}`);
  return `${refused.length} lines were left out: ${first.join(', ')}${refused.length > 5 ? ', ...' : ''}`;
}
