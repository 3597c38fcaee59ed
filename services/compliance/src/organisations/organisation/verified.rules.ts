import type { Catalogue } from '../score-compliance/catalogue.rules.js';
import type { Level } from '../score-compliance/claim.rules.js';
import { type Proof, supportedLevel } from '../score-compliance/evidence.rules.js';

/** The levels that count on a day: what was found, capped by what accepted evidence then supports. */
export function verifiedLevels(
  { requirements }: Catalogue,
  found: readonly { readonly requirement: string; readonly level: Level }[],
  proofs: readonly (Proof & { readonly requirement: string })[],
  day: string,
): ReadonlyMap<string, Level> {
  return new Map(
    found.map(({ requirement: code, level }) => {
      const requirement = requirements.find((one) => one.code === code);
      const own = proofs.filter((proof) => proof.requirement === code);
      return [code, level === 'NA' || !requirement ? level : Math.min(level, supportedLevel(requirement, own, day))];
    }),
  );
}
