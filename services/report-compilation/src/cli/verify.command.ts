import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RuleError } from '@aiqyn/contracts/rule-error';
import type { Command } from '@aiqyn/platform/cli';
import { type Verdict, type VerifyOptions, verifyPackage } from '../verify-package/verify-package.js';

/** What is no JSON, no archive or no folder where one must be cannot be judged at all. */
async function judged(dir: string, options: VerifyOptions): Promise<Verdict> {
  try {
    return await verifyPackage(dir, options);
  } catch (error) {
    if (error instanceof RuleError) throw error;
    throw new RuleError('bad_package', `the package cannot be read: ${(error as Error).message}`);
  }
}

export const verify: Command = {
  does: 'checks the package of an edition on its own, without any server',
  help: `npm run -s report -- verify DIR [--key KEY] [--log FILE] [--json]

Checks every file against the manifest, the tree of sealed events, the events that are published in full, every number that can be
computed from them by a second way of computing, shares and totals of the others, every table, and every number of the three pages and of the PDFs, sealed ones too.
  --key KEY    public key of who publishes (base64url): the signature of the manifest is checked too
  --log FILE   what an auditor was given by \`export-log\`: then every number is computed from its events
Exit code 0: everything holds; 1: what does not is named; 2: DIR is no package.
Example: npm run -s report -- fetch http://localhost:3004 NATIONAL_REPORT_ID --out edition && npm run -s report -- verify edition`,
  options: { key: { type: 'string' }, log: { type: 'string' }, json: { type: 'boolean' } },
  takesFiles: true,
  async run({ key, log, json }, [dir]) {
    if (dir === undefined || !existsSync(join(dir, 'manifest.json')))
      throw new RuleError('no_package', 'name the folder of a package: it holds manifest.json');
    const verdict = await judged(dir, {
      ...(typeof key === 'string' ? { key } : {}),
      ...(typeof log === 'string' ? { log } : {}),
    });
    const exitCode = verdict.faults.length === 0 ? 0 : 1;
    if (json) return { text: JSON.stringify(verdict), exitCode };
    const { all, recomputed, proven, withheld } = verdict.numbers;
    const signature =
      verdict.signature === undefined ? 'not checked: no key was given' : verdict.signature ? 'holds' : 'DOES NOT HOLD';
    const lines = [
      `${verdict.files} files, signature ${signature}`,
      ...verdict.faults.map(({ where, what }) => `  ${where}: ${what}`),
      `${all} numbers: ${recomputed} computed again from ${verdict.events} events, ${proven} proven by the sealed root, ${withheld} withheld`,
      exitCode === 0
        ? `everything holds${verdict.signature === undefined ? '; who made it was not checked' : ''}`
        : `${verdict.faults.length} things do not hold`,
    ];
    return { text: lines.join('\n'), exitCode };
  },
};
