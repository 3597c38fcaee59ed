import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { transparencyPack } from './promise.rules.js';

const raw = JSON.parse(
  readFileSync(new URL('../../data/policies/transparency.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;

describe('the promise of the transparency log', () => {
  it('is within two days', () => expect(transparencyPack(raw).promisedDays).toBe(2));

  it.each([
    ['id', undefined],
    ['effectiveFrom', '2026-02-30'],
    ['promisedDays', 1],
    ['promisedDays', 2.5],
  ])('with %s %p keeps the service from starting', (field, value) =>
    expect(() => transparencyPack({ ...raw, [field]: value })).toThrow(field),
  );
});
