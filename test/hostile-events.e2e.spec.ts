import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { throwEvents } from './harness/hostile-events.js';
import { startPlatform, type TestPlatform } from './harness/platform.js';

describe('a topic full of hostile events', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform('hostile', ['compliance']);
  }, 120_000);
  afterAll(() => platform.stop());

  it('has each parked with its reason or ignored, and the honest ones among them their effect', async () => {
    const told = await throwEvents(platform, 1_700);
    expect(told.parked).toEqual(told.expected);
    expect(told.goals).toBe(told.honest);
    expect(told.honest).toBe(34);
  }, 120_000);
});
