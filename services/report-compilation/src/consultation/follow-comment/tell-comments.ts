import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, trusted } from 'mongoose';
import type { ModerationGround } from '@aiqyn/contracts';
import { type Page, pageById, type PageQuery } from '@aiqyn/platform';
import type { Language } from '../../report-model/report-model.rules.js';
import type { Answer } from '../answer-comment/answer.rules.js';
import { Comment } from '../comments/comment.schema.js';
import { appealBy, COMMENT_STATES, type CommentState, isVisible } from '../comments/comment-states.rules.js';
import { Comments } from '../comments/comments.js';
import { readReceiptNumber } from '../comments/receipt-number.rules.js';
import { Consultations } from '../consultations/consultations.js';
import { ConsultationPolicies } from '../policies/consultation-policies.js';
import type { Anchor } from '../reanchor-comments/anchor.rules.js';

/** An answer as everybody reads it: without who gave it. */
export type ShownAnswer = Pick<Answer, 'day' | 'decision' | 'reason' | 'changed' | 'ground'>;

interface Shown {
  readonly state: CommentState;
  readonly madeOn: Anchor;
  readonly standsAt?: Anchor;
  readonly answer?: ShownAnswer;
  readonly earlierAnswers?: readonly ShownAnswer[];
}
export interface CommentStatus extends Shown {
  readonly receivedDay: string;
  /** Of a visible one. */
  readonly text?: string;
  readonly ground?: ModerationGround | undefined;
  readonly appealBy?: string;
}
export interface VisibleComment extends Shown {
  readonly commentId: string;
  readonly language: Language;
  readonly text: string;
}

const answerShown = ({ day, decision, reason, changed, ground }: Answer): ShownAnswer => ({
  ...{ day, decision, reason },
  ...(changed ? { changed } : {}),
  ...(ground ? { ground } : {}),
});

/** Answers, the last one first in force, the earlier ones beside it. */
const answersShown = (answers: readonly Answer[]): Pick<Shown, 'answer' | 'earlierAnswers'> =>
  answers.length === 0
    ? {}
    : { answer: answerShown(answers.at(-1)!), earlierAnswers: answers.slice(0, -1).map(answerShown) };

const placeShown = ({ anchors }: Comment): Pick<Shown, 'madeOn' | 'standsAt'> => {
  const [made, now] = [anchors[0]!, anchors.at(-1)!];
  return { madeOn: made, ...(anchors.length > 1 ? { standsAt: now } : {}) };
};

const VISIBLE = COMMENT_STATES.filter(isVisible);

/** What may be told of comments: to who has the receipt, and to everybody. */
@Injectable()
export class TellComments {
  constructor(
    @InjectModel(Comment.name) private readonly rows: Model<Comment>,
    private readonly comments: Comments,
    private readonly consultations: Consultations,
    private readonly policies: ConsultationPolicies,
  ) {}

  async status(receiptNumber: string): Promise<CommentStatus> {
    const comment = await this.comments.byReceipt(readReceiptNumber(receiptNumber));
    const { state, receivedDay, hiddenDay, moderation, answers } = comment;
    const ground = moderation.findLast((step) => step.to === 'hidden')?.ground;
    const { appealDays } = this.policies.of(await this.consultations.of(comment.consultationId));
    return {
      ...{ state, receivedDay, ...placeShown(comment) },
      ...(isVisible(state) ? { text: comment.text, ...answersShown(answers) } : { ground }),
      ...(state === 'hidden' ? { appealBy: appealBy(hiddenDay!, appealDays) } : {}),
    };
  }

  /**
   * Visible comments without receipt numbers (with one, an appeal can be lodged) and without what their writers declared of themselves:
   * counted one by one, that would undo what the summary withholds.
   */
  async visible(id: string, query: PageQuery): Promise<Page<VisibleComment>> {
    await this.consultations.of(id);
    const filter = { consultationId: id, state: trusted({ $in: VISIBLE }) };
    const { items, nextCursor } = (await pageById(this.rows, query, { filter })) as Page<Comment>;
    const shown = items.map((comment) => ({
      ...{ commentId: comment._id, state: comment.state, language: comment.language, text: comment.text },
      ...placeShown(comment),
      ...answersShown(comment.answers),
    }));
    return { items: shown, ...(nextCursor ? { nextCursor } : {}) };
  }

  /** How many visible comments were made on each unit. */
  async counts(id: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.rows.aggregate<{ _id: string; n: number }>([
      { $match: { consultationId: id, state: { $in: VISIBLE } } },
      { $group: { _id: { $first: '$anchors.unitId' }, n: { $sum: 1 } } },
    ]);
    return new Map(rows.map(({ _id, n }) => [_id, n]));
  }
}
