import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ROOT } from '../processes.js';
import { startServers } from './servers.js';

describe('startServers', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'aiqyn-servers-'));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  it('takes the servers that the environment names before any other way, and does not stop them', async () => {
    const said: string[] = [];
    const servers = await startServers({ dir, log: (line) => said.push(line) });
    expect([servers.mongo.address, servers.kafka.address]).toEqual([
      process.env['MONGODB_URI'],
      process.env['KAFKA_BROKERS'],
    ]);
    expect(said).toEqual(['MongoDB: MONGODB_URI of the environment', 'Kafka: KAFKA_BROKERS of the environment']);
    await servers.stop();
    await expect(startServers({ dir, log: () => undefined })).resolves.toBeDefined();
  });

  it('says which ways were tried, why each failed and what to install', () => {
    const code = `
      const { startServers } = await import(process.argv[1]);
      await startServers({ dir: process.argv[2], log: () => {} }).catch((error) => console.log(error.message));
    `;
    const module = join(ROOT, 'deploy/local/dist/servers/servers.js');
    const { KAFKA_BROKERS } = process.env;
    const said = spawnSync(process.execPath, ['--input-type=module', '-e', code, module, dir], {
      env: { KAFKA_BROKERS, AIQYN_SERVERS: 'docker', PATH: dir },
      encoding: 'utf8',
    });
    expect(said.stdout).toMatch(
      /^MongoDB cannot be had\. Tried:\n {2}docker: no Docker engine answers\nInstall Docker, or .*set MONGODB_URI\.\n$/,
    );
  });
});
