import type { FastifyInstance } from 'fastify';

/**
 * How long a service waits for a client. Who sends a byte now and then (slow-loris) or nothing at all would hold a connection for
 * ever: Fastify sets no limit by itself. A proxy in front may be stricter.
 */
const HEADERS = 15_000;
/** A body of 1 MiB over a line of 300 kbit/s. */
const BODY = 30_000;
/** No byte in either direction: also for streams, whose length has no limit. */
const SILENCE = 120_000;

/** Options of Fastify. No `requestTimeout`: it would cut off an import that takes an hour; bodies have `keepToTime`. */
export const PATIENCE = {
  connectionTimeout: SILENCE,
  // Longer than a proxy keeps its own connections, or it would send into one that just closes.
  keepAliveTimeout: 75_000,
  // Whoever asks on and on comes to another replica in the end.
  maxRequestsPerSocket: 10_000,
  // Also of a connection on which nothing was ever sent (Node counts from when it was opened).
  http: { headersTimeout: HEADERS, connectionsCheckingInterval: 5_000 },
};

/** Ends the connection of a body that is not there in time, but for media types that are streams. */
export function keepToTime(fastify: FastifyInstance, streams: readonly string[]): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const type = request.headers['content-type']?.split(';', 1)[0] ?? '';
    if (!request.raw.complete && !streams.includes(type)) {
      const timer = setTimeout(() => request.raw.socket.destroy(), BODY);
      request.raw.once('close', () => clearTimeout(timer)).once('end', () => clearTimeout(timer));
    }
    done();
  });
}
