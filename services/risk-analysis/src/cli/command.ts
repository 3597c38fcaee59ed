import type { ParseArgsOptionsConfig } from 'node:util';

export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** One sub-command. What it returns is printed; a RuleError is a refusal, told in a sentence. */
export interface Command {
  readonly does: string;
  readonly help: string;
  readonly options: ParseArgsOptionsConfig;
  run(values: Values, files: readonly string[]): string | Promise<string>;
}
