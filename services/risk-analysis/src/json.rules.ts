/** A document that came from elsewhere: nothing is known of its members. */
export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of an object; none of what is no object. */
export const object = (value: unknown): Json => (isObject(value) ? value : {});

/** The members of a list; none of what is no list. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text that says something; a number is one, as publishers write ids and codes either way. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
