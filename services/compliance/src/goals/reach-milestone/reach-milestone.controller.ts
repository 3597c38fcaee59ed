import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { IsBoolean } from 'class-validator';
import { type Caller, Can, From } from '@aiqyn/platform';
import { IsDocumentNumber } from '../../people/fields.dto.js';
import { partOf, PartPath } from '../goal-case/fields.dto.js';
import { GoalMoves, milestoneMoved } from '../goal-case/goal-moves.js';
import { claimed, type Milestone, moveMilestone, started, verified } from './milestone-states.rules.js';

export class ClaimMilestone {
  /** The document that shows it. */
  @IsDocumentNumber() evidence: string;
}

export class VerifyMilestone {
  @IsBoolean() holds: boolean;
}

export class DropMilestone {
  /** The number of the decision to drop it. */
  @IsDocumentNumber() decision: string;
}

/** A milestone is started and claimed by who owns it, and verified by somebody else. */
@Controller('v1/goals/:id/milestones/:code')
export class ReachMilestoneController {
  constructor(private readonly moves: GoalMoves) {}

  @Post('start')
  @HttpCode(200)
  @Can('goal:answer')
  start(@Param() path: PartPath, @From() caller: Caller): Promise<object> {
    return this.move(path, caller, (before) => ({
      state: started(before.state),
      startedBy: caller.id,
    }));
  }

  @Post('claim')
  @HttpCode(200)
  @Can('goal:answer')
  claim(@Param() path: PartPath, @Body() { evidence }: ClaimMilestone, @From() caller: Caller): Promise<object> {
    return this.move(path, caller, ({ state }, claimedDay) => ({
      ...{ state: claimed(state), evidence, claimedBy: caller.id, claimedDay },
    }));
  }

  @Post('verification')
  @HttpCode(200)
  @Can('goal:verify')
  verify(@Param() path: PartPath, @Body() { holds }: VerifyMilestone, @From() caller: Caller): Promise<object> {
    return this.move(path, caller, (before, verifiedDay) => ({
      ...{ state: verified(before, caller.id, holds), verifiedBy: caller.id, verifiedDay },
    }));
  }

  @Post('drop')
  @HttpCode(200)
  @Can('programme:approve')
  drop(@Param() path: PartPath, @Body() { decision }: DropMilestone, @From() caller: Caller): Promise<object> {
    return this.move(path, caller, ({ state }) => ({
      ...{ state: moveMilestone(state, 'dropped'), decision, droppedBy: caller.id },
    }));
  }

  private move(
    { id, code }: PartPath,
    caller: Caller,
    decide: (before: Milestone, day: string) => Partial<Milestone>,
  ): Promise<object> {
    return this.moves.step(id, caller, (goal, day) => {
      const before = partOf(goal.milestones, code, 'code');
      const milestone = { ...before, ...decide(before, day) };
      const answer = { milestone: code, state: milestone.state };
      return { milestone, event: milestoneMoved(goal, milestone, day), answer };
    });
  }
}
