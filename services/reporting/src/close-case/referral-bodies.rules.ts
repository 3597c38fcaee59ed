import { RuleError } from '@aiqyn/contracts';

export interface ReferralBodies {
  readonly id: string;
  readonly bodies: readonly { readonly code: string; readonly kk: string; readonly ru: string; readonly en: string }[];
}

/** Reads the list of bodies that a case may be referred to; throws RuleError `bad_policy` naming the field. */
export function referralBodies(raw: unknown): ReferralBodies {
  const list = raw as ReferralBodies;
  const bad = (field: string): never => {
    throw new RuleError('bad_policy', `referral bodies: ${field} is missing or wrong`, { field });
  };
  if (typeof list?.id !== 'string') bad('id');
  if (!Array.isArray(list.bodies) || list.bodies.length === 0) bad('bodies');
  list.bodies.forEach((body, i) => {
    if (!/^[a-z][a-z-]+$/.test(body.code)) bad(`bodies[${i}].code`);
    for (const lang of ['kk', 'ru', 'en'] as const) if (!body[lang]) bad(`bodies[${i}].${lang}`);
  });
  return list;
}

/** The code, when the list has it; throws RuleError `unknown_body` with the codes there are. */
export function referralBody(list: ReferralBodies, code: string): string {
  const codes = list.bodies.map((b) => b.code);
  if (!codes.includes(code))
    throw new RuleError('unknown_body', `one of ${codes.join(', ')}`, { field: 'to', allowed: codes });
  return code;
}
