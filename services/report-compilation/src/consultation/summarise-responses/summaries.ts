import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { linearAuditor } from '../../numbers/withhold-numbers/audit.js';
import { Comment } from '../comments/comment.schema.js';
import type { Consultation } from '../consultations/consultation.schema.js';
import { Documents } from '../documents/documents.js';
import type { Unit } from '../documents/units.rules.js';
import { ConsultationPolicies } from '../policies/consultation-policies.js';
import { type Summary, summaryOf } from './summary.rules.js';

/** What was answered to whom, put together anew each time that it is asked for. */
@Injectable()
export class Summaries {
  private readonly audit = linearAuditor();

  constructor(
    @InjectModel(Comment.name) private readonly rows: Model<Comment>,
    private readonly documents: Documents,
    private readonly policies: ConsultationPolicies,
  ) {}

  /** By receipt number the letter of which a comment is a copy, where many sent the same one. */
  async letters({ _id }: Pick<Consultation, '_id'>): Promise<ReadonlyMap<string, string>> {
    const comments = await this.rows
      .find({ consultationId: { $eq: _id } }, { receiptNumber: 1, cluster: 1 })
      .lean<Pick<Comment, 'receiptNumber' | 'cluster'>[]>();
    const sorted = comments.sort((a, b) => (a.receiptNumber < b.receiptNumber ? -1 : 1));
    const receipts = new Map(sorted.map((one) => [one.cluster, one.receiptNumber]));
    // A letter is called by the receipt of one of its copies: ids of comments are for the office.
    return new Map(
      comments.flatMap(({ receiptNumber, cluster }) => (cluster ? [[receiptNumber, receipts.get(cluster)!]] : [])),
    );
  }

  async of(row: Consultation, forOffice: boolean): Promise<Summary> {
    const { _id: consultationId, documentId, documentVersion, state, firstDay, lastDay, policy } = row;
    const { titles } = await this.documents.of(documentId);
    const comments = await this.rows.find({ consultationId: { $eq: consultationId } }).lean<Comment[]>();
    const named = new Set(comments.flatMap(({ answers }) => answers.at(-1)?.changed?.documentVersion ?? []));
    const versions = new Map<number, readonly Unit[]>();
    for (const one of named) versions.set(one, await this.documents.units(documentId, one));
    const consulted = { consultationId, documentId, documentVersion, state, firstDay, lastDay, policy, titles };
    const units = await this.documents.units(documentId, documentVersion);
    const { smallestCount } = this.policies.of(row);
    return summaryOf(consulted, units, comments, versions, { smallestCount, forOffice, audit: await this.audit });
  }
}
