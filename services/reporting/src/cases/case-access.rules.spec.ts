import { describe, expect, it } from '@jest/globals';
import { sees, type Viewed, type Viewer } from './case-access.rules.js';

const handler: Viewer = { id: 'anna', roles: ['investigator'] };
const supervisor: Viewer = { id: 'anna', roles: ['supervisor'] };
const both: Viewer = { id: 'anna', roles: ['investigator', 'supervisor'] };
const regional = (viewer: Viewer): Viewer => ({ ...viewer, regions: ['KZ-75'] });
const open: Viewed = { region: 'KZ-75' };
const own: Viewed = { ...open, assignees: ['anna', 'dina'] };
const others: Viewed = { ...open, assignees: ['boris'] };
const elsewhere: Viewed = { region: 'KZ-71' };

describe('a case exists', () => {
  it.each([
    ['an unassigned one', open, { handler: true, supervisor: true, both: true }],
    ['one of their own', own, { handler: true, supervisor: true, both: true }],
    ['one of others', others, { handler: false, supervisor: true, both: true }],
    ['one that nobody has any more', { ...open, assignees: [] }, { handler: true, supervisor: true, both: true }],
    ['one that they are named in', { ...open, excluded: ['anna'] }, { handler: false, supervisor: false, both: false }],
    [
      'their own from which they stepped back',
      { ...own, excluded: ['anna'] },
      { handler: false, supervisor: false, both: false },
    ],
    [
      'one in which another is named',
      { ...open, excluded: ['boris'] },
      { handler: true, supervisor: true, both: true },
    ],
  ] as const)('%s', (_, file, expected) => {
    expect({ handler: sees(handler, file), supervisor: sees(supervisor, file), both: sees(both, file) }).toEqual(
      expected,
    );
  });

  it.each([handler, supervisor])('for a regional office only in its regions', (viewer) => {
    expect([sees(regional(viewer), open), sees(regional(viewer), elsewhere), sees(viewer, elsewhere)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(sees({ ...viewer, regions: [] }, open)).toBe(false);
  });
});
