import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { addDays, dayStartUtc, GiftOverdueV1, GiftStepLateV1 } from '@aiqyn/contracts';
import { type Caller, change, Clock, Commands, type Doc, load, Timers, type Tx } from '@aiqyn/platform';
import { GiftPolicies } from './gift-policies.js';
import { type Gift, GIFTS } from './gift.schema.js';
import { clockRuns, type GiftState, hasRunOut, moveGift } from './gift-states.rules.js';
import { known } from '../../people/known-row.js';

const OVERDUE = 'gift-overdue';
const STEP_LATE = 'gift-step-late';

export interface Step {
  /** Where it goes; where it is, when left out. */
  readonly to?: GiftState;
  readonly set?: Doc;
  readonly event?: object;
  /** A last day to hand over that begins with this step. */
  readonly handOverBy?: string;
  /** What the answer says besides. */
  readonly answer?: object;
}

export interface Moved {
  readonly giftId: string;
  readonly state: GiftState;
  readonly dueDay?: string;
  readonly version: number;
}

/** The one way in which a gift goes on: state, terms, events, audit entry. */
@Injectable()
export class GiftMoves {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly policies: GiftPolicies,
    timers: Timers,
  ) {
    timers.on(OVERDUE, async (data, { tx }) => {
      const gift = await load<Gift>(tx, this.connection, GIFTS, String(data['giftId']));
      const day = this.clock.today();
      // Handed over or moved meanwhile: nothing to say.
      if (hasRunOut(gift, day)) this.apply(tx, gift, day, OVERDUE, 'gift:overdue', {});
    });
    timers.on(STEP_LATE, async (data, { tx }) => {
      const gift = await load<Gift>(tx, this.connection, GIFTS, String(data['giftId']));
      const { _id: giftId, state, dueDay } = gift;
      if (!dueDay || dueDay !== data['dueDay']) return;
      const event = Object.assign(new GiftStepLateV1(), { giftId, day: addDays(dueDay, 1), state, dueDay });
      change(tx, GIFTS, gift, {}, event);
      tx.audit({ actor: STEP_LATE, action: 'gift:step-late', resource: giftId, outcome: 'done', reason: state });
    });
  }

  /** Changes a gift as `decide` says; throws NotFound, RuleError, ConcurrentChange. */
  step(id: string, caller: Caller, decide: (gift: Gift, day: string, tx: Tx) => Step | Promise<Step>): Promise<Moved> {
    return this.commands.run(caller, async (tx) => {
      const gift = await known<Gift>(tx, this.connection, GIFTS, id, caller, (row) => row.organisationBin);
      const day = this.clock.today();
      // The term is over with its last day, whether the timer has been there or not.
      const seen = hasRunOut(gift, day) ? { ...gift, state: 'overdue' as const } : gift;
      return this.apply(tx, gift, day, caller.id, caller.permission!, await decide(seen, day, tx));
    });
  }

  /** Begins the term to hand over: once a gift, at its declaration. */
  begin(tx: Tx, giftId: string, handOverBy: string): void {
    tx.schedule(OVERDUE, giftId, dayStartUtc(addDays(handOverBy, 1)), { giftId });
  }

  private apply(tx: Tx, gift: Gift, day: string, actor: string, action: string, step: Step): Moved {
    const { _id: giftId, handOverBy } = gift;
    const events: object[] = [];
    let { state } = gift;
    if (hasRunOut(gift, day)) {
      state = moveGift(state, 'overdue');
      // The day of the breach is the day the term ran out, not the day the service came back to see it.
      events.push(Object.assign(new GiftOverdueV1(), { giftId, day: addDays(handOverBy, 1), handOverBy }));
    }
    if (step.to) state = moveGift(state, step.to);
    if (step.event) events.push(Object.assign(step.event, { giftId }));
    if (step.handOverBy) this.begin(tx, giftId, step.handOverBy);
    else if (clockRuns(gift.state) && !clockRuns(state)) tx.cancel(OVERDUE, giftId);
    const dueDay = state === gift.state ? gift.dueDay : this.policies.giftStepDue(state, day);
    if (dueDay !== gift.dueDay) this.watch(tx, giftId, dueDay);
    tx.audit({ actor, action, resource: giftId, outcome: 'done', reason: state });
    const version = change(tx, GIFTS, gift, { ...step.set, state, dueDay }, ...events);
    return { giftId, state, ...(dueDay ? { dueDay } : {}), ...step.answer, version };
  }

  private watch(tx: Tx, giftId: string, dueDay: string | undefined): void {
    tx.cancel(STEP_LATE, giftId);
    if (dueDay) tx.schedule(STEP_LATE, giftId, dayStartUtc(addDays(dueDay, 1)), { giftId, dueDay });
  }
}
