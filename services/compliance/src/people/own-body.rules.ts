import { isBin, isIin, RuleError } from '@aiqyn/contracts';

/** The organisation that a person works for alone: their department, when it is a BIN. An office of the state works for all. */
export const ownBody = (department: string | undefined): string | undefined =>
  department !== undefined && isBin(department) ? department : undefined;

/** Whether a person of that department may know of a gift; one that names no organisation yet is for who works for all. */
export function mayKnow(department: string | undefined, gift: { readonly organisationBin?: string }): boolean {
  const own = ownBody(department);
  return own === undefined || own === gift.organisationBin;
}

/** Throws RuleError `other_organisation` when a person tells of a gift in an organisation that they do not work for. */
export function mayTell(department: string | undefined, organisationBin: string): void {
  if (!mayKnow(department, { organisationBin }))
    throw new RuleError('other_organisation', 'only of the organisation that you work for', {
      field: 'organisationBin',
    });
}

/** Throws RuleError `number_of_a_person` when a BIN is the IIN of a person: an entrepreneur trades under it. */
export function organisationOnly(bin: string, field: string): void {
  if (isIin(bin))
    throw new RuleError('number_of_a_person', 'this is the number of a person, not of an organisation', { field });
}

/**
 * Throws RuleError `not_independent` unless who acts is known to be of another organisation: a token without a department proves
 * nothing of it.
 */
export function ofAnotherOrganisation(department: string | undefined, organisationBin: string | undefined): void {
  if (department === undefined || ownBody(department) === organisationBin)
    throw new RuleError('not_independent', 'who reviews is of another organisation, which the token names', {
      field: 'department',
    });
}
