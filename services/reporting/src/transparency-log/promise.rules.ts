import { isDay, RuleError } from '@aiqyn/contracts';

export interface TransparencyPack {
  readonly id: string;
  readonly effectiveFrom: string;
  /** Days after a report within which its leaf is in the tree. */
  readonly promisedDays: number;
}

/** Reads the pack; throws RuleError `bad_policy` naming the field. A day must be over before it is sequenced, so that 2 is the least. */
export function transparencyPack(raw: unknown): TransparencyPack {
  const pack = raw as TransparencyPack;
  const need = (ok: boolean, field: string): void => {
    if (!ok) throw new RuleError('bad_policy', `transparency pack: ${field} is missing or wrong`, { field });
  };
  need(typeof pack?.id === 'string', 'id');
  need(typeof pack.effectiveFrom === 'string' && isDay(pack.effectiveFrom), 'effectiveFrom');
  need(Number.isInteger(pack.promisedDays) && pack.promisedDays >= 2, 'promisedDays');
  return pack;
}
