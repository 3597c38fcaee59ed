import { createHmac } from 'node:crypto';
import { RuleError } from '@aiqyn/contracts';

export interface Pepper {
  /** Told in rows and figures; says nothing of the secret. */
  readonly id: string;
  readonly secret: string;
}

export interface Peppers {
  /** What new verifiers are made with. */
  readonly present: Pepper;
  /** Everything that a code is known by, the present one first: what was before it, or comes next. */
  readonly all: readonly Pepper[];
}

/** The name of a verifier from before names that was still without one when a change of peppers had begun. */
export const UNKNOWN_PEPPER = 'unknown';

/** Reads the two settings; throws RuleError `bad_policy` when a pepper is there twice. */
export function peppersOf(settings: {
  readonly RECEIPT_PEPPER: string;
  readonly PREVIOUS_RECEIPT_PEPPER?: string;
}): Peppers {
  const { RECEIPT_PEPPER: first, PREVIOUS_RECEIPT_PEPPER: others = '' } = settings;
  const secrets = [first, ...others.split(',').filter((one) => one !== '')];
  if (new Set(secrets).size < secrets.length)
    throw new RuleError('bad_policy', 'PREVIOUS_RECEIPT_PEPPER: a pepper is there twice, or is RECEIPT_PEPPER');
  const all = secrets.map((secret) => ({ id: keyed({ secret }, 'pepper-id').slice(0, 11), secret }));
  return { present: all[0]!, all };
}

/** HMAC-SHA-256 of a text, which begins with what it is for. */
export const keyed = ({ secret }: Pick<Pepper, 'secret'>, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url');

/** The pepper with that id, the present one without an id (what was remembered before there were ids); undefined when it is gone. */
export const pepperNamed = ({ present, all }: Peppers, id: string | undefined): Pepper | undefined =>
  id === undefined ? present : all.find((one) => one.id === id);

/** What to call verifiers without a name: the only pepper that there is, and no guess when there are several. */
export const nameOfUnnamed = ({ present, all }: Peppers): string => (all.length === 1 ? present.id : UNKNOWN_PEPPER);
