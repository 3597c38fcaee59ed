import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { ESLint } from 'eslint';
import { ROOT } from '@aiqyn/local';

const planted: string[] = [];

/** Lints a file that is planted for it and removed afterwards; gives the messages. */
async function lint(path: string, text: string): Promise<string> {
  const file = join(ROOT, path);
  planted.push(file);
  writeFileSync(file, text);
  try {
    const [result] = await new ESLint({ cwd: ROOT }).lintFiles([file]);
    return result!.messages.map((m) => m.message).join('\n');
  } finally {
    rmSync(file, { force: true });
  }
}

describe('the boundaries are checked by lint, with the reason', () => {
  afterAll(() => planted.forEach((file) => rmSync(file, { force: true })));

  it.each([
    [
      'a service importing another by name',
      'services/compliance/src/planted.ts',
      "import '@aiqyn/reporting';\n",
      'Services talk only through events',
    ],
    [
      'a service importing another by path',
      'services/compliance/src/planted.ts',
      "import '../../reporting/src/config.js';\n",
      'Project',
    ],
    ['a service importing kafkajs', 'services/compliance/src/planted.ts', "import 'kafkajs';\n", 'kafkajs stays under'],
    [
      'a service reading the environment',
      'services/compliance/src/planted.ts',
      'export const x = process.env.X;\n',
      'Settings are read once',
    ],
    [
      'a rule importing mongoose',
      'services/compliance/src/planted.rules.ts',
      "import 'mongoose';\n",
      'A *.rules.ts file is pure',
    ],
    [
      'a rule importing Nest',
      'services/compliance/src/planted.rules.ts',
      "import '@nestjs/common';\n",
      'A *.rules.ts file is pure',
    ],
    [
      'a rule reading the clock',
      'services/compliance/src/planted.rules.ts',
      'export const now = () => Date.now();\n',
      'Time is an argument',
    ],
    [
      'a rule doing I/O',
      'services/compliance/src/planted.rules.ts',
      "import 'node:fs';\n",
      'A *.rules.ts file is pure',
    ],
    [
      'cleaning importing Node',
      'services/reporting/src/cleaning/planted.ts',
      "import 'node:zlib';\n",
      'browser as well',
    ],
    [
      'the client importing contracts',
      'libs/client/src/planted.ts',
      "import '@aiqyn/contracts';\n",
      'A project tagged with "type:client"',
    ],
    [
      'contracts importing Nest',
      'libs/contracts/src/planted.ts',
      "import '@nestjs/common';\n",
      'Contracts are what flows',
    ],
  ])('%s', async (_, path, text, reason) => {
    expect(await lint(path, text)).toContain(reason);
  });
});
