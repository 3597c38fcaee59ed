import { describe, expect, it } from '@jest/globals';
import { factOf } from './fact.rules.js';

const envelope = {
  id: 'r1#00000001',
  type: 'reporting.report.received.v1',
  source: '/aiqyn/reporting',
  time: '2025-03-01T00:00:00Z',
  subject: 'r1',
  sequence: 1,
};
const place = { partition: 2, offset: 7 };

describe('the fact of an event', () => {
  it('is the same whatever the order of the fields on the wire', () => {
    const a = factOf(envelope, { day: '2025-03-01', region: 'KZ-75' }, place);
    const b = factOf(envelope, { region: 'KZ-75', day: '2025-03-01' }, place);
    expect(JSON.stringify(a)).toBe(JSON.stringify(b));
  });

  it('carries the service in its id, since event ids are unique per source only', () => {
    expect(factOf(envelope, { day: '2025-03-01' }, place)._id).toBe('reporting/r1#00000001');
  });

  it('takes the business day of the payload, and the day of the envelope when there is none', () => {
    expect(factOf(envelope, { day: '2025-02-27' }, place).day).toBe('2025-02-27');
    expect(factOf(envelope, {}, place).day).toBe('2025-03-01');
  });
});
