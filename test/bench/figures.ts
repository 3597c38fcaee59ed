import { type Kafka } from 'kafkajs';
import type mongoose from 'mongoose';
import type { Servers } from '@aiqyn/local';

/** What a benchmark works on. */
export interface Bench {
  readonly dir: string;
  readonly seconds: number;
  /** In the store when one of them changes. */
  readonly releases: number;
  /** Events of a year of which a report is made; each number is a run of its own. */
  readonly events: readonly number[];
  /** Cardinal's program, built from its source; left out, its rows are. */
  readonly cardinal?: string;
  readonly servers: Servers;
  readonly issuer: string;
  readonly kafka: Kafka;
  readonly mongo: mongoose.mongo.MongoClient;
}

export interface Figure {
  readonly name: string;
  readonly ours: number;
  /** The same work by the bare libraries, measured in turn with ours. */
  readonly bare?: number;
  readonly unit: '/s' | 'ms' | 's' | '';
  readonly note?: string;
}

/** Events of one run of relay or consumer. */
export const EVENTS = 60_000;

const median = (list: number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!;

/** The pair with the median ratio: paired, so that a machine whose speed drifts does not decide it. */
export async function inTurn(
  rounds: number,
  ours: () => Promise<number>,
  bare: () => Promise<number>,
): Promise<{ ours: number; bare: number }> {
  const pairs: { ours: number; bare: number }[] = [];
  for (let i = 0; i < rounds; i += 1) pairs.push({ bare: await bare(), ours: await ours() });
  const ratio = median(pairs.map((p) => p.ours / p.bare));
  return pairs.find((p) => p.ours / p.bare === ratio)!;
}

/** The value below which that share of the list lies; throws when there is none. */
export function percentile(list: readonly number[], share: number): number {
  const value = [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(share * list.length))];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}
