import { SetMetadata, type Type } from '@nestjs/common';

export const SENDS = 'aiqyn:sends';
export const TAKES = 'aiqyn:takes';
export const ANSWERS = 'aiqyn:answers';

export interface Sent {
  /** Media types of what is sent; none where every answer is a redirection. */
  readonly types: readonly string[];
  /** Further statuses: a redirection (3xx), or a refusal (4xx) that a reader gets as a page. */
  readonly also?: readonly number[];
}

/** What a route sends when it is not JSON with its usual status: a file, a page, a redirection. On a class for all its routes. */
export const Sends = (types: readonly string[], ...also: number[]): MethodDecorator & ClassDecorator =>
  SetMetadata(SENDS, { types, also } satisfies Sent);

/** The media types of a body that has no class (a stream, bytes, a form), each with its JSON Schema. */
export const Takes = (types: Readonly<Record<string, object>>): MethodDecorator => SetMetadata(TAKES, types);

/**
 * What a route answers as JSON, a class with the decorators of class-validator. It promises the fields that it has and no more: a handler
 * that does not give them does not compile, and further ones may come.
 */
export const Answers = <T extends object>(
  of: Type<T>,
): (<H extends (...args: never[]) => T | Promise<T>>(
  target: object,
  name: string | symbol,
  handler: TypedPropertyDescriptor<H>,
) => void) => SetMetadata(ANSWERS, of);
