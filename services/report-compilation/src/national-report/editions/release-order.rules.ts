import { RuleError, transition, type Transitions } from '@aiqyn/contracts';

/**
 * The order of release (domain notes R10): nothing is left out, and nothing that was printed is changed; what was wrong in print
 * becomes a new edition. After the consultation an edition may be compiled once more, with what the answers changed.
 */
export const TRANSITIONS = {
  draft: ['collected'],
  collected: ['assessed'],
  assessed: ['compiled'],
  compiled: ['compiled', 'consulted'],
  consulted: ['compiled', 'approved'],
  approved: ['submitted'],
  submitted: ['published'],
  published: ['corrected'],
  corrected: [],
} as const satisfies Transitions<string>;

export type ReportStep = keyof typeof TRANSITIONS;
export const REPORT_STEPS = Object.keys(TRANSITIONS) as ReportStep[];

/** The state after the move; throws RuleError `illegal_transition`. */
export const move = (from: ReportStep, to: ReportStep): ReportStep => transition<ReportStep>(TRANSITIONS, from, to);

/** Steps of the house that writes the report; whoever took one is its author. */
const WRITING: readonly ReportStep[] = ['draft', 'collected', 'assessed', 'compiled', 'consulted'];

/**
 * Authors take the steps of writing, and write; each of approval, submission and publication is taken by a person who has taken none before.
 * Throws RuleError `same_person`.
 */
export function mayAct(
  history: readonly { readonly step: string; readonly actor: string }[],
  actor: string,
  step: ReportStep,
  writers: readonly string[] = [],
): void {
  if (WRITING.includes(step)) return;
  if (writers.includes(actor))
    throw new RuleError('same_person', `whoever wrote in the report cannot take the step to ${step}`);
  const earlier = history.find((h) => h.actor === actor);
  if (earlier) throw new RuleError('same_person', `whoever ${earlier.step} the report cannot take the step to ${step}`);
}

/** Throws RuleError `not_compiled` when a text was written since the edition was built: what is heard and approved is what is printed. */
export function assertCompiled(build: object | undefined): void {
  if (build === undefined)
    throw new RuleError('not_compiled', 'a text was changed since the edition was compiled: compile it again', {
      field: 'build',
    });
}

/** Texts, material and what was heard may change until the edition is approved; the numbers are sealed before. */
export const isWritable = (state: ReportStep): boolean => WRITING.includes(state);

/** Who else than the house sees it: from the print on, also when a later edition corrects it. */
export const PUBLIC_STATES: readonly ReportStep[] = ['published', 'corrected'];

/** What a publication needs beside its place in the order. */
export interface Seals {
  readonly receiptNumber?: string;
  readonly manifestSha256?: string;
  readonly signed: boolean;
  /** Accessible and archival (R5), and nothing withheld can be recovered (R7), as the build found. */
  readonly checks: Readonly<Record<string, boolean>>;
}

/** Throws RuleError `no_receipt`, `no_seal` or `check_failed` naming what is missing before the report may be public. */
export function assertMayBePublic({ receiptNumber, manifestSha256, signed, checks }: Seals): void {
  if (receiptNumber === undefined)
    throw new RuleError('no_receipt', 'the receipt of the submission to the President is not recorded', {
      field: 'receipt',
    });
  if (manifestSha256 === undefined || !signed)
    throw new RuleError('no_seal', 'the package has no signed manifest', { field: 'manifest' });
  const failed = Object.keys(checks).filter((name) => !checks[name]);
  if (failed.length > 0)
    throw new RuleError('check_failed', 'a check of the build did not pass', {
      field: 'checks',
      open: { count: failed.length, first: failed },
    });
}
