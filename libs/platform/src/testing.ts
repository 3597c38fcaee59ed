/** What only the conformance suites may reach for: the steps inside one write, one send and one receive. */
export { type AuditRow, rowsOfEntries } from './audit/seal.rules.js';
export { unfitForProduction } from './production.rules.js';
export { fuzz, FUZZ_TIMEOUT } from './fuzz.js';
export { Clock } from './clock.js';
export { EventServer } from './kafka/event-server.js';
export { grantRights } from './kafka/prepare-broker.js';
export { EventProducer } from './kafka/producer.js';
export { PendingTx } from './mongo/pending-tx.js';
export { prepareDatabase } from './mongo/prepare-database.js';
export { Transactions } from './mongo/transactions.js';
export { Metrics } from './observe/metrics.js';
export { isCompressed, type OutboxRow, PLAIN_CHARACTERS, PLAIN_EVENTS } from './outbox/outbox.rules.js';
export { Relay } from './outbox/relay.js';
export { placed, type StoredRow } from './outbox/stored-row.js';
