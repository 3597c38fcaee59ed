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

/** Nest gives its context as the last argument, when it is a text. */
function contextOf(rest: unknown[]): string {
  const last = rest.at(-1);
  return typeof last === 'string' ? last : '';
}

/** Nest's own messages through the same log. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}
  log(message: unknown, context?: unknown): void {
    this.logger.debug({ context: contextOf([context]) }, String(message));
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error({ context: contextOf(rest) }, String(message));
  }
  warn(message: unknown, context?: unknown): void {
    this.logger.warn({ context: contextOf([context]) }, String(message));
  }
  debug(message: unknown): void {
    this.logger.debug(String(message));
  }
  verbose(): void {
    // Nest's verbose level says nothing that an operator needs.
  }
}
