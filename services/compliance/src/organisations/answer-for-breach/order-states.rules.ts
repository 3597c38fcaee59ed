import { createHash } from 'node:crypto';
import { type Deduction, type LiablePosition, transition, type Transitions } from '@aiqyn/contracts';

/** Where an order to remove the cause of a breach may go. */
export const ORDER_TRANSITIONS = {
  issued: ['answered'],
  // Sent back when the answer does not remove the cause.
  answered: ['closed', 'issued'],
  closed: [],
} as const satisfies Transitions<string>;

export type OrderState = keyof typeof ORDER_TRANSITIONS;
export const ORDER_STATES = Object.keys(ORDER_TRANSITIONS) as OrderState[];

/** The state after the move; throws RuleError `illegal_transition` with the moves that are allowed. */
export const moveOrder = (from: OrderState, to: OrderState): OrderState =>
  transition(ORDER_TRANSITIONS as Transitions<OrderState>, from, to);

/** The one id of the order that a cause leads to, however often and in whatever order it is told. */
export const orderIdOf = (organisationBin: string, cause: Deduction, causeId: string): string =>
  `order-${createHash('sha256').update(`${organisationBin}\n${cause}\n${causeId}`).digest('hex').slice(0, 32)}`;

/** What the conviction of somebody of an organisation is to it. */
export const convictionOf = (position: LiablePosition): Deduction =>
  position === 'head' ? 'headConvicted' : 'employeeConvicted';
