import { AsyncLocalStorage } from 'node:async_hooks';
import { randomFillSync } from 'node:crypto';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace as api, TraceFlags } from '@opentelemetry/api';

/** What belongs together: a request, the events that it causes, and their effects elsewhere. */
export interface Trace {
  readonly traceId: string;
  readonly spanId: string;
  /** Whether steps of it are told to a collector, with their time: a request's not before it is known who asks. */
  told: boolean;
  /** Whether whoever sent the `traceparent` wants it told. */
  readonly wanted: boolean;
}

const storage = new AsyncLocalStorage<Trace>();

const stock = Buffer.alloc(8_192);
let used = stock.length;

/** From bytes drawn in stock: a UUID for each id was a sixteenth of what an event costs. */
function hex(digits: number): string {
  const bytes = digits / 2;
  if (used + bytes > stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  return stock.toString('hex', used, (used += bytes));
}

/** The trace that a W3C `traceparent` names, or a new one when there is none or it is malformed. */
export function traceFrom(traceparent: string | undefined): Trace {
  const match = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '');
  if (!match) return { traceId: hex(32), spanId: hex(16), told: true, wanted: true };
  const wanted = (Number.parseInt(match[3]!, 16) & TraceFlags.SAMPLED) === 1;
  return { traceId: match[1]!, spanId: match[2]!, told: wanted, wanted };
}

export const inTrace = <T>(trace: Trace, work: () => T): T => storage.run(trace, work);
export const currentTrace = (): Trace | undefined => storage.getStore();

/** The header that carries the current trace on, if there is one. */
export function traceparent(): string | undefined {
  const trace = currentTrace();
  return trace && `00-${trace.traceId}-${trace.spanId}-${trace.told ? '01' : '00'}`;
}

/** Whose request it is was found out: from here on it is told, where that is wanted. A citizen's, on an open route, never gets here. */
export function tellRequest(): void {
  const trace = currentTrace();
  if (trace) trace.told = trace.wanted;
}

/** A step of a trace that is told to the collector when it ends, where there is one (`tracing.ts`). */
export interface Step extends Trace {
  /** Ends it once, told or not; `failed` is a code, never a sentence with somebody's data. */
  end(failed?: string): void;
}

const tracer = api.getTracer('aiqyn');
let collected = false;

/** Steps are made from here on: without a collector they would be work for nothing. */
export const collectSteps = (): void => {
  collected = true;
};

/**
 * Begins a step under `parent`, named by a route pattern or an event type: no id of a person, no content. A trace
 * that may not be told goes on with its ids for the log and nothing else; a request's waits for `tellRequest`.
 */
export function beginStep(name: string, kind: 'server' | 'consumer', parent: Trace): Step {
  const { traceId, wanted } = parent;
  const told = kind === 'consumer' && parent.told;
  const silent = { traceId, spanId: hex(16), told, wanted, end: () => undefined };
  if (!collected || !parent.told) return silent;
  const above = api.setSpanContext(ROOT_CONTEXT, {
    ...{ traceId, spanId: parent.spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true },
  });
  const span = tracer.startSpan(name, { kind: kind === 'server' ? SpanKind.SERVER : SpanKind.CONSUMER }, above);
  const step: Step = {
    ...{ traceId, spanId: span.spanContext().spanId, told, wanted },
    end: (failed) => {
      // One that never ends is told to nobody.
      if (!step.told) return;
      if (failed !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failed });
      span.end();
    },
  };
  return step;
}
