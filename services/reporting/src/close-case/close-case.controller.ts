import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { CaseKeys } from '../case-keys/case-keys.js';
import { CaseMoves, type MovedCase, toldOfOutcome } from '../cases/case-moves.js';
import { handoverOf } from '../hand-over/handover.rules.js';
import { HANDOVERS } from '../hand-over/handover.schema.js';
import { ReferralKeys } from '../hand-over/referral-keys.js';
import { kept } from '../purge-cases/retention.rules.js';
import { Policies } from '../policies/policies.js';
import { referralBody } from './referral-bodies.rules.js';
import { reopened } from './reopened.js';
import { CloseCase, ReferCase, ReopenCase } from './close-case.dto.js';

/** How a case leaves the agency, and how it comes back. */
@Controller('v1/cases')
export class CloseCaseController {
  constructor(
    private readonly moves: CaseMoves,
    private readonly policies: Policies,
    private readonly bodies: ReferralKeys,
    private readonly keys: CaseKeys,
  ) {}

  /** Hands the case to the body whose remit it is, with its content if that was sealed to the body; the reporting person is told so. */
  @Post(':id/referral')
  @HttpCode(200)
  @Can('case:refer')
  async refer(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { to, sealed }: ReferCase,
    @From() caller: Caller,
  ): Promise<MovedCase & { handover: 'sealed' | 'facts-only' }> {
    const body = referralBody(this.policies.referralBodies, to);
    const handover = handoverOf(this.bodies.byBody, body, sealed !== undefined);
    const moved = await this.moves.move(id, 'referred', caller, async (file, day, tx) => {
      const { category, areaCode, region } = file;
      const key = sealed && (await this.keys.of(file));
      const content = key ? { sealed: key.lock(`handover/${body}`, { ...sealed, by: 'client' }) } : {};
      const facts = { caseId: id, to: body, day, category, areaCode, region };
      tx.insert(HANDOVERS, { _id: randomUUID(), ...facts, ...content });
      return { set: { referredTo: body, ...toldOfOutcome(file, 'referred-to-another-body', day) }, reason: body };
    });
    return { ...moved, handover };
  }

  @Post(':id/closure')
  @HttpCode(200)
  @Can('case:close')
  close(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { feedback }: CloseCase,
    @From() caller: Caller,
  ): Promise<MovedCase> {
    return this.moves.move(id, 'closed', caller, (file, day) => {
      if (!feedback && !file.feedbackDay && !file.finding)
        throw new RuleError('feedback_missing', 'tell the reporting person what came of it', { field: 'feedback' });
      const retention = kept(this.policies.retention, file.state, day);
      const closed = { closedDay: day, closedFrom: file.state, ...retention };
      return { set: { ...closed, ...(feedback ? toldOfOutcome(file, feedback, day) : {}) } };
    });
  }

  /** The way back into triage, with a new clock for the feedback. */
  @Post(':id/reopening')
  @HttpCode(200)
  @Can('case:reopen')
  reopen(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ReopenCase,
    @From() caller: Caller,
  ): Promise<MovedCase> {
    return this.moves.move(id, 'in-triage', caller, (file, day) => {
      if (file.state !== 'closed')
        throw new RuleError('illegal_transition', 'only a closed case is reopened', { allowed: [] });
      if (file.appeal?.state === 'lodged')
        throw new RuleError('appeal_open', 'an appeal waits: another person than who decided hears it');
      return { set: reopened(this.policies.deadlines, file, day), reason };
    });
  }
}
