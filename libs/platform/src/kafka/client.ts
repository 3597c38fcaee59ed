import { createRequire } from 'node:module';
import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import type { Logger } from '../observe/logger.js';

interface RequestQueue {
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  pending: unknown[];
  scheduleCheckPendingRequests(): void;
  checkPendingRequests(): void;
}

/**
 * kafkajs 2.2.4 re-arms a timer of negative length after each check (tulios/kafkajs#1751): a wake-up a millisecond per
 * connection for nothing, and a warning on Node 24. Here it is armed only while something waits for it. To be dropped
 * when a release has it; `client.spec.ts` says when.
 */
const requestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as { prototype: RequestQueue };
requestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
  if (this.throttleCheckTimeoutId || this.pending.length === 0) return;
  const wait = this.throttledUntil - Date.now();
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    wait > 0 ? wait : 10,
  );
};

/** Options of every Kafka client: its log goes through ours at debug, without payloads. */
export function kafkaOptions(brokers: string, clientId: string, logger?: Logger): KafkaConfig {
  return {
    clientId,
    brokers: brokers.split(','),
    logLevel: logLevel.WARN,
    retry: { initialRetryTime: 100, maxRetryTime: 5_000, retries: 8 },
    logCreator: () => (entry) => {
      // Retries and rebalances are everyday; what stays broken shows in health and metrics.
      logger?.debug({ kafka: entry.namespace }, String(entry.log.message));
    },
  };
}

export const kafkaClient = (brokers: string, clientId: string, logger?: Logger): Kafka =>
  new Kafka(kafkaOptions(brokers, clientId, logger));
