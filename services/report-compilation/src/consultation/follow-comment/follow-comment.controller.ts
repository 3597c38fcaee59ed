import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { Model } from 'mongoose';
import { Can, type Page, pageById, PageQuery, Public } from '@aiqyn/platform';
import { Comment } from '../comments/comment.schema.js';
import { COMMENT_STATES, type CommentState } from '../comments/comment-states.rules.js';
import { Consultations } from '../consultations/consultations.js';
import { TellComments } from './tell-comments.js';

export class AskStatus {
  @IsString() @MaxLength(40) receiptNumber: string;
}

export class CommentsQuery extends PageQuery {
  @IsOptional() @IsIn(COMMENT_STATES) state?: CommentState;
}

/** What became of a comment, for who has its receipt; all visible comments, for everybody; all, for the office. */
@Controller('v1')
export class FollowCommentController {
  constructor(
    @InjectModel(Comment.name) private readonly rows: Model<Comment>,
    private readonly consultations: Consultations,
    private readonly tell: TellComments,
  ) {}

  @Post('comments/status')
  @HttpCode(200)
  @Public()
  status(@Body() { receiptNumber }: AskStatus): Promise<object> {
    return this.tell.status(receiptNumber);
  }

  @Get('consultations/:id/comments')
  @Public()
  list(@Param('id', ParseUUIDPipe) id: string, @Query() query: PageQuery): Promise<Page<object>> {
    return this.tell.visible(id, query);
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
