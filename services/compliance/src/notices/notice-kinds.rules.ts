import {
  addDays,
  declarationOf,
  type EventClass,
  GiftOverdueV1,
  GiftStepLateV1,
  IndicatorEscalatedV1,
  MilestoneMovedV1,
} from '@aiqyn/contracts';

/** Whom what is told about what. */
export interface Told {
  readonly kind: NoticeKind;
  readonly aboutId: string;
  readonly day: string;
  readonly toPosition: string;
  readonly organisationBin?: string;
}

export const NOTICE_KINDS = ['gift-overdue', 'gift-step-late', 'indicator-escalated', 'milestone-late'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Who has to act on a gift that waits there. */
const STEP_OF: Readonly<Record<string, string>> = {
  'exemption-review': 'gift-reviewer',
  'breach-review': 'gift-decider',
  'handed-over': 'gift-valuer',
  valued: 'gift-keeper',
};

type Line<E extends object> = readonly [new () => E, (event: E) => Told | undefined];
const line = <E extends object>(contract: new () => E, tell: (event: E) => Told | undefined): Line<object> =>
  [contract, tell] as unknown as Line<object>;
const body = ({ organisationBin }: { organisationBin?: string }): { organisationBin?: string } =>
  organisationBin ? { organisationBin } : {};

/** The one table of what becomes a notice, of which kind and to whom: a new one is a line here and a text in three languages. */
const TOLD: readonly Line<object>[] = [
  line(GiftOverdueV1, ({ giftId: aboutId, day }) => ({
    kind: 'gift-overdue',
    aboutId,
    day,
    toPosition: 'gift-inquirer',
  })),
  line(GiftStepLateV1, ({ giftId: aboutId, day, state }) => {
    const toPosition = STEP_OF[state];
    return toPosition ? { kind: 'gift-step-late', aboutId, day, toPosition } : undefined;
  }),
  line(IndicatorEscalatedV1, ({ goalId: aboutId, day, toPosition, ...rest }) => ({
    ...{ kind: 'indicator-escalated', aboutId, day, toPosition, ...body(rest) },
  })),
  // What is sent back after a claim is late too, but that is no news.
  line(MilestoneMovedV1, ({ goalId: aboutId, day, dueDay, state, ownerPosition: toPosition, ...rest }) =>
    state === 'late' && day === addDays(dueDay, 1)
      ? { kind: 'milestone-late', aboutId, day, toPosition, ...body(rest) }
      : undefined,
  ),
];

/** The events of which a notice may come. */
export const NOTICED: readonly EventClass[] = TOLD.map(([contract]) => contract);

const BY_TYPE = new Map(TOLD.map(([contract, tell]) => [declarationOf(contract).type, tell]));

/** What is to be told of an event, if anything. */
export const noticeOf = (type: string, event: object): Told | undefined => BY_TYPE.get(type)?.(event);
