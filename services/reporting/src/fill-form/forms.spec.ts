import { describe, expect, it } from '@jest/globals';
import { formDefinition, type FormDefinition } from './form.rules.js';
import { Forms } from './forms.js';

const forms = new Forms();
const facts = { category: 'gift', mode: 'anonymous', areaCode: 'roads', region: 'KZ-75' };
const refusal = (work: () => unknown): unknown[] => {
  try {
    work();
    return ['accepted'];
  } catch (error) {
    const { code, details } = error as { code: string; details: { field: string } };
    return [code, details.field];
  }
};

describe('the forms of the report kinds', () => {
  it('are five, complete in three languages', () => {
    expect(forms.offered('default').map((f) => f.kind)).toEqual([
      'corruption',
      'gift',
      'procurement',
      'quasi-public-employer',
      'retaliation',
    ]);
    expect(forms.offered('another')).toEqual([]);
  });

  it.each<[string, string, object, object | undefined, unknown[]]>([
    ['facts that fit', 'gift/1', facts, undefined, ['accepted']],
    ['answers that fit', 'gift/1', facts, { gift: 'a watch', receiver: 'the head' }, ['accepted']],
    ['another category', 'gift/1', { ...facts, category: 'bribery' }, undefined, ['form_not_filled', 'category']],
    ['a missing fact', 'gift/1', { ...facts, region: undefined }, undefined, ['form_not_filled', 'region']],
    [
      'an employer without its number',
      'quasi-public-employer/1',
      { ...facts, category: 'quasi-public-employer' },
      undefined,
      ['form_not_filled', 'organisationBin'],
    ],
    ['a missing answer', 'gift/1', facts, { gift: 'a watch' }, ['form_not_filled', 'answers.receiver']],
    ['an empty answer', 'gift/1', facts, { gift: '', receiver: 'x' }, ['form_not_filled', 'answers.gift']],
    [
      'a wrong choice',
      'gift/1',
      facts,
      { gift: 'x', receiver: 'x', refused: 'perhaps' },
      ['form_not_filled', 'answers.refused'],
    ],
    ['an unknown answer', 'gift/1', facts, { gift: 'x', receiver: 'x', secret: 'x' }, ['form_not_filled', 'answers']],
    ['a form of the future', 'gift/2', facts, undefined, ['unknown_form', 'form']],
  ])('judge %s', (_, id, given, answers, expected) => {
    const without = Object.fromEntries(Object.entries(given).filter(([, v]) => v !== undefined));
    expect(refusal(() => forms.check(id, without, answers))).toEqual(expected);
  });

  it('never repeat what was typed', () => {
    try {
      forms.check('gift/1', facts, { gift: 'x', receiver: 'x', 'CANARY-name': 'CANARY-value' });
    } catch (error) {
      expect(JSON.stringify([error, (error as Error).message])).not.toContain('CANARY');
    }
    expect.assertions(1);
  });
});

describe('a form definition', () => {
  const good = forms.find('gift/1')!;
  const without = (path: 'labels' | 'choices', name: string): unknown => ({
    ...good,
    [path]: Object.fromEntries(Object.entries(good[path]).filter(([key]) => key !== name)),
  });
  it.each<[string, unknown, string]>([
    ['an unsealed field of its own', { ...good, facts: { ...good.facts, properties: { witness: {} } } }, 'witness'],
    ['a label missing', without('labels', 'giver'), 'labels.giver'],
    ['a choice without a label', without('choices', 'refused'), 'choices.refused.yes'],
    ['a language missing', { ...good, title: { kk: 'x', ru: 'x', en: ' ' } } satisfies FormDefinition, 'title'],
    ['open answers', { ...good, answers: { ...good.answers, additionalProperties: true } }, 'closed'],
    ['a required answer that is not asked', { ...good, answers: { ...good.answers, required: ['x'] } }, 'answers.x'],
    ['no number', { ...good, version: 0 }, 'version'],
  ])('with %s keeps the service from starting', (_, value, named) =>
    expect(() => formDefinition(value)).toThrow(named),
  );
});
