import type { IndexDescription } from '../index-values/index-policy.rules.js';

/** What stands in every answer: whose values these are, what they measure, and under which licence they may go on. */
export const creditOf = ({ code, measures, producer, attribution, licence, licenceUrl }: IndexDescription): object => ({
  ...{ index: code, measures, producer, attribution, licence, licenceUrl },
});
