import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '@aiqyn/local';
import { type Bench, type Figure, inTurn } from './figures.js';

const CHARACTERS = 500_000;

interface Catalogue {
  readonly factors: ReadonlyMap<string, { readonly cues: Readonly<Record<string, RegExp | undefined>> }>;
}

/** A draft act of half a million characters: screened, beside the bare cues of the catalogue run over the same text. */
export async function screen({ rounds }: Bench): Promise<Figure[]> {
  const service = join(ROOT, 'services/compliance');
  const of = async (file: string): Promise<Record<string, (...args: unknown[]) => unknown>> =>
    (await import(pathToFileURL(join(service, 'dist/expertise', file)).href)) as never;
  const { actText } = await of('read-act/act-text.rules.js');
  const { catalogueOf } = await of('factors/catalogue.rules.js');
  const { screen: candidates } = await of('screen-act/screen.rules.js');
  const file = readFileSync(join(service, 'data/expertise/corruptogenic-factors.json'), 'utf8');
  const catalogue = catalogueOf!(JSON.parse(file)) as Catalogue;
  const figures: Figure[] = [];
  for (const language of ['kk', 'ru', 'en']) {
    const act = readFileSync(join(service, `fixtures/draft-acts/${language}-01.txt`), 'utf8');
    const text = act.repeat(Math.ceil(CHARACTERS / act.length)).slice(0, CHARACTERS);
    const seconds = (work: () => unknown): Promise<number> => {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      return Promise.resolve((user + system) / 1e6);
    };
    const { ours, bare } = await inTurn(
      rounds,
      () => seconds(() => candidates!(actText!(text, language), catalogue)),
      () =>
        seconds(() =>
          [...catalogue.factors.values()].map(({ cues }) => [...text.matchAll(cues[language] ?? /$^/g)].length),
        ),
    );
    const note = 'CPU; bare: the cues of the catalogue alone; aim 3 s';
    figures.push({ name: `screen 500,000 characters, ${language}`, ours, bare, unit: 's', note });
  }
  return figures;
}
