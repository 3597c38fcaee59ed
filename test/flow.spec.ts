import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '@aiqyn/local';
import { flowTable } from './harness/flow.js';

describe('the flow table of the README', () => {
  it('is what the code does (npm run flow writes it)', async () => {
    const table = /<!-- flow -->\n([\s\S]*?)\n<!-- \/flow -->/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1];
    expect(table).toBe(await flowTable());
  });
});
