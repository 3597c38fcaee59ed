import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Commands, PlatformConfig, type RunningService, startService } from '@aiqyn/platform';
import { type TestEnvironment, testEnvironment } from '../harness/environment.js';
import { type TestIssuer, startTestIssuer } from '../harness/issuer.js';
import { ledger } from '../harness/ledger.js';

describe('a command that a client sends again', () => {
  let environment: TestEnvironment;
  let issuer: TestIssuer;
  let service: RunningService;
  let commands: Commands;

  beforeAll(async () => {
    environment = await testEnvironment('again');
    issuer = await startTestIssuer();
    const env = environment.env('compliance', issuer.url);
    service = await startService({ name: 'compliance', module: ledger, config: PlatformConfig }, env);
    commands = service.app.get(Commands);
  });
  afterAll(async () => {
    await service?.stop();
    await issuer?.stop();
    await environment?.stop();
  });

  const caller = (resource: string): Caller => ({
    ...{ id: 'officer', route: `POST /v1/gifts/${resource}`, permission: 'gift:hand-over', resource },
    ...{ idempotencyKey: randomUUID(), bodyHash: 'the same' },
  });
  const refusals = (resource: string): Promise<number> =>
    environment
      .database('compliance')
      .collection('journal')
      .countDocuments({ entries: { $elemMatch: { resource, outcome: 'refused' } } });
  const done = (): never => {
    throw new RuleError('already_done', 'it is handed over');
  };

  it('gets the first answer where both are under way and what the first did refuses the second', async () => {
    const mine = caller(randomUUID());
    const { promise: looked, resolve: look } = Promise.withResolvers<void>();
    const first = looked.then(() => commands.run(mine, () => ({ handedOver: true })));
    const second = commands.run(mine, async () => {
      look();
      await first;
      return done();
    });
    expect(await Promise.all([first, second])).toEqual([{ handedOver: true }, { handedOver: true }]);
    expect(await refusals(mine.resource!)).toBe(0);
  });

  it('is refused, and that is audited, where nobody was first with this key', async () => {
    const mine = caller(randomUUID());
    await expect(commands.run(mine, done)).rejects.toMatchObject({ code: 'already_done' });
    expect(await refusals(mine.resource!)).toBe(1);
  });
});
