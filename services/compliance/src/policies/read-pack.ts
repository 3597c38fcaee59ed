import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const json = (file: string | URL): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** A pack of `data/policies`, not yet checked: the rule that it feeds does that. */
export const ownPack = (name: string): unknown => json(new URL(`../../data/policies/${name}.json`, import.meta.url));

/** Texts of `data/texts` in three languages, not yet checked. */
export const ownTexts = (name: string): unknown => json(new URL(`../../data/texts/${name}.json`, import.meta.url));

/** What all services count by; it lies with the contracts. */
export const sharedPack = (name: string): unknown =>
  json(createRequire(import.meta.url).resolve(`@aiqyn/contracts/data/${name}.json`));

/** All versions of a pack that stand in a folder of `data/`, not yet checked. */
export const ownVersions = (folder: string): readonly unknown[] => {
  const dir = new URL(`../../data/${folder}/`, import.meta.url);
  return readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .map((name) => json(new URL(name, dir)));
};
