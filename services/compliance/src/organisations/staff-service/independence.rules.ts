import type { IndependenceBreach } from '@aiqyn/contracts';

export const DEPARTURES = ['resigned', 'term-ended', 'retired', 'died', 'dismissed', 'transferred'] as const;
export type Departure = (typeof DEPARTURES)[number];

/** Who left by the organisation's will, and not by their own or by the course of time. */
export const isRemoval = (reason: Departure): boolean => reason === 'dismissed' || reason === 'transferred';

/** An inquiry from the day on which it was opened; open still when it has no end. */
export interface Inquiry {
  readonly incidentId: string;
  readonly from: string;
  readonly to?: string;
}

/** The breach that an act of a day against the officer is, when an inquiry was open on it; of several the oldest is named. */
export function breachOn(
  cause: IndependenceBreach,
  day: string,
  inquiries: readonly Inquiry[],
): { readonly day: string; readonly cause: IndependenceBreach; readonly incidentId: string } | undefined {
  const open = inquiries
    .filter(({ from, to }) => from <= day && (to === undefined || day <= to))
    .sort((a, b) => a.from.localeCompare(b.from) || a.incidentId.localeCompare(b.incidentId))[0];
  return open && { day, cause, incidentId: open.incidentId };
}
