import type { FastifyInstance } from 'fastify';

/**
 * Takes `application/octet-stream` on the named routes (patterns), each up to its length in bytes, as a Buffer. Everywhere else it
 * stays what it was: 415. The body is held in memory, so a length is that of a piece, not of a file.
 */
export function takeBytes(fastify: FastifyInstance, routes: Readonly<Record<string, number>>): void {
  const longest = Math.max(0, ...Object.values(routes));
  if (longest === 0) return;
  fastify.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: longest },
    (request, body: Buffer, done) => {
      const limit = routes[request.routeOptions.url ?? ''];
      if (limit === undefined) return done(Object.assign(new Error('no bytes here'), { statusCode: 415 }));
      if (body.length > limit) return done(Object.assign(new Error('too long'), { statusCode: 413 }));
      done(null, body);
    },
  );
}
