import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { CommentMovedV1, type CommentDecision, type ModerationGround } from '@aiqyn/contracts';
import { type Caller, change, Clock, Commands, type Doc, load, NotFound, type Tx } from '@aiqyn/platform';
import { type ConsultationState, mayWorkOn } from '../consultations/consultation-states.rules.js';
import type { Consultation } from '../consultations/consultation.schema.js';
import { Consultations } from '../consultations/consultations.js';
import { type Comment, COMMENTS } from './comment.schema.js';
import { type CommentState, moveComment } from './comment-states.rules.js';

export interface CommentStep {
  readonly to: CommentState;
  readonly set: Doc;
  readonly ground?: ModerationGround;
  readonly decision?: CommentDecision;
}

/** The one way in which a comment goes on: state, event, audit entry, while its consultation stays in its state. */
@Injectable()
export class Comments {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly consultations: Consultations,
    private readonly clock: Clock,
  ) {}

  /** Changes a comment as `decide` says; throws NotFound, RuleError, ConcurrentChange. */
  step(
    commentId: string,
    caller: Caller,
    action: string,
    states: readonly ConsultationState[],
    decide: (comment: Comment, day: string, tx: Tx, consultation: Consultation) => CommentStep | Promise<CommentStep>,
  ): Promise<{ readonly commentId: string; readonly state: CommentState; readonly version: number }> {
    return this.commands.run(caller, async (tx) => {
      const comment = await load<Comment>(tx, this.connection, COMMENTS, commentId, caller.ifMatch);
      const consultation = await this.consultations.changed(tx, comment.consultationId);
      mayWorkOn(consultation.state, states);
      const step = await decide(comment, this.clock.today(), tx, consultation);
      this.consultations.hold(tx, consultation);
      tx.audit({ actor: caller.id, action, resource: commentId, outcome: 'done', reason: step.decision ?? step.to });
      return { commentId, state: step.to, version: this.apply(tx, comment, step) };
    });
  }

  /** The comment with that receipt number; throws NotFound. */
  async byReceipt(receiptNumber: string | undefined): Promise<Comment> {
    const rows = this.connection.db!.collection<Comment>(COMMENTS);
    const found = receiptNumber === undefined ? null : await rows.findOne({ receiptNumber: { $eq: receiptNumber } });
    if (!found) throw new NotFound();
    return found;
  }

  apply(tx: Tx, comment: Comment, { to, set, ground, decision }: CommentStep): number {
    const { _id: commentId, consultationId, state: from } = comment;
    moveComment(from, to);
    const day = this.clock.today();
    const facts = { commentId, consultationId, day, from, to };
    const event = Object.assign(new CommentMovedV1(), {
      ...facts,
      ...(ground ? { ground } : {}),
      ...(decision ? { decision } : {}),
    });
    return change(tx, COMMENTS, comment, { ...set, state: to }, event);
  }
}
