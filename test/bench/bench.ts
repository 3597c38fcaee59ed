import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Kafka, logLevel } from 'kafkajs';
import mongoose from 'mongoose';
import { freePort, startIssuer, startServers, STATE } from '@aiqyn/local';
import { consume } from './consume.js';
import { type Figure, line, table } from './figures.js';
import { goals } from './goals.js';
import { graph } from './graph.js';
import { growth } from './growth.js';
import { chain, intake } from './intake.js';
import { lists } from './lists.js';
import { print } from './print.js';
import { reach } from './reach.js';
import { receipts } from './receipts.js';
import { relay } from './relay.js';
import { report } from './report.js';
import { risk } from './risk.js';
import { screen } from './screen.js';
import { startUp } from './start-up.js';
import { stream } from './stream.js';

const MEASURES = {
  intake,
  chain,
  relay,
  consume,
  lists,
  receipts,
  risk,
  stream,
  graph,
  screen,
  reach,
  goals,
  print,
  report,
  'start-up': startUp,
  growth,
};
const USAGE = `npm run bench -- [all|${Object.keys(MEASURES).join('|')} ...] [--seconds N] [--rounds N] [--releases N] [--events N,N] [--stored N,N] [--cardinal PATH] [--json]`;
/** What a run of all leaves: one result that a machine reads. */
const RESULT = join(STATE, 'bench.json');

/** Each figure beside the bare libraries, measured in turn in this run; the load generator shares the machine with all. */
const { values, positionals } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '5' },
    releases: { type: 'string', default: '20000' },
    stored: { type: 'string', default: '0,100000' },
    events: { type: 'string', default: '10000,100000' },
    cardinal: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const [seconds, releases, rounds] = [Number(values.seconds), Number(values.releases), Number(values.rounds)];
const [events, stored] = [values.events.split(',').map(Number), values.stored.split(',').map(Number)];
const chosen = positionals.filter((name) => name !== 'all');
const { cardinal } = values;
if (
  !(seconds >= 1) ||
  !Number.isInteger(releases) ||
  releases < 1_000 ||
  events.some((n) => !Number.isInteger(n) || n < 1_000) ||
  !Number.isInteger(rounds) ||
  rounds < 1 ||
  stored.some((n) => !Number.isInteger(n) || n < 0) ||
  chosen.some((name) => !Object.hasOwn(MEASURES, name))
) {
  console.error(`usage: ${USAGE}`);
  process.exit(2);
}
const dir = join(STATE, 'bench');
const servers = await startServers({ dir, ephemeral: true, log: console.log });
const issuer = await startIssuer({ port: await freePort(), dir });
const kafka = new Kafka({ clientId: 'bench', brokers: servers.kafka.address.split(','), logLevel: logLevel.NOTHING });
const mongo = await new mongoose.mongo.MongoClient(servers.mongo.address).connect();
const figures: Figure[] = [];

try {
  const bench = {
    dir,
    seconds,
    rounds,
    releases,
    events,
    stored,
    servers,
    issuer: issuer.url,
    kafka,
    mongo,
    ...(cardinal ? { cardinal } : {}),
  };
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    console.log(`measuring: ${name}`);
    for (const figure of await measure(bench)) {
      figures.push(figure);
      console.log(line(figure));
    }
  }
} finally {
  await mongo.close();
  await issuer.stop();
  await servers.stop();
}
const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
const settings = Object.entries({ seconds, rounds, releases, stored, events }).map(
  ([name, value]) => `--${name} ${String(value)}`,
);
const command = `npm run bench -- ${[...(positionals.length > 0 ? positionals : ['all']), ...settings].join(' ')}`;
const result = { day: new Date().toISOString().slice(0, 10), machine, command, load: loadavg(), figures };
if (chosen.length === 0) writeFileSync(RESULT, `${JSON.stringify(result, undefined, 2)}\n`);
if (values.json) console.log(JSON.stringify(result));
else {
  console.log(`\n${command}    on ${machine}\n\n${figures.map(line).join('\n')}`);
  if (chosen.length === 0) console.log(`\n${table(figures)}\n\nfor a machine: ${RESULT}`);
}
process.exit(0);
