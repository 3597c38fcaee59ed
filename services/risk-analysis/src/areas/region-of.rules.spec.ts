import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KZ_REGIONS } from '@aiqyn/contracts';
import { readRegions } from '../policies/policies.js';
import { regionOf, regionPack } from './region-of.rules.js';

const pack = readRegions();
const read = regionOf(pack);
const at = (address: object) => read({ buyer: { id: 'B' }, parties: [{ id: 'B', address }] });

describe('the region of a buyer', () => {
  it.each([
    ['KZ-75', 'KZ-75'],
    [' KZ-10 ', 'KZ-10'],
    ['KZ-99', undefined],
    ['751110000', 'KZ-75'],
    ['190000000', 'KZ-19'],
    // Of South Kazakhstan until 2018, when Shymkent was in it.
    ['511010000', undefined],
    ['75', undefined],
    // The city and the region around it.
    ['Алматы', 'KZ-75'],
    ['ALMATY', 'KZ-75'],
    ['г. Алматы', 'KZ-75'],
    ['Г.АЛМАТЫ', 'KZ-75'],
    ['Алматы қаласы', 'KZ-75'],
    ['Алматы қ.', 'KZ-75'],
    ['City of Almaty', 'KZ-75'],
    ['Алма-Ата', 'KZ-75'],
    ['Алматы облысы', 'KZ-19'],
    ['Almaty oblysy', 'KZ-19'],
    ['Almaty Region', 'KZ-19'],
    ['Алматинская обл.', 'KZ-19'],
    ['АЛМАТИНСКАЯ', 'KZ-19'],
    ['г. Алматы, Алматинская область', undefined],
    ['Алматинский район', undefined],
    ['Алматы ауданы', undefined],
    // Others, in other words.
    ['область Абай', 'KZ-10'],
    ['Abai', 'KZ-10'],
    ['Абай ауданы', undefined],
    ['Aqtöbe oblysy', 'KZ-15'],
    ['Западно Казахстанская область', 'KZ-27'],
    ['Маңғыстау', 'KZ-47'],
    ['Түркістан облысы', 'KZ-61'],
    ['South Kazakhstan region', 'KZ-61'],
    ['Южно-Казахстанская область', 'KZ-61'],
    ['East Kazakhstan', 'KZ-63'],
    ['ВКО', 'KZ-63'],
    ['Nur-Sultan', 'KZ-71'],
    ['город республиканского значения Шымкент', 'KZ-79'],
    // A city that is not a region of its own, no region of ours, and nothing.
    ['г. Караганда', undefined],
    ['Байконур', undefined],
    ['Central', undefined],
    ['область', undefined],
    ['', undefined],
    ['Алматы '.repeat(1_000), undefined],
  ])('%j is %s', (region, code) => expect(at({ region })).toBe(code));

  it.each([
    ['a code of KATO beside it', { kato: 751110000 }, 'KZ-75'],
    ['the same by its other name', { katoCode: '191010000' }, 'KZ-19'],
    ['a name that says nothing and a code that does', { region: 'Central', kato: '710000000' }, 'KZ-71'],
    ['a name and a code that agree', { region: 'Алматы', kato: '750000000' }, 'KZ-75'],
    ['a name and a code that do not', { region: 'Алматы', kato: '190000000' }, undefined],
    ['no text', { region: { name: 'Алматы' } }, undefined],
  ])('is read of %s', (_, address, code) => expect(at(address)).toBe(code));

  const party = (id: string | number, region: string, ...roles: string[]) => ({ id, roles, address: { region } });
  it.each([
    ['who buys, by the id', 'B', [party('B', 'KZ-10'), party('C', 'KZ-11', 'buyer')], 'KZ-10'],
    ['an id that is a number', 7, [party('7', 'KZ-10')], 'KZ-10'],
    ['else who has the role', 'B', [party('C', 'KZ-11', 'buyer'), party('D', 'KZ-15', 'procuringEntity')], 'KZ-11'],
    ['else who runs the procedure', undefined, [party('D', 'KZ-15', 'procuringEntity')], 'KZ-15'],
    ['nobody who sells', 'B', [party('S', 'KZ-15', 'supplier')], undefined],
    [
      'nobody in place of a buyer without one',
      'B',
      [party('B', ''), party('D', 'KZ-15', 'procuringEntity')],
      undefined,
    ],
    ['two buyers of one region', undefined, [party('C', 'KZ-11', 'buyer'), party('D', 'KZ-11', 'buyer')], 'KZ-11'],
    ['not two of two', undefined, [party('C', 'KZ-11', 'buyer'), party('D', 'KZ-15', 'buyer')], undefined],
  ])('is that of %s', (_, id, parties, code) => {
    expect(read({ ...(id === undefined ? {} : { buyer: { id } }), parties })).toBe(code);
  });

  it('is found by every name that is listed, however it is written', () => {
    const names = KZ_REGIONS.flatMap((code) =>
      Object.values(pack.names[code]).flatMap((all) => all.map((name) => [name, code] as const)),
    );
    const written = fc.constantFrom<(name: string) => string>(
      ...[(n: string) => n, (n: string) => n.toUpperCase(), (n: string) => n.replaceAll('-', ' – ')],
      ...[
        (n: string) => ` «${n}» `,
        (n: string) => n.split(' ').reverse().join(', '),
        (n: string) => n.normalize('NFD'),
      ],
    );
    fc.assert(
      fc.property(fc.constantFrom(...names), written, ([name, code], write) => {
        // Words turned round are another name where there is more than one beside the kind.
        fc.pre(write('a b') !== 'b, a' || name.split(' ').length === 2);
        expect(at({ region: write(name) })).toBe(code);
      }),
      { numRuns: 500 },
    );
  });

  it('is one of ours or not known, whatever is handed in', () => {
    const anything = fc.anything();
    const address = fc.record({ region: anything, kato: anything, katoCode: anything }, { requiredKeys: [] });
    const parties = fc.array(fc.oneof(anything, fc.record({ id: fc.constant('B'), address })));
    fc.assert(
      fc.property(fc.oneof(anything, fc.record({ buyer: fc.constant({ id: 'B' }), parties })), (release) => {
        expect([...KZ_REGIONS, undefined]).toContain(read(release));
      }),
    );
  });
});

describe('the pack of regions', () => {
  const { 'KZ-79': shymkent, ...others } = pack.names;
  const twice = { ...shymkent, en: [...shymkent.en, 'the City of ALMATY'] };
  it.each([
    ['without an id', { ...pack, id: undefined }, 'id'],
    ['without words', { ...pack, words: { region: [], city: [] } }, 'words.filler'],
    ['that lacks a region', { ...pack, names: others }, 'names.KZ-79.kk'],
    ['that lacks a language', { ...pack, names: { ...others, 'KZ-79': { ...shymkent, ru: [] } } }, 'names.KZ-79.ru'],
    ['with a region that is unknown', { ...pack, names: { ...pack.names, 'KZ-51': shymkent } }, 'names.KZ-51'],
    ['with a name of two', { ...pack, names: { ...others, 'KZ-79': twice } }, 'names.KZ-79'],
    [
      'with a name that says nothing',
      { ...pack, names: { ...others, 'KZ-79': { ...shymkent, en: ['city'] } } },
      'names.KZ-79',
    ],
    ['that is nothing', undefined, 'id'],
  ])('is refused %s', (_, raw, field) => {
    expect(() => regionPack(raw)).toThrow(expect.objectContaining({ code: 'bad_policy', details: { field } }));
  });
});
