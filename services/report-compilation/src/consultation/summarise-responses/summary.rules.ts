import type { CommentDecision, ModerationGround } from '@aiqyn/contracts';
import type { Language, Localised } from '../../report-model/report-model.rules.js';
import type { Answer } from '../answer-comment/answer.rules.js';
import { type CommentState, isVisible } from '../comments/comment-states.rules.js';
import { COMMENTER_KINDS, type CommenterKind } from '../comments/commenter.rules.js';
import type { Unit, UnitKind } from '../documents/units.rules.js';
import type { Anchor } from '../reanchor-comments/anchor.rules.js';
import type { Auditor } from '../../numbers/withhold-numbers/withhold.rules.js';
import { disclosed, type Disclosed } from './disclosure.rules.js';

/** What the summary needs of a comment. */
export interface SummarisedComment {
  readonly receiptNumber: string;
  readonly state: CommentState;
  readonly kind: CommenterKind;
  readonly region?: string;
  readonly language: Language;
  readonly text: string;
  readonly anchors: readonly Anchor[];
  readonly answers: readonly Answer[];
  readonly moderation: readonly { readonly ground?: ModerationGround }[];
}

export interface Consulted {
  readonly consultationId: string;
  readonly documentId: string;
  readonly documentVersion: number;
  readonly state: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly policy: string;
  readonly titles: Localised;
}

/** `hidden`: moderated; `open`: not answered yet, in a draft only. */
export type Outcome = CommentDecision | 'hidden' | 'open';
export const OUTCOMES: readonly Outcome[] = [
  'accepted',
  'partly',
  'rejected',
  'noted',
  'out-of-scope',
  'hidden',
  'open',
];

export interface NewText {
  readonly unitId: string;
  readonly number: string;
  /** Null for a unit that was taken out. */
  readonly text: Localised | null;
}

export interface ResponseGroup {
  readonly outcome: Outcome;
  readonly count: number;
  readonly comments: readonly {
    readonly receiptNumber: string;
    readonly language: Language;
    /** Null for a hidden one. */
    readonly text: string | null;
    /** The unit at which it stands now; null for an orphan. */
    readonly standsAt: string | null;
  }[];
  readonly moderationGround?: ModerationGround;
  readonly reason?: Partial<Localised>;
  readonly ground?: { readonly kind: string; readonly citation: string };
  readonly changed?: { readonly documentVersion: number; readonly units: readonly NewText[] };
  /** For the office only: told of a few comments, it would undo what the totals withhold. */
  readonly kinds?: Readonly<Record<string, number>>;
}

export interface SummaryRow {
  readonly unitId: string;
  readonly number: string;
  readonly kind: UnitKind;
  readonly text: Localised;
  readonly groups: readonly ResponseGroup[];
}

export interface Summary extends Consulted {
  readonly comments: number;
  readonly orphans: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly rows: readonly SummaryRow[];
  readonly who: { readonly byKind: Disclosed; readonly byRegion: Disclosed };
}

function outcomeOf({ state, answers }: SummarisedComment): Outcome {
  if (state === 'answered') return answers.at(-1)!.decision;
  return isVisible(state) || state === 'appealed' ? 'open' : 'hidden';
}

const counted = (names: readonly string[], all: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
  for (const one of all) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
};

/**
 * The summary of responses: unit by unit, in the order of the version that was commented on, the comments that got the same answer
 * together. Each comment stands in it exactly once, at the unit that it was made on.
 */
export function summaryOf(
  consulted: Consulted,
  units: readonly Unit[],
  comments: readonly SummarisedComment[],
  unitsOfVersion: ReadonlyMap<number, readonly Unit[]>,
  {
    smallestCount,
    forOffice,
    audit,
  }: { readonly smallestCount: number; readonly forOffice: boolean; readonly audit: Auditor },
): Summary {
  const sorted = [...comments].sort((a, b) => (a.receiptNumber < b.receiptNumber ? -1 : 1));
  const rows = units.flatMap((unit): SummaryRow[] => {
    const own = sorted.filter(({ anchors }) => anchors[0]!.unitId === unit.unitId);
    if (own.length === 0) return [];
    const groups = new Map<string, SummarisedComment[]>();
    for (const one of own) {
      const last = one.answers.at(-1);
      const said = last && [last.reason, last.ground, last.changed];
      const key = JSON.stringify([outcomeOf(one), outcomeOf(one) === 'hidden' ? groundOf(one) : said]);
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    const { unitId, number, kind, text } = unit;
    const inOrder = [...groups.values()]
      .map((all) => groupOf(all, unitsOfVersion, forOffice))
      .sort((a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome) || b.count - a.count);
    return [{ unitId, number, kind, text, groups: inOrder }];
  });
  const outcomes = counted(OUTCOMES, sorted.map(outcomeOf)) as Record<Outcome, number>;
  const regions = sorted.map(({ region }) => region ?? 'none');
  return {
    ...consulted,
    comments: sorted.length,
    orphans: sorted.filter(({ anchors }) => anchors.at(-1)!.how === 'orphan').length,
    outcomes,
    rows,
    who: {
      byKind: disclosed(
        counted(
          COMMENTER_KINDS,
          sorted.map(({ kind }) => kind),
        ),
        smallestCount,
        audit,
      ),
      byRegion: disclosed(counted([], regions), smallestCount, audit),
    },
  };
}

const groundOf = ({ moderation }: SummarisedComment): ModerationGround | undefined =>
  moderation.findLast(({ ground }) => ground)?.ground;

function groupOf(
  all: readonly SummarisedComment[],
  unitsOfVersion: ReadonlyMap<number, readonly Unit[]>,
  forOffice: boolean,
): ResponseGroup {
  const [first] = all as [SummarisedComment];
  const outcome = outcomeOf(first);
  const answered = outcome === 'hidden' || outcome === 'open' ? undefined : first.answers.at(-1);
  const moderationGround = outcome === 'hidden' ? groundOf(first) : undefined;
  return {
    outcome,
    count: all.length,
    comments: all.map((one) => {
      const now = one.anchors.at(-1)!;
      return {
        ...{ receiptNumber: one.receiptNumber, language: one.language, text: isVisible(one.state) ? one.text : null },
        standsAt: now.how === 'orphan' ? null : now.unitId,
      };
    }),
    ...(moderationGround ? { moderationGround } : {}),
    ...(answered ? { reason: answered.reason } : {}),
    ...(answered?.ground ? { ground: answered.ground } : {}),
    ...(answered?.changed ? { changed: newTexts(answered.changed, unitsOfVersion) } : {}),
    ...(forOffice
      ? {
          kinds: counted(
            [],
            all.map(({ kind }) => kind),
          ),
        }
      : {}),
  };
}

function newTexts(
  { documentVersion, unitIds }: NonNullable<Answer['changed']>,
  unitsOfVersion: ReadonlyMap<number, readonly Unit[]>,
): NonNullable<ResponseGroup['changed']> {
  const units = unitsOfVersion.get(documentVersion) ?? [];
  return {
    documentVersion,
    units: unitIds.map((unitId) => {
      const unit = units.find((one) => one.unitId === unitId);
      return { unitId, number: unit?.number ?? '', text: unit?.text ?? null };
    }),
  };
}
