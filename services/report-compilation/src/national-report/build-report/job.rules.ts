import { RuleError } from '@aiqyn/contracts';

/** Work that goes on outside a transaction; done again from the beginning after a crash. */
export interface StoredJob {
  readonly id: string;
  readonly kind: 'seal' | 'build';
  readonly actor: string;
  readonly done: number;
  readonly of: number;
  readonly doing: string;
  /** Workers that died on it; stored, so that it is given up also when each died in another process. */
  readonly deaths?: number;
  /** Code of why it ended without a result; the command can be given again. */
  readonly failed?: string;
  readonly field?: string;
}

/** Whether somebody has to work on it. */
export const isPending = (job: StoredJob | undefined): job is StoredJob =>
  job !== undefined && job.failed === undefined;

/** Workers that may die on the same work before it is given up. */
export const ATTEMPTS = 3;

/** Throws RuleError `job_running` while somebody works on the report. */
export function assertIdle(job: StoredJob | undefined): void {
  if (isPending(job)) throw new RuleError('job_running', 'the report is being worked on: ask for its progress');
}

/** A new piece of work of a report; throws RuleError `job_running`. */
export function newJob(before: StoredJob | undefined, id: string, kind: StoredJob['kind'], actor: string): StoredJob {
  assertIdle(before);
  return { id, kind, actor, done: 0, of: 1, doing: 'waiting' };
}
