import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig, PlatformConfig } from './config.js';

const GOOD = {
  MONGODB_URI: 'mongodb://user:S3CRET@localhost:27017',
  KAFKA_BROKERS: 'localhost:9092,other:9093',
  OIDC_ISSUER: 'http://localhost:3000',
};
const refused = (env: Record<string, string | undefined>): ConfigError => {
  try {
    loadConfig(PlatformConfig, env);
  } catch (error) {
    return error as ConfigError;
  }
  throw new Error('it was taken');
};

describe('the settings of a service', () => {
  it('are taken when they are right, with what is left out at its default, and cannot be changed', () => {
    const config = loadConfig(PlatformConfig, { ...GOOD, PORT: '3001', UNRELATED: 'x' });
    expect(config).toMatchObject({ PORT: 3001, LOG_LEVEL: 'info', INBOX_DAYS: 90, TOPIC_PREFIX: '' });
    expect(config).not.toHaveProperty('UNRELATED');
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('count as left out when they are empty, as in a compose file', () => {
    expect(loadConfig(PlatformConfig, { ...GOOD, LOG_LEVEL: '', PORT: '' })).toMatchObject({ LOG_LEVEL: 'info' });
  });

  it.each([
    ['MONGODB_URI', undefined],
    ['MONGODB_URI', 'postgres://x'],
    ['KAFKA_BROKERS', undefined],
    ['KAFKA_BROKERS', 'localhost'],
    ['OIDC_ISSUER', 'localhost:3000'],
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['LOG_LEVEL', 'loud'],
    ['INBOX_DAYS', '0'],
    ['LEASE_SECONDS', '2'],
    ['TOPIC_PREFIX', 'With Spaces'],
    ['NODE_ENV', 'staging'],
  ])('make it refuse to start, naming the variable, when %s is %p', (name, value) => {
    expect(refused({ ...GOOD, [name]: value }).variables.map((v) => v.name)).toEqual([name]);
  });

  it('names all that are at fault at once, and shows no value', () => {
    const error = refused({ MONGODB_URI: 'S3CRET', KAFKA_BROKERS: 'S3CRET' });
    expect(error.variables.map((v) => v.name).sort()).toEqual(['KAFKA_BROKERS', 'MONGODB_URI', 'OIDC_ISSUER']);
    expect(error.message).toContain('refusing to start');
    expect(error.message).not.toContain('S3CRET');
  });
});
