import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { RuleError } from '@aiqyn/contracts/rule-error';
import { withKeys } from './key-arguments.rules.js';

export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** What a command says, and the exit code when it is not 0. */
export interface Said {
  readonly text: string;
  readonly exitCode: number;
}

/** One sub-command. What it returns is printed; a RuleError is a refusal, told in a sentence. */
export interface Command {
  readonly does: string;
  readonly help: string;
  readonly options: ParseArgsOptionsConfig;
  /** Files may follow; without it every value belongs to an option. */
  readonly takesFiles?: true;
  run(values: Values, files: readonly string[]): string | Said | Promise<string | Said>;
}

function parsed(command: Command, args: string[]): { readonly values: Values; readonly files: readonly string[] } {
  const options = { ...command.options, help: { type: 'boolean' } } satisfies ParseArgsOptionsConfig;
  const names = Object.keys(options).map((name) => `--${name}`);
  try {
    const { values, positionals } = parseArgs({
      ...{ args: withKeys(args), options, strict: true },
      allowPositionals: command.takesFiles ?? false,
    });
    return { values: values, files: positionals };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      throw new RuleError('unknown_option', `that option is unknown; there are ${names.join(', ')}`);
    }
    if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') {
      throw new RuleError('unknown_option', `every value belongs to an option: ${names.join(', ')}`);
    }
    const option = /'(?:-\w, )?--([a-z-]+)/.exec(message)?.[1];
    throw new RuleError(
      'bad_option',
      `--${option} needs a value that begins with no dash: a file, a day (YYYY-MM-DD), a name or a number from 0`,
    );
  }
}

/** The value of an option; throws RuleError `missing_option`. */
export function needed(values: Values, name: string): string {
  const value = values[name];
  if (typeof value !== 'string' || value === '') throw new RuleError('missing_option', `--${name} is needed`);
  return value;
}

/** The bearer token of the person at this machine, from `--token` or `AIQYN_TOKEN`; throws RuleError `missing_option`. */
export function tokenOf(values: Values): string {
  const token = typeof values['token'] === 'string' ? values['token'] : process.env['AIQYN_TOKEN'];
  if (!token) throw new RuleError('missing_option', '--token or AIQYN_TOKEN is needed');
  return token;
}

async function answer(tool: string, commands: Readonly<Record<string, Command>>, argv: string[]): Promise<Said> {
  const [name, ...args] = argv;
  const said = (text: string | Said): Said => (typeof text === 'string' ? { text, exitCode: 0 } : text);
  if (name === undefined || name === '--help' || name === '-h') {
    const lines = Object.entries(commands).map(([one, { does }]) => `  ${one.padEnd(16)} ${does}`);
    const codes = 'Exit code 0: done; 1: a check found a difference; 2: refused, with the reason on stderr.';
    return said(
      [`${tool} <command> [options]`, '', ...lines, '', `<command> --help tells its options. ${codes}`].join('\n'),
    );
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    throw new RuleError('unknown_command', `there is no such command; there is: ${Object.keys(commands).join(', ')}`);
  }
  const { values, files } = parsed(command, args);
  return said(values['help'] ? command.help : await command.run(values, files));
}

/** Runs the tool of a service with the arguments of this process; its exit code is told in its help. */
export async function runTool(tool: string, commands: Readonly<Record<string, Command>>): Promise<void> {
  try {
    const { text, exitCode } = await answer(tool, commands, process.argv.slice(2));
    // Whole before the end: a pipe may take a large answer slowly.
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(`${text}\n`, (error) => (error ? reject(error) : resolve()));
    });
    process.exitCode = exitCode;
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    console.error(`refused (${error.code}): ${error.message}`);
    process.exitCode = 2;
  }
}
