import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { CaseMovedV1 } from '@aiqyn/contracts';
import { type Caller, change, Clock, Commands, type Doc, type Tx } from '@aiqyn/platform';
import { overdueAfter } from '../watch-deadlines/deadlines.rules.js';
import { type Case, CASES } from './case.schema.js';
import { loadCase } from './case-access.js';
import { type CaseState, move } from './case-states.rules.js';
import type { FeedbackCode } from './feedback.js';

/** What a move stores and publishes besides the state. */
export interface Move {
  readonly set?: Doc;
  /** Facts of their own; without any, `case.moved` is published. */
  readonly events?: readonly object[];
  /** A code, for the event and the audit. */
  readonly reason?: string;
}

export interface MovedCase {
  readonly caseId: string;
  readonly state: CaseState;
  readonly version: number;
}

/** What is stored when the reporting person, if there is one, is told of the outcome: the deadline is kept and nothing is watched. */
export const toldOfOutcome = (file: Case, feedback: FeedbackCode, day: string): Doc =>
  file.finding
    ? {}
    : { feedback, feedbackDay: day, watch: null, overdue: overdueAfter(file.overdue, { kept: 'feedback' }) };

/** What is stored when the agency itself decides an outcome: who hears an appeal against it must be another person. */
export const outcomeBy = (person: string): Doc => ({ outcomeBy: person, appeal: null });

/** Moves cases from state to state: the one way in which an office changes where a case stands. */
@Injectable()
export class CaseMoves {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /**
   * Moves a case to a state, or where its file says; `more` says what else follows from the file as it is and the day. Throws RuleError
   * `illegal_transition`, NotFound, or ConcurrentChange.
   */
  move(
    id: string,
    to: CaseState | ((file: Case) => CaseState),
    caller: Caller,
    more: (file: Case, day: string, tx: Tx) => Promise<Move> | Move = () => ({}),
  ): Promise<MovedCase> {
    return this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      const state = move(file.state, typeof to === 'string' ? to : to(file));
      const day = this.clock.today();
      const { set, events, reason } = await more(file, day, tx);
      const why = reason ? { reason } : {};
      const moved = Object.assign(new CaseMovedV1(), { caseId: id, day, from: file.state, to: state, ...why });
      const version = change(tx, CASES, file, { state, ...set }, ...(events ?? [moved]));
      tx.audit({ actor: caller.id, action: caller.permission!, resource: id, outcome: 'done', ...why });
      return { caseId: id, state, version };
    });
  }
}
