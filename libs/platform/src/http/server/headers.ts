import type { FastifyInstance } from 'fastify';

/** What every answer says to a browser; a page that needs more says its own policy. No CORS header: no other site may read. */
const SAFE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  // Heard over TLS only, which ends before the service.
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
};

/** The page that shows the OpenAPI document is made of scripts and styles of ours. */
const FOR_DOCS =
  "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function sayToBrowsers(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(SAFE);
    if (/^\/docs(\/|$)/.test(request.url)) void reply.header('content-security-policy', FOR_DOCS);
    done();
  });
}
