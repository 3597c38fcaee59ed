import { type CommentDecision, RuleError } from '@aiqyn/contracts';
import { type Language, type Localised } from '../../report-model/report-model.rules.js';
import { lengthOf, plainText } from '../documents/plain-text.rules.js';
import type { UnitDiff } from '../documents/version-diff.rules.js';

export const ANSWER_GROUNDS = ['legal', 'factual'] as const;
export type AnswerGround = (typeof ANSWER_GROUNDS)[number];

export interface ToldAnswer {
  readonly decision: CommentDecision;
  /** In the language of the comment at least. */
  readonly reason: Partial<Localised>;
  /** The units that were changed for it, and in which version. */
  readonly changed?: { readonly documentVersion: number; readonly unitIds: readonly string[] };
  readonly ground?: { readonly kind: AnswerGround; readonly citation: string };
}

/** An answer; the last one of a comment holds, those before stay. */
export interface Answer extends ToldAnswer {
  readonly day: string;
  readonly by: string;
  /** The cluster that it was given to as one. */
  readonly cluster?: string;
}

interface Lengths {
  readonly reasonCharacters: number;
  readonly rejectionCharacters: number;
}

/**
 * Reads an answer to comments in these languages. `diffFrom` tells what the named version changed against the one that was commented
 * on; undefined when there is no such version. Throws RuleError naming the field: `reason_missing`, `reason_too_short`, `ground_missing`,
 * `change_missing`, `no_such_version`, `unit_not_changed`, `not_for_decision`.
 */
export function readAnswer(
  { decision, reason, changed, ground }: ToldAnswer,
  languages: readonly Language[],
  commentedOn: number,
  diffFrom: (documentVersion: number) => readonly UnitDiff[] | undefined,
  { reasonCharacters, rejectionCharacters }: Lengths,
): ToldAnswer {
  const refuse = (code: string, field: string, why: string): never => {
    throw new RuleError(code, why, { field });
  };
  const least = decision === 'rejected' ? rejectionCharacters : reasonCharacters;
  const reasons: Partial<Record<Language, string>> = {};
  for (const lang of ['kk', 'ru', 'en'] as const) {
    const told = reason[lang];
    if (told === undefined) {
      if (languages.includes(lang))
        refuse('reason_missing', `reason.${lang}`, 'a reason in the language of each comment');
      continue;
    }
    reasons[lang] = plainText(told);
    if (lengthOf(reasons[lang]) < least)
      refuse('reason_too_short', `reason.${lang}`, `this answer has a reason of at least ${least} characters`);
  }
  const follows = decision === 'accepted' || decision === 'partly';
  if (follows) {
    if (!changed || changed.unitIds.length === 0)
      return refuse('change_missing', 'changed', 'name the units that were changed, and the version');
    const { documentVersion, unitIds } = changed;
    const diff = documentVersion > commentedOn ? diffFrom(documentVersion) : undefined;
    if (!diff)
      return refuse(
        'no_such_version',
        'changed.documentVersion',
        'a later version than the one commented on, or its draft',
      );
    const differ = new Set(diff.filter(({ change }) => change !== 'same').map(({ unitId }) => unitId));
    const same = unitIds.findIndex((unitId) => !differ.has(unitId));
    if (same >= 0)
      refuse('unit_not_changed', `changed.unitIds.${same}`, 'this unit is the same in that version, or is none');
  } else if (changed) {
    refuse('not_for_decision', 'changed', 'only what is accepted, in whole or in part, changes a unit');
  }
  if (decision === 'rejected') {
    if (!ground || plainText(ground.citation) === '')
      refuse('ground_missing', 'ground', 'a rejection names its legal or factual ground and cites it');
  }
  return {
    ...{ decision, reason: reasons },
    ...(changed
      ? { changed: { documentVersion: changed.documentVersion, unitIds: [...new Set(changed.unitIds)] } }
      : {}),
    ...(ground ? { ground: { kind: ground.kind, citation: plainText(ground.citation) } } : {}),
  };
}

/** Whether an answer to a cluster reaches this comment of it: not one that is hidden, nor one that was answered by itself. */
export function reachedByCluster(
  { state, answers }: { readonly state: string; readonly answers: readonly Pick<Answer, 'cluster'>[] },
  cluster: string,
): boolean {
  if (state === 'received') return true;
  // Shown again after an appeal, it was read by itself: its answer is its own.
  return state === 'answered' && answers.at(-1)?.cluster === cluster;
}
