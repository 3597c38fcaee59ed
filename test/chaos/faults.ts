import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { type Service, SERVICES } from '@aiqyn/local';
import { kafkaClient } from '@aiqyn/platform';
import { EventProducer } from '@aiqyn/platform/testing';
import type { Random } from './random.js';
import type { Toxic, World } from './world.js';

/** What is done to the world; resolves when everything answers again. */
export interface Fault {
  readonly name: string;
  run(): Promise<void>;
}

const TOXICS: readonly Toxic[] = [
  { type: 'latency', attributes: { latency: 800, jitter: 400 } },
  { type: 'bandwidth', attributes: { rate: 20 } },
  { type: 'reset_peer', attributes: { timeout: 300 } },
  // Half-open: nothing comes through, and nobody is told.
  { type: 'timeout', attributes: { timeout: 0 } },
];

/** Events of each topic that break their contract, under keys of their own. */
export const POISON: Readonly<Record<Service, string>> = {
  reporting: 'reporting.report.received.v1',
  'risk-analysis': 'risk-analysis.release.recorded.v1',
  compliance: 'compliance.gift.declared.v1',
  'report-compilation': 'report-compilation.index.recorded.v1',
};

/** kill -9 of a process that chance picks: half of them services, the rest the broker or the database. */
export function kills(world: World, random: Random, count: number): Fault[] {
  return Array.from({ length: count }, () => {
    const victim = random.of([...SERVICES, 'broker', 'database'] as const);
    const replica = random.below(2);
    const run = (): Promise<void> =>
      victim === 'broker'
        ? world.killBroker()
        : victim === 'database'
          ? world.killDatabase()
          : world.killService(victim, replica);
    return { name: `kill -9 of ${victim}`, run };
  });
}

/** Each kind of network fault between each service and each server. */
export function networkFaults(world: World): Fault[] {
  return SERVICES.flatMap((service) =>
    (['mongo', 'kafka'] as const).flatMap((server) =>
      TOXICS.map((toxic) => ({
        name: `${toxic.type} between ${service} and ${server}`,
        run: () => world.between(service, server, toxic, 3_000),
      })),
    ),
  );
}

/** Each replica of each service is killed in turn, while the other works on. */
export function killsInTurn(world: World, replicas: number): Fault[] {
  return SERVICES.flatMap((service) =>
    Array.from({ length: replicas }, (_, replica) => ({
      name: `kill -9 of replica ${replica + 1} of ${service}`,
      run: () => world.killService(service, replica),
    })),
  );
}

export function rollingRestart(world: World): Fault {
  return {
    name: 'rolling restart of everything',
    run: async () => {
      for (const service of SERVICES) await world.restart(service);
    },
  };
}

/** A second replica of each service whose clock goes five minutes ahead. */
export function skewedReplicas(world: World): Fault[] {
  return SERVICES.map((service) => ({
    name: `a replica of ${service} five minutes ahead`,
    run: async () => {
      const file = join(world.dir, `ahead-${service}`);
      const tell = (): void => writeFileSync(file, new Date(Date.now() + 300_000).toISOString());
      tell();
      const ticking = setInterval(tell, 50);
      try {
        const replica = await world.replica(service, { DEMO_CLOCK_FILE: file });
        // The one with the right clock goes: the other takes over its lease and partitions.
        await world.killService(service);
        await replica.stop();
      } finally {
        clearInterval(ticking);
      }
    },
  }));
}

export function poison(world: World): Fault {
  return {
    name: 'a poisoned event on each topic',
    run: async () => {
      const kafka = kafkaClient({ KAFKA_BROKERS: world.brokers, KAFKA_TLS: 'off' }, 'poison');
      for (const [service, type] of Object.entries(POISON)) {
        const key = `poison-${randomUUID()}`;
        const producer = new EventProducer(kafka, service, '');
        await producer.send([
          {
            ...{ id: `${key}#00000001`, key, sequence: 1, type, topic: `${service}.events` },
            ...{ time: new Date().toISOString(), body: '{"poison":' },
          },
        ]);
        await producer.reset();
      }
    },
  };
}

export function fullDisk(world: World): Fault[] {
  const { fillDisk } = world;
  return fillDisk ? [{ name: 'a full disk under the database', run: fillDisk }] : [];
}
