/** Where the parts of an installation find each other in the network of `compose.yaml`. */
const INSIDE = {
  mongo: 'mongo:27017',
  kafka: 'kafka:9092',
  /** Without a password, in the network of the broker's own container alone. */
  besideKafka: '127.0.0.1:9090',
  keys: 'http://keycloak:8080/realms/aiqyn/protocol/openid-connect/certs',
};

/** How the installation is known outside. */
export interface Outside {
  /** Address of the identity issuer as browsers and departments see it. */
  readonly identity: string;
  /** Development only: the services follow the demo's clock. */
  readonly demo: boolean;
}

const database = (service: string): string => `aiqyn_${service.replaceAll('-', '_')}`;

/** The settings of one service beside its own secrets: a user of its own at the database and at the broker. */
export function connections(
  service: string,
  outside: Outside,
  password: (user: string) => string,
): Record<string, string> {
  const db = database(service);
  return {
    MONGODB_URI: `mongodb://${service}:${password(`mongo-${service}`)}@${INSIDE.mongo}/${db}?replicaSet=rs0&authSource=admin`,
    MONGODB_DB: db,
    KAFKA_BROKERS: INSIDE.kafka,
    KAFKA_USERNAME: service,
    KAFKA_PASSWORD: password(`kafka-${service}`),
    OIDC_ISSUER: `${outside.identity}/realms/aiqyn`,
    OIDC_JWKS_URI: INSIDE.keys,
    ...(outside.demo ? { NODE_ENV: 'development', DEMO_CLOCK_FILE: '/demo/clock' } : { NODE_ENV: 'production' }),
  };
}

/** The settings of what makes backups: it reads every database, and the broker where its listener needs no password. */
export const backupSettings = (password: (user: string) => string): Record<string, string> => ({
  MONGODB_URI: `mongodb://backup:${password('mongo-backup')}@${INSIDE.mongo}/?replicaSet=rs0&authSource=admin`,
  KAFKA_BROKERS: INSIDE.besideKafka,
});

/**
 * What mongosh runs once: the replica set of one, a user per service that reads and writes its database alone, and one that reads all
 * of them for backups.
 */
export function mongoScript(services: readonly string[], password: (user: string) => string): string {
  const users = services.map((service) => ({
    ...{ user: service, pwd: password(`mongo-${service}`) },
    roles: [{ role: 'readWrite', db: database(service) }],
  }));
  const backup = {
    ...{ user: 'backup', pwd: password('mongo-backup') },
    roles: [{ role: 'readAnyDatabase', db: 'admin' }],
  };
  return `
try { rs.status() } catch { rs.initiate({ _id: 'rs0', members: [{ _id: 0, host: ${JSON.stringify(INSIDE.mongo)} }] }) }
while (!db.hello().isWritablePrimary) sleep(100)
const admin = db.getSiblingDB('admin')
for (const one of ${JSON.stringify([...users, backup])}) {
  if (admin.getUser(one.user)) admin.updateUser(one.user, { pwd: one.pwd, roles: one.roles })
  else admin.createUser(one)
}
`;
}

/** What runs once beside the broker, where its listener without a password is: a SCRAM user per service and partner. */
export function brokerScript(users: readonly string[], password: (user: string) => string): string {
  const lines = users.map(
    (user) =>
      `/opt/kafka/bin/kafka-configs.sh --bootstrap-server ${INSIDE.besideKafka} --alter --entity-type users --entity-name ${user} ` +
      `--add-config 'SCRAM-SHA-512=[iterations=4096,password=${password(`kafka-${user}`)}]'`,
  );
  return ['#!/bin/bash', 'set -e', ...lines, ''].join('\n');
}
