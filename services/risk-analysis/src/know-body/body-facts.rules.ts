/** What compliance finds at a body. */
type Found = 'gift-breach' | 'finding-kept' | 'response-overdue';
/** What it says of a body: what it finds there, and the grade of its compliance. */
export type BodyFactKind = Found | 'graded';

/** One thing that was said of a body. */
export interface SaidOfBody {
  readonly id: string;
  readonly bin: string;
  readonly kind: BodyFactKind;
  readonly day: string;
  /** A reason, a factor or a grade; undefined of a grade that was lost. */
  readonly code?: string | undefined;
}

/** How often each thing was found from a day on, and the grade of each body that has one by the last that was said of it. */
export function complianceOf(said: readonly SaidOfBody[], from: string) {
  const found: Record<Found, number> = { 'gift-breach': 0, 'finding-kept': 0, 'response-overdue': 0 };
  const last = new Map<string, SaidOfBody>();
  for (const one of said)
    if (one.kind !== 'graded') found[one.kind] += one.day >= from ? 1 : 0;
    else if (isAfter(one, last.get(one.bin))) last.set(one.bin, one);
  return { found, grades: [...last.values()].flatMap(({ code }) => code ?? []) };
}

/** Of one day by the id, in which the events of a body are numbered. */
const isAfter = (one: SaidOfBody, other: SaidOfBody | undefined): boolean =>
  !other || one.day > other.day || (one.day === other.day && one.id > other.id);
