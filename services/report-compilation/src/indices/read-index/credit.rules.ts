import type { IndexDescription } from '../index-values/index-policy.rules.js';

export interface Credit extends Pick<
  IndexDescription,
  'measures' | 'producer' | 'attribution' | 'licence' | 'licenceUrl'
> {
  readonly index: string;
}

/** What stands in every answer: whose values these are, what they measure, and under which licence they may go on. */
export const creditOf = ({ code, measures, producer, attribution, licence, licenceUrl }: IndexDescription): Credit => ({
  ...{ index: code, measures, producer, attribution, licence, licenceUrl },
});
