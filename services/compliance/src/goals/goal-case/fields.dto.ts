import { Matches } from 'class-validator';
import { RuleError } from '@aiqyn/contracts';
import type { Goal } from './goal.schema.js';
import type { Indicator } from './indicator.rules.js';

/** Of a goal that a recommendation asked for, or of one of a programme. */
const GOAL_ID = /^(goal-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** A word of data: an indicator, a milestone, a unit. */
export const IsCode = (): PropertyDecorator => Matches(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/);

/** The code of a position; never a name. */
export const IsPosition = (each = false): PropertyDecorator => Matches(/^[a-z][a-z0-9-]{1,63}$/, { each });

export class GoalPath {
  @Matches(GOAL_ID) id: string;
}

export class PartPath extends GoalPath {
  /** Of the indicator or milestone. */
  @IsCode() code: string;
}

/** The part of a goal with that code; throws RuleError `unknown_part` with the codes that there are. */
export function partOf<T extends { readonly code: string }>(parts: readonly T[], code: string, field: string): T {
  const part = parts.find((one) => one.code === code);
  if (!part)
    throw new RuleError('unknown_part', 'the goal has no such part', { field, allowed: parts.map((one) => one.code) });
  return part;
}

/** The indicator that is meant: the only one may go unnamed. */
export const indicatorOf = ({ indicators }: Goal, code: string | undefined): Indicator =>
  code === undefined && indicators.length === 1 ? indicators[0]! : partOf(indicators, code ?? '', 'indicator');
