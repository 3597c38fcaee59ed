import { transition, type Transitions } from '@aiqyn/contracts';

/** Corruption-risk analysis of a body by the agency, by the body itself, and anti-corruption monitoring (law 410-V, art. 7 and 8). */
export const ANALYSIS_KINDS = ['external', 'internal', 'monitoring'] as const;
export type AnalysisKind = (typeof ANALYSIS_KINDS)[number];

/** The states of each procedure and where each may go (domain notes d.2, d.3); statuses, answers and tests follow from these tables. */
export const ANALYSIS_TRANSITIONS = {
  external: {
    proposed: ['decided', 'withdrawn'],
    decided: ['collecting'],
    collecting: ['analysing'],
    analysing: ['drafted'],
    drafted: ['signed'],
    signed: ['recommended', 'closed'],
    recommended: ['plan-agreed'],
    'plan-agreed': ['closed'],
    withdrawn: [],
    closed: [],
  },
  internal: {
    ordered: ['collecting'],
    collecting: ['analysing'],
    analysing: ['drafted'],
    drafted: ['signed'],
    signed: ['recommended', 'closed'],
    recommended: ['closed'],
    closed: [],
  },
  monitoring: {
    opened: ['collecting'],
    collecting: ['analysing'],
    analysing: ['concluded'],
    concluded: ['closed'],
    closed: [],
  },
} as const satisfies Record<AnalysisKind, Transitions<string>>;

type StatesOf<K extends AnalysisKind> = keyof (typeof ANALYSIS_TRANSITIONS)[K];
export type AnalysisState = StatesOf<'external'> | StatesOf<'internal'> | StatesOf<'monitoring'>;

/** Where a procedure begins. */
export const FIRST: Readonly<Record<AnalysisKind, AnalysisState>> = {
  external: 'proposed',
  internal: 'ordered',
  monitoring: 'opened',
};

/** The state after the move; throws RuleError `illegal_transition` with the moves that are allowed. */
export const moveAnalysis = (kind: AnalysisKind, from: AnalysisState, to: AnalysisState): AnalysisState =>
  transition(
    (ANALYSIS_TRANSITIONS as Record<AnalysisKind, Partial<Transitions<AnalysisState>>>)[
      kind
    ] as Transitions<AnalysisState>,
    from,
    to,
  );

/** States in which measures of the body are controlled, quarter by quarter. */
export const isControlled = (kind: AnalysisKind, state: AnalysisState): boolean =>
  state === (kind === 'external' ? 'plan-agreed' : 'recommended') && kind !== 'monitoring';
