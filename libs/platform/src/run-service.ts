import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ServiceName } from '@aiqyn/contracts';
import type { FastifyInstance } from 'fastify';
import type { Connection, mongo } from 'mongoose';
import { Clock } from './clock.js';
import { ConfigError, loadConfig, type PlatformConfig } from './config.js';
import { Duties } from './duties.js';
import type { AuthenticatedRequest } from './http/auth.guard.js';
import { takeBytes } from './http/server/byte-bodies.js';
import { Health } from './http/health.controller.js';
import { sayToBrowsers } from './http/server/headers.js';
import { refuseOtherMethods } from './http/server/methods.js';
import { openApiOf, serveOpenApi } from './http/openapi/document.js';
import { keepToTime, PATIENCE } from './http/server/patience.js';
import { takeTurns } from './http/server/turns.js';
import { strictValidation } from './http/validation.js';
import { Parked } from './inbox/parked.js';
import { kafkaClient } from './kafka/client.js';
import { EventServer } from './kafka/event-server.js';
import { EventProducer } from './kafka/producer.js';
import { createTopics } from './kafka/topics.js';
import { COLLECTIONS } from './mongo/collections.js';
import { prepareDatabase, type RetiredIndexes } from './mongo/prepare-database.js';
import { Transactions } from './mongo/transactions.js';
import { createLogger, type Logger, NestLogger } from './observe/logger.js';
import { Metrics } from './observe/metrics.js';
import { beginStep, inTrace, type Step, traceFrom } from './observe/trace.js';
import { startTracing } from './observe/tracing.js';
import { Lease } from './outbox/lease.js';
import { Relay } from './outbox/relay.js';
import { PlatformModule } from './platform.module.js';
import { Timers } from './timers/timers.js';

export interface ServiceDefinition<C extends PlatformConfig> {
  readonly name: ServiceName;
  readonly module: Type;
  readonly config: new () => C;
  /** Body classes whose schemas the OpenAPI document shows. */
  readonly dtos?: readonly Type[];
  /** Further media types, of any length, handed on as a stream: its reader holds back the sender. */
  readonly streamBodies?: readonly string[];
  /** Routes (patterns) that take `application/octet-stream`, handed on as bytes, with the greatest length; no other route does. */
  readonly byteBodies?: Readonly<Record<string, number>>;
  readonly retiredIndexes?: RetiredIndexes;
}

export interface RunningService {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly relay: Relay;
  readonly eventServer: EventServer;
  stop(): Promise<void>;
}

const BODY_LIMIT = 1024 * 1024;
/** As long as Node lets an address be: what is too long for an id is refused like any other wrong one, in our words. */
const PARAMETER_LIMIT = 16 * 1024;

/**
 * Collections, indexes and topics, and nothing else: for a job before the first replica starts, since two that make a unique
 * index at once wait for each other. A user of the broker that may not create topics finds them there.
 */
export async function prepareService<C extends PlatformConfig>(
  { name, module, config: declared, retiredIndexes }: ServiceDefinition<C>,
  env: Record<string, string | undefined> = process.env,
): Promise<void> {
  const config = loadConfig(declared, env);
  const logger = createLogger(name, config.LOG_LEVEL);
  @Module({ imports: [PlatformModule.for(name, config, logger), module] })
  class ServiceRoot {}
  // Never initialised: what modules do when they start is for a service that serves.
  const app = await NestFactory.create(ServiceRoot, new FastifyAdapter(), { logger: false, abortOnError: false });
  try {
    await prepareDatabase(app.get<Connection>(getConnectionToken()), config.INBOX_DAYS, retiredIndexes);
    await createTopics(kafkaClient(config, name, logger), config.TOPIC_PREFIX);
    logger.info('prepared');
  } finally {
    await app.close();
  }
}

/**
 * The OpenAPI document of a service, from its decorators alone: nothing of it is constructed, so that neither settings nor servers
 * are needed.
 */
export async function describeService<C extends PlatformConfig>({
  name,
  module,
  config,
  dtos = [],
}: ServiceDefinition<C>): Promise<object> {
  @Module({ imports: [PlatformModule.for(name, new config(), createLogger(name, 'silent')), module] })
  class ServiceRoot {}
  const app = await NestFactory.create<NestFastifyApplication>(ServiceRoot, new FastifyAdapter(), {
    logger: false,
    abortOnError: false,
    preview: true,
  });
  return openApiOf(app, name, dtos);
}

/** The one bootstrap: config, log, database, topics, HTTP, Kafka in and out, probes, shutdown. Throws ConfigError. */
export async function startService<C extends PlatformConfig>(
  definition: ServiceDefinition<C>,
  env: Record<string, string | undefined> = process.env,
): Promise<RunningService> {
  const config = loadConfig(definition.config, env);
  const logger = createLogger(definition.name, config.LOG_LEVEL);
  const collector = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  const endTracing = collector ? await startTracing(definition.name, collector) : undefined;
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    logger: false,
    trustProxy: false,
    routerOptions: { maxParamLength: PARAMETER_LIMIT },
    ...PATIENCE,
  });
  @Module({ imports: [PlatformModule.for(definition.name, config, logger), definition.module] })
  class ServiceRoot {}
  const app = await NestFactory.create<NestFastifyApplication>(ServiceRoot, adapter, {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  const fastify: FastifyInstance = adapter.getInstance();
  takeTurns(fastify);
  sayToBrowsers(fastify);
  keepToTime(fastify, definition.streamBodies ?? []);
  observe(fastify, app.get(Metrics), logger);
  letGo(fastify, app.get(Health));
  refuseOtherMethods(fastify);
  for (const type of definition.streamBodies ?? [])
    fastify.addContentTypeParser(type, { bodyLimit: Number.MAX_SAFE_INTEGER }, (_request, body, done) =>
      done(null, body),
    );
  takeBytes(fastify, definition.byteBodies ?? {});
  app.useGlobalPipes(strictValidation());
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);

  const connection = app.get<Connection>(getConnectionToken());
  await prepareDatabase(connection, config.INBOX_DAYS, definition.retiredIndexes);
  const kafka = kafkaClient(config, definition.name, logger);
  await createTopics(kafka, config.TOPIC_PREFIX);

  const transactions = app.get(Transactions);
  const metrics = app.get(Metrics);
  const inbox = connection.db!.collection<{ ids: string[] }>(COLLECTIONS.inbox);
  const eventServer = new EventServer(
    {
      access: config,
      service: definition.name,
      prefix: config.TOPIC_PREFIX,
      sessionTimeout: config.SESSION_TIMEOUT_MS,
    },
    transactions,
    app.get(Parked),
    (ids) => knownIds(inbox, ids),
    metrics,
    logger,
  );
  app.get(Health).server = eventServer;
  app.connectMicroservice({ strategy: eventServer }, { inheritAppConfig: false });
  serveOpenApi(app, definition.name, definition.dtos ?? []);

  const lease = new Lease(connection, 'duties', `${hostname()}-${randomUUID()}`, config.LEASE_SECONDS);
  const relay = new Relay(
    connection,
    new EventProducer(kafka, definition.name, config.TOPIC_PREFIX),
    lease,
    metrics,
    logger,
  );
  transactions.onPublished(() => relay.nudge());
  const duties = new Duties(connection, lease, app.get(Timers), app.get(Clock), metrics, logger);
  await app.startAllMicroservices();
  relay.start();
  duties.start();
  await app.listen(config.PORT, '0.0.0.0');
  const address = fastify.server.address();
  const port = typeof address === 'object' && address ? address.port : config.PORT;
  logger.info({ port }, 'ready');

  let stopping: Promise<void> | undefined;
  const stopDuties = async (): Promise<void> => {
    logger.info('stopping: duties');
    await duties.stop();
    logger.info('stopping: relay');
    await relay.stop();
    await lease.release().catch(() => undefined);
    await endTracing?.();
    logger.info('stopping: requests, consumer, database');
  };
  // Nest closes HTTP, then the consumer (which waits for its batch), then the database; ours end before those.
  const closing = app.get(Health);
  const red = closing.onModuleDestroy.bind(closing);
  closing.onModuleDestroy = () => {
    red();
    return (stopping ??= stopDuties()) as never;
  };
  return { app, url: `http://localhost:${port}`, relay, eventServer, stop: () => app.close() };
}

/**
 * `startService` for a `main.ts`, or `prepareService` with `--prepare`, or the document with `--openapi`: a configuration that is wrong ends the process with
 * code 1 and a line that says what.
 */
export async function runService<C extends PlatformConfig>(definition: ServiceDefinition<C>): Promise<void> {
  try {
    if (process.argv.includes('--openapi')) console.log(JSON.stringify(await describeService(definition), null, 2));
    else if (process.argv.includes('--prepare')) await prepareService(definition);
    else await startService(definition);
  } catch (error) {
    console.error(
      `${definition.name}: ${error instanceof ConfigError ? error.message : String((error as Error).stack)}`,
    );
    process.exit(1);
  }
}

async function knownIds(inbox: mongo.Collection<{ ids: string[] }>, ids: string[]): Promise<Set<string>> {
  const rows = await inbox.find({ ids: { $in: ids } }, { projection: { _id: 0, ids: 1 } }).toArray();
  return new Set(rows.flatMap((r) => r.ids));
}

/**
 * While the service stops, each answer closes its connection: one that stayed open for a next request would keep the
 * server from ending for more than a minute.
 */
function letGo(fastify: FastifyInstance, health: Health): void {
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (health.draining) void reply.header('connection', 'close');
    done(null, payload);
  });
}

const steps = new WeakMap<object, Step>();

/**
 * Metric and, for callers that are known, a step of a trace and one log line per request: method, route pattern, status, time; no
 * address, agent or body. A citizen's request leaves neither, nor do the effects of its events, since a line has the second of
 * their act.
 */
function observe(fastify: FastifyInstance, metrics: Metrics, logger: Logger): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const header = request.headers['traceparent'];
    const above = traceFrom(typeof header === 'string' ? header : undefined);
    const name = `${request.method} ${request.routeOptions.url ?? 'unknown'}`;
    const step = beginStep(name, 'server', above);
    steps.set(request, step);
    inTrace(step, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const seconds = reply.elapsedTime / 1000;
    metrics.requests.observe({ method: request.method, route, status: String(reply.statusCode) }, seconds);
    steps.get(request)?.end(reply.statusCode >= 500 ? String(reply.statusCode) : undefined);
    if ((request as AuthenticatedRequest).subject !== undefined) {
      logger.debug(
        { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
        'request',
      );
    }
    done();
  });
}
