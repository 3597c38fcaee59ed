import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { RuleError } from '@aiqyn/contracts';
import { fuzz, FUZZ_TIMEOUT } from '@aiqyn/platform/testing';
import { entriesOfLines } from './import-releases.controller.js';

const RELEASE = {
  ocid: 'ocds-1',
  id: '1',
  date: '2025-01-02T10:00:00Z',
  tag: ['tender'],
  tender: { id: 't', value: { amount: 1e6, currency: 'KZT' } },
};
const lines = [RELEASE, { releases: [RELEASE, RELEASE] }, { records: [{ compiledRelease: RELEASE }] }];
const text = Buffer.from(lines.map((one) => JSON.stringify(one)).join('\r\n'));

/** As a socket gives them: in pieces of any size. */
function* pieces(input: Buffer): Generator<Buffer> {
  for (let i = 0, size = 1 + (input[0] ?? 0); i < input.length; i += size) yield input.subarray(i, i + size);
}

describe('the importer of releases, given anything', () => {
  it(
    'names each line that is none, says what is damaged, and never throws anything else',
    async () => {
      const seen = new Set<string>();
      await fuzz([text, gzipSync(text), Buffer.concat([Buffer.from('\ufeff'), text])], async (input) => {
        let last = 0;
        try {
          for await (const entries of entriesOfLines(Readable.from(pieces(input)), 1))
            for (const { line, refusal } of entries) {
              expect(line).toBeGreaterThanOrEqual(last);
              last = line;
              seen.add(refusal ?? 'read');
            }
        } catch (error) {
          if (!(error instanceof RuleError)) throw error;
          seen.add(error.code);
        }
      });
      expect([...seen].sort()).toEqual(['damaged_gzip', 'not_json', 'read']);
    },
    FUZZ_TIMEOUT,
  );
});
