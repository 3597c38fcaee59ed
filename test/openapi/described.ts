import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, type Service } from '@aiqyn/local';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Described {
  readonly paths: Record<
    string,
    Record<string, { readonly responses: Record<string, { content?: Record<string, { schema?: { $ref?: string } }> }> }>
  >;
  readonly components: { readonly schemas: Record<string, object> };
}
interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly status: string;
  readonly valid: ValidateFunction;
}

const known = new Map<Service, readonly Route[]>();

/** The answers of a service that its document describes field by field; the others it calls "an object or a list". */
function routesOf(service: Service): readonly Route[] {
  const document = JSON.parse(readFileSync(join(ROOT, 'services', service, 'openapi.json'), 'utf8')) as Described;
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'document');
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { responses }]) =>
      Object.entries(responses).flatMap(([status, { content }]) => {
        const ref = content?.['application/json']?.schema?.$ref;
        if (!ref) return [];
        const valid = ajv.getSchema(`document${ref}`)!;
        const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);
        return [{ method: method.toUpperCase(), path: pattern, status, valid }];
      }),
    ),
  );
}

/** Throws where an answer is not what the committed document says of it: so every end-to-end test is one of the documents too. */
export function assertAsDescribed(service: Service, method: string, path: string, status: number, body: unknown): void {
  if (!known.has(service)) known.set(service, routesOf(service));
  const [address = ''] = path.split('?');
  const route = known
    .get(service)!
    .find((r) => r.method === method && r.status === String(status) && r.path.test(address));
  if (!route || route.valid(body)) return;
  const wrong = route.valid.errors!.map(({ instancePath, message }) => `${instancePath || 'it'} ${message}`);
  throw new Error(`${method} ${service} ${address} answers otherwise than its document says: ${wrong.join('; ')}`);
}
