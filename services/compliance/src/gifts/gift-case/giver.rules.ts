import { type GiverKind, isIin, RuleError } from '@aiqyn/contracts';

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

/** Throws RuleError `number_of_a_person` when a BIN is the IIN of a person: an entrepreneur trades under it. */
export function organisationOnly(bin: string, field: string): void {
  if (isIin(bin))
    throw new RuleError('number_of_a_person', 'this is the number of a person, not of an organisation', { field });
}

/** What of a giver travels: the kind, and the number of an organisation. */
export const publicGiver = ({ kind, bin }: KnownGiver): { giverKind: GiverKind; giverBin?: string } => ({
  giverKind: kind,
  ...(kind === 'organisation' && bin !== undefined ? { giverBin: bin } : {}),
});
