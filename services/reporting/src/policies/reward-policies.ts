import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type UnitTable, unitTable } from '@aiqyn/contracts';
import { type RewardPack, rewardPack } from '../calculate-reward/reward-pack.rules.js';

export interface RewardPolicies {
  /** Sorted by their first day. */
  readonly packs: readonly RewardPack[];
  readonly tables: ReadonlyMap<string, UnitTable>;
}

/** Every reward pack and unit table that is shipped, checked; apart from Nest, so that the command line reads them too. */
export function readRewardPolicies(): RewardPolicies {
  const folder = new URL('../../data/policies/', import.meta.url);
  const files = readdirSync(folder);
  const read = (name: string | URL): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  const mci = pathToFileURL(createRequire(import.meta.url).resolve('@aiqyn/contracts/data/mci-kz.json'));
  const tables = [mci, ...files.filter((f) => f.startsWith('unit-'))].map((f) => unitTable(read(f)));
  const ids = tables.map((t) => t.id);
  const packs = files.filter((f) => f.startsWith('reward-')).map((f) => rewardPack(read(f), ids));
  packs.sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  return { packs, tables: new Map(tables.map((t) => [t.id, t])) };
}
