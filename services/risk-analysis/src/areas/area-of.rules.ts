import { AREAS, RuleError } from '@aiqyn/contracts';
import type { AreaOf } from '../import-releases/release.rules.js';

export interface AreaPack {
  readonly id: string;
  readonly schemes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Bodies whose purchases all belong to one area, by their id in releases; and budget programmes. These come before the class. */
  readonly buyers?: Readonly<Record<string, string>>;
  readonly programmes?: Readonly<Record<string, string>>;
}

/** Reads which item classes belong to which area; throws RuleError `bad_policy` on an area that does not exist. */
export function areaPack(raw: unknown): AreaPack {
  const pack = raw as AreaPack;
  const { buyers = {}, programmes = {} } = pack ?? {};
  for (const [scheme, prefixes] of Object.entries({ ...pack?.schemes, buyers, programmes })) {
    for (const [prefix, area] of Object.entries(prefixes)) {
      if (!(AREAS as readonly string[]).includes(area)) {
        throw new RuleError('bad_policy', `area pack: ${scheme} ${prefix} names an unknown area`, { field: 'schemes' });
      }
    }
  }
  if (typeof pack?.id !== 'string' || !pack.schemes)
    throw new RuleError('bad_policy', 'area pack: id or schemes is missing');
  return pack;
}

/** The area of an item class by its longest known prefix; `other` when none fits. National catalogues built on UNSPSC count as it. */
export function areaOf(pack: AreaPack): AreaOf {
  return ({ scheme, itemClass, buyer, programme }) => {
    const named = pack.buyers?.[buyer ?? ''] ?? pack.programmes?.[programme ?? ''];
    if (named) return named;
    if (!scheme || !itemClass) return 'other';
    const prefixes =
      pack.schemes[scheme] ?? (/UNSPSC|Contrataciones Públicas/.test(scheme) ? pack.schemes['UNSPSC'] : undefined);
    const digits = itemClass.replace(/\D/g, '');
    for (let length = Math.min(8, digits.length); length >= 2; length -= 1) {
      const area = prefixes?.[digits.slice(0, length)];
      if (area) return area;
    }
    return 'other';
  };
}
