/** Who looks: a subject of a token. */
export interface Viewer {
  readonly id: string;
  readonly roles: readonly string[];
  /** Regions that the person works for; all when missing (a central office). */
  readonly regions?: readonly string[];
}

/** What of a case decides who may know of it. */
export interface Viewed {
  readonly region: string;
  /** Who handles it; anybody of the handling roles while nobody is named. */
  readonly assignees?: readonly string[] | null;
  /** Who is named in the report, or stepped back: for them there is no such case, whatever their role. */
  readonly excluded?: readonly string[] | null;
}

/** Roles that see only their own cases once a case is somebody's. */
const HANDLERS: readonly string[] = ['triage-officer', 'investigator'];

/** Whether all of a person's roles are handling ones: another role, say supervisor, sees what others handle. */
const onlyHandles = ({ roles }: Viewer): boolean => roles.every((role) => HANDLERS.includes(role));

/** Whether a case exists for a person: no row, no count, no message, and the 404 of a random id where it does not. */
export function sees(viewer: Viewer, file: Viewed): boolean {
  if (file.excluded?.includes(viewer.id)) return false;
  if (viewer.regions && !viewer.regions.includes(file.region)) return false;
  const assignees = file.assignees ?? [];
  return assignees.length === 0 || assignees.includes(viewer.id) || !onlyHandles(viewer);
}

/** The same as a filter for lists and look-ups: a condition for each field. */
export const visibleTo = (viewer: Viewer): Readonly<Record<string, object>> => ({
  excluded: { $ne: viewer.id },
  ...(viewer.regions ? { region: { $in: viewer.regions } } : {}),
  ...(onlyHandles(viewer) ? { assignees: { $in: [viewer.id, null] } } : {}),
});
