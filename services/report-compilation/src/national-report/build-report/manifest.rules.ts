import { createHash } from 'node:crypto';
import { canonical, leafHash, rootOf } from '@aiqyn/contracts';
import type { ReportModel } from '../../report-model/report-model.rules.js';

export interface ManifestFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a package consists of: whoever has its hash has the whole edition, and by `previous` those before. */
export interface Manifest {
  readonly schema: 'aiqyn/manifest/1';
  readonly nationalReportId: string;
  readonly year: number;
  readonly edition: number;
  readonly sealedDay: string;
  readonly snapshot: { readonly id: string; readonly events: number; readonly root: string };
  /** Root over all numbers as they are told, in the order of their ids. */
  readonly numbersRoot: string;
  readonly previous?: ReportModel['previous'];
  readonly files: readonly ManifestFile[];
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const numbersRoot = ({ numbers }: ReportModel): string =>
  rootOf(
    Object.values(numbers)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((number) => leafHash(Buffer.from(canonical(number)))),
  );

/** The manifest over all files, sorted by path. */
export function manifestOf(model: ReportModel, files: ReadonlyMap<string, Uint8Array>): Manifest {
  const { nationalReportId, year, edition, sealedDay, previous } = model;
  const { id, events, root } = model.snapshot;
  return {
    ...{ schema: 'aiqyn/manifest/1', nationalReportId, year, edition, sealedDay, snapshot: { id, events, root } },
    numbersRoot: numbersRoot(model),
    ...(previous ? { previous } : {}),
    files: [...files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, bytes]) => ({ path, bytes: bytes.byteLength, sha256: sha256(bytes) })),
  };
}
