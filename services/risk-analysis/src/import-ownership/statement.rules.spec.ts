import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { added, type Keys, linksOf, readStatement, type Statement } from './statement.rules.js';

const keys: Keys = {
  person: (iin) => `p${iin.slice(0, 6)}`,
  words: (name) => [`w${name.length}`],
  born: (day) => `b${day.slice(0, 4)}`,
  record: (id) => `k-${id.length}-${id.slice(-6)}`,
  foreign: (scheme, id) => `f-${scheme}-${id}`,
};
const read = (raw: unknown) => readStatement(raw, 'test', keys);
const fixture = (name: string): Statement[] => {
  const all = JSON.parse(
    readFileSync(new URL(`../../fixtures/bods/${name}.json`, import.meta.url), 'utf8'),
  ) as object[];
  return all.map((raw) => {
    const one = read(raw);
    expect(one).not.toHaveProperty('path');
    return one as Statement;
  });
};

const company = {
  ...{ statementId: 's1', recordId: 'r1', recordType: 'entity', recordStatus: 'new', statementDate: '2024-01-01' },
  declarationSubject: 'r1',
  recordDetails: { isComponent: false, entityType: { type: 'registeredEntity' }, name: 'Zhol LLP' },
};
const relationship = {
  ...{
    statementId: 's2',
    recordId: 'r2',
    recordType: 'relationship',
    recordStatus: 'new',
    statementDate: '2024-01-01',
  },
  declarationSubject: 'r1',
  recordDetails: { subject: 'r1', interestedParty: 'r3', interests: [{ type: 'shareholding', share: { exact: 75 } }] },
};
const withDetails = (raw: typeof company | typeof relationship, details: object) => {
  return { ...raw, recordDetails: { ...raw.recordDetails, ...details } };
};

describe('a statement', () => {
  it('of direct ownership is read without a name or a date of birth', () => {
    const [firm, owner, relation] = fixture('01-direct-ownership');
    expect(firm!.entity).toMatchObject({ _id: 'GB-COH-10000001', type: 'Company', names: ['Acme Holdings Ltd'] });
    expect(owner!.entity).toMatchObject({ type: 'Person', names: [], words: ['w10'], born: ['b1975'] });
    const links = linksOf([relation!]);
    expect(links.map((l) => [l.kind, l.role, l.share, l.since])).toEqual([
      ['Ownership', 'shareholding', { low: 0.75, high: 0.75 }, '2010-01-01'],
      ['Ownership', 'votingRights', { low: 0.75, high: 0.75 }, '2010-01-01'],
    ]);
    expect(JSON.stringify([firm, owner, relation])).not.toMatch(/jane|smith|1975-06/i);
  });

  it('of circular ownership keeps both sides', () => {
    const links = fixture('10-circular-ownership').flatMap((s) => linksOf([s]));
    expect(links.map((l) => [l.party, l.subject])).toEqual([
      links.map((l) => [l.subject, l.party])[1],
      expect.anything(),
    ]);
  });

  it('of an owner that nobody can name keeps that as a fact, with the reason', () => {
    const links = fixture('11-anonymous-person').flatMap((s) => linksOf([s]));
    expect(links).toHaveLength(1);
    expect(links[0]).toMatchObject({ party: null, reason: 'subjectUnableToConfirmOrIdentifyBeneficialOwner' });
  });

  it.each([
    ['exact', { exact: 30 }, { low: 0.3, high: 0.3 }],
    ['a range', { minimum: 25, maximum: 50 }, { low: 0.25, high: 0.5 }],
    ['over a quarter', { exclusiveMinimum: 25 }, { low: 0.25, high: 1 }],
    ['at most a quarter', { maximum: 25 }, { low: 0, high: 0.25 }],
    ['not said', undefined, null],
  ])('reads a share that is %s', (_, share, expected) => {
    const raw = withDetails(relationship, { interests: [{ type: 'shareholding', ...(share ? { share } : {}) }] });
    expect((read(raw) as Statement).relation!.interests[0]!.share).toEqual(expected);
  });

  it('tells what is made up of components from what is direct, and a post from a part', () => {
    const interests = [{ type: 'boardMember' }, { type: 'otherInfluenceOrControl' }];
    const raw = withDetails(relationship, { componentRecords: ['r7'], interests });
    expect((read(raw) as Statement).relation!.interests.map((i) => [i.kind, i.indirect])).toEqual([
      ['Directorship', true],
      ['Associate', true],
    ]);
  });

  it.each([
    [[{ scheme: 'KZ-BIN', id: '050540000016' }], 'KZ-BIN-050540000016', 'Company', ['Zhol LLP']],
    [
      [
        { scheme: 'GB-COH', id: '1' },
        { scheme: 'KZ-BIN', id: '050540000016' },
      ],
      'KZ-BIN-050540000016',
      'Company',
      ['Zhol LLP'],
    ],
    // An individual entrepreneur: the firm's name is that of a person.
    [[{ scheme: 'KZ-BIN', id: '850101300015' }], 'p850101', 'Person', []],
    [[], 'record-k-2-r1', 'Company', ['Zhol LLP']],
  ])('names an organisation with %j %s', (identifiers, _id, type, names) =>
    expect((read(withDetails(company, { identifiers })) as Statement).entity).toMatchObject({ _id, type, names }),
  );

  it.each([
    ['anonymousPerson', undefined, { _id: 'k-2-r1', words: [], born: [], unspecified: 'unknown' }],
    ['unknownPerson', { reason: 'noBeneficialOwners' }, { words: [], unspecified: 'noBeneficialOwners' }],
    ['knownPerson', undefined, { _id: 'p850101', words: ['w9'], born: ['b1965'], unspecified: null }],
  ])('reads a person that is %s', (personType, unspecifiedPersonDetails, expected) => {
    const details = { personType, unspecifiedPersonDetails, names: [{ fullName: 'A B C D E' }], birthDate: '1965-10' };
    const identifiers = [{ scheme: 'KZ-IIN', id: '850101300015' }];
    const raw = { ...company, recordType: 'person', recordDetails: { ...details, identifiers } };
    expect((read(raw) as Statement).entity).toMatchObject(expected);
  });

  it.each([
    ['a text', 'x', 'not_an_object', ''],
    ['no statementId', { ...company, statementId: 7 }, 'missing_statement_id', '/statementId'],
    ['no recordId', { ...company, recordId: '' }, 'missing_record_id', '/recordId'],
    ['no declarationSubject', { ...company, declarationSubject: undefined }, 'missing_subject', '/declarationSubject'],
    ['the status of 0.3', { ...company, recordStatus: 'replaced' }, 'unknown_status', '/recordStatus'],
    ['the type of 0.3', { ...company, recordType: 'ownershipOrControl' }, 'unknown_record_type', '/recordType'],
    ['no day', { ...company, statementDate: 'May' }, 'not_a_day', '/statementDate'],
    ['no details', { ...company, recordDetails: [] }, 'missing_details', '/recordDetails'],
    ['no subject', withDetails(relationship, { subject: undefined }), 'missing_end', '/recordDetails/subject'],
    [
      'a share over 100 %',
      withDetails(relationship, { interests: [{ type: 'shareholding', share: { exact: 101 } }] }),
      'bad_share',
      '/recordDetails/interests/0/share',
    ],
    [
      'a period backwards',
      withDetails(relationship, {
        interests: [{ type: 'shareholding', startDate: '2024-02-01', endDate: '2024-01-01' }],
      }),
      'period_backwards',
      '/recordDetails/interests/0/endDate',
    ],
  ])('is refused for %s', (_, raw, code, path) => expect(read(raw)).toEqual({ code, path }));
});

/** Statements of one relationship. */
const told = (day: string, status: string, exact?: number, more: object = {}): Statement =>
  read({
    ...withDetails(relationship, {
      interests:
        exact === undefined ? [{ type: 'boardMember' }] : [{ type: 'shareholding', share: { exact }, ...more }],
    }),
    ...{ statementId: `${day} ${status}`, statementDate: day, recordStatus: status },
  }) as Statement;

describe('the links of a record', () => {
  const periods = (statements: Statement[]) => linksOf(statements).map((l) => [l.share?.low, l.since, l.until]);
  it.each([
    ['open', [told('2024-01-01', 'new', 50)], [[0.5, null, null]]],
    ['closed', [told('2024-01-01', 'new', 50), told('2024-06-01', 'closed', 50)], [[0.5, null, '2024-06-01']]],
    [
      'changed, and said again',
      [told('2024-01-01', 'new', 50), told('2024-06-01', 'updated', 30), told('2024-07-01', 'updated', 30)],
      [
        [0.5, null, '2024-05-31'],
        [0.3, '2024-06-01', null],
      ],
    ],
    [
      'another interest',
      [told('2024-01-01', 'new', 50), told('2024-06-01', 'updated')],
      [
        [0.5, null, '2024-05-31'],
        [undefined, null, null],
      ],
    ],
    [
      'the first day corrected',
      [
        told('2024-01-01', 'new', 50, { startDate: '2020-01-01' }),
        told('2024-02-01', 'updated', 50, { startDate: '2019-01-01' }),
      ],
      [[0.5, '2019-01-01', null]],
    ],
    [
      'taken back before it began',
      [told('2024-01-01', 'new', 50, { startDate: '2025-01-01' }), told('2024-02-01', 'updated', 30)],
      [[0.3, '2024-02-01', null]],
    ],
    [
      'ended by its own last day',
      [
        told('2024-01-01', 'new', 50, { endDate: '2024-03-01' }),
        told('2024-06-01', 'closed', 50, { endDate: '2024-03-01' }),
      ],
      [[0.5, null, '2024-03-01']],
    ],
  ])('%s', (_, statements, expected) => expect(periods(statements)).toEqual(expected));

  it('are the same in any order, and when statements come twice; no period is backwards', () => {
    const statement = fc
      .tuple(
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('new', 'updated', 'closed'),
        fc.constantFrom(20, 50, undefined),
      )
      .map(([day, status, share]) => told(`2024-01-0${day}`, status, share));
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (all, order) => {
        const mixed = all
          .map((s) => [order.next().value, s] as const)
          .sort((a, b) => a[0] - b[0])
          .map(([, s]) => s);
        const once = added([], all);
        const inTwo = added(added([], mixed.slice(0, 3)), [...mixed.slice(2), ...mixed]);
        expect(inTwo).toEqual(once);
        const links = linksOf(once);
        expect(new Set(links.map((l) => l.name)).size).toBe(links.length);
        for (const { since, until } of links) expect(since === null || until === null || since <= until).toBe(true);
      }),
    );
  });
});
