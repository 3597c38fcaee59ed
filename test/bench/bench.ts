import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Kafka, logLevel } from 'kafkajs';
import mongoose from 'mongoose';
import { freePort, startIssuer, startServers, STATE } from '@aiqyn/local';
import { consume } from './consume.js';
import type { Figure } from './figures.js';
import { goals } from './goals.js';
import { graph } from './graph.js';
import { chain, intake } from './intake.js';
import { lists } from './lists.js';
import { print } from './print.js';
import { reach } from './reach.js';
import { receipts } from './receipts.js';
import { relay } from './relay.js';
import { report } from './report.js';
import { risk } from './risk.js';
import { screen } from './screen.js';
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
};
const USAGE = `npm run bench -- [${Object.keys(MEASURES).join('|')} ...] [--seconds N] [--releases N] [--events N,N] [--cardinal PATH] [--json]`;

/** Each figure beside the bare libraries, measured in turn in this run; the load generator shares the machine with all. */
const { values, positionals } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    releases: { type: 'string', default: '20000' },
    events: { type: 'string', default: '10000,100000' },
    cardinal: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const [seconds, releases] = [Number(values.seconds), Number(values.releases)];
const events = values.events.split(',').map(Number);
const { cardinal } = values;
if (
  !(seconds >= 1) ||
  !Number.isInteger(releases) ||
  releases < 1_000 ||
  events.some((n) => !Number.isInteger(n) || n < 1_000) ||
  positionals.some((name) => !Object.hasOwn(MEASURES, name))
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

function line({ name, ours, bare, unit, note }: Figure): string {
  const value = ours >= 100 ? Math.round(ours).toLocaleString('en') : ours.toFixed(ours < 10 ? 2 : 1);
  const beside =
    bare === undefined
      ? ''
      : `  bare ${Math.round(bare).toLocaleString('en')} ${unit}  ratio ${(ours / bare).toFixed(2)}`;
  return `${name.padEnd(54)} ${value.padStart(8)} ${unit}${beside}${note ? `   (${note})` : ''}`;
}

try {
  const bench = {
    dir,
    seconds,
    releases,
    events,
    servers,
    issuer: issuer.url,
    kafka,
    mongo,
    ...(cardinal ? { cardinal } : {}),
  };
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
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
if (values.json) console.log(JSON.stringify({ machine, figures }));
else
  console.log(
    `\nnpm run bench -- ${[...positionals, '--seconds', seconds].join(' ')}    on ${machine}\n\n${figures.map(line).join('\n')}`,
  );
process.exit(0);
