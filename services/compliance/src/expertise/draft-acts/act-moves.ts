import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { ActMovedV1, ActResponseOverdueV1, ActStepLateV1, addDays, dayStartUtc } from '@aiqyn/contracts';
import { type Caller, change, Clock, Commands, type Doc, load, Timers, type Tx } from '@aiqyn/platform';
import { known } from '../../people/known-row.js';
import { ActPolicies } from './act-policies.js';
import { type ActState, moveAct } from './act-states.rules.js';
import { termAfter } from './act-terms.rules.js';
import { type DraftAct, DRAFT_ACTS } from './draft-act.schema.js';
import { unanswered } from './findings.rules.js';

const LATE = 'act-late';

export interface Step {
  /** Where it goes; where it is, when left out. */
  readonly to?: ActState;
  readonly set?: Doc;
  readonly events?: readonly object[];
  /** A last day other than that of the state. */
  readonly dueDay?: string;
  /** What the answer says besides. */
  readonly answer?: object;
}

export interface Moved {
  readonly actId: string;
  readonly state: ActState;
  readonly dueDay?: string;
  readonly version: number;
}

/** The one way in which the expertise of an act goes on: state, term, events, audit entry. */
@Injectable()
export class ActMoves {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly policies: ActPolicies,
    timers: Timers,
  ) {
    timers.on(LATE, async (data, { tx }) => {
      const act = await load<DraftAct>(tx, this.connection, DRAFT_ACTS, String(data['actId']));
      const { _id: actId, state, dueDay, authorityBin } = act;
      // Gone on meanwhile: nothing to say.
      if (!dueDay || dueDay !== data['dueDay']) return;
      const day = addDays(dueDay, 1);
      if (state === 'awaiting-response') {
        const facts = { actId, day, dueDay, authorityBin, unanswered: unanswered(act.findings).length };
        this.apply(tx, act, day, LATE, 'act:overdue', {
          to: 'overdue',
          events: [Object.assign(new ActResponseOverdueV1(), facts)],
        });
        return;
      }
      change(tx, DRAFT_ACTS, act, {}, Object.assign(new ActStepLateV1(), { actId, day, state, dueDay }));
      tx.audit({ actor: LATE, action: 'act:step-late', resource: actId, outcome: 'done', reason: state });
    });
  }

  /** Changes an act as `decide` says; throws NotFound for an authority that is not the caller's, RuleError, ConcurrentChange. */
  step(
    id: string,
    caller: Caller,
    decide: (act: DraftAct, day: string, tx: Tx) => Step | Promise<Step>,
  ): Promise<Moved> {
    return this.commands.run(caller, async (tx) => {
      const act = await known<DraftAct>(tx, this.connection, DRAFT_ACTS, id, caller, (row) => row.authorityBin);
      const day = this.clock.today();
      return this.apply(tx, act, day, caller.id, caller.permission!, await decide(act, day, tx));
    });
  }

  /** Begins a term. */
  watch(tx: Tx, actId: string, dueDay: string | undefined): void {
    tx.cancel(LATE, actId);
    if (dueDay) tx.schedule(LATE, actId, dayStartUtc(addDays(dueDay, 1)), { actId, dueDay });
  }

  private apply(tx: Tx, act: DraftAct, day: string, actor: string, action: string, step: Step): Moved {
    const { _id: actId, state: from, authorityBin } = act;
    const to = step.to ? moveAct(from, step.to) : from;
    const events: object[] = [];
    let term: Pick<DraftAct, 'dueDay' | 'daysLeft'> = { dueDay: step.dueDay ?? act.dueDay, daysLeft: act.daysLeft };
    if (step.to) {
      term = termAfter(this.policies.terms, this.policies.calendar, act, to, day);
      events.push(Object.assign(new ActMovedV1(), { actId, day, authorityBin, from, to }));
    }
    events.push(...(step.events ?? []));
    if (term.dueDay !== act.dueDay) this.watch(tx, actId, term.dueDay);
    tx.audit({ actor, action, resource: actId, outcome: 'done', reason: to });
    const version = change(tx, DRAFT_ACTS, act, { ...step.set, ...term, state: to }, ...events);
    return { actId, state: to, ...(term.dueDay ? { dueDay: term.dueDay } : {}), ...step.answer, version };
  }
}
