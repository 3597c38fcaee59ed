import { describe, expect, it } from '@jest/globals';
import { GiftOverdueV1 } from '@aiqyn/contracts';
import { fuzz, FUZZ_TIMEOUT } from '../fuzz.js';
import { decode } from './decode.js';

const TYPE = 'compliance.gift.overdue.v1';
const ID = '7b0c2a52-7a9f-4d0b-9f2c-0d9a5f3f5e11';
const HEADERS = [
  ...['ce_specversion: 1.0', `ce_id: ${ID}`, `ce_type: ${TYPE}`, 'ce_source: /aiqyn/compliance', `ce_subject: ${ID}`],
  ...['ce_time: 2025-03-09T00:00:00+05:00', 'ce_sequence: 1', 'content-type: application/json'],
];
const message = (data: string): Buffer => Buffer.from(`${HEADERS.join('\n')}\n\n${data}`);

/** Header lines, an empty line, the value: one input damages both. */
function parts(input: Buffer): { headers: Record<string, Buffer>; value: Buffer } {
  const end = input.indexOf('\n\n');
  const head = end < 0 ? input : input.subarray(0, end);
  const headers: Record<string, Buffer> = {};
  for (const line of head.toString('latin1').split('\n')) {
    const [name = '', ...rest] = line.split(': ');
    headers[name] = Buffer.from(rest.join(': '), 'latin1');
  }
  return { headers, value: end < 0 ? Buffer.alloc(0) : input.subarray(end + 2) };
}

describe('the decoder of events, given anything', () => {
  it(
    'gives an event that holds its contract, a reason to park it, or ignores it; it never throws',
    async () => {
      void GiftOverdueV1;
      const seen = new Set<string>();
      const corpus = [
        message(JSON.stringify({ giftId: ID, day: '2025-03-09', handOverBy: '2025-03-08' })),
        message(JSON.stringify({ giftId: ID, day: '2025-03-09', handOverBy: '2025-03-08', __proto__: { a: 1 } })),
        message('['.repeat(500) + ']'.repeat(500)),
      ];
      await fuzz(corpus, (input) => {
        const { headers, value } = parts(input);
        const decoded = decode('t', 0, { key: input, value, headers, offset: '1' }, { has: (type) => type === TYPE });
        if (typeof decoded === 'string') seen.add(decoded);
        else if ('invalid' in decoded) seen.add(decoded.invalid);
        else {
          seen.add('event');
          // What is let through has the declared fields and no others that act.
          expect(typeof (decoded.data as { giftId: unknown }).giftId).toBe('string');
        }
        expect(({} as { a?: number }).a).toBeUndefined();
      });
      expect([...seen].sort()).toEqual(
        expect.arrayContaining(['event', 'ignored', 'missing_attribute', 'not_json', 'schema_violation']),
      );
    },
    FUZZ_TIMEOUT,
  );
});
