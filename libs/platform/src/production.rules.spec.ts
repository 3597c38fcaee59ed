import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { unfitForProduction } from './production.rules.js';

const secret = (): string => randomBytes(32).toString('base64url');
const GOOD = {
  PORT: 3001,
  OIDC_ISSUER: 'https://id.agency.example',
  MONGODB_URI: 'mongodb://reporting:Zk3v9QwL@db-0,db-1/aiqyn?tls=true',
  RECEIPT_PEPPER: secret(),
  CASE_KEY_ENCRYPTION_KEY: `second:${secret()},first:${secret()}`,
  KAFKA_PASSWORD: 'Tr7-mL2x',
};

describe('in production a service', () => {
  it('takes settings that are fit for it', () => {
    expect(unfitForProduction(GOOD)).toEqual([]);
  });

  it.each([
    ['DEMO_CLOCK_FILE', '/tmp/clock'],
    ['OIDC_ISSUER', 'http://localhost:3000'],
    ['MONGODB_URI', 'mongodb://db-0/aiqyn'],
    ['MONGODB_URI', 'mongodb://reporting:change-me@db-0/aiqyn'],
    ['RECEIPT_PEPPER', 'A'.repeat(43)],
    ['RECEIPT_PEPPER', `change-me-${'x'.repeat(33)}`],
    ['CASE_KEY_ENCRYPTION_KEY', `second:${secret()},first:${'0123456789'.repeat(4)}abc`],
    ['PREVIOUS_RECEIPT_PEPPER', `${secret()},change-me-${'x'.repeat(33)}`],
    ['PREVIOUS_RECEIPT_PEPPER', GOOD.RECEIPT_PEPPER],
    ['KAFKA_PASSWORD', 'example'],
  ])('refuses %s = %s', (name, value) => {
    expect(unfitForProduction({ ...GOOD, [name]: value }).map((one) => one.name)).toEqual([name]);
  });

  it('refuses one secret for two purposes, and names both', () => {
    const shared = unfitForProduction({ ...GOOD, TRANSPARENCY_KEY: GOOD.RECEIPT_PEPPER });
    expect(shared).toEqual([{ name: 'TRANSPARENCY_KEY', problem: 'must not be the same secret as RECEIPT_PEPPER' }]);
  });

  it('shows none of the values', () => {
    const told = JSON.stringify(
      unfitForProduction({ ...GOOD, KAFKA_PASSWORD: 'example-Zq81', MONGODB_URI: 'mongodb://h-Zq81' }),
    );
    expect(told).not.toContain('Zq81');
  });
});
