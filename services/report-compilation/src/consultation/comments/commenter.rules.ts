/** What people who comment may declare of themselves; nothing of it is verified. */
export const COMMENTER_KINDS = ['person', 'ngo', 'business', 'academia', 'body', 'anonymous'] as const;
export type CommenterKind = (typeof COMMENTER_KINDS)[number];
