import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { check } from './check.js';
import {
  type Fault,
  fullDisk,
  kills,
  killsInTurn,
  networkFaults,
  poison,
  POISON,
  rollingRestart,
  skewedReplicas,
} from './faults.js';
import { startLoad } from './load.js';
import { randomOf } from './random.js';
import { startWorld } from './world.js';

const USAGE = `usage: npm run chaos [-- --all] [--kills N] [--seed N] [--json]

A steady mixed load on all four services while processes are killed with -9 (10 times), a poisoned event comes on each topic and
everything is restarted in turn; then a checker counts what became of each command that was answered.

  --all      50 kills, each network fault between each service and each server (Toxiproxy), a replica of each service
             whose clock goes five minutes ahead, a full disk under the database (where this user may mount one)
  --replicas two of each service: each is killed in turn while the other works on
  --seed     plays the faults of an earlier run again
`;

const { values: given } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    kills: { type: 'string' },
    seed: { type: 'string' },
    replicas: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (given.help) {
  console.log(USAGE);
  process.exit(0);
}
const seed = Number(given.seed ?? randomInt(1_000_000));
const count = Number(given.kills ?? (given.all ? 50 : 10));
const random = randomOf(seed);
const began = Date.now();
const say = (line: string): void => {
  if (!given.json) console.log(`[${String(Math.round((Date.now() - began) / 1000)).padStart(4)}s] ${line}`);
};

say(`seed ${seed}`);
const replicas = Number(given.replicas);
const world = await startWorld(replicas, say);
let failed = true;
try {
  const faults: Fault[] = [
    ...kills(world, random, count),
    ...(replicas > 1 ? killsInTurn(world, replicas) : []),
    poison(world),
    rollingRestart(world),
    ...(given.all ? [...networkFaults(world), ...skewedReplicas(world), ...fullDisk(world)] : []),
  ];
  if (given.all && !world.fillDisk) say('NOT TRIED: a full disk, as this user may not mount one');
  const load = startLoad(world, seed);
  const recoveries: { name: string; seconds: number }[] = [];
  for (const { name, run } of faults) {
    // Under load again before the next fault: so many commands must have come through since the last.
    const enough = load.answered.length + 20 + random.below(30);
    const deadline = Date.now() + 120_000;
    while (load.answered.length < enough) {
      if (Date.now() > deadline) throw new Error(`no command is answered any more, before: ${name}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const at = Date.now();
    await run();
    const seconds = (Date.now() - at) / 1000;
    recoveries.push({ name, seconds });
    say(`${name}: all answer again after ${seconds.toFixed(1)} s; ${load.answered.length} commands answered so far`);
  }
  await load.stop();
  say(`${load.answered.length} commands answered, ${load.repeated} attempts failed and were repeated`);
  const findings = await check(world, load.answered, Object.keys(POISON).length);
  failed = findings.some(({ holds }) => !holds);
  const times = recoveries.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const recovery = { median: times[Math.floor(times.length / 2)], worst: times.at(-1) };
  if (given.json) console.log(JSON.stringify({ seed, faults: recoveries, findings, recovery, failed }));
  for (const { what, counted, holds } of findings) say(`${holds ? 'holds ' : 'FAILED'}  ${what.padEnd(38)} ${counted}`);
  say(
    `recovery after ${times.length} faults: median ${recovery.median?.toFixed(1)} s, worst ${recovery.worst?.toFixed(1)} s`,
  );
  say(failed ? `FAILED; play it again with --seed ${seed}` : 'nothing lost, nothing doubled, chains valid');
} finally {
  await world.stop();
}
process.exit(failed ? 1 : 0);
