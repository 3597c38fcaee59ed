import { RuleError } from '@aiqyn/contracts';
import type { ReferralBodies } from '../close-case/referral-bodies.rules.js';

/** Public keys (X25519, 32 bytes as base64url) by the code of a body. */
export type BodyKeys = ReadonlyMap<string, string>;

/**
 * Reads `code:key,code:key`. Keys are a setting and not part of the list of bodies: they change with their holders and
 * differ between deployments. Throws RuleError `bad_policy` for a code that the list does not have, or one that is there twice.
 */
export function bodyKeys(setting: string, { bodies }: ReferralBodies): BodyKeys {
  const pairs = setting === '' ? [] : setting.split(',').map((pair) => pair.split(':') as [string, string]);
  for (const [i, [code]] of pairs.entries())
    if (!bodies.some((b) => b.code === code) || pairs.findIndex(([other]) => other === code) !== i)
      throw new RuleError('bad_policy', `REFERRAL_PUBLIC_KEYS: ${code} is no body of the list, or is there twice`, {
        field: 'REFERRAL_PUBLIC_KEYS',
      });
  return new Map(pairs);
}

/** What a body gets of a case; throws RuleError `body_without_key` when content is sealed for one that cannot open it. */
export function handoverOf(keys: BodyKeys, to: string, hasContent: boolean): 'sealed' | 'facts-only' {
  if (!hasContent) return 'facts-only';
  if (!keys.has(to))
    throw new RuleError('body_without_key', 'this body has no key here: refer with the facts only', {
      field: 'sealed',
      allowed: [...keys.keys()],
    });
  return 'sealed';
}
