import { describe, expect, it } from '@jest/globals';
import { REPORT_MODES } from '@aiqyn/contracts';
import { upwards } from './mode.rules.js';

describe('the mode of a report', () => {
  it.each(REPORT_MODES.flatMap((from, i) => REPORT_MODES.map((to, j) => [from, to, j > i] as const)))(
    'from %s to %s: %s',
    (from, to, allowed) => {
      if (allowed) expect(upwards(from, to)).toBe(to);
      else expect(() => upwards(from, to)).toThrow(expect.objectContaining({ code: 'only_upwards' }));
    },
  );
});
