import { RuleError } from '@aiqyn/contracts';

/** How many ids of open material are told; the count says whether there are more. */
const LISTED = 100;

/**
 * Whether somebody may deliver the material of a body: a contributor that of the body whose BIN is their department, an editor that of any,
 * since it also comes by letter.
 */
export const mayDeliver = (
  subject: { readonly roles: readonly string[]; readonly department?: string } | undefined,
  { body }: { readonly body: string },
): boolean => subject !== undefined && (subject.roles.includes('editor') || subject.department === body);

/** Throws RuleError `material_open` with what is neither there nor waived. */
export function assertCollected(open: readonly string[]): void {
  if (open.length > 0)
    throw new RuleError('material_open', 'material is not there yet: wait for it, or waive it with a ground', {
      field: 'materials',
      open: { count: open.length, first: [...open].sort().slice(0, LISTED) },
    });
}
