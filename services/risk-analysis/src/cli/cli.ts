import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { RuleError } from '@aiqyn/contracts/rule-error';
import { backfill } from './backfill.command.js';
import type { Command } from './command.js';
import { importFile } from './import.command.js';
import { indicators } from './indicators.command.js';

/** A new sub-command is a file of its own and a line here. */
const COMMANDS: Readonly<Record<string, Command>> = { indicators, import: importFile, backfill };

const overview = (): string =>
  [
    'npm run -s risk -- <command> [options]',
    '',
    ...Object.entries(COMMANDS).map(([name, { does }]) => `  ${name.padEnd(16)} ${does}`),
    '',
    '<command> --help tells its options. Exit code 0: done; 1: differences were found; 2: refused, with the reason on stderr.',
  ].join('\n');

async function answer([name, ...args]: string[]): Promise<string> {
  if (name === undefined || name === '--help' || name === '-h') return overview();
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command)
    throw new RuleError('unknown_command', `there is no such command; there is: ${Object.keys(COMMANDS).join(', ')}`);
  const options = { ...command.options, help: { type: 'boolean' } } satisfies ParseArgsOptionsConfig;
  const parsed = ((): ReturnType<typeof parseArgs> => {
    try {
      return parseArgs({ args, options, strict: true, allowPositionals: true });
    } catch {
      const names = Object.keys(options).map((one) => `--${one}`);
      throw new RuleError('bad_option', `an option is unknown or not complete; there are ${names.join(', ')}`);
    }
  })();
  const values = parsed.values as Record<string, string | boolean | undefined>;
  return values['help'] ? command.help : command.run(values, parsed.positionals);
}

try {
  // Whole before the end: a pipe may take a large answer slowly.
  const text = await answer(process.argv.slice(2));
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(`${text}\n`, (error) => (error ? reject(error) : resolve()));
  });
} catch (error) {
  if (!(error instanceof RuleError)) throw error;
  console.error(`refused (${error.code}): ${error.message}`);
  process.exitCode = 2;
}
