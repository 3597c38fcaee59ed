import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allEvents, declarationOf, schemaOf } from '@aiqyn/contracts';
import { COLUMNS, CSV_HEAD, csvLine, entryOf, PUBLISHED, type Version, versionOf } from './register.rules.js';

const type = (fact: string): string => `compliance.gift.${fact}.v1`;
const declared = {
  ...{ giftId: 'g', day: '2025-03-01', receivedDay: '2025-03-01', knownDay: '2025-03-01', handOverBy: '2025-03-08' },
  ...{ organisationBin: '050540000016', sector: 'state', kind: 'thing', recipient: 'family', policy: 'gifts-kz-2020' },
  ...{ giverKind: 'organisation', giverBin: '000000000010', estimatedValue: 0 },
};

describe('what is published', () => {
  it('leads from a field that the event has to a column of the list', () => {
    for (const { contract, shows } of PUBLISHED) {
      const fields = Object.keys(schemaOf(contract).properties);
      expect(fields).toEqual(expect.arrayContaining(Object.keys(shows)));
      expect(COLUMNS).toEqual(expect.arrayContaining(Object.values(shows)));
    }
  });

  it('is no open claim or inquiry, no denial, nothing of a giver, no lateness of an office', () => {
    const shown = PUBLISHED.map(({ contract }) => declarationOf(contract).type);
    const kept = allEvents().filter(({ declaration }) => declaration.type.startsWith('compliance.gift.'));
    expect(kept.map(({ declaration }) => declaration.type).filter((one) => !shown.includes(one))).toEqual(
      ['breach-opened', 'exemption-claimed', 'exemption-denied', 'giver-decided', 'step-late'].map(type),
    );
    expect(versionOf(type('breach-opened'), 2, { giftId: 'g', day: '2025-03-09' })).toBeUndefined();
  });

  it('is nothing beyond the columns, whatever an event says besides', () => {
    const known: readonly string[] = COLUMNS;
    fc.assert(
      fc.property(
        fc.constantFrom(...PUBLISHED),
        fc.dictionary(fc.string(), fc.string()),
        fc.constantFrom('person', 'unknown', undefined),
        ({ contract }, more, giverKind) => {
          const event = { ...more, ...declared, giverKind, officialId: 'x', relation: 'spouse' };
          const { set } = versionOf(declarationOf(contract).type, 1, event)!;
          expect(Object.keys(set).filter((column) => !known.includes(column))).toEqual([]);
          expect(set.giverBin).toBeUndefined();
        },
      ),
    );
  });
});

describe('an entry', () => {
  const told = [
    versionOf(type('declared'), 1, declared)!,
    versionOf(type('corrected'), 2, { giftId: 'g', day: '2025-03-03', reason: 'giver-found', giverKind: 'person' })!,
    versionOf(type('overdue'), 3, { giftId: 'g', day: '2025-03-09', handOverBy: '2025-03-08' })!,
    versionOf(type('handed-over'), 4, { giftId: 'g', day: '2025-03-10', daysLate: 2 })!,
  ];

  it('is what was said last, and forgets the number of who turned out not to be the giver', () => {
    expect(entryOf('g', told.slice(0, 1))).toMatchObject({ version: 1, giverBin: '000000000010', state: 'declared' });
    const entry = entryOf('g', told);
    expect(entry).toMatchObject({ version: 4, corrections: 1, state: 'handed-over', giverKind: 'person', daysLate: 2 });
    expect(entry.giverBin).toBeUndefined();
  });

  it('is the same bytes in whatever order and however often its versions are told', () => {
    const lists = fc.shuffledSubarray([...told, ...told], { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(lists, (versions: Version[]) =>
        expect(JSON.stringify(entryOf('g', versions))).toBe(JSON.stringify(entryOf('g', told))),
      ),
    );
  });

  it('of an event of the first loop has what that said', () => {
    const { organisationBin: _, sector: _s, kind: _k, recipient: _r, giverKind: _g, giverBin: _b, ...old } = declared;
    expect(entryOf('g', [versionOf(type('declared'), 1, old)!])).toEqual({
      ...{ giftId: 'g', version: 1, corrections: 0, state: 'declared', declaredDay: '2025-03-01', estimatedValue: 0 },
      ...{ receivedDay: '2025-03-01', knownDay: '2025-03-01', handOverBy: '2025-03-08', policy: 'gifts-kz-2020' },
    });
  });
});

describe('the table', () => {
  it('has a line of names and a cell for each', () => {
    const entry = entryOf('g', [versionOf(type('declared'), 1, declared)!]);
    expect(CSV_HEAD.startsWith('giftId,version,corrections,state,')).toBe(true);
    expect(csvLine(entry).split(',')).toHaveLength(CSV_HEAD.split(',').length);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['@x', "'@x"],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
  ])('writes %s so that no spreadsheet takes it for a formula: %s', (policy, cell) => {
    const entry = entryOf('g', [versionOf(type('declared'), 1, { ...declared, policy })!]);
    expect(csvLine(entry).endsWith(`,${cell}\r\n`)).toBe(true);
  });
});
