import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { IsIn, IsOptional } from 'class-validator';
import { type Model } from 'mongoose';
import { GiftDeclaredV1, RuleError } from '@aiqyn/contracts';
import {
  Answers,
  type Caller,
  Can,
  Clock,
  Commands,
  create,
  From,
  NotFound,
  type Page,
  pageById,
  PageQuery,
} from '@aiqyn/platform';
import { Gift, GIFTS } from '../gift-case/gift.schema.js';
import { GiftMoves, type Moved } from '../gift-case/gift-moves.js';
import { GIFT_STATES, type GiftState } from '../gift-case/gift-states.rules.js';
import { organisationOnly } from '../../people/own-body.rules.js';
import { knownGiver, publicGiver } from '../gift-case/giver.rules.js';
import { mayKnow, mayTell, ownBody } from '../../people/own-body.rules.js';
import { PersonIds } from '../../people/person-ids.js';
import { GiftPolicies } from '../gift-case/gift-policies.js';
import { DeclaredGift } from './declare-gift.answer.js';
import { DeclareGift } from './declare-gift.dto.js';
import { handOverBy, judgeDeclaration, judgeGift, packOn } from './gift-ban.rules.js';

export class GiftsQuery extends PageQuery {
  @IsOptional() @IsIn(GIFT_STATES) state?: GiftState;
}

/** Gifts to officials: banned without a floor, declared, and handed over within seven calendar days. */
@Controller('v1/gifts')
export class DeclareGiftController {
  constructor(
    @InjectModel(Gift.name) private readonly gifts: Model<Gift>,
    private readonly commands: Commands,
    private readonly moves: GiftMoves,
    private readonly policies: GiftPolicies,
    private readonly persons: PersonIds,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('gift:read')
  list(@Query() query: GiftsQuery, @From() caller: Caller): Promise<Page<object>> {
    const own = ownBody(caller.subject?.department);
    const filter = { ...(own ? { organisationBin: own } : {}), ...(query.state ? { state: query.state } : {}) };
    return pageById(this.gifts, query, { filter, hide: ['events', 'caseId'] });
  }

  @Get(':id')
  @Can('gift:read')
  async read(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    const gift = await this.gifts.findOne({ _id: { $eq: id } }).lean<Gift>();
    if (!gift || !mayKnow(caller.subject?.department, gift)) throw new NotFound();
    const { _id: giftId, events: _, caseId: _case, ...shown } = gift;
    return { giftId, ...shown };
  }

  @Post()
  @Can('gift:declare')
  @Answers(DeclaredGift)
  declare(@Body() body: DeclareGift, @From() caller: Caller): Promise<DeclaredGift> {
    const giftId = randomUUID();
    const { row, event, answer } = this.judged(body, caller);
    return this.commands.run(caller, (tx) => {
      create(tx, GIFTS, { _id: giftId, state: 'declared', ...row }, Object.assign(event, { giftId }));
      this.moves.begin(tx, giftId, answer.handOverBy);
      tx.audit({ actor: caller.id, action: 'gift:declare', resource: giftId, outcome: 'done' });
      return { giftId, state: 'declared', ...answer, version: 1 };
    });
  }

  /** A gift that a report named turned out to be one. */
  @Post(':id/declaration')
  @HttpCode(200)
  @Can('gift:declare')
  found(@Param('id', ParseUUIDPipe) id: string, @Body() body: DeclareGift, @From() caller: Caller): Promise<Moved> {
    const { row: set, event, answer } = this.judged(body, caller);
    return this.moves.step(id, caller, ({ state }) => {
      // A denied exemption comes back to the same state; there it is no declaration.
      if (state !== 'suspected') throw new RuleError('already_done', 'this gift is declared');
      return { to: 'declared', set, event, answer, handOverBy: answer.handOverBy };
    });
  }

  /** What a declaration makes of a gift; throws RuleError for one that cannot be, or is of what was allowed. */
  private judged(body: DeclareGift, { id: declaredBy, subject }: Caller) {
    const { officialIin, recipientIin, giver: told, ...facts } = body;
    const day = this.clock.today();
    judgeDeclaration({ ...body, today: day });
    organisationOnly(body.organisationBin, 'organisationBin');
    mayTell(subject?.department, body.organisationBin);
    const giver = knownGiver(told, (iin) => this.persons.of(iin));
    const { policy, banned, because } = judgeGift(this.policies.gifts, this.policies.mci, body);
    if (!banned) throw new RuleError('gift_allowed', `rule set ${policy} allowed this gift: ${because}`);
    const by = handOverBy(packOn(this.policies.gifts, body.receivedDay), body.knownDay);
    const { receivedDay, knownDay, organisationBin, sector, kind, recipient, estimatedValue } = facts;
    const value = estimatedValue === undefined ? {} : { estimatedValue };
    return {
      row: {
        ...{ ...facts, giver, declaredDay: day, declaredBy, handOverBy: by, policy },
        officialId: this.persons.of(officialIin),
        recipientId: recipientIin === undefined ? undefined : this.persons.of(recipientIin),
      },
      event: Object.assign(new GiftDeclaredV1(), {
        ...{ day, receivedDay, knownDay, handOverBy: by, policy, organisationBin, sector, kind, recipient },
        ...{ ...value, ...publicGiver(giver) },
      }),
      answer: { handOverBy: by, policy, because },
    };
  }
}
