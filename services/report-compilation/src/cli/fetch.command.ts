import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { RuleError } from '@aiqyn/contracts/rule-error';
import { type Command, needed } from '@aiqyn/platform/cli';

/** A path of a package stays in its folder. */
function inside(dir: string, path: string): string {
  const file = normalize(join(dir, path));
  if (!file.startsWith(`${normalize(dir)}/`)) throw new RuleError('bad_package', 'a file would lie outside the folder');
  return file;
}

export const fetchPackage: Command = {
  does: 'fetches the package of a published edition',
  help: `npm run -s report -- fetch URL NATIONAL_REPORT_ID --out DIR

Example: npm run -s report -- fetch http://localhost:3004 3f0c… --out edition`,
  options: { out: { type: 'string' } },
  takesFiles: true,
  async run(values, [url, id]) {
    const dir = needed(values, 'out');
    if (url === undefined || id === undefined)
      throw new RuleError('missing_option', 'name the service and the edition');
    const base = `${url.replace(/\/$/, '')}/v1/national-reports/${encodeURIComponent(id)}/package`;
    const answer = await fetch(base);
    if (!answer.ok) throw new RuleError('not_found', 'the service has no published edition of this id');
    const { files } = (await answer.json()) as { files: { path: string; bytes: number }[] };
    for (const { path } of files) {
      const file = await fetch(`${base}/${path}`);
      if (!file.ok) throw new RuleError('not_found', `the service has no ${path}`);
      mkdirSync(dirname(inside(dir, path)), { recursive: true });
      writeFileSync(inside(dir, path), Buffer.from(await file.arrayBuffer()));
    }
    return `${files.length} files, ${files.reduce((sum, { bytes }) => sum + bytes, 0)} bytes, in ${dir}`;
  },
};
