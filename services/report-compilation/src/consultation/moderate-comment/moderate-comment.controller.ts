import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { IsBoolean, IsIn, IsString, MaxLength } from 'class-validator';
import type { Model } from 'mongoose';
import { MODERATION_GROUNDS, type ModerationGround } from '@aiqyn/contracts';
import { type Caller, Can, From, NotFound, type Page, PageQuery, Public } from '@aiqyn/platform';
import { Comment } from '../comments/comment.schema.js';
import { Comments } from '../comments/comments.js';
import { readReceiptNumber } from '../comments/receipt-number.rules.js';
import { IsPlainText } from '../documents/plain-text.dto.js';
import { plainText } from '../documents/plain-text.rules.js';
import { ConsultationPolicies } from '../policies/consultation-policies.js';
import { ModerationLog } from './moderation-log.js';
import { mayAppeal, mayDecideAppeal } from './moderation.rules.js';

export class HideComment {
  @IsIn(MODERATION_GROUNDS) ground: ModerationGround;
}

export class AppealHiding {
  @IsString() @MaxLength(40) receiptNumber: string;
  @IsPlainText(10, 2_000) says: string;
}

export class DecideAppeal {
  @IsBoolean() restore: boolean;
  @IsPlainText(10, 2_000) reason: string;
}

/** A comment that breaks the rules is hidden with a ground; who wrote it appeals with the receipt; another person decides. */
@Controller('v1')
export class ModerateCommentController {
  constructor(
    @InjectModel(Comment.name) private readonly rows: Model<Comment>,
    private readonly comments: Comments,
    private readonly moderation: ModerationLog,
    private readonly policies: ConsultationPolicies,
  ) {}

  @Post('comments/:id/hiding')
  @HttpCode(200)
  @Can('comment:moderate')
  hide(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { ground }: HideComment,
    @From() caller: Caller,
  ): Promise<object> {
    return this.comments.step(id, caller, 'comment:moderate', ['open', 'answering'], ({ moderation }, day) => ({
      to: 'hidden',
      ground,
      set: { hiddenDay: day, moderation: [...moderation, { day, by: caller.id, to: 'hidden', ground }] },
    }));
  }

  /** A wrong receipt number is answered as one that does not exist. */
  @Post('comments/appeal')
  @HttpCode(200)
  @Public()
  async appeal(@Body() { receiptNumber, says }: AppealHiding, @From() caller: Caller): Promise<object> {
    const { _id } = await this.comments.byReceipt(readReceiptNumber(receiptNumber));
    const states = ['open', 'answering'] as const;
    const { state } = await this.comments.step(_id, caller, 'comment:appeal', states, (comment, day, _tx, row) => {
      mayAppeal(comment, this.policies.of(row).appealDays, day);
      const step = { day, by: caller.id, to: 'appealed', says: plainText(says) };
      return { to: 'appealed', set: { moderation: [...comment.moderation, step] } };
    });
    return { state };
  }

  @Post('comments/:id/appeal-decision')
  @HttpCode(200)
  @Can('comment:hear-appeal')
  decide(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { restore, reason }: DecideAppeal,
    @From() caller: Caller,
  ): Promise<object> {
    const to = restore ? 'restored' : 'upheld';
    return this.comments.step(id, caller, 'comment:hear-appeal', ['open', 'answering'], ({ moderation }, day) => {
      mayDecideAppeal(moderation, caller.id);
      const step = { day, by: caller.id, to, says: plainText(reason) };
      return { to, set: { moderation: [...moderation, step], ...(restore ? { hiddenDay: undefined } : {}) } };
    });
  }

  /** What was hidden, on which ground, and what a second person said of it: without the text, the receipt and any person. */
  @Get('consultations/:id/moderation-log')
  @Public()
  log(@Param('id', ParseUUIDPipe) id: string, @Query() query: PageQuery): Promise<Page<object>> {
    return this.moderation.log(id, query);
  }

  /** What an appeal says, and the comment, for who decides it. */
  @Get('comments/:id')
  @Can('comment:read')
  async read(@Param('id', ParseUUIDPipe) id: string): Promise<object> {
    const comment = await this.rows.findOne({ _id: { $eq: id } }).lean<Comment>();
    if (!comment) throw new NotFound();
    const { _id: commentId, events: _, ...shown } = comment;
    return { commentId, ...shown };
  }
}
