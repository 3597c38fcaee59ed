import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { workingDays } from '@aiqyn/contracts';
import { type TermDays, termDays, termsPolicies, type TermsPolicy, termsPolicyOf } from './terms.rules.js';

const FOLDER = new URL('../../../data/policies/', import.meta.url);
const json = (file: string | URL): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** The packs `national-report-terms*.json`, checked at start. */
const packs = termsPolicies(
  readdirSync(FOLDER)
    .filter((name) => /^national-report-terms[a-z0-9-]*\.json$/.test(name))
    .map((name) => json(new URL(name, FOLDER))),
);
const calendar = workingDays(
  json(createRequire(import.meta.url).resolve('@aiqyn/contracts/data/working-days-kz.json')),
);

/** The terms of a year's report; undefined for a year before the law set any. */
export function reportTerms(year: number): { readonly policy: TermsPolicy; readonly days: TermDays } | undefined {
  const policy = termsPolicyOf(packs, year);
  return policy && { policy, days: termDays(policy, year, calendar) };
}

/** The pack that an edition began under. */
export function termsPolicyNamed(policy: string): TermsPolicy {
  const found = packs.find(({ id }) => id === policy);
  if (!found) throw new Error(`the terms ${policy} of an edition are missing`);
  return found;
}
