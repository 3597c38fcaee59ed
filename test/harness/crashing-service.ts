import { PlatformConfig, startService } from '@aiqyn/platform';
import { EventProducer, EventServer, PendingTx, Relay, Transactions } from '@aiqyn/platform/testing';
import { things } from './things.js';

type Method = (...args: unknown[]) => Promise<unknown>;

/** `<step>:<n>`: the process kills itself with -9 at the n-th time it comes by the step. */
const [at = '', nth = '1'] = (process.env['CRASH_AT'] ?? '').split(':');
let passed = 0;
const die = (): void => {
  passed += 1;
  if (passed === Number(nth)) process.kill(process.pid, 'SIGKILL');
};

function crash(
  step: string,
  prototype: object,
  name: string,
  when: 'before' | 'after',
  only: (self: unknown, args: unknown[]) => boolean = () => true,
): void {
  if (at !== step) return;
  const methods = prototype as Record<string, Method>;
  const original = methods[name]!;
  methods[name] = async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    const counts = only(this, args);
    if (counts && when === 'before') die();
    const result = await original.apply(this, args);
    if (counts && when === 'after') die();
    return result;
  };
}

const publishing = (self: unknown): boolean => (self as PendingTx).published > 0;
crash('write-before-the-rows', PendingTx.prototype, 'flush', 'before', publishing);
crash('write-before-the-commit', PendingTx.prototype, 'flush', 'after', publishing);
crash('write-after-the-commit', Transactions.prototype, 'run', 'after');
crash('send-before-the-broker', EventProducer.prototype, 'send', 'before');
crash('send-before-the-delete', EventProducer.prototype, 'send', 'after');
crash('send-after-the-delete', Relay.prototype, 'sendBatch', 'after');
crash('receive-before-the-effect', EventServer.prototype, 'effect', 'before');
crash('receive-before-the-commit', EventServer.prototype, 'effect', 'after');
crash('receive-before-the-offset', EventServer.prototype, 'receive', 'after');

await startService({ name: 'compliance', module: things, config: PlatformConfig });
