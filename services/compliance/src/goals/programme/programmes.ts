import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { ProgrammeMovedV1, RuleError } from '@aiqyn/contracts';
import { type Caller, change, Clock, Commands, type Doc, type Tx } from '@aiqyn/platform';
import { known } from '../../people/known-row.js';
import { type Goal, GOALS } from '../goal-case/goal.schema.js';
import { moveProgramme, type ProgrammeState } from './programme-states.rules.js';
import { type Programme, PROGRAMMES } from './programme.schema.js';

/** The one way in which a programme goes on, and in which what is planned of it is changed. */
@Injectable()
export class Programmes {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** Moves a programme; `effect` says what that does to its goals. */
  move(
    id: string,
    caller: Caller,
    to: ProgrammeState,
    effect: (programme: Programme, goals: Goal[], tx: Tx, day: string) => Doc | void,
  ): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const programme = await this.of(tx, id, caller);
      const state = moveProgramme(programme.state, to);
      const goals = await this.connection
        .db!.collection<Goal>(GOALS)
        .find({ programmeId: id }, { session: tx.session })
        .sort({ code: 1 })
        .toArray();
      const day = this.clock.today();
      const set = effect(programme, goals, tx, day) ?? {};
      const { edition = programme.edition } = set as { edition?: number };
      const event = Object.assign(new ProgrammeMovedV1(), { programmeId: id, day, state, edition });
      const version = change(tx, PROGRAMMES, programme, { ...set, state }, event);
      tx.audit({ actor: caller.id, action: caller.permission!, resource: id, outcome: 'done', reason: state });
      return { programmeId: id, state, edition, version };
    });
  }

  /** Who plans in a draft, noted so that another person approves; a second plan at the same time waits for the first. */
  async planning(tx: Tx, id: string, caller: Caller): Promise<Programme> {
    const programme = await this.of(tx, id, caller);
    if (programme.state !== 'draft')
      throw new RuleError('out_of_order', `the programme is ${programme.state}, no draft`);
    change(tx, PROGRAMMES, programme, { planners: [...new Set([...programme.planners, caller.id])] });
    return programme;
  }

  private of(tx: Tx, id: string, caller: Caller): Promise<Programme> {
    // An If-Match on a part is of the goal.
    const { ifMatch: _, ...ofPart } = caller;
    const by = caller.resource === id ? caller : ofPart;
    return known<Programme>(tx, this.connection, PROGRAMMES, id, by, (row) => row.organisationBin);
  }
}
