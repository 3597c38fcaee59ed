import type { Transitions } from '@aiqyn/contracts';

export const MATCH_STATES = ['proposed', 'confirmed', 'rejected'] as const;
export type MatchState = (typeof MATCH_STATES)[number];

/** What a person decides can be undone. */
export const MATCH_MOVES: Transitions<MatchState> = {
  proposed: ['confirmed', 'rejected'],
  confirmed: ['proposed'],
  rejected: ['proposed'],
};
