import type { PartitionSeal } from '../../report-model/report-model.rules.js';
import type { StoredBuild } from '../editions/national-report.schema.js';
import type { StoredJob } from './job.rules.js';

/** What the worker is given. */
export interface JobOrder {
  readonly uri: string;
  readonly database: string;
  readonly reportId: string;
  readonly job: Pick<StoredJob, 'id' | 'kind'>;
  /** Ed25519 seed, base64url, of the manifest's signature. */
  readonly signingKey: string;
  /** PEM of the certificate and of the key that PDFs are sealed with, and what the seals say of their time (RFC 3339). */
  readonly seal?: { readonly certificate: string; readonly key: string; readonly time: string };
  readonly timeStampUrl?: string;
}

export interface SealResult {
  readonly kind: 'seal';
  readonly events: number;
  readonly root: string;
  readonly partitions: readonly PartitionSeal[];
  readonly withheld: number;
}

export interface BuildResult {
  readonly kind: 'build';
  readonly build: StoredBuild;
}

/** What the worker says. */
export type JobMessage =
  | { readonly type: 'progress'; readonly doing: string; readonly done: number; readonly of: number }
  | { readonly type: 'done'; readonly result: SealResult | BuildResult }
  | { readonly type: 'failed'; readonly code: string; readonly message: string; readonly field?: string };

export type Say = (doing: string, done: number, of: number) => void;
