import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import { currentTrace } from './trace.js';

export type { Logger } from 'pino';

/**
 * Fields that never reach a log, at the top or one and two levels down: who a person is, what they wrote, and what
 * would let somebody act in their name. Request bodies and addresses are not logged at all.
 */
export const REDACTED = [
  'authorization',
  'receiptCode',
  'narrative',
  'contact',
  'sealed',
  'token',
  'password',
  'secret',
  'pepper',
  'ip',
  'remoteAddress',
  'userAgent',
];

/** The service's log: JSON lines with service, trace id and no personal data. */
export function createLogger(service: string, level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
      mixin: () => {
        const trace = currentTrace();
        return trace ? { traceId: trace.traceId } : {};
      },
    },
    destination ?? pino.destination({ fd: 1, sync: false }),
  );
}

/** Nest's own messages through the same log. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}
  log(message: unknown, context?: unknown): void {
    this.logger.debug({ context: String(context ?? '') }, String(message));
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error({ context: String(rest.at(-1) ?? '') }, String(message));
  }
  warn(message: unknown, context?: unknown): void {
    this.logger.warn({ context: String(context ?? '') }, String(message));
  }
  debug(message: unknown): void {
    this.logger.debug(String(message));
  }
  verbose(): void {
    // Nest's verbose level says nothing that an operator needs.
  }
}
