import { type GiverKind, RuleError } from '@aiqyn/contracts';
import { organisationOnly } from '../../people/own-body.rules.js';

/** A giver as told at the edge. */
export interface ToldGiver {
  readonly kind: GiverKind;
  readonly iin?: string;
  readonly bin?: string;
}

/** A giver as kept: of a person a keyed id. */
export interface KnownGiver {
  readonly kind: GiverKind;
  readonly id?: string;
  readonly bin?: string;
}

/**
 * Refuses a giver that is told wrong: RuleError `wrong_fields` for a number that does not go with its kind, `number_of_a_person` for
 * an entrepreneur's number as that of an organisation, whose numbers are public.
 */
export function judgeGiver({ kind, iin, bin }: ToldGiver): void {
  if (iin !== undefined && kind !== 'person')
    throw new RuleError('wrong_fields', 'only a person has an IIN', { field: 'giver.iin' });
  if ((bin !== undefined) !== (kind === 'organisation'))
    throw new RuleError('wrong_fields', 'an organisation has a BIN, nobody else', { field: 'giver.bin' });
  if (bin !== undefined) organisationOnly(bin, 'giver.bin');
}

/** A giver as kept, a person by the id that `idOf` gives; throws RuleError when told wrong. */
export function knownGiver(told: ToldGiver, idOf: (iin: string) => string): KnownGiver {
  judgeGiver(told);
  const { kind, iin, bin } = told;
  return { kind, ...(iin !== undefined ? { id: idOf(iin) } : {}), ...(bin !== undefined ? { bin } : {}) };
}

/** What of a giver travels: the kind, and the number of an organisation. */
export const publicGiver = ({ kind, bin }: KnownGiver): { giverKind: GiverKind; giverBin?: string } => ({
  giverKind: kind,
  ...(kind === 'organisation' && bin !== undefined ? { giverBin: bin } : {}),
});
