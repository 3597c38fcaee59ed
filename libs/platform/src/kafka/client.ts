import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import type { PlatformConfig } from '../config.js';
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

/** Which settings say how the brokers are reached. */
export type KafkaAccess = Pick<
  PlatformConfig,
  'KAFKA_BROKERS' | 'KAFKA_TLS' | 'KAFKA_CA_FILE' | 'KAFKA_USERNAME' | 'KAFKA_PASSWORD'
>;

/**
 * TLS and SCRAM-SHA-512 as the settings say; the name in the broker's certificate is always checked. Throws when the
 * file of the authority cannot be read.
 */
function secured({ KAFKA_TLS, KAFKA_CA_FILE, KAFKA_USERNAME, KAFKA_PASSWORD }: KafkaAccess): Partial<KafkaConfig> {
  const trusted = KAFKA_CA_FILE ? { ca: [readFileSync(KAFKA_CA_FILE, 'utf8')] } : {};
  return {
    ...(KAFKA_TLS === 'on' ? { ssl: { ...trusted, rejectUnauthorized: true } } : {}),
    ...(KAFKA_USERNAME !== undefined && KAFKA_PASSWORD !== undefined
      ? { sasl: { mechanism: 'scram-sha-512', username: KAFKA_USERNAME, password: KAFKA_PASSWORD } }
      : {}),
  };
}

/** Options of every Kafka client: its log goes through ours at debug, without payloads. */
export function kafkaOptions(access: KafkaAccess, clientId: string, logger?: Logger): KafkaConfig {
  return {
    clientId,
    brokers: access.KAFKA_BROKERS.split(','),
    ...secured(access),
    logLevel: logLevel.WARN,
    retry: { initialRetryTime: 100, maxRetryTime: 5_000, retries: 8 },
    logCreator: () => (entry) => {
      // Retries and rebalances are everyday; what stays broken shows in health and metrics.
      logger?.debug({ kafka: entry.namespace }, String(entry.log.message));
    },
  };
}

export const kafkaClient = (access: KafkaAccess, clientId: string, logger?: Logger): Kafka =>
  new Kafka(kafkaOptions(access, clientId, logger));
