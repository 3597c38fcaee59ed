import { Worker } from 'node:worker_threads';
import { RuleError } from '@aiqyn/contracts/rule-error';
import type { Language, ReportModel } from '../../report-model/report-model.rules.js';
import type { DrawnChart } from '../draw-charts/draw-chart.js';
import type { Attachment } from './print-document.rules.js';

export type Job =
  | {
      readonly kind: 'pdf';
      readonly model: ReportModel;
      readonly language: Language;
      readonly attachments: readonly Attachment[];
    }
  | { readonly kind: 'charts'; readonly model: ReportModel; readonly language: Language };

export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly details?: RuleError['details'];
}
export type Answer =
  | { readonly pdf: Uint8Array }
  | { readonly charts: Readonly<Record<string, DrawnChart>> }
  | { readonly failed: Failure };

/** The thread ended, or took too long, under a job; the next job has a new one. */
export class TypesetterCrashed extends Error {
  override readonly name = 'TypesetterCrashed';
}

interface Waiting {
  readonly job: Job;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

function thrown({ name, message, code, details }: Failure): Error {
  if (code !== undefined) return new RuleError(code, message, details);
  return Object.assign(new Error(message), { name });
}

/**
 * Draws and typesets in one thread beside the service's own, one job at a time: on two cores a second one would only take the
 * first one's time, and memory is that of one edition. The thread starts with the first job.
 */
export class Typesetter {
  private readonly script: URL;
  /** Milliseconds for one job. */
  private readonly patience: number;
  private readonly waiting: Waiting[] = [];
  private current: (Waiting & { timer: NodeJS.Timeout }) | undefined;
  private worker: Worker | undefined;
  private closed = false;

  constructor({
    script = new URL('./typeset.worker.js', import.meta.url),
    patience = 120_000,
  }: { script?: URL; patience?: number } = {}) {
    this.script = script;
    this.patience = patience;
  }

  async pdf(model: ReportModel, language: Language, attachments: readonly Attachment[] = []): Promise<Uint8Array> {
    return ((await this.ask({ kind: 'pdf', model, language, attachments })) as { pdf: Uint8Array }).pdf;
  }

  /** The charts of an edition by the id of their block. */
  async charts(model: ReportModel, language: Language): Promise<Readonly<Record<string, DrawnChart>>> {
    return ((await this.ask({ kind: 'charts', model, language })) as { charts: Record<string, DrawnChart> }).charts;
  }

  /** Refuses what still waits and ends the thread; a job under way is given up. */
  async close(): Promise<void> {
    this.closed = true;
    const given = new TypesetterCrashed('the typesetter was closed');
    for (const one of this.waiting.splice(0)) one.reject(given);
    const { worker, current } = this;
    if (!worker) return;
    this.worker = undefined;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    if (current) {
      this.end(current, () => current.reject(given));
      await worker.terminate();
    } else worker.postMessage('end');
    await ended;
  }

  private async ask(job: Job): Promise<Answer> {
    if (this.closed) throw new TypesetterCrashed('the typesetter was closed');
    const answer = await new Promise<Answer>((resolve, reject) => {
      this.waiting.push({ job, resolve, reject });
      this.next();
    });
    if ('failed' in answer) throw thrown(answer.failed);
    return answer;
  }

  private next(): void {
    if (this.current || this.closed) return;
    const one = this.waiting.shift();
    if (!one) return;
    const worker = (this.worker ??= this.start());
    const timer = setTimeout(() => {
      this.crashed(worker, `a job took more than ${this.patience} ms`);
      void worker.terminate();
    }, this.patience);
    this.current = { ...one, timer };
    try {
      worker.postMessage(one.job);
    } catch (error) {
      // A model that cannot be cloned is its caller's fault; the thread has not seen it.
      this.end(this.current, () => one.reject(error as Error));
    }
  }

  private start(): Worker {
    const worker = new Worker(this.script);
    worker.on('message', (answer: Answer) => {
      const { current } = this;
      if (current && worker === this.worker) this.end(current, () => current.resolve(answer));
    });
    worker.on('error', (error: Error) => this.crashed(worker, error.message));
    worker.on('exit', (code) => this.crashed(worker, `the thread ended with code ${code}`));
    return worker;
  }

  private crashed(worker: Worker, why: string): void {
    if (worker !== this.worker) return;
    this.worker = undefined;
    const { current } = this;
    if (current) this.end(current, () => current.reject(new TypesetterCrashed(why)));
  }

  private end(current: Waiting & { timer: NodeJS.Timeout }, settle: () => void): void {
    clearTimeout(current.timer);
    this.current = undefined;
    settle();
    this.next();
  }
}
