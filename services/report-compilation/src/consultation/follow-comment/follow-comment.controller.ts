import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { type Model, trusted } from 'mongoose';
import { Can, type Page, pageById, PageQuery, Public } from '@aiqyn/platform';
import type { Answer } from '../answer-comment/answer.rules.js';
import { Comment } from '../comments/comment.schema.js';
import { appealBy, COMMENT_STATES, type CommentState, isVisible } from '../comments/comment-states.rules.js';
import { Comments } from '../comments/comments.js';
import { readReceiptNumber } from '../comments/receipt-number.rules.js';
import { Consultations } from '../consultations/consultations.js';
import { ConsultationPolicies } from '../policies/consultation-policies.js';

export class AskStatus {
  @IsString() @MaxLength(40) receiptNumber: string;
}

export class CommentsQuery extends PageQuery {
  @IsOptional() @IsIn(COMMENT_STATES) state?: CommentState;
}

/** An answer as everybody reads it: without who gave it. */
const answerShown = ({ day, decision, reason, changed, ground }: Answer): object => ({
  ...{ day, decision, reason },
  ...(changed ? { changed } : {}),
  ...(ground ? { ground } : {}),
});

/** Answers, the last one first in force, the earlier ones beside it. */
const answersShown = (answers: readonly Answer[]): object =>
  answers.length === 0
    ? {}
    : { answer: answerShown(answers.at(-1)!), earlierAnswers: answers.slice(0, -1).map(answerShown) };

const placeShown = ({ anchors }: Comment): object => {
  const [made, now] = [anchors[0]!, anchors.at(-1)!];
  return { madeOn: made, ...(anchors.length > 1 ? { standsAt: now } : {}) };
};

/** What became of a comment, for who has its receipt; all visible comments, for everybody; all, for the office. */
@Controller('v1')
export class FollowCommentController {
  constructor(
    @InjectModel(Comment.name) private readonly rows: Model<Comment>,
    private readonly comments: Comments,
    private readonly consultations: Consultations,
    private readonly policies: ConsultationPolicies,
  ) {}

  @Post('comments/status')
  @HttpCode(200)
  @Public()
  async status(@Body() { receiptNumber }: AskStatus): Promise<object> {
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
  @Get('consultations/:id/comments')
  @Public()
  async list(@Param('id', ParseUUIDPipe) id: string, @Query() query: PageQuery): Promise<Page<object>> {
    await this.consultations.of(id);
    const states = COMMENT_STATES.filter(isVisible);
    const filter = { consultationId: id, state: trusted({ $in: states }) };
    const { items, nextCursor } = (await pageById(this.rows, query, { filter })) as Page<Comment>;
    const shown = items.map((comment) => ({
      ...{ commentId: comment._id, state: comment.state, language: comment.language, text: comment.text },
      ...placeShown(comment),
      ...answersShown(comment.answers),
    }));
    return { items: shown, ...(nextCursor ? { nextCursor } : {}) };
  }

  @Get('consultations/:id/inbox')
  @Can('comment:read')
  async inbox(@Param('id', ParseUUIDPipe) id: string, @Query() query: CommentsQuery): Promise<Page<object>> {
    await this.consultations.of(id);
    const filter = { consultationId: id, ...(query.state ? { state: query.state } : {}) };
    const { items, nextCursor } = (await pageById(this.rows, query, { filter, hide: ['events'] })) as Page<Comment>;
    const shown = items.map(({ _id: commentId, ...comment }) => ({ commentId, ...comment }));
    return { items: shown, ...(nextCursor ? { nextCursor } : {}) };
  }
}
