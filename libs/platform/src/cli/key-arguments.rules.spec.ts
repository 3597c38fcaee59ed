import { describe, expect, it } from '@jest/globals';
import { withKeys } from './key-arguments.rules.js';

const KEY = `-${'a'.repeat(42)}`;

describe('the arguments of a tool', () => {
  it.each([
    [
      ['verify', 'DIR', '--key', KEY],
      ['verify', 'DIR', `--key=${KEY}`],
    ],
    [
      ['--key', `-${KEY.slice(1, -1)}-`, '--json'],
      [`--key=-${KEY.slice(1, -1)}-`, '--json'],
    ],
    [
      ['--damage', '-5'],
      ['--damage', '-5'],
    ],
    [[KEY], [KEY]],
    [
      ['--key', '--json'],
      ['--key', '--json'],
    ],
  ])('%j are read as %j', (given, read) => {
    expect(withKeys(given)).toEqual(read);
  });
});
