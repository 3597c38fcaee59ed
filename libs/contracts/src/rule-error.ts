/** A rule says no: a stable code, a sentence that says what would be right, and where. Rules know nothing of HTTP. */
export class RuleError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly details?: {
      readonly field?: string;
      readonly allowed?: readonly string[];
      /** What is still to be done before: how many in all, and the first of them. Ids only. */
      readonly open?: { readonly count: number; readonly first: readonly string[] };
    },
  ) {
    super(message);
    this.name = 'RuleError';
  }
}
