import { randomUUID } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { CaseMovedV1, FindingReferredV1 } from '@aiqyn/contracts';
import { create, type EventContext, On } from '@aiqyn/platform';
import { CASES } from '../cases/case.schema.js';

/**
 * A finding of risk-analysis becomes a case that waits in triage; its id is the finding's. Nobody reported it: there is no
 * narrative, no deadline towards anybody and no reward, and no receipt opens it.
 */
@Controller()
export class OnFindingReferred {
  @On(FindingReferredV1)
  takeUp(event: FindingReferredV1, { tx }: EventContext): void {
    const { findingId: _id, day, kind, subjectId, category, areaCode, region, organisationBin } = event;
    const state = 'in-triage';
    const moved = { caseId: _id, day, from: 'acknowledged', to: state, reason: 'finding-referred' };
    create(
      tx,
      CASES,
      {
        ...{ _id, state, receivedDay: day, finding: { kind, subjectId }, category, areaCode, region },
        ...(organisationBin ? { organisationBin } : {}),
        // Each case has one, in an index; of this one no code exists.
        receiptVerifier: randomUUID(),
      },
      Object.assign(new CaseMovedV1(), moved),
    );
    tx.audit({ actor: 'risk-analysis', action: 'finding:take-up', resource: _id, outcome: 'done', reason: kind });
  }
}
