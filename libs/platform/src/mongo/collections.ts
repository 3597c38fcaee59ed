/** Names of the platform's own collections in each service's database. */
export const COLLECTIONS = {
  /** What a commit leaves beside its rows: its events until they are sent, its audit entries for good. In one collection, as a command less for each commit. */
  journal: 'journal',
  inbox: 'inbox',
  parked: 'parked_events',
  auditHead: 'audit_head',
  idempotency: 'idempotency',
  leases: 'leases',
  timers: 'timers',
} as const;
