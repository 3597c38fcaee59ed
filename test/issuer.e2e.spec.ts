import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './harness/eventually.js';
import { startPlatform, type TestPlatform } from './harness/platform.js';

describe('the keys of the identity issuer', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform('issuer', ['compliance']);
  }, 60_000);
  afterAll(() => platform.stop());

  const ask = (authorization: string): Promise<number> =>
    platform.call('compliance', '/v1/parked-events', { headers: { authorization } }).then((answer) => answer.status);
  const bearer = async (): Promise<string> => `Bearer ${await platform.issuer.token('one', ['operator'])}`;

  it('are found by its discovery document, and changed while services run, without a restart', async () => {
    const before = await bearer();
    expect(await ask(before)).toBe(200);
    await platform.issuer.changeKey('next');
    const after = await bearer();
    await eventually(async () => expect(await ask(after)).toBe(200));
    // A key that the issuer took back is worth nothing more.
    expect(await ask(before)).toBe(401);
  });

  it('are taken from no document that speaks for another issuer', async () => {
    const other = `${platform.issuer.url}/other`;
    const authorization = `Bearer ${await platform.issuer.token('one', ['operator'], { issuer: other })}`;
    await platform.crash('compliance', { OIDC_ISSUER: other });
    expect(await ask(authorization)).toBe(503);
  });

  it('let nobody in while the issuer is silent', async () => {
    const authorization = await bearer();
    await platform.crash('compliance');
    await platform.issuer.stop();
    expect(await ask(authorization)).toBe(503);
    expect((await platform.call('compliance', '/health/live')).status).toBe(200);
  });
});
