import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '@aiqyn/local';
import { breaks, broken } from './documents.js';

const run = promisify(execFile);

describe('the OpenAPI documents and the types of the client', () => {
  it('are what the code says (npm run openapi writes them)', async () => {
    const { stdout } = await run(process.execPath, [join(ROOT, 'test/dist/openapi/write.js'), '--check']).catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout.split('\n').filter(Boolean)).toEqual([]);
  });
});

describe('what callers rely on', () => {
  it('breaks only where test/openapi/breaks.json says it, each with its reason and day', () => {
    const { breaks: decided } = breaks();
    expect(broken()).toEqual(decided.map(({ service, what }) => ({ service, what })));
    for (const { reason, day } of decided) {
      expect(reason.length).toBeGreaterThan(20);
      expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });

  it('is that of a version which the changelog tells of', () => {
    const { released } = breaks();
    const headings = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').match(/^## .+$/gm) ?? [];
    expect(['## none', ...headings].some((heading) => heading.startsWith(`## ${released}`))).toBe(true);
  });
});
