import { describe, expect, it } from '@jest/globals';
import { mayKnow, mayTell, ofAnotherOrganisation, ownBody } from './own-body.rules.js';

const [own, other] = ['050540000016', '000000000010'];

describe('who may know of the gifts of an organisation', () => {
  it.each([
    [undefined, own, true],
    ['compliance', own, true],
    ['050540000017', own, true],
    [own, own, true],
    [own, other, false],
    [own, undefined, false],
    ['compliance', undefined, true],
  ] as [string | undefined, string | undefined, boolean][])('department %s, gift of %s: %s', (department, bin, may) => {
    expect(mayKnow(department, bin === undefined ? {} : { organisationBin: bin })).toBe(may);
    if (bin === undefined) return;
    if (may) expect(() => mayTell(department, bin)).not.toThrow();
    else expect(() => mayTell(department, bin)).toThrow(expect.objectContaining({ code: 'other_organisation' }));
  });

  it('is confined by a department that is a number with a right check digit, by no other', () =>
    expect([ownBody(own), ownBody('050540000017'), ownBody('finance'), ownBody(undefined)]).toEqual([
      own,
      undefined,
      undefined,
      undefined,
    ]));
});

describe('who reviews', () => {
  it.each([
    [other, true],
    ['compliance-authority', true],
    [own, false],
    [undefined, false],
  ] as [string | undefined, boolean][])('of %s is of another organisation: %s', (department, another) => {
    if (another) expect(() => ofAnotherOrganisation(department, own)).not.toThrow();
    else
      expect(() => ofAnotherOrganisation(department, own)).toThrow(
        expect.objectContaining({ code: 'not_independent' }),
      );
  });
});
