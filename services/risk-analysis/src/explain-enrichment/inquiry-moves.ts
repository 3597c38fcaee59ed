import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { addDays, dayStartUtc, EnrichmentMovedV1, EnrichmentOverdueV1 } from '@aiqyn/contracts';
import {
  type Caller,
  change,
  Clock,
  Commands,
  ConcurrentChange,
  type Doc,
  load,
  NotFound,
  Timers,
  type Tx,
} from '@aiqyn/platform';
import { mayKnow } from '../areas/regional.js';
import { hasExpired } from './inquiry.rules.js';
import { type Inquiry, INQUIRIES } from './inquiry.schema.js';
import { type InquiryState, moveInquiry } from './inquiry-states.rules.js';

const TERM = 'enrichment-term';

export interface Changed {
  readonly set?: Doc;
  /** Where it goes; where it is, when left out. */
  readonly to?: InquiryState;
  /** A new last day of the term; null ends it. */
  readonly due?: string | null;
}

export interface Moved {
  readonly inquiryId: string;
  readonly state: InquiryState;
  readonly dueDay: string | null;
  readonly version: number;
}

/** The one way in which an inquiry goes on: state, term, events, audit entry. */
@Injectable()
export class InquiryMoves {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly clock: Clock,
    timers: Timers,
  ) {
    timers.on(TERM, async (data, { tx }) => {
      const file = await load<Inquiry>(tx, this.connection, INQUIRIES, String(data['inquiryId']));
      this.apply(tx, file, this.clock.today(), TERM, 'enrichment:overdue', {});
    });
  }

  /** Changes an inquiry as its file says; throws NotFound, RuleError, ConcurrentChange. */
  step(
    id: string,
    caller: Caller,
    decide: (file: Inquiry, day: string, tx: Tx) => Changed | Promise<Changed>,
  ): Promise<Moved> {
    return this.commands.run(caller, async (tx) => {
      const file = await load<Inquiry>(tx, this.connection, INQUIRIES, id);
      if (!mayKnow(caller, file)) throw new NotFound();
      if (caller.ifMatch !== undefined && caller.ifMatch !== file.version) throw new ConcurrentChange(INQUIRIES);
      const day = this.clock.today();
      // The term is over with its last day, whether the timer has been there or not.
      const seen = hasExpired(file, day) ? { ...file, state: 'unanswered' as const } : file;
      return this.apply(tx, file, day, caller.id, caller.permission!, await decide(seen, day, tx));
    });
  }

  private apply(tx: Tx, file: Inquiry, day: string, actor: string, action: string, { set, to, due }: Changed): Moved {
    const [inquiryId, events] = [file._id, [] as object[]];
    const go = (from: InquiryState, next: InquiryState): InquiryState => {
      const state = moveInquiry(from, next);
      events.push(Object.assign(new EnrichmentMovedV1(), { inquiryId, from, to: state, day }));
      return state;
    };
    let state = file.state;
    if (hasExpired(file, day)) {
      const { areaCode, dueDay } = file;
      events.push(Object.assign(new EnrichmentOverdueV1(), { inquiryId, day, dueDay, areaCode }));
      state = go(state, 'unanswered');
    }
    if (to) state = go(state, to);
    const dueDay = due !== undefined ? due : (file.dueDay ?? null);
    const { version } = file;
    // A timer whose term was answered or moved meanwhile has nothing to say.
    if (!set && events.length === 0) return { inquiryId, state, dueDay, version };
    if (due !== undefined || state !== 'notified') this.begin(tx, inquiryId, state === 'notified' ? dueDay : null);
    tx.audit({ actor, action, resource: inquiryId, outcome: 'done', reason: state });
    return {
      inquiryId,
      state,
      dueDay,
      version: change(tx, INQUIRIES, file, { ...set, state, dueDay: dueDay ?? undefined }, ...events),
    };
  }

  private begin(tx: Tx, inquiryId: string, due: string | null): void {
    tx.cancel(TERM, inquiryId);
    if (due) tx.schedule(TERM, inquiryId, dayStartUtc(addDays(due, 1)), { inquiryId });
  }
}
