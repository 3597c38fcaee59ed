import type { FastifyInstance } from 'fastify';

/**
 * Requests begun in one turn of the event loop. All that arrived together would be begun one right after the other, and what the
 * database answers meanwhile would wait for all of them: a transaction of four round trips took twice as long (15 ms instead of 7
 * with 32 clients), and the queue behind it grew with it. One a turn has each turn pay for itself alone: a report cost the service
 * 330 instead of 270 µs.
 */
const A_TURN = 4;

/** Begins the requests that arrive together a few in each turn of the event loop. */
export function takeTurns(fastify: FastifyInstance): void {
  const waiting: (() => void)[] = [];
  const next = (): void => {
    const some = waiting.splice(0, A_TURN);
    if (waiting.length > 0) setImmediate(next);
    for (const begin of some) begin();
  };
  fastify.addHook('onRequest', (_request, _reply, done) => {
    if (waiting.push(done) === 1) setImmediate(next);
  });
}
