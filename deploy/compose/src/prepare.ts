import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SERVICES, type ServiceName } from '@aiqyn/contracts';
import { CLIENTS, ROOT, serviceEnv, STATE } from '@aiqyn/local';
import { backupSettings, brokerScript, connections, mongoScript } from './installation.rules.js';
import { realmOf } from './realm.rules.js';

const USAGE = `usage: npm run -s installation -- prepare [--dir DIR] (--demo | --identity URL --channel-public-key KEY)

Makes what compose.yaml needs in DIR (.aiqyn/compose): a secret for every purpose, users of database and broker, the realm
of the identity issuer. Said again, it keeps every secret that is there. DIR/partners.json names the systems that read events:
  [{ "name": "general-prosecutor", "topics": ["compliance.events"] }]

  --demo                 for a try on this machine: the services follow the demo year's clock, the channel's key is made here
  --identity             address of the issuer as departments see it, https://id.agency.example
  --channel-public-key   of the channel; its private half stays with the offices (npm run -s reporting -- channel-keys)`;

/** Its own secrets, and no other: what a service does not know it cannot leak. */
const OWN: Readonly<Record<ServiceName, readonly string[]>> = {
  reporting: [
    'CHANNEL_PUBLIC_KEY',
    'RECEIPT_PEPPER',
    'PREVIOUS_RECEIPT_PEPPER',
    'CASE_KEY_ENCRYPTION_KEY',
    'TRANSPARENCY_KEY',
  ],
  'risk-analysis': ['PERSON_KEY'],
  compliance: ['PERSON_KEY'],
  'report-compilation': ['REPORT_SIGNING_KEY'],
};

function refuse(why: string): never {
  console.error(`${why}\n\n${USAGE}`);
  process.exit(2);
}

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dir: { type: 'string', default: join(STATE, 'compose') },
    demo: { type: 'boolean', default: false },
    identity: { type: 'string' },
    'channel-public-key': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (given.help || positionals[0] !== 'prepare') refuse(given.help ? 'prepares an installation' : 'what is to be done?');
const key = given['channel-public-key'];
if (!given.demo && (!given.identity?.startsWith('https://') || !/^[A-Za-z0-9_-]{43}$/.test(key ?? '')))
  refuse('--identity (https) and --channel-public-key (32 bytes, base64url) are needed, or --demo');

const dir = resolve(given.dir);
const outside = { demo: given.demo, identity: given.identity ?? 'http://localhost:3000' };
/** The folder is closed to others; its files are not, since containers read them as users of their own. */
mkdirSync(join(dir, 'secrets'), { recursive: true, mode: 0o700 });
mkdirSync(join(dir, 'demo'), { recursive: true });
mkdirSync(join(dir, 'backups'), { recursive: true, mode: 0o700 });

/** A secret of this installation, made once. */
function secret(name: string, bytes = 24): string {
  const file = join(dir, 'secrets', name);
  if (!existsSync(file)) writeFileSync(file, randomBytes(bytes).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}
const put = (name: string, text: string): void => writeFileSync(join(dir, name), text);
const env = (settings: Record<string, string | undefined>): string =>
  Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

const partnersFile = join(dir, 'partners.json');
if (!existsSync(partnersFile)) writeFileSync(partnersFile, '[]\n');
const partners = JSON.parse(readFileSync(partnersFile, 'utf8')) as { name: string }[];

const made = { dir: join(dir, 'secrets'), mongoUri: '', brokers: '', issuer: '', ports: {} as never };
for (const service of SERVICES) {
  // The channel's private half is made here only where one machine plays every office.
  const all = { ...serviceEnv(service, { ...made, ...(key ? { channelPublicKey: key } : {}) }) };
  const own = Object.fromEntries(OWN[service].map((name) => [name, all[name]]));
  put(`${service}.env`, env({ PORT: '3000', ...connections(service, outside, secret), ...own }));
}
put('backup.env', env(backupSettings(secret)));
// 32 bytes, of which an encrypted backup is nothing without.
secret('backup-key', 32);
put('mongo.env', env({ MONGO_INITDB_ROOT_USERNAME: 'root', MONGO_INITDB_ROOT_PASSWORD: secret('mongo-root') }));
// mongod takes the letters of plain base64 only.
put('mongo-keyfile', Buffer.from(secret('mongo-keyfile', 500), 'base64url').toString('base64'));
put('mongo-init.js', mongoScript(SERVICES, secret));
put('broker-init.sh', brokerScript([...SERVICES, ...partners.map(({ name }) => name)], secret));
put(
  'realm.json',
  JSON.stringify(
    realmOf(CLIENTS, (client) => secret(`client-${client}`)),
    null,
    1,
  ),
);
put(
  'keycloak.env',
  env({
    KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
    KC_BOOTSTRAP_ADMIN_PASSWORD: secret('keycloak-admin'),
    KC_HOSTNAME: outside.identity,
  }),
);
put('.env', env({ AIQYN_DIR: dir, AIQYN_BACKUPS: join(dir, 'backups') }));

console.log(`${dir} is ready for ${outside.demo ? 'a try' : outside.identity}
  start      docker-compose --env-file ${join(dir, '.env')} -f ${join(ROOT, 'deploy/compose/compose.yaml')} up -d
  secrets    ${join(dir, 'secrets')}, one file each: keep a copy elsewhere, without them sealed cases are lost
  clients    secrets/client-NAME, for a token of a department`);
