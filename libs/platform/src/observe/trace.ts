import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace as api, TraceFlags } from '@opentelemetry/api';

/** What belongs together: a request, the events that it causes, and their effects elsewhere. */
export interface Trace {
  readonly traceId: string;
  readonly spanId: string;
  /** Whether steps of it may be told to a collector, with their time. A citizen's act never is. */
  readonly told: boolean;
}

const storage = new AsyncLocalStorage<Trace>();

/** From the ids that Node keeps in stock: drawing bytes for each request was a twentieth of its cost. */
const hex = (digits: number): string => randomUUID().replaceAll('-', '').slice(-digits);

/** The trace that a W3C `traceparent` names, or a new one when there is none or it is malformed. */
export function traceFrom(traceparent: string | undefined): Trace {
  const match = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '');
  if (!match) return { traceId: hex(32), spanId: hex(16), told: true };
  return { traceId: match[1]!, spanId: match[2]!, told: (Number.parseInt(match[3]!, 16) & TraceFlags.SAMPLED) === 1 };
}

export const inTrace = <T>(trace: Trace, work: () => T): T => storage.run(trace, work);
export const currentTrace = (): Trace | undefined => storage.getStore();

/** The header that carries the current trace on, if there is one. */
export function traceparent(): string | undefined {
  const trace = currentTrace();
  return trace && `00-${trace.traceId}-${trace.spanId}-${trace.told ? '01' : '00'}`;
}

/** A step of a trace that is told to the collector when it ends, where there is one (`tracing.ts`). */
export interface Step extends Trace {
  /** Ends it once; `failed` is a code, never a sentence with somebody's data. */
  end(failed?: string): void;
}

const tracer = api.getTracer('aiqyn');

/**
 * Begins a step under `parent`. Attributes are route patterns, event types and codes: no id of a person, no content. A trace
 * that may not be told goes on with its ids for the log and nothing else.
 */
export function beginStep(
  name: string,
  kind: 'server' | 'consumer',
  parent: Trace,
  attributes: Readonly<Record<string, string>> = {},
): Step {
  const silent = { traceId: parent.traceId, spanId: hex(16), told: parent.told, end: () => undefined };
  if (!parent.told) return silent;
  const above = api.setSpanContext(ROOT_CONTEXT, {
    ...{ traceId: parent.traceId, spanId: parent.spanId },
    ...{ traceFlags: TraceFlags.SAMPLED, isRemote: true },
  });
  const span = tracer.startSpan(
    name,
    { kind: kind === 'server' ? SpanKind.SERVER : SpanKind.CONSUMER, attributes },
    above,
  );
  // Without a collector the library hands the parent back.
  if (!span.isRecording()) return silent;
  return {
    ...{ traceId: parent.traceId, spanId: span.spanContext().spanId, told: true },
    end: (failed) => {
      if (failed !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failed });
      span.end();
    },
  };
}
