/** For what a gift may be kept (domain notes, compliance B1.3): professional achievement or merit, shown by a document. */
export const GROUNDS = ['professional-achievement', 'merit'] as const;

export const DENIALS = ['no-document', 'document-not-genuine', 'by-reason-of-office', 'for-acts-in-favour'] as const;
