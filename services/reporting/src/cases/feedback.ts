/** What a reporting person is told of the outcome (Directive 2019/1937, art. 5 (13) and 9); words follow sealed. */
export const FEEDBACK_CODES = [
  'outside-remit',
  'too-little-to-go-on',
  'already-known',
  'manifestly-false',
  'referred-to-another-body',
  'no-violation-found',
  'violation-found',
  'decided-by-a-court',
] as const;
export type FeedbackCode = (typeof FEEDBACK_CODES)[number];
