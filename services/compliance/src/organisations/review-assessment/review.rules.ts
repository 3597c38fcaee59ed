import { RuleError } from '@aiqyn/contracts';
import type { Catalogue } from '../score-compliance/catalogue.rules.js';
import type { Level } from '../score-compliance/claim.rules.js';

type Levels = ReadonlyMap<string, Level>;

/**
 * Throws RuleError `sample_too_small` with what is missing, unless the reviewer looked at every mandatory requirement, at every one that
 * is said not to apply, and at the share of the high levels that the catalogue asks for, rounded up.
 */
export function judgeSample({ requirements, terms }: Catalogue, claimed: Levels, reviewed: Levels): void {
  const missing = requirements
    .filter(({ code, mandatory }) => claimed.get(code) === 'NA' || (mandatory && claimed.has(code)))
    .map(({ code }) => code)
    .filter((code) => !reviewed.has(code));
  const high = [...claimed].flatMap(([code, level]) =>
    level !== 'NA' && level >= terms.sampleFromLevel ? [code] : [],
  );
  const seen = high.filter((code) => reviewed.has(code)).length;
  const enough = seen * 100 >= terms.samplePercent * high.length;
  const details = {
    field: 'levels',
    allowed: missing.length > 0 ? missing : high.filter((code) => !reviewed.has(code)),
  };
  if (missing.length > 0)
    throw new RuleError(
      'sample_too_small',
      'every mandatory requirement, and what is said not to apply, is looked at',
      details,
    );
  if (!enough)
    throw new RuleError(
      'sample_too_small',
      `${terms.samplePercent} per cent of the high levels are looked at`,
      details,
    );
}

/** What holds of the claims after a review. Throws RuleError `above_claim` for a level that was not claimed: a review only lowers. */
export function foundLevels(claimed: Levels, reviewed: Levels): { requirement: string; level: Level }[] {
  for (const [code, level] of reviewed) {
    const claim = claimed.get(code);
    const lowers = claim !== undefined && (level === 'NA' ? claim === 'NA' : claim === 'NA' || level <= claim);
    if (!lowers)
      throw new RuleError('above_claim', `${code}: a review finds what was claimed, or less`, { field: 'levels' });
  }
  return [...claimed].map(([requirement, level]) => ({ requirement, level: reviewed.get(requirement) ?? level }));
}
