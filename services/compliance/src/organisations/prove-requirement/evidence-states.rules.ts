import { transition, type Transitions } from '@aiqyn/contracts';

/** Where an evidence may go; another try is another evidence. */
export const EVIDENCE_TRANSITIONS = {
  requested: ['submitted'],
  submitted: ['accepted', 'rejected'],
  accepted: ['expired'],
  rejected: [],
  expired: [],
} as const satisfies Transitions<string>;

export type EvidenceState = keyof typeof EVIDENCE_TRANSITIONS;
export const EVIDENCE_STATES = Object.keys(EVIDENCE_TRANSITIONS) as EvidenceState[];

/** The state after the move; throws RuleError `illegal_transition` with the moves that are allowed. */
export const moveEvidence = (from: EvidenceState, to: EvidenceState): EvidenceState =>
  transition(EVIDENCE_TRANSITIONS as Transitions<EvidenceState>, from, to);

/** Why an evidence proves nothing; codes, no prose. */
export const REJECTIONS = ['not-genuine', 'other-requirement', 'incomplete', 'unreadable', 'wrong-day'] as const;
