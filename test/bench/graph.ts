import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '@aiqyn/local';
import { type Bench, type Figure, inTurn } from './figures.js';

const LINKS = 100_000;
const COMPANIES = 50_000;
const ASKED = 500;
const DEPTH = 4;
const period = { first: '2025-01-01', last: '2025-12-31' };

interface Link {
  readonly _id: string;
  readonly kind: 'Ownership';
  readonly from: string;
  readonly to: string;
  readonly share: { readonly low: number; readonly high: number };
}
interface Graph {
  holdings(id: string, of: 'owners', during: typeof period, depth: number): Map<string, unknown>;
}

/** Two owners a company: others of a higher number, so that chains grow long, or persons. Free of chance, by a step that meets all. */
function* links(): Generator<Link> {
  for (let i = 0; i < LINKS; i += 1) {
    const company = i % COMPANIES;
    const other = company + 1 + ((i * 7919) % 997);
    const from = i % 3 === 0 || other >= COMPANIES ? `person-${(i * 31) % 40_000}` : `company-${other}`;
    yield { _id: String(i), kind: 'Ownership', from, to: `company-${company}`, share: { low: 0.5, high: 0.5 } };
  }
}

/** Who owns a company through up to four steps: `$graphLookup` over indexed links, beside the graph in memory and what it costs to read it. */
export async function graph({ mongo, rounds }: Bench): Promise<Figure[]> {
  const module = join(ROOT, 'services/risk-analysis/dist/graph/graph.rules.js');
  const { Graph: InMemory } = (await import(pathToFileURL(module).href)) as { Graph: new (all: object[]) => Graph };
  const collection = mongo.db('bench-graph').collection<Link>('links');
  await collection.drop().catch(() => undefined);
  await collection.insertMany([...links()]);
  await collection.createIndex({ to: 1 });
  const asked = Array.from({ length: ASKED }, (_, i) => `company-${(i * 97) % COMPANIES}`);

  const read = async (): Promise<Graph> => {
    const rows = await collection.find().sort({ _id: 1 }).toArray();
    return new InMemory(
      rows.map(({ _id: id, ...link }) => ({ id, ...link, since: null, until: null, source: 'b', confidence: 1 })),
    );
  };
  const before = performance.now();
  const inMemory = await read();
  const loaded = (performance.now() - before) / 1000;

  let owners = 0;
  const ours = (): Promise<number> => {
    const start = performance.now();
    owners = asked.reduce((sum, id) => sum + inMemory.holdings(id, 'owners', period, DEPTH).size, 0);
    return Promise.resolve(ASKED / ((performance.now() - start) / 1000));
  };
  const bare = async (): Promise<number> => {
    const start = performance.now();
    let found = 0;
    for (const id of asked) {
      const [row] = await collection
        .aggregate<{ n: string[] }>([
          { $match: { to: id } },
          { $limit: 1 },
          {
            $graphLookup: {
              ...{ from: 'links', startWith: id, connectFromField: 'from', connectToField: 'to' },
              ...{ as: 'all', maxDepth: DEPTH - 1 },
            },
          },
          { $project: { n: { $setUnion: ['$all.from'] } } },
        ])
        .toArray();
      found += row?.n.length ?? 0;
    }
    if (found !== owners && owners > 0) throw new Error(`${found} owners by $graphLookup, ${owners} in memory`);
    return ASKED / ((performance.now() - start) / 1000);
  };
  await ours();
  const pair = await inTurn(rounds, ours, bare);
  const note = `${LINKS.toLocaleString('en')} links; bare: $graphLookup, without shares`;
  return [
    { name: 'owners of a company through four steps', ...pair, unit: '/s', note },
    { name: 'reading these links into memory', ours: loaded, unit: 's' },
  ];
}
