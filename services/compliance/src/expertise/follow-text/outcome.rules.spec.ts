import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { FindingAnswer, FindingOutcome } from '@aiqyn/contracts';
import type { Finding } from '../draft-acts/findings.rules.js';
import { catalogueOf } from '../factors/catalogue.rules.js';
import { actText } from '../read-act/act-text.rules.js';
import { screen } from '../screen-act/screen.rules.js';
import { laterText, outcomeOf } from './outcome.rules.js';

const catalogue = catalogueOf(
  JSON.parse(readFileSync(new URL('../../../data/expertise/corruptogenic-factors.json', import.meta.url), 'utf8')),
);
const FIRST = `Статья 1. Настоящий Закон регулирует выдачу разрешений.
Статья 2. Комиссия вправе выдать разрешение заявителю, представившему полный комплект документов.
Статья 3. Указанный срок может быть продлен комиссией.
Статья 4. Закон вводится в действие через десять дней.`;
const first = actText(FIRST, 'ru');
const findings = screen(first, catalogue).map((candidate, i): Finding => ({
  ...candidate,
  ...{ findingId: `f${i}`, textVersion: 1, language: 'ru', origin: 'screening', status: 'confirmed' },
}));
const may = findings.find(({ code }) => code === 'DISC-02')!;

describe('what a later text does to a finding', () => {
  const TEXTS = {
    'the duty is set': FIRST.replace('вправе выдать', 'выдает').replace(
      'документов.',
      'документов, в течение пяти дней.',
    ),
    'the words are others, the power stays': FIRST.replace(
      'заявителю, представившему полный комплект',
      'тому заявителю, который представил полный комплект',
    ),
    'nothing changes but the number': FIRST.replace('Статья 3.', 'Статья 3. Разрешение бесплатно.\nСтатья 4.').replace(
      'Статья 4. Закон',
      'Статья 5. Закон',
    ),
    'the article is gone': FIRST.replace(/Статья 2.*\n/, ''),
    'it moved to another article': FIRST.replace('Статья 2.', 'Статья 2. Разрешение бесплатно.\nСтатья 3.').replace(
      'Статья 3. Указанный',
      'Статья 4. Указанный',
    ),
  };
  it.each<[keyof typeof TEXTS, FindingAnswer | undefined, FindingOutcome]>([
    ['the duty is set', 'accepted', 'removed'],
    ['the words are others, the power stays', 'accepted', 'changed'],
    ['the words are others, the power stays', 'rejected', 'changed'],
    ['nothing changes but the number', 'rejected', 'kept'],
    ['nothing changes but the number', 'accepted', 'ignored'],
    ['nothing changes but the number', 'accepted-in-part', 'ignored'],
    ['nothing changes but the number', undefined, 'ignored'],
    ['the article is gone', 'rejected', 'removed'],
    ['it moved to another article', 'rejected', 'kept'],
  ])('%s, answered %s: %s', (text, answer, outcome) => {
    const after = actText(TEXTS[text], 'ru');
    const finding = answer ? { ...may, answer: { answer, reason: 'r', day: '2026-01-01', by: 'x' } } : may;
    const settled = outcomeOf(finding, first, laterText(after), screen(after, catalogue), 2);
    expect(settled.outcome).toBe(outcome);
    if (settled.start !== undefined) expect(after.text.slice(settled.start, settled.end)).toBe(settled.quote);
  });

  it('an expert looks at the rewritten norm of a finding that no rule sees', () => {
    const own: Finding = { ...may, code: 'CONF-02', origin: 'expert' };
    const changed = actText(TEXTS['the words are others, the power stays'], 'ru');
    expect(outcomeOf(own, first, laterText(changed), [], 2)).toMatchObject({ outcome: 'changed', article: 2 });
    const gone = actText(TEXTS['the article is gone'], 'ru');
    expect(outcomeOf(own, first, laterText(gone), [], 2)).toEqual({ textVersion: 2, outcome: 'removed' });
  });
});
