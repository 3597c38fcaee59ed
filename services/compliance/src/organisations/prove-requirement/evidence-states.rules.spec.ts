import { describe, expect, it } from '@jest/globals';
import { EVIDENCE_STATES, EVIDENCE_TRANSITIONS, moveEvidence } from './evidence-states.rules.js';

describe('an evidence', () => {
  it.each(EVIDENCE_STATES.flatMap((from) => EVIDENCE_STATES.map((to) => [from, to] as const)))(
    '%s to %s',
    (from, to) => {
      const allowed: readonly string[] = EVIDENCE_TRANSITIONS[from];
      if (allowed.includes(to)) expect(moveEvidence(from, to)).toBe(to);
      else expect(() => moveEvidence(from, to)).toThrow(expect.objectContaining({ code: 'illegal_transition' }));
    },
  );
});
