import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, trusted } from 'mongoose';
import type { ModerationGround } from '@aiqyn/contracts';
import { type Page, pageById, type PageQuery } from '@aiqyn/platform';
import { Comment } from '../comments/comment.schema.js';
import type { CommentState } from '../comments/comment-states.rules.js';
import { Consultations } from '../consultations/consultations.js';

export interface ModeratedComment {
  readonly commentId: string;
  readonly unitId: string;
  readonly steps: readonly { readonly day: string; readonly to: CommentState; readonly ground?: ModerationGround }[];
}

/** What was hidden, on which ground, and what a second person said of it: without the text, the receipt and any person. */
@Injectable()
export class ModerationLog {
  constructor(
    @InjectModel(Comment.name) private readonly rows: Model<Comment>,
    private readonly consultations: Consultations,
  ) {}

  async log(id: string, query: PageQuery): Promise<Page<ModeratedComment>> {
    await this.consultations.of(id);
    const filter = { consultationId: id, 'moderation.0': trusted({ $exists: true }) };
    const { items, nextCursor } = (await pageById(this.rows, query, { filter })) as Page<Comment>;
    const shown = items.map(({ _id, moderation, anchors }) => ({
      ...{ commentId: _id, unitId: anchors[0]!.unitId },
      steps: moderation.map(({ day, to, ground }) => ({ day, to, ...(ground ? { ground } : {}) })),
    }));
    return { items: shown, ...(nextCursor ? { nextCursor } : {}) };
  }
}
