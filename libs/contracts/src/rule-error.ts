/** A rule says no: a stable code, a sentence that says what would be right, and where. Rules know nothing of HTTP. */
export class RuleError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly details?: { readonly field?: string; readonly allowed?: readonly string[] },
  ) {
    super(message);
    this.name = 'RuleError';
  }
}
