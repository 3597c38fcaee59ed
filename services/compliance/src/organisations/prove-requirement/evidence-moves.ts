import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { dayStartUtc, EvidenceMovedV1 } from '@aiqyn/contracts';
import { type Caller, change, Clock, Commands, type Doc, load, Timers, type Tx } from '@aiqyn/platform';
import { known, type Who } from '../../people/known-row.js';
import { OrganisationMoves } from '../organisation/organisation-moves.js';
import { type Evidence, EVIDENCE } from './evidence.schema.js';
import { type EvidenceState, moveEvidence } from './evidence-states.rules.js';

const EXPIRED = 'evidence-expired';

/** The one way in which an evidence goes on: state, freshness, the grade that rests on it, event, audit entry. */
@Injectable()
export class EvidenceMoves {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly organisations: OrganisationMoves,
    timers: Timers,
  ) {
    timers.on(EXPIRED, async (data, { tx }) => {
      const row = await load<Evidence>(tx, this.connection, EVIDENCE, String(data['evidenceId']));
      if (row.state !== 'accepted') return;
      // The day on which it stopped counting, not the one on which the service came back to see it.
      this.apply(tx, row, 'expired', row.expiresDay!, {}, EXPIRED, 'evidence:expire');
      await this.organisations.regrade(tx, row.organisationBin, 'evidence-expired', row._id);
    });
  }

  /** Changes an evidence as `decide` says: by somebody of the organisation, or by somebody of another one. */
  step(
    id: string,
    caller: Caller,
    who: Who,
    decide: (row: Evidence, day: string) => { to: EvidenceState; set: Doc },
  ): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const row = await known<Evidence>(tx, this.connection, EVIDENCE, id, caller, (one) => one.organisationBin, who);
      const { organisationBin } = row;
      const day = this.clock.today();
      const { to, set } = decide(row, day);
      const answer = this.apply(tx, row, to, day, set, caller.id, caller.permission!);
      if (to === 'accepted') {
        tx.schedule(EXPIRED, id, dayStartUtc(row.expiresDay!), { evidenceId: id });
        await this.organisations.regrade(tx, organisationBin, 'evidence-accepted', id);
      }
      return answer;
    });
  }

  private apply(
    tx: Tx,
    row: Evidence,
    to: EvidenceState,
    day: string,
    set: Doc,
    actor: string,
    action: string,
  ): object {
    const state = moveEvidence(row.state, to);
    const next = { ...row, ...set, state };
    tx.audit({ actor, action, resource: row._id, outcome: 'done', reason: state });
    const version = change(tx, EVIDENCE, row, { ...set, state }, evidenceMoved(next, day));
    return { evidenceId: row._id, state, ...(next.expiresDay ? { expiresDay: next.expiresDay } : {}), version };
  }
}

/** What is said of an evidence. */
export function evidenceMoved(
  row: Omit<Evidence, 'version' | 'events' | 'effectiveDay'> & { effectiveDay?: string },
  day: string,
): object {
  const { _id: evidenceId, organisationBin, requirement, kind, state, effectiveDay, expiresDay } = row;
  return Object.assign(new EvidenceMovedV1(), {
    ...{ evidenceId, organisationBin, day, requirement, kind, state },
    ...(effectiveDay ? { effectiveDay } : {}),
    ...(expiresDay ? { expiresDay } : {}),
  });
}
