import { join } from 'node:path';
import { PERMISSIONS } from '@aiqyn/platform';
import { type Service, startServers, STATE } from '@aiqyn/local';
import { startPlatform, type TestPlatform } from '../harness/platform.js';

/** Every role there is: an attacker who is let in everywhere finds most. */
export const ALL_ROLES = [...new Set(Object.values(PERMISSIONS).flat())];

/** Servers, services and an issuer of their own, gone again when `work` is done. */
export async function onTarget<T>(
  services: readonly Service[],
  settings: Record<string, string>,
  work: (platform: TestPlatform) => Promise<T>,
): Promise<T> {
  const servers = await startServers({ dir: join(STATE, 'attack'), ephemeral: true, log: console.log });
  process.env['MONGODB_URI'] = servers.mongo.address;
  process.env['KAFKA_BROKERS'] = servers.kafka.address;
  try {
    const platform = await startPlatform('attack', services, { LOG_LEVEL: 'warn', ...settings });
    try {
      return await work(platform);
    } finally {
      await platform.stop();
    }
  } finally {
    await servers.stop();
  }
}
