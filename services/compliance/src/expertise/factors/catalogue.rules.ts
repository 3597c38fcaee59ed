import { FACTOR_SEVERITIES, type FactorSeverity, RuleError } from '@aiqyn/contracts';
import { LANGUAGES, type Language } from '../read-act/act-text.rules.js';

/** A corruptogenic factor of the catalogue. */
export interface Factor {
  readonly code: string;
  readonly category: string;
  readonly severity: FactorSeverity;
  readonly detection: string;
  readonly name: Readonly<Record<Language, string>>;
  readonly description: string;
  readonly remedy: Readonly<Partial<Record<Language, string>>>;
  /** A cancelled candidate: these match in the same sentence. */
  readonly suppress: Readonly<Record<Language, RegExp | undefined>>;
  readonly cues: Readonly<Record<Language, RegExp | undefined>>;
}

export interface Catalogue {
  readonly version: string;
  readonly factors: ReadonlyMap<string, Factor>;
}

const WORD = String.raw`\p{L}\p{N}`;
/** As the catalogue says: a space is white space, ends are ends of words; spans of all cues of a factor at once. */
function compiled(cues: readonly string[] | undefined, where: string): RegExp | undefined {
  if (!cues || cues.length === 0) return undefined;
  try {
    const any = cues.map((cue) => `(?:${cue.replaceAll(' ', String.raw`\s+`)})`).join('|');
    return new RegExp(`(?<![${WORD}])(?:${any})(?![${WORD}])`, 'giu');
  } catch {
    throw new RuleError('bad_catalogue', `${where}: a cue is no regular expression`, { field: where });
  }
}

/** Reads a catalogue of factors (form of data/expertise); throws RuleError `bad_catalogue` with the field. */
export function catalogueOf(raw: unknown): Catalogue {
  const bad = (field: string, why: string): RuleError => new RuleError('bad_catalogue', `${field}: ${why}`, { field });
  const { version, factors } = (raw ?? {}) as { version?: unknown; factors?: unknown };
  if (typeof version !== 'string' || !/^\d+\.\d+\.\d+$/.test(version)) throw bad('version', 'is not of the form 1.2.3');
  if (!Array.isArray(factors) || factors.length === 0) throw bad('factors', 'has no factor');
  const all = new Map<string, Factor>();
  for (const [i, one] of (factors as Record<string, unknown>[]).entries()) {
    const { code, category, severity, detection, name, description, remedy, cues, suppress } = one;
    const at = `factors[${i}]`;
    if (typeof code !== 'string' || !/^[A-Z]{4}-\d{2}$/.test(code))
      throw bad(`${at}.code`, 'is not of the form ABCD-01');
    if (all.has(code)) throw bad(`${at}.code`, `${code} stands twice`);
    if (!FACTOR_SEVERITIES.includes(severity as FactorSeverity))
      throw bad(`${at}.severity`, `is one of ${FACTOR_SEVERITIES.join(', ')}`);
    const names = name as Record<Language, string> | undefined;
    const missing = LANGUAGES.find((language) => typeof names?.[language] !== 'string');
    if (missing) throw bad(`${at}.name.${missing}`, 'is missing');
    const of = (lists: unknown, what: string): Record<Language, RegExp | undefined> => {
      const by = (lists ?? {}) as Record<string, string[]>;
      const [ru, kk, en] = (['ru', 'kk', 'en'] as const).map((one) => compiled(by[one], `${at}.${what}.${one}`));
      return { ru, kk, en };
    };
    all.set(code, {
      ...{ code, category: String(category), severity: severity as FactorSeverity, detection: String(detection) },
      ...{ name: names!, description: String(description), remedy: remedy ?? {} },
      ...{ cues: of(cues, 'cues'), suppress: of(suppress, 'suppress') },
    });
  }
  return { version, factors: all };
}
