import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { RuleError } from '@aiqyn/contracts';
import { attach } from './attach.js';
import { follow, submit } from './citizen.js';
import type { Command } from './command.js';
import { form } from './form.js';
import { channelKeys } from './keys.js';
import { handOver, openHandovers } from './handover.js';
import { openFile } from './open-file.js';
import { openCase, reply } from './office.js';
import { reward } from './reward.js';
import { verifyReceipt } from './verify-receipt.command.js';

/** A new sub-command is a file of its own and a line here. */
const COMMANDS: Readonly<Record<string, Command>> = {
  submit,
  form,
  follow,
  attach,
  'channel-keys': channelKeys,
  'open-case': openCase,
  'open-file': openFile,
  reply,
  'hand-over': handOver,
  'open-handovers': openHandovers,
  reward,
};

const overview = (): string =>
  [
    'npm run -s reporting -- <command> [options]',
    '',
    ...Object.entries(COMMANDS).map(([name, { does }]) => `  ${name.padEnd(16)} ${does}`),
    `  ${verifyReceipt.name.padEnd(16)} ${verifyReceipt.summary}`,
    '',
    '<command> --help tells its options. Exit code 0: done; 2: refused, with the reason on stderr.',
  ].join('\n');

function valuesOf(command: Command, args: string[]): Record<string, string | boolean | undefined> {
  const names = Object.keys(command.options).map((name) => `--${name}`);
  try {
    const options = { ...command.options, help: { type: 'boolean' } } satisfies ParseArgsOptionsConfig;
    return parseArgs({ args, options, strict: true }).values;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      throw new RuleError('unknown_option', `that option is unknown; there are ${names.join(', ')}, --help`);
    }
    if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') {
      throw new RuleError('unknown_option', `every value belongs to an option: ${names.join(', ')}`);
    }
    const option = /'(?:-\w, )?--([a-z-]+)/.exec(message)?.[1];
    throw new RuleError(
      'bad_option',
      `--${option} is not complete or begins with a dash; values are files, days (YYYY-MM-DD), names, and numbers from 0 with at most two decimals`,
    );
  }
}

function answer([name, ...args]: string[]): string | Promise<string> {
  if (name === undefined || name === '--help' || name === '-h') return overview();
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command)
    throw new RuleError('unknown_command', `there is no such command; there is: ${Object.keys(COMMANDS).join(', ')}`);
  const values = valuesOf(command, args);
  return values['help'] ? command.help : command.run(values);
}

try {
  const [name, ...args] = process.argv.slice(2);
  if (name === verifyReceipt.name) process.exitCode = await verifyReceipt.run(args);
  else console.log(await answer(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof RuleError)) throw error;
  console.error(`refused (${error.code}): ${error.message}`);
  process.exitCode = 2;
}
