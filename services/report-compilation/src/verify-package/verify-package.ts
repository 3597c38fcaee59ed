import { createPublicKey, verify as verifySignature } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkPrint, type PrintedEdition } from './read-print/check-print.js';
import { checkTables } from './check-tables.js';
import { checkResponses } from './check-responses.js';
import { checkPage, type PrintedModel } from './check-page.js';
import { eventLeaf, fileHash, leaf, type LogEvent, saltFrom, sortedJson, treeHash } from './own-tree.js';
import { recompute, type Recomputed } from './recompute.js';

/** One thing that does not hold: where, and what would be right. */
export interface Fault {
  readonly where: string;
  readonly what: string;
}

export interface Verdict {
  readonly faults: readonly Fault[];
  readonly files: number;
  readonly events: number;
  /** Recomputed from events, recomputed from other numbers, and proven by the sealed root alone. */
  readonly numbers: Readonly<Record<'all' | 'recomputed' | 'proven' | 'withheld', number>>;
  /** Undefined: no key was given to hold it against. */
  readonly signature?: boolean;
}

interface Numbered {
  readonly id: string;
  readonly value: number | string | null;
  readonly status: string;
  readonly metric: string;
  readonly inputs: number;
  readonly inputRoot: string;
}
interface Partition {
  readonly topic: string;
  readonly partition: number;
  readonly endOffset: number;
  readonly count: number;
  readonly root: string;
}
interface Register {
  readonly openEvents: readonly string[];
  readonly metrics: readonly (Parameters<typeof recompute>[0][number] & {
    readonly disclosure: string;
    readonly sumsTo?: string;
  })[];
}

export interface VerifyOptions {
  /** Ed25519 public key of who publishes, base64url. */
  readonly key?: string;
  /** The whole log up to the seal, as an auditor gets it: then every number is recomputed. */
  readonly log?: string;
}

/** What the open events of an edition may come to, in bytes: more is an archive that was made to fill the memory. */
const LARGEST = 2 ** 30;

/** Checks a package on its own: files, signature, tree, events, numbers and tables; with the log every number from its events. */
export async function verifyPackage(dir: string, { key, log }: VerifyOptions = {}): Promise<Verdict> {
  const faults: Fault[] = [];
  const fault = (where: string, what: string): void => void faults.push({ where, what });
  const read = (path: string): Buffer => readFileSync(join(dir, path));
  const text = <T>(path: string): T => JSON.parse(read(path).toString()) as T;
  const manifest = text<{
    files: { path: string; bytes: number; sha256: string }[];
    snapshot: { root: string; events: number };
    numbersRoot: string;
    year: number;
  }>('manifest.json');
  const signature =
    key === undefined ? undefined : isSigned(read('manifest.json'), read('manifest.jws').toString(), key);
  if (signature === false) fault('manifest.jws', 'is no signature of this manifest by this key');

  const listed = new Set(['manifest.json', 'manifest.jws', 'manifest.tsr', ...manifest.files.map(({ path }) => path)]);
  for (const { path, bytes, sha256 } of manifest.files) {
    if (!normalize(join(dir, path)).startsWith(`${normalize(dir).replace(/\/+$/, '')}/`))
      fault(path, 'would lie outside the package');
    else if (!existsSync(join(dir, path))) fault(path, 'is missing');
    else if (fileHash(read(path)) !== sha256)
      fault(path, `differs from the manifest (${read(path).byteLength} bytes, ${bytes} by the manifest)`);
  }
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(dir.length).replace(/^\/+/, '');
    if (entry.isFile() && !listed.has(path) && !path.startsWith('signed/')) fault(path, 'is not in the manifest');
  }
  // What is broken on the surface is named; going on would only find it again.
  if (faults.some(({ where }) => where !== 'manifest.jws'))
    return {
      faults,
      ...(signature === undefined ? {} : { signature }),
      files: manifest.files.length,
      events: 0,
      numbers: { all: 0, recomputed: 0, proven: 0, withheld: 0 },
    };

  const model = text<
    {
      numbers: Record<string, Numbered & PrintedModel['numbers'][string]>;
      year: number;
      snapshot: { root: string; partitions: Partition[] };
    } & PrintedModel &
      PrintedEdition
  >('model.json');
  const register = text<Register>('metrics.json');
  const numbers = Object.values(model.numbers);
  const byId = [...numbers].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (treeHash(byId.map((number) => leaf(sortedJson(number)))).toString('hex') !== manifest.numbersRoot)
    fault('model.json', 'its numbers do not give the root of the manifest');

  const sealed = text<{ root: string; partitions: Partition[]; secretCommitment: string }>('evidence/snapshot.json');
  const leaves = leavesOf(read('evidence/leaves.bin'));
  const known = checkTree(sealed, leaves, manifest.snapshot, fault);

  const lines = gunzipSync(read('evidence/open-events.ndjson.gz'), { maxOutputLength: LARGEST })
    .toString()
    .split('\n')
    .filter(Boolean);
  const open = lines.map((line) => JSON.parse(line) as LogEvent);
  const events = log === undefined ? open : [...wholeLog(log, sealed, fault)];
  for (const event of events)
    if (!known.get(`${event.topic}/${event.partition}`)?.has(eventLeaf(event).toString('hex')))
      fault(event.id, 'is not the event that was sealed');
  if (log !== undefined && events.length !== leaves.length) fault(log, 'does not hold as many events as were sealed');

  const isResponse = ({ metric }: Numbered): boolean =>
    register.metrics.find(({ id }) => id === metric)?.formula.kind === 'consultation';
  const sealedNumbers = numbers.filter((number) => !isResponse(number));
  const told = { ...checkNumbers(register, sealedNumbers, events, manifest.year, log !== undefined, fault) };
  checkResponses(dir, numbers.filter(isResponse), told, fault);
  told.all = numbers.length;
  checkTables(dir, model.numbers, fault);
  for (const lang of ['kk', 'ru', 'en']) checkPage(read(`report.${lang}.html`).toString(), lang, model, fault);
  await checkPrint(dir, model, fault);
  return {
    ...{ faults, files: manifest.files.length, events: events.length, numbers: told },
    ...(signature === undefined ? {} : { signature }),
  };
}

function isSigned(bytes: Buffer, jws: string, key: string): boolean {
  const [head, , signature] = jws.trim().split('.');
  const { alg, b64 } = JSON.parse(Buffer.from(head!, 'base64url').toString()) as { alg: string; b64: boolean };
  if (alg !== 'EdDSA' || b64) return false;
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(key, 'base64url')]);
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verifySignature(
    null,
    Buffer.concat([Buffer.from(`${head}.`), bytes]),
    publicKey,
    Buffer.from(signature!, 'base64url'),
  );
}

const leavesOf = (bytes: Buffer): Buffer[] =>
  Array.from({ length: bytes.byteLength / 32 }, (_, i) => bytes.subarray(i * 32, i * 32 + 32));

/** The leaves give the root of each partition, and these the root of the snapshot; gives the leaves of each partition. */
function checkTree(
  { partitions, root }: { readonly partitions: readonly Partition[]; readonly root: string },
  leaves: readonly Buffer[],
  snapshot: { readonly root: string; readonly events: number },
  fault: (where: string, what: string) => void,
): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, ReadonlySet<string>>();
  let at = 0;
  for (const partition of partitions) {
    const own = leaves.slice(at, at + partition.count);
    at += partition.count;
    const name = `${partition.topic}/${partition.partition}`;
    known.set(name, new Set(own.map((one) => one.toString('hex'))));
    if (treeHash(own).toString('hex') !== partition.root)
      fault('evidence/leaves.bin', `does not give the root of ${name}`);
  }
  if (at !== leaves.length || at !== snapshot.events)
    fault('evidence/leaves.bin', 'has not as many leaves as were sealed');
  const over = treeHash(partitions.map((partition) => leaf(sortedJson(partition)))).toString('hex');
  if (over !== root || root !== snapshot.root)
    fault('evidence/snapshot.json', 'its partitions do not give the sealed root');
  return known;
}

/** An auditor's export: the secret first, which must be the one that was committed to, then all events. */
function* wholeLog(
  path: string,
  { secretCommitment }: { readonly secretCommitment: string },
  fault: (where: string, what: string) => void,
): Generator<LogEvent> {
  const [head, ...lines] = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  const { secret } = JSON.parse(head!) as { secret: string };
  if (leaf(secret).toString('hex') !== secretCommitment) fault(path, 'its secret is not the one of the snapshot');
  for (const line of lines) {
    const event = JSON.parse(line) as Omit<LogEvent, 'salt'>;
    yield { ...event, salt: saltFrom(secret, event.id) };
  }
}

function checkNumbers(
  register: Register,
  numbers: readonly Numbered[],
  events: readonly LogEvent[],
  year: number,
  whole: boolean,
  fault: (where: string, what: string) => void,
): Verdict['numbers'] {
  const definitions = new Map(register.metrics.map((metric) => [metric.id, metric]));
  const leaves = new Map(events.map((event) => [event.id, eventLeaf(event)]));
  const isOpen = (id: string): boolean => {
    const { disclosure, events: types, formula } = definitions.get(id)!;
    const parents = ['of', 'in', 'error'].flatMap((name) => (typeof formula[name] === 'string' ? [formula[name]] : []));
    return disclosure === 'open' && types.every((type) => register.openEvents.includes(type)) && parents.every(isOpen);
  };
  const again = recompute(register.metrics, events, year);
  const counts = { all: numbers.length, recomputed: 0, proven: 0, withheld: 0 };
  const byId = new Map(numbers.map((number) => [number.id, number]));
  for (const number of numbers) {
    const { id, status, inputs, value } = number;
    if (status === 'S' || status === 'C') {
      counts.withheld += 1;
      if (value !== null || inputs !== 0) fault(id, 'is withheld and tells something all the same');
    } else if (whole || isOpen(number.metric)) {
      checkOne(number, again.get(id), leaves, fault);
      counts.recomputed += 1;
    } else {
      // What stands behind it is not in the package: its value, count and root are under the signed root of all numbers.
      const { formula } = definitions.get(number.metric)!;
      if (formula.kind === 'count' && status === 'A' && value !== inputs)
        fault(id, `is ${value} and has ${inputs} events`);
      if (formula.kind === 'share' && status === 'A') checkShare(number, formula, byId, fault);
      counts.proven += 1;
    }
  }
  if (whole || events.length > 0)
    for (const id of again.keys())
      if (!byId.has(id) && (whole || isOpen(owner(id, definitions))))
        fault(id, 'follows from the events and is not in the report');
  checkTotals(register, numbers, byId, fault);
  return counts;
}

const owner = (id: string, definitions: ReadonlyMap<string, unknown>): string => {
  let name = id;
  while (!definitions.has(name)) name = name.slice(0, name.lastIndexOf('.'));
  return name;
};

function checkOne(
  number: Numbered,
  again: Recomputed | undefined,
  leaves: ReadonlyMap<string, Buffer>,
  fault: (where: string, what: string) => void,
): void {
  if (!again) return fault(number.id, 'does not follow from the events');
  if (again.value !== number.value)
    fault(number.id, `is ${number.value} in the report and ${again.value} from the events`);
  if (again.ids.length !== number.inputs) fault(number.id, `names ${number.inputs} events and has ${again.ids.length}`);
  else if (treeHash(again.ids.map((id) => leaves.get(id)!)).toString('hex') !== number.inputRoot)
    fault(number.id, 'the root over its events is another one');
}

function checkShare(
  { id, metric, value }: Numbered,
  formula: { readonly [more: string]: unknown },
  byId: ReadonlyMap<string, Numbered>,
  fault: (where: string, what: string) => void,
): void {
  const part = byId.get(`${formula['of'] as string}${id.slice(metric.length)}`);
  const base = byId.get(formula['in'] as string);
  if (part?.value == null || base?.value == null) return fault(id, 'is a share of something that is not told');
  if (Number(part.value) / Number(base.value) !== value) fault(id, `is ${value}, not ${part.value} of ${base.value}`);
}

/** Where everything is told the parts give their total. */
function checkTotals(
  register: Register,
  numbers: readonly Numbered[],
  byId: ReadonlyMap<string, Numbered>,
  fault: (where: string, what: string) => void,
): void {
  for (const { id, sumsTo } of register.metrics) {
    const total = sumsTo === undefined ? undefined : byId.get(sumsTo);
    const parts = numbers.filter(({ metric }) => metric === id);
    if (!total || [total, ...parts].some(({ status }) => status !== 'A')) continue;
    const sum = parts.reduce((all, { value }) => all + Number(value), 0);
    if (sum !== total.value) fault(id, `its groups give ${sum}, ${sumsTo} is ${total.value}`);
  }
}
