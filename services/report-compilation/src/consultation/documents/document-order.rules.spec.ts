import { describe, expect, it } from '@jest/globals';
import { type DocumentFacts, mayAdopt, mayConsult, mayPublish } from './document-order.rules.js';

const head = (documentVersion: number) => ({ documentVersion, day: '2025-01-01', by: 'anna', sha256: 'ab', units: 1 });
const facts = (more: Partial<DocumentFacts> = {}): DocumentFacts => ({
  versions: [head(1), head(2), head(3)],
  published: 2,
  ...more,
});
const receiving = { consultation: { receiving: true } };
const answering = { consultation: { receiving: false } };

describe('a version of a document', () => {
  it.each([
    ['publish', 3, 'boris', facts(), 'done'],
    ['publish', 3, 'anna', facts(), 'same_person'],
    ['publish', 2, 'boris', facts(), 'already_done'],
    ['publish', 1, 'boris', facts(), 'already_done'],
    ['publish', 4, 'boris', facts(), 'no_such_version'],
    ['publish', 3, 'boris', facts(receiving), 'under_consultation'],
    ['publish', 3, 'boris', facts(answering), 'done'],
    ['adopt', 2, 'boris', facts(), 'done'],
    ['adopt', 2, 'anna', facts(), 'same_person'],
    ['adopt', 3, 'boris', facts(), 'not_published'],
    ['adopt', 1, 'boris', facts(), 'not_published'],
    ['adopt', 2, 'boris', facts(answering), 'under_consultation'],
    ['consult', 2, 'anna', facts(), 'done'],
    ['consult', 3, 'anna', facts(), 'not_published'],
    ['consult', 9, 'anna', facts(), 'no_such_version'],
    ['consult', 2, 'anna', facts(receiving), 'under_consultation'],
  ] as ['publish' | 'adopt' | 'consult', number, string, DocumentFacts, string][])(
    'to %s, number %s, by %s: %#',
    (step, number, by, document, outcome) => {
      const decide = () =>
        step === 'consult'
          ? mayConsult(document, number)
          : (step === 'publish' ? mayPublish : mayAdopt)(document, number, by);
      if (outcome === 'done') expect(decide().documentVersion).toBe(number);
      else expect(decide).toThrow(expect.objectContaining({ code: outcome }));
    },
  );
});
