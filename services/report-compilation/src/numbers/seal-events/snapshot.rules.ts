import { canonical, leafHash, rootOf } from '@aiqyn/contracts';
import type { PartitionSeal } from '../../report-model/report-model.rules.js';

/** Up to where a partition is part of an edition. */
export interface SealedEnd {
  readonly topic: string;
  readonly partition: number;
  readonly endOffset: number;
}

/** A leaf at its place in the log. */
export interface PlacedLeaf {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly leaf: string;
}

const at = (topic: string, partition: number): string => `${topic}/${partition}`;

/** The topic of an event: each service has one. */
export const topicOf = (type: string): string => `${type.slice(0, type.indexOf('.'))}.events`;

/** Whether an event stands before the sealed end of its partition. */
export function isSealed(ends: ReadonlyMap<string, number>, type: string, partition: number, offset: number): boolean {
  return offset < (ends.get(at(topicOf(type), partition)) ?? 0);
}

export const endsOf = (sealed: readonly SealedEnd[]): ReadonlyMap<string, number> =>
  new Map(sealed.map(({ topic, partition, endOffset }) => [at(topic, partition), endOffset]));

/** Leaves in the order of the snapshot: by topic, partition and offset. */
export const inOrder = (leaves: readonly PlacedLeaf[]): PlacedLeaf[] =>
  [...leaves].sort((a, b) =>
    a.topic !== b.topic ? (a.topic < b.topic ? -1 : 1) : a.partition - b.partition || a.offset - b.offset,
  );

/** Count and root of each partition, and the root over all of them: what an edition is made of, sealed once. */
export function sealOf(
  sealed: readonly SealedEnd[],
  leaves: readonly PlacedLeaf[],
): { readonly partitions: PartitionSeal[]; readonly root: string; readonly events: number } {
  const byPartition = Map.groupBy(inOrder(leaves), ({ topic, partition }) => at(topic, partition));
  const partitions = sealed.map(({ topic, partition, endOffset }): PartitionSeal => {
    const own = byPartition.get(at(topic, partition)) ?? [];
    return { topic, partition, endOffset, count: own.length, root: rootOf(own.map(({ leaf }) => leaf)) };
  });
  return { partitions, root: snapshotRoot(partitions), events: leaves.length };
}

export const snapshotRoot = (partitions: readonly PartitionSeal[]): string =>
  rootOf(partitions.map((partition) => leafHash(Buffer.from(canonical(partition)))));
