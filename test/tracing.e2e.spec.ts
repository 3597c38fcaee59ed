import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { eventually } from './harness/eventually.js';
import { startPlatform, type TestPlatform } from './harness/platform.js';

interface Told {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly { readonly value: { readonly stringValue: string } }[] };
    readonly scopeSpans: readonly { readonly spans: readonly Omit<Told, 'service'>[] }[];
  }[];
}

/** Listens as an OpenTelemetry collector does, and keeps what it is told. */
function collect(told: Told[], raw: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      raw.push(text);
      for (const { resource, scopeSpans } of (JSON.parse(text) as Sent).resourceSpans)
        for (const span of scopeSpans.flatMap(({ spans }) => spans))
          told.push({ ...span, service: resource.attributes[0]!.value.stringValue });
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe('traces', () => {
  const told: Told[] = [];
  const raw: string[] = [];
  let collector: Server;
  let platform: TestPlatform;
  beforeAll(async () => {
    collector = await collect(told, raw);
    const { port } = collector.address() as { port: number };
    platform = await startPlatform('tracing', ['reporting', 'risk-analysis', 'report-compilation'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    });
  }, 60_000);
  afterAll(async () => {
    await platform.stop();
    collector.close();
  });

  const traceparent = (): { header: string; traceId: string } => {
    const traceId = randomUUID().replaceAll('-', '');
    return { header: `00-${traceId}-0123456789abcdef-01`, traceId };
  };
  const report = { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: 'They asked for money.' };

  it('follow an act of an office from the request through Kafka to its effect in another service', async () => {
    const { header, traceId } = traceparent();
    const { body } = await platform.call('reporting', '/v1/reports', { body: report });
    await platform.call('reporting', `/v1/cases/${body.reportId}/acknowledgement`, {
      as: 'intake-officer',
      method: 'POST',
      headers: { traceparent: header },
    });
    await eventually(() => {
      const steps = told.filter((step) => step.traceId === traceId);
      const request = steps.find(({ service }) => service === 'reporting')!;
      expect(request).toMatchObject({
        name: 'POST /v1/cases/:id/acknowledgement',
        parentSpanId: '0123456789abcdef',
      });
      const effect = steps.find(({ service }) => service === 'report-compilation')!;
      expect(effect).toMatchObject({
        name: 'reporting.report.acknowledged.v1',
        parentSpanId: request.spanId,
      });
    });
  });

  it('say nothing of what a citizen did, nor of its effects, even when the client asks for it', async () => {
    const { header, traceId } = traceparent();
    const before = await platform.environment.database('report-compilation').collection('facts').countDocuments();
    // Requests of an office at the same time, which are told.
    const office = Array.from({ length: 20 }, () =>
      platform.call('reporting', '/v1/cases?limit=1', {
        as: 'supervisor',
        headers: { traceparent: traceparent().header },
      }),
    );
    // Half of them by a client that sends a token with everything: the route is open, so nobody is known on it.
    const citizens = Array.from({ length: 20 }, (_, i) =>
      platform.call('reporting', '/v1/reports', {
        ...{ body: report, headers: { traceparent: header }, as: i % 2 ? 'supervisor' : undefined },
      }),
    );
    for (const { status } of await Promise.all(citizens)) expect(status).toBe(201);
    await Promise.all(office);
    await eventually(async () => {
      const facts = await platform.environment.database('report-compilation').collection('facts').countDocuments();
      expect(facts - before).toBe(20);
    });
    // Whatever was begun before is told within two rounds of the exporter; a later act of an office closes the wait.
    const last = traceparent();
    await platform.call('reporting', '/v1/cases?limit=1', { as: 'supervisor', headers: { traceparent: last.header } });
    await eventually(() => expect(told.map((step) => step.traceId)).toContain(last.traceId));
    expect(told.filter((step) => step.traceId === traceId)).toEqual([]);
    expect(told.filter(({ name }) => name.startsWith('reporting.report.received'))).toEqual([]);
    expect(told.filter(({ name }) => name.includes('/v1/reports'))).toEqual([]);
    const lines = platform
      .logs()
      .split('\n')
      .filter((line) => line.includes('"msg":"request"'));
    expect(lines.filter((line) => line.includes('/v1/cases'))).not.toEqual([]);
    expect(lines.filter((line) => line.includes('/v1/reports'))).toEqual([]);
  });

  it('hold no content and no address', () => {
    expect(raw.join('\n')).not.toMatch(/They asked|KZ-75|127\.0\.0\.1|::1/);
  });
});
