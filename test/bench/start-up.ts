import { readFileSync } from 'node:fs';
import { type Child, SERVICES } from '@aiqyn/local';
import { type Bench, type Figure, inTurn, percentile } from './figures.js';
import { withProcesses } from './processes.js';

/** Memory that a process holds, in MiB, as Linux tells it. */
function residentOf({ pid }: Child): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kib === undefined) throw new Error(`the memory of process ${pid} is not told`);
  return Number(kib) / 1_024;
}

/** From the start of a process to its readiness, topics and indexes being there, and its memory then; beside a bare server. */
export function startUp(bench: Bench): Promise<Figure[]> {
  return withProcesses(bench, 'start-up', {}, async ({ start, bare }) => {
    const figures: Figure[] = [];
    for (const service of SERVICES) {
      // The first start makes topics, collections and indexes.
      await (await start(service)).stop();
      const memory = { ours: [] as number[], bare: [] as number[] };
      const timed = async (side: 'ours' | 'bare', begin: () => Promise<Child>): Promise<number> => {
        const from = performance.now();
        const child = await begin();
        const took = performance.now() - from;
        memory[side].push(residentOf(child));
        await child.stop();
        return took / 1_000;
      };
      const time = await inTurn(
        bench.rounds,
        () => timed('ours', () => start(service)),
        () => timed('bare', async () => (await bare()).child),
      );
      const held = { ours: percentile(memory.ours, 0.5), bare: percentile(memory.bare, 0.5) };
      const note = 'bare: Fastify and the driver';
      figures.push(
        { name: `${service}: from start to ready`, ...time, unit: 's', note },
        { name: `${service}: memory when ready`, ...held, unit: 'MiB', note },
      );
    }
    return figures;
  });
}
