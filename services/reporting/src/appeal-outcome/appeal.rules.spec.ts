import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { CASE_STATES } from '../cases/case-states.rules.js';
import { type Appeal, type Appealed, appealPack, appealUntil, heard, lodged, wayBack } from './appeal.rules.js';

const raw = JSON.parse(readFileSync(new URL('../../data/policies/appeals.json', import.meta.url), 'utf8')) as object;
const pack = { ...appealPack(raw), appealDays: 30 };
const open: Appeal = { appealId: 'a', state: 'lodged', day: '2025-03-10', policy: pack.id };
const rejected: Appealed = { state: 'rejected', feedbackDay: '2025-03-01', outcomeBy: 'anna' };

describe('the pack', () => {
  it.each(['id', 'effectiveFrom', 'appealDays'])('is refused without %s, naming it', (field) => {
    expect(() => appealPack({ ...raw, [field]: undefined })).toThrow(
      expect.objectContaining({ code: 'bad_policy', details: { field } }),
    );
  });
  it.each([0, -1, 1.5])('is refused with %d days', (appealDays) => {
    expect(() => appealPack({ ...raw, appealDays })).toThrow('appealDays');
  });
});

describe('an outcome', () => {
  it.each<[string, Appealed, string | undefined]>([
    ['a rejection', rejected, '2025-03-31'],
    ['an inquiry without a finding', { ...rejected, state: 'unsubstantiated' }, '2025-03-31'],
    ['a closed rejection', { ...rejected, state: 'closed', closedFrom: 'rejected' }, '2025-03-31'],
    ['a closed decision of a court', { ...rejected, state: 'closed', closedFrom: 'decided-not-liable' }, undefined],
    ['a referral', { ...rejected, state: 'referred' }, undefined],
    ['a closed case of unknown outcome', { ...rejected, state: 'closed' }, undefined],
    ['a rejection of which nobody was told', { ...rejected, feedbackDay: null }, undefined],
    ['a rejection with an open appeal', { ...rejected, appeal: open }, undefined],
    ['a rejection that was upheld', { ...rejected, appeal: { ...open, state: 'upheld' } }, undefined],
    ['a case under investigation', { ...rejected, state: 'under-investigation' }, undefined],
  ])('that is %s may be appealed until its day', (_, file, until) => expect(appealUntil(pack, file)).toBe(until));

  it.each<[string, Appealed, string, string]>([
    ['on the last day', rejected, '2025-03-31', 'lodged'],
    ['a day late', rejected, '2025-04-01', 'appeal_too_late'],
    ['twice', { ...rejected, appeal: open }, '2025-03-11', 'already_done'],
    ['after it was upheld', { ...rejected, appeal: { ...open, state: 'upheld' } }, '2025-03-11', 'already_done'],
    ['while triage goes on', { ...rejected, state: 'in-triage' }, '2025-03-11', 'not_appealable'],
  ])('appealed %s: %s', (_, file, day, result) => {
    const appeal = () => lodged(pack, file, 'a', day);
    if (result === 'lodged') expect(appeal()).toEqual({ ...open, day });
    else expect(appeal).toThrow(expect.objectContaining({ code: result }));
  });

  it('names the last day when it is too late', () => {
    expect(() => lodged(pack, rejected, 'a', '2025-05-01')).toThrow('2025-03-31');
  });

  it.each<[string, Appealed, string, string]>([
    ['another person', { ...rejected, appeal: open }, 'boris', 'allowed'],
    ['who rejected', { ...rejected, appeal: open }, 'anna', 'same_person'],
    ['somebody without an appeal', rejected, 'boris', 'no_appeal'],
    ['a second time', { ...rejected, appeal: { ...open, state: 'upheld' } }, 'boris', 'no_appeal'],
  ])('is heard by %s: %s', (_, file, by, result) => {
    const decide = () => heard(file, 'allowed', { by, day: '2025-04-02' });
    if (result === 'allowed') expect(decide()).toEqual({ ...open, state: 'allowed', day: '2025-04-02', decidedBy: by });
    else expect(decide).toThrow(expect.objectContaining({ code: result }));
  });
});

describe('the way back into triage', () => {
  it.each(CASE_STATES)('from %s goes by the table', (state) => {
    if (state === 'closed') expect(wayBack(state)).toEqual(['in-triage']);
    else if (['rejected', 'unsubstantiated', 'referred', 'decided-liable', 'decided-not-liable'].includes(state))
      expect(wayBack(state)).toEqual(['closed', 'in-triage']);
    else expect(() => wayBack(state)).toThrow(expect.objectContaining({ code: 'illegal_transition' }));
  });
});
