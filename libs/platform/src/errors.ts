/** Codes of a rule's no that lie in the state of a row, not in the request (409); a refusal of this kind is audited. */
export const CONFLICTS: ReadonlySet<string> = new Set([
  'illegal_transition',
  'same_person',
  'already_done',
  'cannot_lead',
  'purged',
  'legal_hold',
  'out_of_order',
  'candidates_open',
  'findings_open',
  'finding_withdrawn',
  'overlapping_finding',
  'not_assigned',
  'no_extension',
  'reception_closed',
  'under_consultation',
  'comments_open',
  'job_running',
  'not_caught_up',
  'events_parked',
  'material_open',
  'already_drafted',
  'correction_needed',
  'consultation_held',
  'consultation_open',
  'responses_not_compiled',
  'not_compiled',
  'no_receipt',
  'no_seal',
  'check_failed',
]);

/** Somebody else changed the row first; the caller reads again and decides anew (409, or 412 behind an If-Match). */
export class ConcurrentChange extends Error {
  readonly code = 'concurrent_change';
  constructor(readonly collection: string) {
    super(`a row of ${collection} was changed meanwhile`);
  }
}

/** The queue of commands is full; the caller comes again after `retryAfter` seconds (503). Nothing was stored. */
export class Busy extends Error {
  readonly code = 'busy';
  constructor(readonly retryAfter: number) {
    super('too many commands are waiting');
  }
}

/** There is no such row, or the caller may not see it: the two look alike on purpose (404). */
export class NotFound extends Error {
  readonly code = 'not_found';
  constructor() {
    super('not found');
  }
}

/** The same Idempotency-Key came with another body (422). */
export class IdempotencyMismatch extends Error {
  readonly code = 'idempotency_key_reused';
  constructor() {
    super('this Idempotency-Key was used with another body');
  }
}
