import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import kafkajs, { type AclEntry, type Admin, type Kafka } from 'kafkajs';
import { loadConfig, PlatformConfig } from '../config.js';
import { kafkaClient } from './client.js';
import { faultsOf, type Partner, type Right, rightsOf } from './topic-rights.rules.js';
import { createTopics } from './topics.js';

// Not found as named exports by Node, which reads them from the text of a CommonJS module.
const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

const ON = { topic: AclResourceTypes.TOPIC, group: AclResourceTypes.GROUP } as const;
const TO = {
  read: AclOperationTypes.READ,
  write: AclOperationTypes.WRITE,
  describe: AclOperationTypes.DESCRIBE,
  delete: AclOperationTypes.DELETE,
} as const;
const MATCH = { literal: ResourcePatternTypes.LITERAL, prefixed: ResourcePatternTypes.PREFIXED } as const;

const entryOf = (right: Right): AclEntry => ({
  principal: `User:${right.user}`,
  host: '*',
  resourceType: ON[right.on],
  resourceName: right.name,
  resourcePatternType: MATCH[right.match],
  operation: TO[right.to],
  permissionType: AclPermissionTypes.ALLOW,
});
const keyOf = (entry: AclEntry): string =>
  [
    ...[entry.principal, entry.host, entry.resourceType, entry.resourceName],
    ...[entry.resourcePatternType, entry.operation, entry.permissionType],
  ].join(' ');

/** Every rule at the broker about topics and groups. */
async function existing(admin: Admin): Promise<AclEntry[]> {
  const all: AclEntry[] = [];
  for (const resourceType of Object.values(ON)) {
    const { resources } = await admin.describeAcls({
      resourceType,
      resourcePatternType: ResourcePatternTypes.ANY,
      operation: AclOperationTypes.ANY,
      permissionType: AclPermissionTypes.ANY,
    });
    for (const { acls, ...resource } of resources) all.push(...acls.map((acl) => ({ ...resource, ...acl })));
  }
  return all;
}

/** Makes the broker's rules about topics and groups exactly those of `rightsOf`: what is there besides is taken away. */
export async function grantRights(
  kafka: Kafka,
  partners: readonly Partner[],
): Promise<{ granted: number; withdrawn: number }> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const wanted = new Map(rightsOf(partners).map((right) => [keyOf(entryOf(right)), entryOf(right)]));
    const there = await existing(admin);
    const known = new Set(there.map(keyOf));
    const missing = [...wanted].filter(([key]) => !known.has(key)).map(([, entry]) => entry);
    const surplus = there.filter((entry) => !wanted.has(keyOf(entry)));
    if (missing.length > 0) await admin.createAcls({ acl: missing });
    if (surplus.length > 0) await admin.deleteAcls({ filters: surplus });
    return { granted: missing.length, withdrawn: surplus.length };
  } finally {
    await admin.disconnect();
  }
}

/** It needs the broker alone. */
class BrokerConfig extends PlatformConfig {
  override MONGODB_URI = 'mongodb://unused';
  override OIDC_ISSUER = 'http://unused';
}

/** `prepare-broker [PARTNERS.json]`: topics and rights, before services start; said again, it changes nothing. */
async function main(): Promise<void> {
  const config = loadConfig(BrokerConfig);
  const file = process.argv[2];
  const partners = file ? (JSON.parse(readFileSync(file, 'utf8')) as Partner[]) : [];
  const faults = faultsOf(partners);
  if (faults.length > 0) throw new Error(`${file}: ${faults.join('; ')}`);
  const kafka = kafkaClient(config, 'prepare-broker');
  await createTopics(kafka, config.TOPIC_PREFIX);
  const { granted, withdrawn } = await grantRights(kafka, partners);
  console.log(`topics are there; ${granted} rights granted, ${withdrawn} withdrawn`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await main().catch((error: Error) => {
    console.error(`prepare-broker: ${error.message}`);
    process.exit(1);
  });
