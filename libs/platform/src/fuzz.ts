import fc from 'fast-check';

/** Seconds for each target: ten in `npm test`, as many as one likes with `npm run attack -- fuzz`. */
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 10);
/** Printed by fast-check with what it finds, so that a finding can be had again. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20250101);
/** Milliseconds of the processor for one input. */
const HANGS = 1_000;
const MIB = 1024 * 1024;

type Edit = (bytes: Buffer) => Buffer;

const at = (bytes: Buffer, part: number): number => Math.floor(part * bytes.length);
const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** What parsers stumble over. */
const POISON = ['__proto__', 'constructor', '\u0000', '\ud800', '\ufeff', '\u202e', '1e999', '-0', '9007199254740993'];
const poison = fc.constantFrom(
  ...POISON.map((text) => Buffer.from(text)),
  Buffer.from([0xff, 0xfe]),
  Buffer.from([0x1f, 0x8b]),
);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(part, fc.nat(255)).map(([p, byte]): Edit => (b) => {
    const copy = Buffer.from(b);
    if (copy.length > 0) copy[at(b, p)] = byte;
    return copy;
  }),
  fc.tuple(part, fc.oneof(fc.uint8Array({ maxLength: 64 }), poison)).map(
    ([p, more]): Edit =>
      (b) =>
        Buffer.concat([b.subarray(0, at(b, p)), more, b.subarray(at(b, p))]),
  ),
  fc.tuple(part, part).map(
    ([p, q]): Edit =>
      (b) =>
        Buffer.concat([b.subarray(0, at(b, p)), b.subarray(at(b, q))]),
  ),
  fc.tuple(part, fc.integer({ min: 2, max: 200 })).map(([p, times]): Edit => (b) => {
    const piece = b.subarray(at(b, p), at(b, p) + 16);
    return Buffer.concat([
      b.subarray(0, at(b, p)),
      ...Array.from({ length: times }, () => piece),
      b.subarray(at(b, p)),
    ]);
  }),
);

/** Good inputs with up to eight faults in them, and now and then no sense at all. */
const damaged = (corpus: readonly Buffer[]): fc.Arbitrary<Buffer> =>
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc
        .tuple(fc.constantFrom(...corpus), fc.array(edit, { minLength: 1, maxLength: 8 }))
        .map(([good, edits]) => edits.reduce((bytes, change) => change(bytes), good)),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 512 }).map((bytes) => Buffer.from(bytes)) },
  );

export interface Fuzzed {
  readonly inputs: number;
  readonly mostMiB: number;
}

/**
 * Gives `target` damaged inputs for so many seconds. It fails when the target throws (what it may throw, it catches), when one
 * input takes more than a second of the processor each time, or when memory grows by more than half a gibibyte.
 */
export async function fuzz(corpus: readonly Buffer[], target: (input: Buffer) => unknown): Promise<Fuzzed> {
  const before = process.memoryUsage().rss;
  let [inputs, most] = [0, 0];
  await fc.assert(
    fc.asyncProperty(damaged(corpus), async (input) => {
      const cost = async (): Promise<number> => {
        const began = process.cpuUsage();
        await target(input);
        const { user, system } = process.cpuUsage(began);
        return (user + system) / 1_000;
      };
      // A collection of garbage, or what else the process does, may fall on one; what hangs does so each time.
      let least = await cost();
      for (let again = 0; least > HANGS && again < 2; again += 1) least = Math.min(least, await cost());
      if (least > HANGS) throw new Error(`hangs: ${least} ms of the processor`);
      if ((inputs += 1) % 256 === 0) {
        most = Math.max(most, process.memoryUsage().rss - before);
        if (most > 512 * MIB) throw new Error(`memory grew by ${Math.round(most / MIB)} MiB`);
      }
    }),
    {
      seed: SEED,
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: SECONDS * 1_000,
      markInterruptAsFailure: false,
    },
  );
  const told = { inputs, mostMiB: Math.round(most / MIB) };
  if (process.env['FUZZ_SECONDS'])
    process.stderr.write(`fuzz: ${SECONDS} s, seed ${SEED}, ${inputs} inputs, at most ${told.mostMiB} MiB more\n`);
  return told;
}

/** Long enough for jest, whatever the seconds. */
export const FUZZ_TIMEOUT = SECONDS * 1_000 + 60_000;
