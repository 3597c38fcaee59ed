import { addDays, isDay, RuleError } from '@aiqyn/contracts';

export interface IdentityPack {
  readonly id: string;
  readonly effectiveFrom: string;
  /** Days for which an approved person may look, the day of the approval not counted. */
  readonly openDays: number;
}

/** A person's wish to know who reported: why, and who agreed. */
export interface IdentityRequest {
  readonly requestedBy: string;
  readonly reason: string;
  readonly day: string;
  readonly approvedBy?: string;
  /** The last day on which the requester may look. */
  readonly openUntil?: string;
  readonly policy?: string;
}

/** Reads the pack; throws RuleError `bad_policy` naming the field. */
export function identityPack(raw: unknown): IdentityPack {
  const pack = raw as IdentityPack;
  const bad = (field: string): never => {
    throw new RuleError('bad_policy', `identity pack: ${field} is missing or wrong`, { field });
  };
  if (typeof pack?.id !== 'string') bad('id');
  if (!isDay(pack.effectiveFrom)) bad('effectiveFrom');
  if (!Number.isInteger(pack.openDays) || pack.openDays < 1) bad('openDays');
  return pack;
}

/** The open request of a person among those of a case. */
export const openRequest = (requests: readonly IdentityRequest[], person: string): IdentityRequest | undefined =>
  requests.find((r) => r.requestedBy === person && r.approvedBy === undefined);

/** The requests after a person asked; throws RuleError `already_done` while an earlier one waits. */
export function asked(
  requests: readonly IdentityRequest[],
  request: Pick<IdentityRequest, 'requestedBy' | 'reason' | 'day'>,
): IdentityRequest[] {
  if (openRequest(requests, request.requestedBy))
    throw new RuleError('already_done', 'your request waits for approval');
  return [...requests, request];
}

/** The requests after another person agreed; throws RuleError `same_person` or `no_request`. */
export function approved(
  requests: readonly IdentityRequest[],
  { requestedBy, by, day, pack }: { requestedBy: string; by: string; day: string; pack: IdentityPack },
): IdentityRequest[] {
  if (requestedBy === by) throw new RuleError('same_person', 'another person approves');
  const open = openRequest(requests, requestedBy);
  if (!open) throw new RuleError('no_request', 'this person has no open request', { field: 'requestedBy' });
  const agreed = { ...open, approvedBy: by, openUntil: addDays(day, pack.openDays), policy: pack.id };
  return requests.map((r) => (r === open ? agreed : r));
}

/** Whether a person may look on a day; throws RuleError `not_approved`. */
export function assertMayLook(requests: readonly IdentityRequest[], person: string, today: string): void {
  const may = requests.some((r) => r.requestedBy === person && r.openUntil !== undefined && today <= r.openUntil);
  if (!may) throw new RuleError('not_approved', 'ask with a reason; another person approves, for some days');
}
