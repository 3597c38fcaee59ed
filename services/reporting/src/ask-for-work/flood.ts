import { Inject, Injectable } from '@nestjs/common';
import { type Challenge, createChallenge, type Payload, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { RuleError } from '@aiqyn/contracts';
import { CONFIG, GroupCommit, isDuplicate, Problem, type Tx } from '@aiqyn/platform';
import type { ReportingConfig } from '../config.js';
import { keyed, peppersOf } from '../receipt/pepper.rules.js';
import { AFTER_SECONDS, PREFIX, roundsOf, stepOf } from './flood.rules.js';
import { SPENT_WORK } from './spent-work.schema.js';

/** Seconds within which a solution must be handed in: longer than a slow phone needs for the highest step. */
const VALID_SECONDS = 900;

/**
 * Asks for a proof of work while more reports come than this replica stores. Nothing is asked for when it is idle, nobody is
 * locked out, and nothing is known of who sends: the price of a report goes up for all alike, not of a question by receipt.
 */
@Injectable()
export class Flood {
  /** The first makes challenges; by the others those of a replica are known that has other settings yet. */
  private readonly secrets: readonly string[];
  private minute = { no: 0, reports: 0 };
  private last = { step: 0, at: -Infinity };

  constructor(
    @Inject(CONFIG) private readonly config: ReportingConfig,
    private readonly commits: GroupCommit,
  ) {
    this.secrets = peppersOf(config).all.map((pepper) => keyed(pepper, 'proof-of-work'));
  }

  /** What a client must solve before the next report, or undefined. */
  async challenge(): Promise<Challenge | undefined> {
    const step = this.step();
    if (step === 0) return undefined;
    return createChallenge({
      algorithm: 'PBKDF2/SHA-256',
      cost: roundsOf(step),
      keyPrefix: PREFIX,
      deriveKey,
      expiresAt: Math.floor(Date.now() / 1000) + VALID_SECONDS,
      hmacSignatureSecret: this.secrets[0]!,
    });
  }

  /**
   * Lets a report pass; what is returned must be called in its transaction, so that a solution is taken once. Throws Problem
   * 428 `work_needed`, RuleError `work_not_done`.
   */
  async pass(work: string | undefined): Promise<(tx: Tx) => void> {
    const now = Math.floor(performance.now() / 60_000);
    this.minute = { no: now, reports: this.minute.no === now ? this.minute.reports + 1 : 1 };
    if (this.step() === 0) return () => undefined;
    if (work === undefined)
      throw new Problem(
        428,
        'work_needed',
        'many reports arrive: solve what GET /v1/channels/default/work gives and send it as `work`; nothing of the report is wrong',
      );
    const { challenge, solution } = read(work);
    const tried = this.secrets.map((hmacSignatureSecret) =>
      verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret }).catch(() => undefined),
    );
    const isDone = (await Promise.all(tried)).some((one) => one?.verified);
    if (!isDone || !challenge.signature) throw notDone();
    const _id = challenge.signature;
    // By the day, as everything that a citizen causes.
    const expireAt = new Date((Math.floor(Date.now() / 86_400_000) + 2) * 86_400_000);
    return (tx) => tx.insert(SPENT_WORK, { _id, expireAt });
  }

  private step(): number {
    const { FLOOD_WAITING: waiting, FLOOD_PER_MINUTE: perMinute } = this.config;
    const step = stepOf({ waiting: this.commits.queued, thisMinute: this.minute.reports }, { waiting, perMinute });
    const at = performance.now() / 1000;
    if (step >= this.last.step || at - this.last.at > AFTER_SECONDS) this.last = { step, at };
    return this.last.step;
  }
}

const notDone = (): RuleError =>
  new RuleError('work_not_done', 'solve a challenge of GET /v1/channels/default/work within its time, each once', {
    field: 'work',
  });

function read(work: string): Payload {
  try {
    const { challenge, solution } = JSON.parse(Buffer.from(work, 'base64').toString()) as Partial<Payload>;
    if (challenge && solution) return { challenge, solution };
  } catch {
    // Told below: what it was does not matter.
  }
  throw notDone();
}

/** Runs what hands in a report; throws RuleError `work_not_done` when its solution was taken before. */
export async function onceForWork<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isDuplicate(error, SPENT_WORK) ? notDone() : error;
  }
}
