/**
 * Checks receipts and the transparency log without any server: WebCrypto and nothing else, so that it runs in a browser,
 * in Node, and in whatever a citizen trusts. Hashes are hexadecimal, the tree is that of RFC 6962 / 9162, a signed tree
 * head is a C2SP tlog-checkpoint, a key is the text form of C2SP signed notes (`name+id+base64`).
 */

export interface Receipt {
  readonly version: 1;
  readonly reportId: string;
  /** The day of the report; there is no time. */
  readonly day: string;
  /** Hash of the sealed narrative as it is stored. */
  readonly content: string;
  /** 32 bytes; without them nobody can tell which leaf is this report's. */
  readonly salt: string;
  readonly leaf: string;
  /** The service's signed word that the leaf is in the tree by that day. */
  readonly promise: InclusionPromise;
  readonly key: string;
}

/** One signature for all promises given at once: it is over the root of a small tree, in which this one is at `index`. */
export interface InclusionPromise {
  readonly by: string;
  readonly keyId: string;
  readonly signature: string;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly string[];
}

export interface Inclusion {
  readonly leaf: string;
  readonly index: number;
  readonly treeSize: number;
  readonly proof: readonly string[];
  readonly checkpoint: string;
}

/** A copy of the log: each leaf with the root of the tree that ends in it, and the signed heads, oldest first. */
export interface LogCopy {
  readonly entries: readonly { readonly leaf: string; readonly root: string }[];
  readonly heads: readonly string[];
}

export type Verdict =
  | { readonly verdict: 'valid' | 'promised, not yet in the tree' }
  | { readonly verdict: 'tampered'; readonly fails: string; readonly firstBad?: number };

const encoder = new TextEncoder();
const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
const hexOf = (bytes: Uint8Array): string => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

async function sha256(...parts: readonly Uint8Array[]): Promise<string> {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', all)));
}
const nodeHash = (left: string, right: string): Promise<string> =>
  sha256(Uint8Array.of(1), bytesOf(left), bytesOf(right));

/** What the leaf is computed from. Each field has its own alphabet without line ends, so that no two read alike. */
export const commitmentText = (r: Pick<Receipt, 'salt' | 'reportId' | 'day' | 'content'>): string =>
  ['aiqyn/report-commitment/v1', r.salt, r.reportId, r.day, r.content, ''].join('\n');

/**
 * What stands in the tree of promises for one leaf. The salt hides which leaf it is: else the proof in one receipt would
 * tell which other reports, all of them public leaves later, were handed in at the same moment.
 */
export const promisedText = (r: Pick<Receipt, 'salt' | 'leaf'>, by: string): string =>
  ['aiqyn/promised-leaf/v1', r.salt, r.leaf, by, ''].join('\n');

/** What is signed. */
export const promiseText = (root: string): string => `aiqyn/inclusion-promise/v1\n${root}\n`;

/** The name of the log, as its key and its tree heads say it. */
export const ORIGIN = 'aiqyn/reporting';

/** The part of a tree head that is signed. */
export function headText(size: number, root: string): string {
  return `${ORIGIN}\n${size}\n${btoa(String.fromCharCode(...bytesOf(root)))}\n`;
}

/** The root to which `proof` leads from the leaf at `index` of a tree of `size` (RFC 9162 section 2.1.3.2); undefined for none. */
async function rootFrom(
  leaf: string,
  index: number,
  size: number,
  proof: readonly string[],
): Promise<string | undefined> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size || ![leaf, ...proof].every(isHash)) return undefined;
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const p of proof) {
    if (sn === 0) return undefined;
    if (fn % 2 === 1 || fn === sn) {
      hash = await nodeHash(p, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else hash = await nodeHash(hash, p);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 ? hash : undefined;
}

/** Whether `proof` shows the leaf at `index` to be in the tree of `size` with that root. */
export const inclusionHolds = async (
  leaf: string,
  index: number,
  size: number,
  proof: readonly string[],
  root: string,
): Promise<boolean> => (await rootFrom(leaf, index, size, proof)) === root;

/** Whether `proof` shows the tree of `first` leaves to be the beginning of that of `second` (RFC 9162 section 2.1.4.2). */
export async function consistencyHolds(
  [first, firstRoot]: readonly [number, string],
  [second, secondRoot]: readonly [number, string],
  proof: readonly string[],
): Promise<boolean> {
  if (first < 1 || first > second || !proof.every(isHash)) return false;
  if (first === second) return proof.length === 0 && firstRoot === secondRoot;
  const path = Number.isInteger(Math.log2(first)) ? [firstRoot, ...proof] : [...proof];
  if (path.length === 0) return false;
  let [fn, sn] = [first - 1, second - 1];
  while (fn % 2 === 1) [fn, sn] = [(fn - 1) / 2, Math.floor(sn / 2)];
  let [fr, sr] = [path[0]!, path[0]!];
  for (const c of path.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [await nodeHash(c, fr), await nodeHash(c, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else sr = await nodeHash(sr, c);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && fr === firstRoot && sr === secondRoot;
}

interface Key {
  readonly id: string;
  holds(text: string, signature: Uint8Array<ArrayBuffer>): Promise<boolean>;
}

/** Reads a key; throws when it is none of this log. */
async function readKey(text: string): Promise<Key> {
  const [, id, encoded] = /^aiqyn\/reporting\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{44})$/.exec(text.trim()) ?? [];
  if (!id || !encoded) throw new Error('a key is the line aiqyn/reporting+<id>+<base64>');
  const bytes = fromBase64(encoded);
  const right = (await sha256(encoder.encode(`${ORIGIN}\n`), bytes)).slice(0, 8);
  if (bytes.length !== 33 || bytes[0] !== 1 || right !== id) throw new Error('the id of the key does not fit the key');
  const key = await crypto.subtle.importKey('raw', bytes.slice(1), 'Ed25519', false, ['verify']);
  return {
    id,
    holds: (signed, signature) => crypto.subtle.verify('Ed25519', key, signature, encoder.encode(signed)),
  };
}

/** Size and root of a signed tree head, or undefined when it is not signed with the key. */
async function readHead(key: Key, checkpoint: string): Promise<{ size: number; root: string } | undefined> {
  const [, body, size, root, signature] =
    /^(aiqyn\/reporting\n(\d{1,15})\n([A-Za-z0-9+/=]{44})\n)\n— aiqyn\/reporting ([A-Za-z0-9+/=]+)\n$/.exec(
      checkpoint,
    ) ?? [];
  if (!body || !size || !root || !signature) return undefined;
  const bytes = fromBase64(signature);
  if (hexOf(bytes.slice(0, 4)) !== key.id || !(await key.holds(body, bytes.slice(4)))) return undefined;
  return { size: Number(size), root: hexOf(fromBase64(root)) };
}

const tampered = (fails: string, firstBad?: number): Verdict => ({
  verdict: 'tampered',
  fails,
  ...(firstBad === undefined ? {} : { firstBad }),
});

async function promiseHolds(receipt: Receipt, key: Key): Promise<boolean> {
  const { by, signature, index, size, proof } = receipt.promise;
  const promised = await sha256(Uint8Array.of(0), encoder.encode(promisedText(receipt, by)));
  const root = await rootFrom(promised, index, size, proof);
  return root !== undefined && (await key.holds(promiseText(root), fromBase64(signature)));
}

/**
 * Checks a receipt and, when given, the proof that its leaf is in the tree. `pinned` is the log's key as known from
 * elsewhere; without it the key in the receipt is taken, which shows only that the file agrees with itself. Throws on a
 * key that is none.
 */
export async function verifyReceipt(receipt: Receipt, inclusion?: Inclusion, pinned?: string): Promise<Verdict> {
  const key = await readKey(pinned ?? receipt.key);
  const commitment = await sha256(encoder.encode(commitmentText(receipt)));
  if ((await sha256(Uint8Array.of(0), bytesOf(commitment))) !== receipt.leaf)
    return tampered('the leaf does not follow from what the receipt says');
  if (receipt.promise.keyId !== key.id) return tampered('the promise is signed with another key');
  if (!(await promiseHolds(receipt, key).catch(() => false))) return tampered('the signature of the promise is wrong');
  if (!inclusion) return { verdict: 'promised, not yet in the tree' };
  const head = await readHead(key, inclusion.checkpoint).catch(() => undefined);
  if (!head) return tampered('the tree head is not signed with the key');
  const { leaf, index, treeSize, proof } = inclusion;
  if (leaf !== receipt.leaf || treeSize !== head.size) return tampered('the proof is about another leaf or tree');
  return (await inclusionHolds(leaf, index, treeSize, proof, head.root))
    ? { verdict: 'valid' }
    : tampered('the proof does not lead to the root of the tree head', index);
}

/**
 * Checks a copy of the whole log against its signed heads and against one that was kept earlier, e.g. with a receipt.
 * Names the first entry that is not what it was. Where the roots beside the entries were computed anew as well, only the
 * signed heads can tell: then it is the first entry that no right head vouches for.
 */
export async function verifyLog(log: LogCopy, keyText: string, kept: readonly string[] = []): Promise<Verdict> {
  const key = await readKey(keyText);
  const heads: { size: number; root: string }[] = [];
  for (const checkpoint of [...log.heads, ...kept]) {
    const head = await readHead(key, checkpoint).catch(() => undefined);
    const good = Math.max(0, ...heads.map((h) => h.size));
    if (!head) return tampered('a tree head is not signed with the key', good);
    // A head of a smaller tree after one of a larger: the log was rolled back and went on.
    if (head.size < good && !kept.includes(checkpoint)) return tampered('the tree heads go backwards', head.size);
    heads.push(head);
  }
  heads.sort((a, b) => a.size - b.size);
  let stack: string[] = [];
  let good = 0;
  for (const { size, root } of heads) {
    const next = await grown(stack, log.entries.slice(good, size), good);
    if (log.entries.length >= size && next && (await joined(next)) === root) {
      [stack, good] = [next, size];
      continue;
    }
    // This head does not fit: the roots beside the entries tell where it begins.
    for (; good < Math.min(size, log.entries.length); good += 1) {
      const entry = log.entries[good]!;
      const after = await grown(stack, [entry], good);
      if (!after || (await joined(after)) !== entry.root) return tampered('an entry is not what it was', good);
      stack = after;
    }
    if (log.entries.length < size) return tampered('entries are missing at the end', log.entries.length);
    return tampered(
      'the entries do not lead to a signed tree head',
      heads.filter((h) => h.size < size).at(-1)?.size ?? 0,
    );
  }
  return good === log.entries.length
    ? { verdict: 'valid' }
    : tampered('entries stand behind the last signed tree head', good);
}

/** The perfect subtrees after more entries; undefined when one is no hash. */
async function grown(
  frontier: readonly string[],
  entries: readonly { readonly leaf: string }[],
  size: number,
): Promise<string[] | undefined> {
  const stack = [...frontier];
  for (const [i, { leaf }] of entries.entries()) {
    if (!isHash(leaf)) return undefined;
    let hash = leaf;
    for (let n = size + i; n % 2 === 1; n = (n - 1) / 2) hash = await nodeHash(stack.pop()!, hash);
    stack.push(hash);
  }
  return stack;
}

async function joined(stack: readonly string[]): Promise<string> {
  if (stack.length === 0) return sha256();
  let hash = stack.at(-1)!;
  for (const left of stack.slice(0, -1).reverse()) hash = await nodeHash(left, hash);
  return hash;
}
