/** What only the conformance suites may reach for: the steps inside one write, one send and one receive. */
export { EventServer } from './kafka/event-server.js';
export { EventProducer } from './kafka/producer.js';
export { PendingTx, Transactions } from './mongo/transactions.js';
export { Metrics } from './observe/metrics.js';
export { Relay } from './outbox/relay.js';
