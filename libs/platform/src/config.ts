import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import {
  getMetadataStorage,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  ValidateIf,
  validateSync,
} from 'class-validator';
import { unfitForProduction } from './production.rules.js';

const WEB = { require_tld: false, protocols: ['http', 'https'], require_protocol: true };
/** One of the two alone would be a connection without a password, or a password without a use. */
const hasKafkaUser = ({ KAFKA_USERNAME, KAFKA_PASSWORD }: PlatformConfig): boolean =>
  KAFKA_USERNAME !== undefined || KAFKA_PASSWORD !== undefined;

/** What every service needs to start; a service extends it with its own variables. */
export class PlatformConfig {
  @IsInt() @Min(0) @Max(65535) @Type(() => Number) PORT: number = 3000;
  @Matches(/^mongodb(\+srv)?:\/\/.+/) MONGODB_URI: string;
  @IsOptional() @Matches(/^[A-Za-z0-9_-]{1,60}$/) MONGODB_DB?: string;
  /**
   * Milliseconds without a byte of an answer after which a question to MongoDB is given up and its connection closed. The driver would wait
   * for ever: a connection that a proxy or a firewall forgot tells nobody, and all commands wait behind the one transaction that
   * waits for its answer. Longer than any answer should take: a transaction lives ten seconds. Raise it where indexes are built on very many rows.
   */
  @IsInt() @Min(1_000) @Max(600_000) @Type(() => Number) MONGODB_TIMEOUT_MS: number = 60_000;
  /** host:port, separated by commas. */
  @Matches(/^[^,:]+:\d+(,[^,:]+:\d+)*$/) KAFKA_BROKERS: string;
  /** Whether brokers are reached by TLS; `KAFKA_CA_FILE` (PEM) says whom to trust, without it the system's authorities. */
  @IsIn(['on', 'off']) KAFKA_TLS: string = 'off';
  @IsOptional() @IsString() KAFKA_CA_FILE?: string;
  /** Name and password for SCRAM-SHA-512; without both the broker asks for none. */
  @ValidateIf(hasKafkaUser) @IsString() KAFKA_USERNAME?: string;
  @ValidateIf(hasKafkaUser) @IsString() KAFKA_PASSWORD?: string;
  @IsUrl(WEB) OIDC_ISSUER: string;
  /** Where the issuer's keys lie; without it, where its discovery document says. */
  @IsOptional() @IsUrl(WEB) OIDC_JWKS_URI?: string;
  @IsString() OIDC_AUDIENCE: string = 'aiqyn';
  /** An OpenTelemetry collector (OTLP over HTTP) that steps of requests and events are told to; a citizen's are not. */
  @IsOptional() @IsUrl(WEB) OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent']) LOG_LEVEL: string = 'info';
  /** Put before topic and group names, so that test runs on one broker do not meet. Empty in production. */
  @IsOptional() @Matches(/^[a-z0-9-]*$/) TOPIC_PREFIX: string = '';
  /** Days that a handled event id is remembered; longer than any consumer may lie still. */
  @IsInt() @Min(1) @Type(() => Number) INBOX_DAYS: number = 90;
  /** Seconds for which one replica relays, fires timers and seals; how long a dead one keeps the others waiting. */
  @IsInt() @Min(3) @Max(60) @Type(() => Number) LEASE_SECONDS: number = 15;
  /** Milliseconds after which a consumer that is silent loses its partitions. */
  @IsInt() @Min(6_000) @Max(60_000) @Type(() => Number) SESSION_TIMEOUT_MS: number = 12_000;
  /** Development only: a file with the instant that the service takes for now (the demo year). */
  @IsOptional() @IsString() DEMO_CLOCK_FILE?: string;
  @IsIn(['development', 'production', 'test']) NODE_ENV: string = 'development';
}

/** A setting is missing or wrong; the message names each variable and what would be right, never its value. */
export class ConfigError extends Error {
  constructor(readonly variables: readonly { name: string; problem: string }[]) {
    super(`refusing to start: ${variables.map((v) => `${v.name}: ${v.problem}`).join('; ')}`);
  }
}

/** Reads and checks the declared variables of `env`, frozen; throws ConfigError naming every variable at fault. */
export function loadConfig<C extends PlatformConfig>(
  declared: new () => C,
  env: Record<string, string | undefined> = process.env,
): Readonly<C> {
  const names = new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(declared, '', true, false)
      .map((m) => m.propertyName),
  );
  const given = Object.fromEntries(
    [...names].filter((n) => env[n] !== undefined && env[n] !== '').map((n) => [n, env[n]]),
  );
  const config = plainToInstance(declared, given, { exposeDefaultValues: true });
  const problems = validateSync(config, { whitelist: true, validationError: { target: false, value: false } }).map(
    (e) => ({ name: e.property, problem: Object.values(e.constraints ?? { invalid: 'is invalid' }).join(', ') }),
  );
  if (config.NODE_ENV === 'production')
    problems.push(...unfitForProduction(Object.fromEntries(Object.entries(config))));
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}
