import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { NotFound } from '@aiqyn/platform';
import { Case } from '../cases/case.schema.js';
import { Receipts } from './receipts.js';

/** Finds the case that a receipt code is for; unknown, mistyped and wrong codes are answered alike. */
@Injectable()
export class ReceiptHolders {
  constructor(
    @InjectModel(Case.name) private readonly cases: Model<Case>,
    private readonly receipts: Receipts,
  ) {}

  /** The case that began as the report with this receipt; throws NotFound. */
  async caseOf(receiptCode: string): Promise<Case> {
    const verifier = this.receipts.verifierOf(receiptCode.replaceAll(' ', ''));
    const file = await this.cases.findOne({ receiptVerifier: { $eq: verifier } }).lean<Case>();
    if (!file) throw new NotFound();
    return file;
  }

  /** The case in which a merged report goes on; a lead that was merged later leads on to its own. */
  async leadOf(file: Case): Promise<Case> {
    if (!file.mergedInto) return file;
    const lead = await this.cases.findOne({ _id: { $eq: file.mergedInto } }).lean<Case>();
    if (!lead) throw new Error(`case ${file._id} is merged into one that is missing`);
    return this.leadOf(lead);
  }
}
