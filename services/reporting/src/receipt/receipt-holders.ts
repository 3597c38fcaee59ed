import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, trusted } from 'mongoose';
import { NotFound, Transactions } from '@aiqyn/platform';
import { Case, CASES } from '../cases/case.schema.js';
import { Receipts, type Verifier } from './receipts.js';

/** Finds the case that a receipt code is for; unknown, mistyped and wrong codes are answered alike. */
@Injectable()
export class ReceiptHolders {
  constructor(
    @InjectModel(Case.name) private readonly cases: Model<Case>,
    private readonly receipts: Receipts,
    private readonly transactions: Transactions,
  ) {}

  /** The case that began as the report with this receipt; throws NotFound. */
  async caseOf(receiptCode: string): Promise<Case> {
    const verifiers = this.receipts.verifiersOf(receiptCode.replaceAll(' ', ''));
    // One look for all peppers: what a wrong code costs does not tell how many there are, nor by which another is known.
    const known = trusted({ $in: verifiers.map((one) => one.receiptVerifier) });
    const file = await this.cases.findOne({ receiptVerifier: known }).lean<Case>();
    if (!file) throw new NotFound();
    const [present] = verifiers;
    if (file.receiptVerifier !== present.receiptVerifier || file.receiptPepper !== present.receiptPepper)
      await this.renew(file, present);
    return file;
  }

  /**
   * Makes the verifier anew with the present pepper: only now is the code known that it takes. No business of the case, so that its
   * version stays. When another was first nothing fits and nothing happens; when it fails the next presentation does it, and
   * `aiqyn_receipts_of_pepper` does not fall: a line would tell the second in which a citizen asked.
   */
  private async renew({ _id, receiptVerifier }: Case, present: Verifier): Promise<void> {
    try {
      await this.transactions.run((tx) => tx.update(CASES, { _id, receiptVerifier }, { $set: { ...present } }));
    } catch {
      // The citizen is answered all the same.
    }
  }

  /** The case in which a merged report goes on; a lead that was merged later leads on to its own. */
  async leadOf(file: Case): Promise<Case> {
    if (!file.mergedInto) return file;
    const lead = await this.cases.findOne({ _id: { $eq: file.mergedInto } }).lean<Case>();
    if (!lead) throw new Error(`case ${file._id} is merged into one that is missing`);
    return this.leadOf(lead);
  }
}
