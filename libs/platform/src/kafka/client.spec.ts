import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import './client.js';

const { version } = createRequire(import.meta.url)('kafkajs/package.json') as { version: string };
const queue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
  prototype: { scheduleCheckPendingRequests(this: object): void };
};

describe('the corrected timer of kafkajs', () => {
  it('is still needed: the release it was written for is the one installed', () => {
    expect(version).toBe('2.2.4');
  });

  it('arms nothing while nothing waits', () => {
    const idle = {
      throttledUntil: 0,
      throttleCheckTimeoutId: null,
      pending: [],
      checkPendingRequests: () => undefined,
    };
    queue.prototype.scheduleCheckPendingRequests.call(idle);
    expect(idle.throttleCheckTimeoutId).toBeNull();
  });

  it('arms one timer while a request waits', () => {
    const busy = {
      throttledUntil: 0,
      throttleCheckTimeoutId: null as NodeJS.Timeout | null,
      pending: [1],
      checkPendingRequests: () => undefined,
    };
    queue.prototype.scheduleCheckPendingRequests.call(busy);
    expect(busy.throttleCheckTimeoutId).not.toBeNull();
    clearTimeout(busy.throttleCheckTimeoutId!);
  });
});
