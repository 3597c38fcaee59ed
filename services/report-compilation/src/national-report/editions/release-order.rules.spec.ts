import { describe, expect, it } from '@jest/globals';
import {
  assertCompiled,
  assertMayBePublic,
  mayAct,
  move,
  type ReportStep,
  type Seals,
  TRANSITIONS,
} from './release-order.rules.js';

const steps = Object.keys(TRANSITIONS) as ReportStep[];

describe('the order of release', () => {
  it.each(steps.flatMap((from) => steps.map((to) => [from, to] as const)))('%s to %s', (from, to) => {
    const allowed: readonly ReportStep[] = TRANSITIONS[from];
    if (allowed.includes(to)) expect(move(from, to)).toBe(to);
    else expect(() => move(from, to)).toThrow(expect.objectContaining({ code: 'illegal_transition' }));
  });

  it('is the one that the law and the notes name', () => {
    const way = [
      'draft',
      'collected',
      'assessed',
      'compiled',
      'consulted',
      'approved',
      'submitted',
      'published',
      'corrected',
    ];
    for (let i = 1; i < way.length; i += 1) expect(TRANSITIONS[way[i - 1] as ReportStep]).toContain(way[i]);
    expect(steps).toEqual(way);
  });

  it('refuses an author as approver, and anybody twice from there on', () => {
    const history = [
      { step: 'draft', actor: 'a' },
      { step: 'compiled', actor: 'b' },
      { step: 'approved', actor: 'c' },
    ];
    expect(() => mayAct(history, 'a', 'consulted')).not.toThrow();
    for (const actor of ['a', 'b', 'c'])
      expect(() => mayAct(history, actor, 'submitted')).toThrow(expect.objectContaining({ code: 'same_person' }));
    expect(() => mayAct(history, 'd', 'submitted')).not.toThrow();
  });

  it('takes whoever wrote a text for an author, though he took no step', () => {
    const history = [{ step: 'draft', actor: 'a' }];
    expect(() => mayAct(history, 'w', 'approved', ['w'])).toThrow(expect.objectContaining({ code: 'same_person' }));
    expect(() => mayAct(history, 'w', 'compiled', ['w'])).not.toThrow();
    expect(() => mayAct(history, 'd', 'approved', ['w'])).not.toThrow();
  });

  it('has nothing heard or approved that is not built', () => {
    expect(() => assertCompiled(undefined)).toThrow(expect.objectContaining({ code: 'not_compiled' }));
    expect(() => assertCompiled({})).not.toThrow();
  });
});

describe('what is public', () => {
  const whole: Seals = { receiptNumber: 'AP-1', manifestSha256: 'ab', signed: true, checks: { withheld: true } };
  it.each([
    ['no receipt of the submission', { receiptNumber: undefined }, 'no_receipt'],
    ['no manifest', { manifestSha256: undefined }, 'no_seal'],
    ['no signature', { signed: false }, 'no_seal'],
    ['a failed check', { checks: { withheld: false } }, 'check_failed'],
  ])('is not one with %s', (_, without, code) => {
    expect(() => assertMayBePublic({ ...whole, ...without })).toThrow(expect.objectContaining({ code }));
  });

  it('is none while checks of the build failed, and says how many and which', () => {
    expect(() => assertMayBePublic({ ...whole, checks: { languages: false, withheld: true } })).toThrow(
      expect.objectContaining({ details: { field: 'checks', open: { count: 1, first: ['languages'] } } }),
    );
  });

  it('is one with all of them', () => {
    expect(() => assertMayBePublic(whole)).not.toThrow();
  });
});
