import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.js';

/** A known address that is asked with another method is told which it has (405), instead of that it is not there. */
export function refuseOtherMethods(fastify: FastifyInstance): void {
  const literal = new Map<string, Set<string>>();
  const patterns = new Map<string, { shape: RegExp; rest: boolean; methods: Set<string> }>();
  fastify.addHook('onRoute', ({ url, method }) => {
    const add = (methods: Set<string>): void => [method].flat().forEach((one) => methods.add(one));
    // What is left over is no resource.
    if (url === '*' || url === '/*') return;
    if (!/[:*]/.test(url)) return add(literal.get(url) ?? literal.set(url, new Set()).get(url)!);
    const escaped = url.replaceAll('.', '\\.').replace(/:[^/]+/g, '[^/]+');
    const shape = new RegExp(`^${escaped.replace('*', '.+')}$`);
    add(
      (patterns.get(url) ?? patterns.set(url, { shape, rest: url.endsWith('*'), methods: new Set() }).get(url)!)
        .methods,
    );
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    const path = request.url.split('?', 1)[0]!;
    // `GET /v1/gifts/refusals` is not the gift `refusals`.
    const own = literal.get(path);
    if (own ? own.has(request.method) : !request.is404) return done();
    const alike = [...patterns.values()].filter(({ shape }) => shape.test(path));
    // The page for whatever else stands below a language is no method of an address that is known.
    const exact = alike.filter(({ rest }) => !rest);
    const others = (exact.length > 0 ? exact : alike).flatMap((one) => [...one.methods]);
    const methods = [...new Set(own ?? others)].sort();
    if (methods.length === 0) return done();
    done(new Problem(405, 'method_not_allowed', `this address takes ${methods.join(', ')}`, { methods }));
  });
}
