import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { IsIn } from 'class-validator';
import type { Model } from 'mongoose';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From, NotFound } from '@aiqyn/platform';
import { Gift } from '../gift-case/gift.schema.js';
import { GiftMoves, type Moved } from '../gift-case/gift-moves.js';
import { mayKnow } from '../../people/own-body.rules.js';

const NO_GIFT = ['no-gift', 'not-an-official', 'declared-already'] as const;

export class CloseSuspicion {
  @IsIn(NO_GIFT) reason: (typeof NO_GIFT)[number];
}

/** What a report said of a gift: it is declared (`declare-gift/`) or closed, by an officer. */
@Controller('v1/gifts')
export class SuspectGiftController {
  constructor(
    @InjectModel(Gift.name) private readonly gifts: Model<Gift>,
    private readonly moves: GiftMoves,
  ) {}

  /** The case that named it: for who finds out, and for nobody else who handles gifts. */
  @Get(':id/suspicion')
  @Can('gift:declare')
  async read(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<{ caseId: string }> {
    const gift = await this.gifts.findOne({ _id: { $eq: id } }).lean<Gift>();
    if (!gift?.caseId || !mayKnow(caller.subject?.department, gift)) throw new NotFound();
    return { caseId: gift.caseId };
  }

  @Post(':id/no-gift')
  @HttpCode(200)
  @Can('gift:declare')
  close(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: CloseSuspicion,
    @From() caller: Caller,
  ): Promise<Moved> {
    return this.moves.step(id, caller, ({ state }) => {
      // An inquiry comes to the same state, but by its own decision.
      if (state === 'breach-review') throw new RuleError('out_of_order', 'an inquiry is decided');
      return { to: 'closed', set: { suspicion: reason } };
    });
  }
}
