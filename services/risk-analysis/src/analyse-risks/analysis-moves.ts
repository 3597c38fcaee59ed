import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { addDays, AnalysisMovedV1, AnalysisOverdueV1, dayStartUtc } from '@aiqyn/contracts';
import { type Caller, change, Clock, Commands, type Doc, load, NotFound, Timers, type Tx } from '@aiqyn/platform';
import { Policies } from '../policies/policies.js';
import { type Analysis, ANALYSES } from './analysis.schema.js';
import { type AnalysisState, isControlled, moveAnalysis } from './analysis-states.rules.js';
import { dueDay } from './analysis-terms.rules.js';

const TERM = 'analysis-term';

export interface Changed {
  readonly set?: Doc;
  /** Where it goes; where it is, when left out. */
  readonly to?: AnalysisState;
}

/** The one way in which a procedure goes on: state, the term that begins with it, its event, its audit entry. */
@Injectable()
export class AnalysisMoves {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly policies: Policies,
    private readonly clock: Clock,
    timers: Timers,
  ) {
    timers.on(TERM, (data, { tx }) => this.overdue(tx, String(data['analysisId']), String(data['dueDay'])));
  }

  /** Changes an analysis as its file says; throws NotFound for a body that is not the caller's, RuleError, ConcurrentChange. */
  step(
    id: string,
    caller: Caller,
    decide: (file: Analysis, day: string, tx: Tx) => Changed,
  ): Promise<{ analysisId: string; state: AnalysisState; dueDay: string | null; version: number }> {
    return this.commands.run(caller, async (tx) => {
      const file = await load<Analysis>(tx, this.connection, ANALYSES, id);
      if (!mayKnow(caller, file)) throw new NotFound();
      const day = this.clock.today();
      const { set = {}, to = file.state } = decide(file, day, tx);
      const moves = to !== file.state;
      const state = moves ? moveAnalysis(file.kind, file.state, to) : to;
      const due = this.termAfter(tx, file, state, set, day);
      const moved = { analysisId: id, day, kind: file.kind, areaCode: file.areaCode, from: file.state, to: state };
      const said = moves ? [Object.assign(new AnalysisMovedV1(), moved)] : [];
      const version = change(tx, ANALYSES, file, { ...set, state, dueDay: due ?? undefined }, ...said);
      tx.audit({ actor: caller.id, action: caller.permission!, resource: id, outcome: 'done', reason: state });
      return { analysisId: id, state, dueDay: due, version };
    });
  }

  /** Begins the term of a state, or the next quarter; the earlier one is over. */
  private begin(tx: Tx, analysisId: string, due: string | null): void {
    tx.cancel(TERM, analysisId);
    if (due) tx.schedule(TERM, analysisId, dayStartUtc(addDays(due, 1)), { analysisId, dueDay: due });
  }

  private termAfter(tx: Tx, file: Analysis, state: AnalysisState, set: Doc, day: string): string | null {
    const given = set['dueDay'] as string | undefined;
    // A check of the measures begins the next quarter; any other step in the same state leaves the term as it is.
    const renewed = state !== file.state || (isControlled(file.kind, state) && 'recommendations' in set);
    if (!given && !renewed) return file.dueDay ?? null;
    const { analysisTerms: pack, workingDays } = this.policies;
    const due = given ?? dueDay(pack, workingDays, { kind: file.kind, state }, day) ?? null;
    this.begin(tx, file._id, due);
    return due;
  }

  /** Said once a term; a quarter without a check is said, and the next one begins. */
  private async overdue(tx: Tx, id: string, due: string): Promise<void> {
    const file = await load<Analysis>(tx, this.connection, ANALYSES, id);
    if (file.dueDay !== due) return;
    const { state, areaCode, kind } = file;
    const day = this.clock.today();
    const facts = { analysisId: id, day, state, areaCode, dueDay: due };
    const { analysisTerms: pack, workingDays } = this.policies;
    const next = isControlled(kind, state) ? (dueDay(pack, workingDays, file, due) ?? null) : null;
    if (next) tx.schedule(TERM, id, dayStartUtc(addDays(next, 1)), { analysisId: id, dueDay: next });
    change(tx, ANALYSES, file, { dueDay: next ?? due }, Object.assign(new AnalysisOverdueV1(), facts));
    tx.audit({ actor: TERM, action: 'analysis:overdue', resource: id, outcome: 'done', reason: state });
  }
}

/** The head of a body knows of the analyses of that body; the token's department is its BIN. */
export const mayKnow = ({ subject }: Caller, { objectBin }: Pick<Analysis, 'objectBin'>): boolean =>
  subject !== undefined && (!subject.roles.includes('object-head') || subject.department === objectBin);
