import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CaseDecidedV1, isIin, RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { CaseMoves, type MovedCase } from '../cases/case-moves.js';
import type { Case } from '../cases/case.schema.js';
import { pendingReward } from '../rewards/reward-steps.rules.js';
import { DecideCase } from './decide-case.dto.js';

/** The reports of a case by their day, then by a random id: the minute of a report is kept nowhere. A finding is no report. */
const inOrderOfArrival = ({ _id: caseId, receivedDay, finding, mergedFrom = [] }: Case): string[] =>
  [...(finding ? [] : [{ caseId, receivedDay }]), ...mergedFrom]
    .sort((a, b) => a.receivedDay.localeCompare(b.receivedDay) || a.caseId.localeCompare(b.caseId))
    .map((report) => report.caseId);

/** Proceedings and the decision in legal force. */
@Controller('v1/cases')
export class DecideCaseController {
  constructor(private readonly moves: CaseMoves) {}

  @Post(':id/proceedings')
  @HttpCode(200)
  @Can('case:decide')
  startProceedings(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<MovedCase> {
    return this.moves.move(id, 'in-proceedings', caller);
  }

  @Post(':id/decision')
  @HttpCode(200)
  @Can('case:decide')
  decide(@Param('id', ParseUUIDPipe) id: string, @Body() body: DecideCase, @From() caller: Caller): Promise<MovedCase> {
    return this.moves.move(id, body.outcome, caller, (file, today) => {
      const reporters = inOrderOfArrival(file);
      const { areaCode, region } = file;
      if (body.legalForceDay > today) {
        throw new RuleError('day_in_future', 'legalForceDay must not be in the future', { field: 'legalForceDay' });
      }
      const { outcome, legalForceDay, offenceClass, damage, liableAt } = body;
      if (liableAt && outcome !== 'decided-liable')
        throw new RuleError('wrong_fields', 'nobody was found liable', { field: 'liableAt' });
      if (liableAt && isIin(liableAt.organisationBin))
        throw new RuleError('number_of_a_person', 'this is the number of a person, not of an organisation', {
          field: 'liableAt.organisationBin',
        });
      const { position: liable, ...where } = liableAt ?? {};
      const facts = { ...(offenceClass ? { offenceClass } : {}), ...(damage !== undefined ? { damage } : {}) };
      const decided = {
        caseId: id,
        day: legalForceDay,
        outcome,
        ...facts,
        areaCode,
        region,
        ...(liable ? { liable, ...where } : {}),
      };
      return {
        set: {
          ...{ decidedDay: legalForceDay, ...facts },
          // A decision of liability opens the reward of everybody whose report is in the case.
          ...(outcome === 'decided-liable' && reporters.length > 0 ? { reward: pendingReward(reporters) } : {}),
        },
        events: [Object.assign(new CaseDecidedV1(), decided)],
        reason: outcome,
      };
    });
  }
}
