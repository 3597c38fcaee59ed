/** What the rules and the types look at of an OpenAPI document; a Reference stands for itself. */
export type Schema = Record<string, unknown> | boolean;
export type Content = Record<string, { readonly schema?: Schema }>;

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Record<string, { readonly description?: string; readonly content?: Content }>;
  /** Empty where no token is asked for. */
  readonly security?: readonly object[];
}

export interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

const mapValues = <A, B>(all: Record<string, A>, to: (one: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [name, to(one)]));

/**
 * What a caller may rely on: addresses, parameters, bodies, what is answered when it went well, and whether a token is asked for. Not
 * names of operations, tags and texts; not which refusals an address knows, since every caller must expect each of them anywhere.
 */
export function promised({ paths, components }: Document): Document {
  return {
    paths: mapValues(paths, (methods) =>
      mapValues(methods, ({ parameters, requestBody, responses, security }) => ({
        ...(parameters ? { parameters } : {}),
        ...(requestBody ? { requestBody } : {}),
        responses: Object.fromEntries(
          Object.entries(responses)
            .filter(([status]) => Number(status) < 400)
            .map(([status, { description = '', content }]) => [
              status,
              { description, ...(content ? { content } : {}) },
            ]),
        ),
        ...(security ? { security } : {}),
      })),
    ),
    components: { schemas: components.schemas },
  };
}

/** Keywords that say of a set of fields which must stand together. */
const AMONG_FIELDS = ['anyOf', 'oneOf', 'allOf', 'not'];
const UNDESCRIBED = JSON.stringify({ type: ['object', 'array'] });

/**
 * The same for TypeScript, which cannot say which fields must stand together: beside `properties` such a word would make the whole body
 * `unknown`. An answer that is described as "an object or a list" is `unknown` too, not an object without fields.
 */
export function typeable<T>(part: T, name?: string): T {
  if (Array.isArray(part)) return part.map((one: unknown) => typeable(one)) as T;
  if (typeof part !== 'object' || part === null) return part;
  if (JSON.stringify(part) === UNDESCRIBED) return {} as T;
  // A field may be called as a keyword is.
  const isSchema = name !== 'properties' && 'properties' in part;
  return Object.fromEntries(
    Object.entries(part)
      .filter(([key]) => !(isSchema && AMONG_FIELDS.includes(key)))
      .map(([key, one]: [string, unknown]) => [key, typeable(one, key)]),
  ) as T;
}
