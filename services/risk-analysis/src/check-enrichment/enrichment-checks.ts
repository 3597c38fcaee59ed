import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { EnrichmentMovedV1, EnrichmentSuspectedV1 } from '@aiqyn/contracts';
import { change, Clock, create, type Doc, type Tx } from '@aiqyn/platform';
import {
  type Declaration,
  DECLARATIONS,
  REGISTER_FACTS,
  type RegisterFact,
} from '../declare-assets/declaration.schema.js';
import { inquiryAfter } from '../explain-enrichment/inquiry.rules.js';
import { type Inquiry, INQUIRIES } from '../explain-enrichment/inquiry.schema.js';
import { moveInquiry } from '../explain-enrichment/inquiry-states.rules.js';
import { Policies } from '../policies/policies.js';
import { type Check, checkAll, suspicion } from './checks.rules.js';
import { packOn } from './enrichment-pack.rules.js';
import { type CaseFile, dayOf, gapOf, isMissing, type Proven } from './household.rules.js';
import { type EnrichmentReview, REVIEWS } from './review.schema.js';
import { WinsOfOwners } from './wins-of-owners.js';

/** Computes the checks of an official's years and keeps what they lead to, in the transaction of what made them change. */
@Injectable()
export class EnrichmentChecks {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly wins: WinsOfOwners,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /** Checks the years anew that are declared; a year whose outcomes stay is not written. */
  async again(tx: Tx, personId: string, years: readonly number[]): Promise<void> {
    await tx.flush();
    for (const year of years) {
      const found = await this.fileOf(tx, personId, year);
      if (found) await this.review(tx, found.file, found.ids);
    }
  }

  /** The file of a year as it stands, with what was proven; undefined when the year is not declared. */
  async fileOf(
    tx: Tx,
    personId: string,
    year: number,
    proven: readonly Proven[] = [],
  ): Promise<{ file: CaseFile; ids: { declarationId: string; beforeId?: string } } | undefined> {
    const [now, then] = [await this.current(tx, personId, year), await this.current(tx, personId, year - 1)];
    if (!now) return undefined;
    const facts = await this.factsAbout(tx, now.concerns);
    return {
      file: { declared: now, ...(then ? { before: then } : {}), facts, proven, wins: await this.wins.of(tx, now) },
      ids: { declarationId: now._id, ...(then ? { beforeId: then._id } : {}) },
    };
  }

  /** What the pack in force says of a file. */
  judge(file: CaseFile): Check[] {
    const { enrichmentPacks, mci } = this.policies;
    return checkAll(file, packOn(enrichmentPacks, 'KZ', dayOf(file.declared)), mci);
  }

  private async current(tx: Tx, personId: string, year: number): Promise<Declaration | null> {
    const rows = this.connection.db!.collection<Declaration>(DECLARATIONS);
    return rows.findOne({ personId, year }, { session: tx.session, sort: { version: -1 } });
  }

  private async factsAbout(tx: Tx, concerns: readonly string[]): Promise<RegisterFact[]> {
    const assets = concerns.filter((c) => c.startsWith('asset:')).map((c) => c.slice('asset:'.length));
    const told = { kind: { $in: ['reference-price' as const, 'asset-value' as const] }, assetId: { $in: assets } };
    const filter = { $or: [{ personId: { $in: [...concerns] } }, told] };
    const rows = this.connection.db!.collection<RegisterFact>(REGISTER_FACTS);
    return rows.find(filter, { session: tx.session }).sort({ _id: 1 }).toArray();
  }

  private async review(tx: Tx, file: CaseFile, ids: { declarationId: string; beforeId?: string }): Promise<void> {
    const { personId, year, bodyBin, areaCode, region } = file.declared;
    const _id = `${personId}-${year}`;
    const checks = this.judge(file);
    const gap = gapOf(file);
    const rows = this.connection.db!.collection<EnrichmentReview>(REVIEWS);
    const earlier = await rows.findOne({ _id }, { session: tx.session });
    const said = {
      ...{ bodyBin, areaCode, region, declarationId: ids.declarationId, beforeId: ids.beforeId },
      ...{ facts: [...file.facts], gap: isMissing(gap) ? undefined : { low: gap.low, high: gap.high }, checks },
      score: checks.reduce((sum, c) => sum + (c.state === 'triggered' ? Math.round(c.weight * 100) : 0), 0) / 100,
    };
    if (earlier && same(earlier, said)) return;
    const inquiryId = await this.inquire(tx, file, checks, earlier?.inquiryId ?? undefined);
    const row = { ...said, day: this.clock.today(), ...(inquiryId ? { inquiryId } : {}) };
    if (earlier) change(tx, REVIEWS, earlier, row);
    else create(tx, REVIEWS, { _id, personId, year, ...row });
    tx.audit({ actor: 'enrichment-checks', action: 'enrichment:check', resource: _id, outcome: 'done' });
  }

  /** Opens, renews or clears the signal; answers the id of the inquiry that the review leads to now. */
  private async inquire(tx: Tx, file: CaseFile, checks: readonly Check[], last?: string): Promise<string | undefined> {
    const { personId, year, areaCode, bodyBin, region } = file.declared;
    const inquiries = this.connection.db!.collection<Inquiry>(INQUIRIES);
    const inquiry = last ? await inquiries.findOne({ _id: last }, { session: tx.session }) : null;
    const { codes, possible } = suspicion(checks);
    const step = inquiryAfter(inquiry ?? undefined, codes, possible);
    if (step === 'nothing') return last;
    const day = this.clock.today();
    const inquiryId = step === 'open' ? randomUUID() : inquiry!._id;
    const about = { personId, year, areaCode, bodyBin };
    const suspected = Object.assign(new EnrichmentSuspectedV1(), { inquiryId, day, ...about, checks: codes, possible });
    const noted = { ...about, region, checks: codes, possible };
    let set: Doc = noted;
    if (step === 'open') create(tx, INQUIRIES, { _id: inquiryId, state: 'signal', day, ...noted }, suspected);
    else if (step === 'renew') change(tx, INQUIRIES, inquiry!, set, suspected);
    else {
      const state = moveInquiry(inquiry!.state, 'closed');
      set = { state, decision: { by: 'enrichment-checks', day, outcome: state, reason: 'cleared' } };
      const moved = { inquiryId, from: inquiry!.state, to: state, day };
      change(tx, INQUIRIES, inquiry!, set, Object.assign(new EnrichmentMovedV1(), moved));
    }
    tx.audit({ actor: 'enrichment-checks', action: `enrichment:${step}`, resource: inquiryId, outcome: 'done' });
    return inquiryId;
  }
}

const same = (earlier: EnrichmentReview, said: object): boolean =>
  Object.entries(said).every(
    ([field, value]) => JSON.stringify(earlier[field as keyof EnrichmentReview]) === JSON.stringify(value),
  );
