import { readFileSync } from 'node:fs';
import { RuleError } from '@aiqyn/contracts/rule-error';
import type { Command } from '@aiqyn/platform/cli';
import {
  type Inclusion,
  type LogCopy,
  type Receipt,
  type Verdict,
  verifyLog,
  verifyReceipt as check,
} from '../transparency-log/verify-receipt.js';

const HELP = [
  'npm run -s reporting -- verify-receipt FILE [--key KEYFILE] [--log FILE] [--json]',
  '',
  'FILE is JSON: the answer to a report (or its receipt alone), with "inclusion" beside it once the leaf is in the tree.',
  '--key   the key of the log, as it was published elsewhere; without it the one in the receipt is taken',
  '--log   a copy of the log to recompute: JSON with "entries" and "heads", or one of either a line (NDJSON)',
  '--json  the result as JSON',
  '',
  'Exit code 0: valid, or promised and not yet in the tree; 1: tampered, with what fails; 2: wrong use.',
].join('\n');

interface ReceiptFile extends Partial<Receipt> {
  readonly receipt?: Receipt;
  readonly inclusion?: Inclusion;
}
type Head = string | { readonly checkpoint: string };

const textOf = (head: Head): string => (typeof head === 'string' ? head : head.checkpoint);

function readLogCopy(text: string): LogCopy {
  try {
    const whole = JSON.parse(text) as { entries: LogCopy['entries']; heads: Head[] };
    return { entries: whole.entries, heads: whole.heads.map(textOf) };
  } catch {
    const lines = text.trim().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as { leaf: string; root: string } | { checkpoint: string });
    return {
      entries: rows.flatMap((row) => ('leaf' in row ? [row] : [])),
      heads: rows.flatMap((row) => ('checkpoint' in row ? [row.checkpoint] : [])),
    };
  }
}

async function verdictOn(file: string, keyFile?: string, logFile?: string): Promise<Verdict> {
  const content = JSON.parse(readFileSync(file, 'utf8')) as ReceiptFile;
  const receipt = content.receipt ?? (content as Receipt);
  const pinned = keyFile === undefined ? undefined : readFileSync(keyFile, 'utf8');
  const verdict = await check(receipt, content.inclusion, pinned);
  if (verdict.verdict === 'tampered' || logFile === undefined) return verdict;
  const log = readLogCopy(readFileSync(logFile, 'utf8'));
  const kept = content.inclusion ? [content.inclusion.checkpoint] : [];
  const whole = await verifyLog(log, pinned ?? receipt.key, kept);
  if (whole.verdict === 'tampered') return whole;
  const at = content.inclusion?.index;
  return at !== undefined && log.entries[at]?.leaf !== receipt.leaf
    ? { verdict: 'tampered', fails: 'the log has another leaf in this place', firstBad: at }
    : verdict;
}

/** Checks a receipt on the citizen's own machine; asks no server. */
export const verifyReceipt: Command = {
  does: 'checks a receipt, and a copy of the transparency log, without any server',
  help: HELP,
  takesFiles: true,
  options: { key: { type: 'string' }, log: { type: 'string' }, json: { type: 'boolean' } },
  async run({ key, log, json }, [file, ...more]) {
    if (file === undefined || more.length > 0) throw new RuleError('no_file', 'one FILE is needed');
    const verdict = await verdictOn(file, key as string | undefined, log as string | undefined).catch((error) => {
      throw new RuleError('unreadable', (error as Error).message);
    });
    const exitCode = verdict.verdict === 'tampered' ? 1 : 0;
    if (json) return { text: JSON.stringify(verdict), exitCode };
    if (verdict.verdict !== 'tampered') return verdict.verdict;
    const where = verdict.firstBad === undefined ? '' : ` (first bad entry: ${verdict.firstBad})`;
    return { text: `tampered: ${verdict.fails}${where}`, exitCode };
  },
};
