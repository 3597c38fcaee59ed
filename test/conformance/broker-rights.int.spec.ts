import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allTopics } from '@aiqyn/contracts';
import { freePort, startBroker } from '@aiqyn/local';
import { type KafkaAccess, kafkaClient, readLog } from '@aiqyn/platform';
import { EventProducer, grantRights } from '@aiqyn/platform/testing';
import { createTopics } from '@aiqyn/platform';
import { eventually } from '../harness/eventually.js';

const PARTNER = { name: 'general-prosecutor', topics: ['compliance.events'] };
const PASSWORDS: Readonly<Record<string, string>> = {
  reporting: 'of-reporting',
  compliance: 'of-compliance',
  [PARTNER.name]: 'of-the-partner',
};
const event = (service: string, id: string) => ({
  ...{ id: `${id}#00000001`, key: id, sequence: 1, type: `${service}.tried.v1`, topic: `${service}.events` },
  ...{ time: new Date().toISOString(), body: '{}' },
});

/** A broker with TLS, SCRAM and rules of its own: what an installation has, and the suites' servers have not. */
describe('the rights at a broker with TLS and passwords', () => {
  const dir = mkdtempSync(join(tmpdir(), 'aiqyn-rights-'));
  const certificate = join(dir, 'certificate.pem');
  let broker: Awaited<ReturnType<typeof startBroker>>;
  let admin: KafkaAccess;
  let clients: number;
  const as = (user: string, password = PASSWORDS[user]!): KafkaAccess => ({
    ...{ KAFKA_BROKERS: `localhost:${clients}`, KAFKA_TLS: 'on', KAFKA_CA_FILE: certificate },
    ...{ KAFKA_USERNAME: user, KAFKA_PASSWORD: password },
  });
  const send = async (user: string, service: string): Promise<void> => {
    const producer = new EventProducer(kafkaClient(as(user), user), service, '');
    try {
      await producer.send([event(service, `from-${user}`)]);
    } finally {
      await producer.reset();
    }
  };
  const read = async (access: KafkaAccess, topic: string, group: string): Promise<number> => {
    const { events, skipped } = await readLog(kafkaClient(access, 'reader'), [topic], group, () => undefined);
    return events + skipped;
  };

  beforeAll(async () => {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
        ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', join(dir, 'key.pem'), '-out', certificate],
      ],
      { stdio: 'ignore' },
    );
    const keyFile = join(dir, 'broker.pem');
    writeFileSync(keyFile, readFileSync(join(dir, 'key.pem'), 'utf8') + readFileSync(certificate, 'utf8'));
    const [plain, controller] = [await freePort(), await freePort()];
    clients = await freePort();
    broker = await startBroker(dir, { broker: plain, controller }, () => undefined, {
      users: PASSWORDS,
      listeners: [{ name: 'CLIENTS', port: clients, advertised: `localhost:${clients}`, protocol: 'SASL_SSL' }],
      properties: {
        'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
        'listener.name.clients.scram-sha-512.sasl.jaas.config':
          'org.apache.kafka.common.security.scram.ScramLoginModule required;',
        'listener.name.clients.ssl.keystore.type': 'PEM',
        'listener.name.clients.ssl.keystore.location': keyFile,
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        // Whoever is on the listener without a password is trusted: on a loopback that only administrators reach.
        'super.users': 'User:ANONYMOUS',
      },
    });
    admin = { KAFKA_BROKERS: broker.brokers, KAFKA_TLS: 'off' };
    await createTopics(kafkaClient(admin, 'admin'), '');
    await grantRights(kafkaClient(admin, 'admin'), [PARTNER]);
  }, 120_000);
  afterAll(async () => {
    await broker.child().stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('let a service send to its own topic, and read all', async () => {
    // A broker has taken a rule before it goes by it.
    await eventually(() => send('reporting', 'reporting'));
    await eventually(() => send('compliance', 'compliance'));
    for (const topic of allTopics()) await read(as('reporting'), topic, 'reporting.try');
    expect(await read(as('compliance'), 'reporting.events', 'compliance.try')).toBe(1);
    expect(await read(as('compliance'), 'compliance.events', 'compliance.try')).toBe(1);
  });

  it('refuse a service at the topic of another', async () => {
    await expect(send('reporting', 'compliance')).rejects.toThrow(/authoriz/i);
    expect(await read(admin, 'compliance.events', 'look')).toBe(1);
  });

  it('let a partner read what its contract names, in a group of its own, and nothing else', async () => {
    expect(await read(as(PARTNER.name), 'compliance.events', `${PARTNER.name}.archive`)).toBe(1);
    await expect(read(as(PARTNER.name), 'reporting.events', `${PARTNER.name}.archive`)).rejects.toThrow(/authoriz/i);
    // kafkajs calls a group that is not theirs one without a coordinator.
    await expect(read(as(PARTNER.name), 'compliance.events', 'compliance.try')).rejects.toThrow(/coordinator/);
    await expect(send(PARTNER.name, 'compliance')).rejects.toThrow(/authoriz/i);
  });

  it('refuse a wrong password, and a connection without TLS', async () => {
    const wrong = kafkaClient(as('reporting', 'wrong'), 'wrong').admin();
    await expect(wrong.connect()).rejects.toThrow(/SASL|authentication/i);
    const bare = kafkaClient({ ...as('reporting'), KAFKA_TLS: 'off' }, 'bare').admin();
    await expect(bare.connect()).rejects.toThrow();
    await Promise.all([wrong.disconnect(), bare.disconnect()]);
  });

  it('are withdrawn from a partner whose contract ended, and stay as they are when said again', async () => {
    expect(await grantRights(kafkaClient(admin, 'admin'), [PARTNER])).toEqual({ granted: 0, withdrawn: 0 });
    const { granted, withdrawn } = await grantRights(kafkaClient(admin, 'admin'), []);
    expect(granted).toBe(0);
    expect(withdrawn).toBeGreaterThan(0);
    await expect(read(as(PARTNER.name), 'compliance.events', `${PARTNER.name}.archive`)).rejects.toThrow(/authoriz/i);
  });
});
