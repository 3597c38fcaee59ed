import { describe, expect, it } from '@jest/globals';
import type { UnitDiff } from '../documents/version-diff.rules.js';
import { readAnswer, reachedByCluster, type ToldAnswer } from './answer.rules.js';

const lengths = { reasonCharacters: 5, rejectionCharacters: 20 };
const diff: UnitDiff[] = [
  { unitId: 'p1', change: 'changed', fields: ['text.kk'] },
  { unitId: 'p2', change: 'same', fields: [] },
  { unitId: 'p3', change: 'removed', fields: [] },
  { unitId: 'p4', change: 'added', fields: [] },
];
const read = (told: ToldAnswer, languages: readonly ('kk' | 'ru' | 'en')[] = ['ru']) =>
  readAnswer(told, languages, 1, (version) => (version === 2 ? diff : undefined), lengths);
const long = 'Тақырыпқа қатысты, бірақ заңға қайшы.';
const ground = { kind: 'legal', citation: 'Закон, ст. 5' } as const;
const changed = { documentVersion: 2, unitIds: ['p1'] };

describe('an answer', () => {
  it.each([
    ['accepted, with what changed', { decision: 'accepted', reason: { ru: 'Учтено.' }, changed }],
    [
      'for a unit that was added or removed',
      { decision: 'partly', reason: { ru: 'Учтено.' }, changed: { ...changed, unitIds: ['p3', 'p4'] } },
    ],
    ['rejected, with its ground', { decision: 'rejected', reason: { ru: long }, ground }],
    ['noted', { decision: 'noted', reason: { ru: 'Спасибо.' } }],
    ['out of scope, with a ground', { decision: 'out-of-scope', reason: { ru: 'Не здесь.' }, ground }],
  ] as [string, ToldAnswer][])('is taken: %s', (_, told) => expect(read(told)).toMatchObject(told));

  it.each([
    ['without a reason', { decision: 'noted', reason: {} }, 'reason_missing', 'reason.ru'],
    ['in another language only', { decision: 'noted', reason: { en: 'Thank you.' } }, 'reason_missing', 'reason.ru'],
    ['with a short one', { decision: 'noted', reason: { ru: ' Нет \n' } }, 'reason_too_short', 'reason.ru'],
    [
      'with a short one in another language',
      { decision: 'noted', reason: { ru: 'Спасибо.', en: 'No' } },
      'reason_too_short',
      'reason.en',
    ],
    [
      'rejected in a word',
      { decision: 'rejected', reason: { ru: 'Не принято.' }, ground },
      'reason_too_short',
      'reason.ru',
    ],
    ['rejected without a ground', { decision: 'rejected', reason: { ru: long } }, 'ground_missing', 'ground'],
    [
      'rejected without a citation',
      { decision: 'rejected', reason: { ru: long }, ground: { ...ground, citation: ' ' } },
      'ground_missing',
      'ground',
    ],
    ['accepted without a change', { decision: 'accepted', reason: { ru: 'Учтено.' } }, 'change_missing', 'changed'],
    [
      'accepted, no unit named',
      { decision: 'accepted', reason: { ru: 'Учтено.' }, changed: { documentVersion: 2, unitIds: [] } },
      'change_missing',
      'changed',
    ],
    [
      'accepted in the version commented on',
      { decision: 'accepted', reason: { ru: 'Учтено.' }, changed: { documentVersion: 1, unitIds: ['p1'] } },
      'no_such_version',
      'changed.documentVersion',
    ],
    [
      'accepted in no version',
      { decision: 'accepted', reason: { ru: 'Учтено.' }, changed: { documentVersion: 3, unitIds: ['p1'] } },
      'no_such_version',
      'changed.documentVersion',
    ],
    [
      'accepted, the unit as it was',
      { decision: 'partly', reason: { ru: 'Учтено.' }, changed: { ...changed, unitIds: ['p1', 'p2'] } },
      'unit_not_changed',
      'changed.unitIds.1',
    ],
    [
      'accepted, no such unit',
      { decision: 'accepted', reason: { ru: 'Учтено.' }, changed: { ...changed, unitIds: ['p9'] } },
      'unit_not_changed',
      'changed.unitIds.0',
    ],
    ['noted with a change', { decision: 'noted', reason: { ru: 'Спасибо.' }, changed }, 'not_for_decision', 'changed'],
  ] as [string, ToldAnswer, string, string][])('is refused: %s', (_, told, code, field) =>
    expect(() => read(told)).toThrow(expect.objectContaining({ code, details: { field } })),
  );

  it('to a cluster has a reason in each language of it', () => {
    const told: ToldAnswer = { decision: 'noted', reason: { ru: 'Спасибо.' } };
    expect(() => read(told, ['ru', 'kk'])).toThrow(expect.objectContaining({ details: { field: 'reason.kk' } }));
    expect(read({ ...told, reason: { ru: 'Спасибо.', kk: 'Рақмет сізге.' } }, ['ru', 'kk'])).toBeDefined();
  });

  it.each([
    ['received', undefined, true],
    ['answered', 'c1', true],
    ['answered', 'c2', false],
    ['answered', undefined, false],
    ['restored', undefined, false],
    ['hidden', undefined, false],
    ['appealed', undefined, false],
    ['upheld', undefined, false],
  ])('to a cluster reaches a comment that is %s, answered last with %s: %s', (state, cluster, reached) =>
    expect(reachedByCluster({ state, answers: cluster ? [{ cluster }] : state === 'answered' ? [{}] : [] }, 'c1')).toBe(
      reached,
    ),
  );
});
