import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, ROOT, startChild, until } from './processes.js';

export const SERVICE_PORTS = {
  reporting: 3001,
  'risk-analysis': 3002,
  compliance: 3003,
  'report-compilation': 3004,
} as const;
export type Service = keyof typeof SERVICE_PORTS;
export const SERVICES = Object.keys(SERVICE_PORTS) as Service[];

export interface Settings {
  readonly dir: string;
  readonly mongoUri: string;
  readonly brokers: string;
  readonly issuer: string;
  readonly ports: Readonly<Record<Service, number>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Of a channel whose private half is elsewhere; without it a pair is made. */
  readonly channelPublicKey?: string;
}

/** Where the demo year keeps the instant that the services take for now. */
export const clockFile = (dir: string): string => join(dir, 'clock');

/** A secret of this machine, made once. */
function secret(dir: string, name: string, make: () => string): string {
  const file = join(dir, name);
  if (!existsSync(file)) {
    mkdirSync(dir, { recursive: true });
    writeFileSync(file, make(), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}

/**
 * The channel's key pair: services get the public half only. The private half lies here because one machine plays every
 * office; in a deployment it never comes near the service.
 */
export const channelKeys = (dir: string): KeyPair => keyPair(dir, 'channel-keys.json');

interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

function keyPair(dir: string, name: string): KeyPair {
  const make = (): string => {
    const jwk = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
    return JSON.stringify({ publicKey: jwk.x, privateKey: jwk.d });
  };
  return JSON.parse(secret(dir, name, make)) as KeyPair;
}

/** Bodies that have a key on this machine; another one of the list has none on purpose. */
export const BODIES_WITH_KEY = ['general-prosecutor', 'interior-ministry', 'financial-monitoring'] as const;

/** The key pair of a body that cases are referred to: it lies here because one machine plays every body. */
export const bodyKeys = (dir: string, body: (typeof BODIES_WITH_KEY)[number]): KeyPair =>
  keyPair(dir, `body-keys-${body}.json`);

/** A secret that is there only for a while: what an operator wrote into its file. */
const ifThere = (dir: string, name: string): string | undefined =>
  existsSync(join(dir, name)) ? readFileSync(join(dir, name), 'utf8').trim() || undefined : undefined;

export function serviceEnv(service: Service, settings: Settings): Record<string, string | undefined> {
  const { PATH, HOME, LANG, NODE_EXTRA_CA_CERTS } = process.env;
  return {
    ...{ PATH, HOME, LANG, NODE_EXTRA_CA_CERTS },
    PORT: String(settings.ports[service]),
    MONGODB_URI: settings.mongoUri,
    KAFKA_BROKERS: settings.brokers,
    OIDC_ISSUER: settings.issuer,
    DEMO_CLOCK_FILE: clockFile(settings.dir),
    CHANNEL_PUBLIC_KEY: settings.channelPublicKey ?? channelKeys(settings.dir).publicKey,
    REFERRAL_PUBLIC_KEYS: BODIES_WITH_KEY.map((b) => `${b}:${bodyKeys(settings.dir, b).publicKey}`).join(','),
    RECEIPT_PEPPER: secret(settings.dir, 'receipt-pepper', () => randomBytes(32).toString('base64url')),
    PREVIOUS_RECEIPT_PEPPER: ifThere(settings.dir, 'previous-receipt-pepper'),
    CASE_KEY_ENCRYPTION_KEY: secret(
      settings.dir,
      'case-key-encryption-key',
      () => `first:${randomBytes(32).toString('base64url')}`,
    ),
    PERSON_KEY: secret(settings.dir, 'person-key', () => randomBytes(32).toString('base64url')),
    REPORT_SIGNING_KEY: secret(settings.dir, 'report-signing-key', () => randomBytes(32).toString('base64url')),
    TRANSPARENCY_KEY: secret(settings.dir, 'transparency-key', () => randomBytes(32).toString('base64url')),
    ...settings.env,
  };
}

/** Starts one service as it runs in production: the built main.js in a process of its own. */
export const startService = (service: Service, settings: Settings): Child =>
  startChild(
    settings.dir,
    service,
    process.execPath,
    ['--disable-warning=TimeoutNegativeWarning', join(ROOT, 'services', service, 'dist', 'main.js')],
    serviceEnv(service, settings),
  );

/** Waits until a service is ready for traffic; throws with the end of its log when it ended instead, or never is. */
export async function ready(child: Child, port: number, dir: string, patience = 60_000): Promise<void> {
  let running = true;
  void child.ended.then(() => (running = false));
  try {
    await until(
      async () => {
        const response = await fetch(`http://localhost:${port}/health/ready`);
        if (!response.ok) throw new Error(`answers ${response.status}`);
      },
      patience,
      () => running,
    );
  } catch (error) {
    const log = readFileSync(join(dir, `${child.name}.log`), 'utf8')
      .trim()
      .split('\n')
      .slice(-12)
      .join('\n');
    throw new Error(`${child.name} did not become ready: ${(error as Error).message}\n${log}`);
  }
}
