import { parseArgs } from 'node:util';
import { throwEvents } from '../harness/hostile-events.js';
import { onTarget } from './target.js';

/** What may be more than at rest, whatever the number of events. */
const MOST_MIB = 1_024;

/** 100,000 hostile events on a topic: the service lives, each is parked with its reason or ignored, the honest ones have their effect. */
export async function events(args: string[]): Promise<boolean> {
  const { values } = parseArgs({ args, options: { count: { type: 'string', default: '100000' } } });
  return onTarget(['compliance'], {}, async (platform) => {
    const told = await throwEvents(platform, Number(values.count));
    console.log(JSON.stringify(told, undefined, 2));
    const asExpected = Object.entries(told.expected).every(([reason, n]) => told.parked[reason] === n);
    return asExpected && told.goals === told.honest && told.residentMiB < MOST_MIB;
  });
}
