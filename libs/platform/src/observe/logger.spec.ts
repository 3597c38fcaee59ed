import { describe, expect, it } from '@jest/globals';
import { createLogger, REDACTED } from './logger.js';
import { inTrace, traceFrom } from './trace.js';

const SECRET = 'CANARY-айгүл';

/** What one call writes. */
function written(call: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  call(createLogger('reporting', 'info', { write: (line) => void (text += line) }));
  return text;
}

describe('the log', () => {
  it.each(REDACTED)('hides %s at the top and up to two levels down', (name) => {
    for (const value of [{ [name]: SECRET }, { a: { [name]: SECRET } }, { a: { b: { [name]: SECRET } } }]) {
      const text = written((logger) => logger.info(value, 'x'));
      expect(text).not.toContain(SECRET);
      expect(text).toContain('[redacted]');
    }
  });

  it('is one JSON line with the service, and with the trace where there is one', () => {
    const trace = traceFrom('00-0123456789abcdef0123456789abcdef-0123456789abcdef-01');
    const text = inTrace(trace, () => written((logger) => logger.warn('x')));
    expect(JSON.parse(text)).toMatchObject({
      service: 'reporting',
      traceId: '0123456789abcdef0123456789abcdef',
      msg: 'x',
    });
    // The instant, in UTC wherever the service runs.
    expect(JSON.parse(text).time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(text.trim().split('\n')).toHaveLength(1);
  });
});

describe('a value that would begin a line of its own', () => {
  it.each(['\n', '\r\n', '\u2028', '\u001b[2K'])('stays inside its line: %j', (breaks) => {
    const forged = `x${breaks}{"level":30,"service":"reporting","msg":"all is well"}`;
    const text = written((logger) => logger.warn({ reason: forged }, forged));
    expect(text.trimEnd().split(/[\r\n]/)).toHaveLength(1);
    expect(text).not.toContain('\u001b');
    expect(JSON.parse(text)).toMatchObject({ reason: forged, msg: forged });
  });
});

describe('a trace', () => {
  it.each([undefined, '', 'nonsense', '00-short-0123456789abcdef-01'])('begins anew after %p', (header) => {
    const { traceId, spanId } = traceFrom(header);
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(traceFrom(header).traceId).not.toBe(traceId);
  });
});
