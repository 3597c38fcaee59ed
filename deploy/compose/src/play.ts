import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES } from '@aiqyn/contracts';
import { DEMO_YEAR, DemoYear, Offices, type Service, until } from '@aiqyn/local';

/**
 * Plays the demo year through the public APIs of an installation, from inside its network: tokens of its issuer, with the
 * secrets of its clients. `begin` sets the clock before the services start. A year that was played is not played again: then it
 * only reads the published report. Ends with 1 when it did not come out.
 */
const [what, dir = '/installation'] = process.argv.slice(2);
const clock = join(dir, 'demo', 'clock');
const marker = join(dir, 'demo', 'played.json');
if (what === 'begin') {
  if (!existsSync(marker)) DemoYear.begin(clock);
  process.exit(0);
}

const ISSUER = 'http://keycloak:8080/realms/aiqyn';
const secretOf = (client: string): string => readFileSync(join(dir, 'secrets', `client-${client}`), 'utf8');
const addresses = Object.fromEntries(SERVICES.map((service) => [service, `http://${service}:3000`])) as Record<
  Service,
  string
>;
const offices = new Offices(ISSUER, addresses, secretOf);
const began = Date.now();
const say = (line: string): void => console.log(`[${Math.round((Date.now() - began) / 1000)}s] ${line}`);

const answers = (name: string, address: string): Promise<void> =>
  until(async () => {
    const { status } = await fetch(address);
    if (status !== 200) throw new Error(`${name} is not ready: ${status}`);
  }, 180_000);
for (const service of SERVICES) await answers(service, `${addresses[service]}/health/ready`);
await answers('the issuer', `${ISSUER}/.well-known/openid-configuration`);
say('the issuer and four services are ready');
if (!existsSync(marker)) {
  say(`playing the demo year ${DEMO_YEAR} through the public APIs`);
  const outcome = await new DemoYear(offices, mkdtempSync(join(tmpdir(), 'demo-')), clock, say).play();
  writeFileSync(marker, JSON.stringify(outcome));
}
const { nationalReportId } = JSON.parse(readFileSync(marker, 'utf8')) as { nationalReportId: string };
const { data: report } = await offices.citizen['report-compilation'].GET('/v1/national-reports/{id}', {
  params: { path: { id: nationalReportId } },
});
const { state } = report as { state: string };
if (state !== 'published') throw new Error(`the National Report of ${DEMO_YEAR} is ${state}, not published`);
const { data: cases } = await offices
  .as('supervisor')
  .reporting.GET('/v1/cases', { params: { query: { limit: 200 } } });
const { items } = cases as { items: unknown[] };
say(`the National Report of ${DEMO_YEAR} is published; the first page of cases has ${items.length}`);
