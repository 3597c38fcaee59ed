import { type Kafka } from 'kafkajs';
import type mongoose from 'mongoose';
import type { Servers } from '@aiqyn/local';

/** What a benchmark works on. */
export interface Bench {
  readonly dir: string;
  readonly seconds: number;
  /** Alternating runs of ours and bare, of which the pair with the median ratio is told. */
  readonly rounds: number;
  /** In the store when one of them changes. */
  readonly releases: number;
  /** Events of a year of which a report is made; each number is a run of its own. */
  readonly events: readonly number[];
  /** Cardinal's program, built from its source; left out, its rows are. */
  readonly cardinal?: string;
  /** Reports in the store before an intake is measured; each number is a run of its own. */
  readonly stored: readonly number[];
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
  readonly unit: '/s' | 'µs' | 'ms' | 's' | 'MiB' | '';
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

const rounded = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value < 10 ? 2 : 1);

/** A figure for somebody at a terminal. */
export function line({ name, ours, bare, unit, note }: Figure): string {
  const beside = bare === undefined ? '' : `  bare ${rounded(bare)} ${unit}  ratio ${(ours / bare).toFixed(2)}`;
  return `${name.padEnd(54)} ${rounded(ours).padStart(8)} ${unit}${beside}${note ? `   (${note})` : ''}`;
}

/** Figures as a table for a README. */
export const table = (figures: readonly Figure[]): string =>
  [
    '| figure | Aiqyn | bare | ratio | |',
    '| --- | ---: | ---: | ---: | --- |',
    ...figures.map(({ name, ours, bare, unit, note }) => {
      const measured = [ours, bare].map((one) => (one === undefined ? '' : `${rounded(one)} ${unit}`.trim()));
      return `| ${[name, ...measured, bare === undefined ? '' : (ours / bare).toFixed(2), note ?? ''].join(' | ')} |`;
    }),
  ].join('\n');
