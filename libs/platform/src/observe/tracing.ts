import { collectSteps } from './trace.js';

/**
 * Sends the steps of traces to an OpenTelemetry collector by OTLP over HTTP, in batches in the background; one that does not answer
 * costs nothing but the steps. Gives what sends the rest and stops. Loaded only where a collector is named.
 */
export async function startTracing(service: string, collector: string): Promise<() => Promise<void>> {
  const [{ trace }, { resourceFromAttributes }, { BasicTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${collector.replace(/\/$/, '')}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000 })],
  });
  trace.setGlobalTracerProvider(provider);
  collectSteps();
  return () => provider.shutdown().catch(() => undefined);
}
