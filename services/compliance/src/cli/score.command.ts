import { readFileSync, statSync } from 'node:fs';
import { RuleError } from '@aiqyn/contracts/rule-error';
import type { Command } from '@aiqyn/platform/cli';

const HELP = `Scores an assessment of the compliance of an organisation by the catalogue of requirements, without any server.

npm run -s compliance -- score services/compliance/fixtures/worked-example.json
npm run -s compliance -- score assessment.json --json

  FILE    JSON, UTF-8:
    day           the day on which it is scored, YYYY-MM-DD; it also chooses the version of the catalogue
    levels        [{ requirement, level, ground?, evidence? }]: level 0 to 4, or "NA" with the ground of the catalogue;
                  evidence: accepted [{ kind, effectiveDay, uploadedDay }], which caps the level at what is fresh on the
                  day; left out: the level was verified already. A requirement that is missing counts as 0, not assessed
    deductions    [{ cause, day }]: headConvicted, employeeConvicted, giftBreachConfirmed, concealedIncident
    independenceBreached   true when an officer was removed, paid less or put under another body during an inquiry
    planDueDay    the last day of a remedial plan that is not closed
    areas, requirements    both in place of those of the catalogue, to try another one
  --json  score, grade, areas, gates that acted, deductions and the version of the catalogue as JSON

A refusal names its code and the field.`;

const points = (hundredths: number): string =>
  `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;

function read(file: string | undefined): unknown {
  if (file === undefined || !statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new RuleError('no_file', 'name a file that can be read');
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch {
    throw new RuleError('not_json', 'the file is no JSON');
  }
}

export const score: Command = {
  does: 'scores an assessment of the compliance of an organisation',
  help: HELP,
  takesFiles: true,
  options: { json: { type: 'boolean' } },
  async run(values, [file]) {
    const raw = read(file);
    // Loaded here: the other commands need nothing of it, and should start at once.
    const [{ assessmentFile }, { catalogueOn, catalogues }, { scoreOf }, { ownVersions }] = await Promise.all([
      import('../organisations/score-compliance/assessment-file.rules.js'),
      import('../organisations/score-compliance/catalogue.rules.js'),
      import('../organisations/score-compliance/score.rules.js'),
      import('../policies/read-pack.js'),
    ]);
    const day = String((raw as { day?: unknown } | null)?.day);
    const all = catalogues(ownVersions('catalogues/requirements'));
    const { catalogue, facts } = assessmentFile(raw, /^\d{4}/.test(day) ? catalogueOn(all, day) : all.at(-1)!);
    const found = scoreOf(catalogue, facts);
    const number = (hundredths: number): number => Number(points(hundredths));
    if (values['json'])
      return JSON.stringify({
        ...found,
        grade: found.grade ?? null,
        score: number(found.score),
        areas: found.areas.map((area) => ({ ...area, score: area.score === undefined ? null : number(area.score) })),
      });
    return [
      `${points(found.score)}, ${found.grade ? `grade ${found.grade}` : 'no grade'} (${found.status}), ${found.catalogue}`,
      ...found.areas.map(
        ({ code, score: own, weight }) =>
          `  ${code} x ${weight}: ${own === undefined ? 'not applicable' : points(own)}`,
      ),
      ...found.deductions.map(({ cause, day: since, points: off }) => `  ${cause} of ${since}: -${off}`),
      `  gates: ${found.gates.join(', ') || 'none'}; assessed ${found.assessed} of ${found.applicable}`,
    ].join('\n');
  },
};
