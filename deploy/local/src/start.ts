import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DemoYear } from './demo-year/demo-year.js';
import { Offices } from './demo-year/offices.js';
import type { DemoOutcome } from './demo-year/release-report.js';
import { DEMO_YEAR } from './demo-year/year.js';
import { removeContainers } from './servers/docker.js';
import { startIssuer } from './issuer.js';
import { needPort } from './ports.js';
import { type Child, takeOver, STATE } from './processes.js';
import { startServers } from './servers/servers.js';
import { clockFile, ready, SERVICE_PORTS, SERVICES, type Service, startService } from './services.js';

/** `npm start [-- --empty | --once]`: the whole platform on one machine. */
const args = new Set(process.argv.slice(2));
const unknown = [...args].filter((a) => !['--empty', '--once'].includes(a));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(' ')}\nusage: npm start [-- --empty | --once]`);
  process.exit(2);
}

const dir = join(STATE, 'dev');
const began = Date.now();
const say = (line: string): void =>
  console.log(`[${String(Math.round((Date.now() - began) / 1000)).padStart(3)}s] ${line}`);
const undo: (() => Promise<void>)[] = [];
let stopping = false;
let drained: Promise<void> = Promise.resolve();

/** Ends everything in the reverse order of its start: services before the servers that they write to. */
function stop(): Promise<void> {
  if (!stopping) say('stopping');
  stopping = true;
  // What a step that was under way still starts is ended by the stop that follows it.
  return (drained = drained.then(async () => {
    for (let one = undo.pop(); one; one = undo.pop())
      await one().catch((error: Error) => say(`while stopping: ${error.message}`));
  }));
}

/** Thrown between two steps of the start when Ctrl-C came: nothing more is begun. */
class Stopped extends Error {}
const goOn = (): void => {
  if (stopping) throw new Stopped('stopped');
};

const ports = Object.fromEntries(
  SERVICES.map((s) => [s, Number(process.env[`${s.toUpperCase().replace('-', '_')}_PORT`] ?? SERVICE_PORTS[s])]),
) as Record<Service, number>;
const issuerPort = Number(process.env['ISSUER_PORT'] ?? 3000);
const marker = join(dir, 'demo-year.json');

async function main(): Promise<void> {
  await takeOver(dir, say);
  await needPort(issuerPort, 'the identity issuer', 'ISSUER_PORT');
  for (const s of SERVICES) await needPort(ports[s], s, `${s.toUpperCase().replace('-', '_')}_PORT`);
  const wantsDemo = !args.has('--empty');
  if (wantsDemo && existsSync(join(dir, 'demo-began')) && !existsSync(marker)) {
    say('the demo year was cut off last time: beginning again with empty data');
    rmSync(dir, { recursive: true, force: true });
    // Without an engine there are none.
    await removeContainers(dir).catch(() => undefined);
  }

  const servers = await startServers({ dir, log: say });
  undo.push(async () => {
    await servers.stop();
    say('stopped; the data is kept in .aiqyn');
  });
  goOn();
  const issuer = await startIssuer({ port: issuerPort, dir });
  undo.push(() => issuer.stop());
  goOn();
  const settings = { dir, mongoUri: servers.mongo.address, brokers: servers.kafka.address, issuer: issuer.url, ports };
  writeFileSync(join(dir, 'settings.json'), JSON.stringify(settings));
  const plays = wantsDemo && !existsSync(marker);
  if (plays) DemoYear.begin(clockFile(dir));
  const children: Child[] = [];
  undo.push(async () => {
    await Promise.all(children.map((c) => c.stop()));
  });
  for (const s of SERVICES) {
    const child = startService(s, settings);
    children.push(child);
    void child.ended.then(({ code, signal }) => {
      if (stopping) return;
      say(`${s} ended unexpectedly (${signal ?? `code ${code}`}); its log is ${join(dir, `${s}.log`)}`);
      process.exitCode = 1;
      void stop();
    });
  }
  await Promise.all(children.map((child, i) => ready(child, ports[SERVICES[i]!], dir)));
  goOn();
  say('four services are ready');

  const offices = new Offices(
    issuer.url,
    Object.fromEntries(SERVICES.map((s) => [s, `http://localhost:${ports[s]}`])) as Record<Service, string>,
  );
  if (plays) {
    writeFileSync(join(dir, 'demo-began'), '');
    say(`playing the demo year ${DEMO_YEAR} through the public APIs`);
    const outcome = await new DemoYear(offices, dir, clockFile(dir), say).play();
    writeFileSync(marker, JSON.stringify(outcome));
  }
  if (existsSync(marker)) await showReport(offices, JSON.parse(readFileSync(marker, 'utf8')) as DemoOutcome);
  goOn();
  if (args.has('--once')) return stop();
  tell();
}

/** Reads the published report in the three languages, as a citizen would; throws when it does not come out. */
async function showReport(offices: Offices, { nationalReportId }: DemoOutcome): Promise<void> {
  const { data } = await offices.citizen['report-compilation'].GET('/v1/national-reports/{id}', {
    params: { path: { id: nationalReportId } },
  });
  const { state } = data as { state: string };
  if (state !== 'published') throw new Error(`the National Report of ${DEMO_YEAR} is ${state}, not published`);
  say(`the National Report of ${DEMO_YEAR} is published:`);
  for (const lang of ['kk', 'ru', 'en']) {
    const url = `${offices.addresses['report-compilation']}/v1/national-reports/${nationalReportId}?lang=${lang}`;
    const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text();
    if (!page.includes(`<html lang="${lang}">`)) throw new Error(`the report has no page in ${lang}`);
    say(`  ${lang}  ${url}`);
  }
}

function tell(): void {
  console.log(`
  reporting            http://localhost:${ports.reporting}/docs
  risk-analysis        http://localhost:${ports['risk-analysis']}/docs
  compliance           http://localhost:${ports.compliance}/docs
  report-compilation   http://localhost:${ports['report-compilation']}/docs
  a token              npm run -s token -- triage-officer     (without a name: the list of clients)
  logs and data        ${dir}
  Ctrl-C stops all of it in order.
`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
try {
  await main();
} catch (error) {
  // After Ctrl-C whatever fails fails because its servers went away.
  if (!stopping) {
    console.error(`\nit did not come out: ${(error as Error).message}`);
    process.exitCode = 1;
  }
  await stop();
}
