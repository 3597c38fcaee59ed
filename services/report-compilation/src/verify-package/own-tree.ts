import { createHash, createHmac } from 'node:crypto';

/*
 * Written anew from RFC 6962, RFC 8785 and the README of this folder, and from nothing else of this repository: if the service
 * computed a root or a number wrongly, this must not repeat the error. Nothing here imports what it checks.
 */

const sha = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const fileHash = (bytes: Buffer): string => sha(bytes).toString('hex');

/** MTH of RFC 6962 section 2.1, by its own recursion; the leaves are hashed already. */
export function treeHash(leaves: readonly Buffer[], from = 0, to = leaves.length): Buffer {
  const n = to - from;
  if (n === 0) return sha('');
  if (n === 1) return leaves[from]!;
  let k = 1;
  while (k * 2 < n) k *= 2;
  return sha(Buffer.of(1), treeHash(leaves, from, from + k), treeHash(leaves, from + k, to));
}

export const leaf = (content: string): Buffer => sha(Buffer.of(0), content);

/** JSON with sorted names and no spaces. */
export function sortedJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return '[' + value.map((one) => sortedJson(one)).join(',') + ']';
  const object = value as Record<string, unknown>;
  const names = Object.keys(object).filter((name) => object[name] !== undefined);
  names.sort();
  return '{' + names.map((name) => JSON.stringify(name) + ':' + sortedJson(object[name])).join(',') + '}';
}

export interface LogEvent {
  readonly id: string;
  readonly type: string;
  readonly day: string;
  readonly key: string;
  readonly sequence: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly salt: string;
}

export const saltFrom = (secret: string, id: string): string => createHmac('sha256', secret).update(id).digest('hex');

export const eventLeaf = ({ id, type, day, key, sequence, data, salt }: LogEvent): Buffer =>
  leaf(salt + sortedJson({ data, day, id, key, sequence, type }));
