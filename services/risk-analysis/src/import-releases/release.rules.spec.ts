import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { areaOf, areaPack } from '../areas/area-of.rules.js';
import { isLater, project } from './release.rules.js';

const area = areaOf(
  areaPack(JSON.parse(readFileSync(new URL('../../data/policies/areas.json', import.meta.url), 'utf8'))),
);

describe('reading a release', () => {
  const release = { ocid: 'ocds-1', date: '2025-08-01T02:20:02+05:00' };
  const read1 = (more: object) => project({ ...release, ...more }, { origin: 'generated', areaOf: area });

  it.each([
    [null, 'not_an_object', ''],
    [[], 'not_an_object', ''],
    ['text', 'not_an_object', ''],
    [{}, 'missing_ocid', '/ocid'],
    [{ ocid: { $gt: '' }, date: release.date }, 'missing_ocid', '/ocid'],
    [{ ocid: 'o' }, 'unreadable_date', '/date'],
    [{ ocid: 'o', date: '2025-08-01' }, 'unreadable_date', '/date'],
    [{ ocid: 'o', date: '2025-08-01T02:20:02' }, 'unreadable_date', '/date'],
    [{ ocid: 'o', date: '2025-13-45T02:20:02Z' }, 'unreadable_date', '/date'],
  ])('refuses %j with %s', (value, code, path) => {
    expect(project(value, { origin: 'generated', areaOf: area })).toEqual({ code, path });
  });

  it('orders versions by the instant, whatever the offset', () => {
    expect(read1({})).toMatchObject({ date: '2025-07-31T21:20:02.000Z' });
  });

  it('has a region where the rule of regions reads one, and none otherwise', () => {
    const context = { origin: 'generated', areaOf: area } as const;
    expect(project(release, { ...context, regionOf: () => 'KZ-75' })).toMatchObject({ region: 'KZ-75' });
    expect(project(release, { ...context, regionOf: () => undefined })).not.toHaveProperty('region');
  });

  it('counts money in hundredths and takes the award before the estimate', () => {
    expect(read1({ tender: { value: { amount: 268432.86, currency: 'KZT' } } })).toMatchObject({
      amount: 26843286,
      currency: 'KZT',
    });
    expect(
      read1({
        tender: { value: { amount: 2 } },
        awards: [{ status: 'active', value: { amount: 1.1, currency: 'KZT' } }],
      }),
    ).toMatchObject({ amount: 110 });
  });

  it.each([
    [{ numberOfTenderers: '1' }],
    [{ numberOfTenderers: -1 }],
    [{ numberOfTenderers: 1.5 }],
    [{ numberOfTenderers: null }],
  ])('takes %j for not known, never for zero', (tender) => {
    expect(read1({ tender })).not.toHaveProperty('tenderers');
  });

  it.each([
    ['CPV', '45233141', 'roads'],
    ['CPV', '45210000', 'construction'],
    ['CPV', '33190000', 'health'],
    ['CPV', '99999999', 'other'],
    ['Catálogo de la Dirección Nacional de Contrataciones Públicas', '72131701-002', 'roads'],
    ['Catálogo basado en UNSPSC', '43211508-001', 'it'],
    ['XYZ', '45', 'other'],
  ])('%s %s belongs to %s', (scheme, id, code) => {
    expect(read1({ tender: { items: [{ classification: { scheme, id } }] } })).toMatchObject({ areaCode: code });
  });
});

describe('a version comes after another', () => {
  it.each([
    ['by its date', '2026-01-02', 'a', '2026-01-01', 'b', true],
    ['not before it', '2026-01-01', 'b', '2026-01-02', 'a', false],
    ['of one date by its content, whichever came first', '2026-01-01', 'b', '2026-01-01', 'a', true],
    ['and not the other way round', '2026-01-01', 'a', '2026-01-01', 'b', false],
    ['but never after itself', '2026-01-01', 'a', '2026-01-01', 'a', false],
  ])('%s', (_, date, hash, otherDate, otherHash, later) =>
    expect(isLater({ date, hash }, { date: otherDate, hash: otherHash })).toBe(later),
  );
});
