import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { addressOf, addressPack, afterTry, deliveryPack } from './delivery.rules.js';

const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../data/policies/${name}.json`, import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >;
const pack = deliveryPack(read('notice-delivery'));

describe('after a try', () => {
  const no = { sent: false as const, reason: 'ECONNECTION', forGood: false };
  it.each([
    [0, { sent: true as const }, { delivery: 'sent', attempts: 1 }],
    [0, no, { delivery: 'pending', attempts: 1, reason: 'ECONNECTION', again: 1 }],
    [4, no, { delivery: 'pending', attempts: 5, reason: 'ECONNECTION', again: 480 }],
    [5, no, { delivery: 'failed', attempts: 6, reason: 'ECONNECTION' }],
    [0, { ...no, reason: '550', forGood: true }, { delivery: 'failed', attempts: 1, reason: '550' }],
  ])('%i before, %j: %j', (attempts, tried, next) => expect(afterTry(pack, attempts, tried)).toEqual(next));
});

describe('the address of a position', () => {
  const addresses = addressPack({
    ...read('notice-addresses'),
    byOrganisation: { '050540000016': { 'head-of-body': 'head@body.invalid' } },
  });
  it.each([
    ['head-of-body', '050540000016', 'head@body.invalid'],
    ['head-of-body', '000000000010', 'head-of-body@agency.invalid'],
    ['head-of-body', undefined, 'head-of-body@agency.invalid'],
    ['nobody', '050540000016', undefined],
  ])('%s of %s: %s', (position, bin, address) => expect(addressOf(addresses, position, bin)).toBe(address));
});

describe('the packs', () => {
  it.each([
    [() => addressPack({ ...read('notice-addresses'), byPosition: { a: 'a, b@c' } }), 'byPosition'],
    [() => addressPack({ ...read('notice-addresses'), byOrganisation: { x: 'a@b' } }), 'byOrganisation'],
    [() => addressPack({ ...read('notice-addresses'), checked: 1 }), 'checked'],
    [() => deliveryPack({ ...read('notice-delivery'), retryMinutes: [0] }), 'retryMinutes'],
    [() => deliveryPack({ ...read('notice-delivery'), id: null }), 'id'],
    [() => deliveryPack({ ...read('notice-delivery'), source: null }), 'source'],
    [() => deliveryPack({ ...read('notice-delivery'), effectiveFrom: '' }), 'effectiveFrom'],
  ])('are not read when wrong: %#', (load, field) =>
    expect(load).toThrow(expect.objectContaining({ code: 'bad_policy', details: { field } })),
  );
});
