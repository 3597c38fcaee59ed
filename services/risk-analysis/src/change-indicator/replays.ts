import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { addDays } from '@aiqyn/contracts';
import { change, Clock, type Left, Timers, type Tx } from '@aiqyn/platform';
import { DOCUMENTS, releaseOf, RELEASES, type PackedRelease } from '../import-releases/release.schema.js';
import { StoreSignals } from '../import-releases/store-signals.js';
import { StoredProcesses } from '../import-releases/stored-processes.js';
import {
  type AnyCode,
  type IndicatorDefinition,
  isOfGroup,
  isOfProcess,
  settingsOn,
} from '../indicators/definition.rules.js';
import { Definitions } from '../indicators/definitions.js';
import { Groups } from '../judge-groups/groups.js';
import { contributionOf } from '../judge-portfolio/contribution.rules.js';
import { Outliers } from '../tell-outliers/outliers.js';
import { type Replay, REPLAYS } from './replay.schema.js';

/** Processes in one transaction. */
const AT_ONCE = 100;
const REPLAY = 'replay-indicator';
/** An import that read the old definition ends before this: no transaction lives longer (`transactionLifetimeLimitSeconds`). */
const AFTER_MS = 15_000;

/**
 * Judges what is stored anew when an indicator changes: a version was put in force, or a period of its parameters began or
 * ended. A stored timer takes some processes at a time and goes on after a crash.
 */
@Injectable()
export class Replays {
  constructor(
    timers: Timers,
    @InjectConnection() private readonly connection: Connection,
    private readonly clock: Clock,
    private readonly definitions: Definitions,
    private readonly processes: StoredProcesses,
    private readonly signals: StoreSignals,
    private readonly outliers: Outliers,
    private readonly groups: Groups,
  ) {
    timers.on(REPLAY, ({ code }, { tx }) => this.next(tx, code as AnyCode));
    timers.daily('indicator-periods', async (tx, today) => {
      for (const { code, version, parameters } of await this.definitions.inForce()) {
        const turn = parameters.some(({ validFrom, validTo }) => validFrom === today || validTo === addDays(today, -1));
        const of = `${version} from ${today}`;
        if (turn && (await this.read(code))?.of !== of) this.begin(tx, code, of);
      }
      return 'done';
    });
  }

  read(code: string): Promise<Replay | null> {
    return this.connection.db!.collection<Replay>(REPLAYS).findOne({ _id: code });
  }

  /** Begins with the first process, in place of a replay that was under way. */
  begin(tx: Tx, code: AnyCode, of: string): void {
    const state = { of, since: this.clock.today(), after: '', processes: 0, withoutRelease: 0, done: false };
    tx.update(REPLAYS, { _id: code }, { $set: state }, { upsert: true });
    tx.schedule(REPLAY, code, new Date(this.clock.now().getTime() + AFTER_MS), { code });
  }

  private async next(tx: Tx, code: AnyCode): Promise<Left> {
    const { session } = tx;
    const db = this.connection.db!;
    const state = await db.collection<Replay>(REPLAYS).findOne({ _id: code }, { session });
    if (!state || state.done) return 'done';
    const documents = await db
      .collection<PackedRelease>(DOCUMENTS)
      .find({ _id: { $gt: state.after } }, { sort: { _id: 1 }, limit: AT_ONCE, session })
      .toArray();
    const kept = documents.filter(({ gzip }) => gzip !== undefined);
    const definitions = await this.definitions.inForce(session);
    const judged = kept.map((row) => ({ ocid: row._id, release: releaseOf(row) }));
    await this.judge(tx, definitions, code, judged);
    const done = documents.length < AT_ONCE;
    const counted = {
      processes: state.processes + kept.length,
      withoutRelease: state.withoutRelease + documents.length - kept.length,
    };
    const after = documents.at(-1)?._id ?? state.after;
    tx.update(
      REPLAYS,
      { _id: code, of: state.of, after: state.after },
      { $set: { ...counted, after, done } },
      { mustMatch: true },
    );
    if (!done) return 'more';
    this.outliers.lookSoon(tx);
    return 'done';
  }

  private async judge(
    tx: Tx,
    definitions: readonly IndicatorDefinition[],
    code: AnyCode,
    processes: readonly { readonly ocid: string; readonly release: unknown }[],
  ): Promise<void> {
    const definition = definitions.find((d) => d.code === code)!;
    const ocids = processes.map(({ ocid }) => ocid);
    const stored = await this.processes.read(tx, ocids);
    if (isOfGroup(definition)) {
      this.groups.take(
        tx,
        processes.map((one) => ({ ...one, before: stored.get(one.ocid)?.purchase })),
        true,
      );
      return this.groups.judgeSoon(tx);
    }
    if (!isOfProcess(definition)) {
      const settings = settingsOn(definitions, this.clock.today());
      const changes = processes.map(({ ocid, release }) => {
        return { ocid, before: stored.get(ocid)?.contribution, after: contributionOf(release, settings) };
      });
      return this.outliers.take(tx, changes, { definitions, fences: await this.outliers.newest(tx.session) });
    }
    const all = processes.map(({ ocid, release }) => ({ before: stored.get(ocid)!.release, release }));
    const subjects = all.map(({ before: { _id: ocid, areaCode, origin }, release }) => {
      return { ocid, areaCode, origin, release, day: this.clock.today() };
    });
    const outcomes = this.signals.judge(tx, [definition], subjects, await this.signals.stored(tx, ocids));
    for (const { before } of all) {
      const now = { ...before.outcomes, ...outcomes.get(before._id) };
      if (now[code] !== before.outcomes[code]) change(tx, RELEASES, before, { outcomes: now });
    }
  }
}
