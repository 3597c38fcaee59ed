import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { RuleError } from '@aiqyn/contracts';
import type { Tx } from '@aiqyn/platform';
import { type Consultation, CONSULTATIONS } from '../../consultation/consultations/consultation.schema.js';
import { POLICY_DOCUMENTS, type PolicyDocument } from '../../consultation/documents/document.schema.js';
import { Summaries } from '../../consultation/summarise-responses/summaries.js';
import { summaryTexts } from '../../consultation/summarise-responses/summary-texts.js';
import { shippedFonts } from '../../publication/typeset-pdf/shipped-fonts.js';
import type { NationalReport } from '../editions/national-report.schema.js';
import { printableIn, type Responses, responsesOf } from './responses.rules.js';

const REPORT_RESPONSES = 'report_responses';
type Row = Responses & { readonly _id: string };

/** What was answered to the public on the draft of an edition, as its builds tell it; undefined when nobody was asked yet. */
export async function storedResponses(db: mongo.Db, reportId: string): Promise<Responses | undefined> {
  const row = await db.collection<Row>(REPORT_RESPONSES).findOne({ _id: reportId });
  if (!row) return undefined;
  const { _id, ...responses } = row;
  return responses;
}

/** The consultations on the draft of an edition, and their responses as its chapter. */
@Injectable()
export class ReportResponses {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly summaries: Summaries,
  ) {}

  /** Of the consultation on the draft of this edition that closed last. */
  async read(reportId: string): Promise<Responses | undefined> {
    const [last] = (await this.held(reportId))
      .filter(({ state }) => state === 'closed')
      .sort((a, b) => (`${b.closed!.day}/${b.lastDay}` < `${a.closed!.day}/${a.lastDay}` ? -1 : 1));
    if (!last) return undefined;
    const [summary, letters] = await Promise.all([this.summaries.of(last, false), this.summaries.letters(last)]);
    return responsesOf(summary, letters, summaryTexts, printableIn([...shippedFonts().coverage.values()]));
  }

  /** Keeps them for the build that begins: a closed consultation never changes, a later one takes its place. */
  keep(tx: Tx, reportId: string, responses: Responses | undefined): void {
    if (responses) tx.update(REPORT_RESPONSES, { _id: reportId }, { $set: { ...responses } }, { upsert: true });
  }

  /**
   * Whether the public was heard in this consultation, or for `ground` in none. Throws RuleError `no_ground`, `not_of_this_report`,
   * `consultation_open`, `responses_not_compiled`, and `consultation_held` when one that was held is not named.
   */
  async assertHeard(
    { _id, build }: NationalReport,
    consultationId: string | undefined,
    ground: string | undefined,
    tx: Tx,
  ): Promise<void> {
    const held = await this.held(_id, tx);
    const field = 'consultationId';
    if (consultationId === undefined) {
      if (ground === undefined)
        throw new RuleError('no_ground', 'name the consultation, or say why there was none', { field: 'ground' });
      if (held.length > 0)
        throw new RuleError('consultation_held', 'a consultation on the draft of this report was opened: name it', {
          field,
          allowed: held.map((one) => one._id),
        });
      return;
    }
    const named = held.find((one) => one._id === consultationId);
    if (!named)
      throw new RuleError('not_of_this_report', 'name a consultation on a draft of this very report', {
        field,
        allowed: held.map((one) => one._id),
      });
    if (named.state !== 'closed')
      throw new RuleError('consultation_open', 'the consultation is not closed: each comment has its answer first', {
        field,
      });
    if (build?.consultationId !== consultationId)
      throw new RuleError(
        'responses_not_compiled',
        'the edition was compiled before this consultation closed: compile it again, with its responses',
        { field },
      );
  }

  private async held(reportId: string, tx?: Tx): Promise<Consultation[]> {
    const options = tx ? { session: tx.session } : {};
    const db = this.connection.db!;
    const documents = await db
      .collection<PolicyDocument>(POLICY_DOCUMENTS)
      .find({ nationalReportId: reportId }, { ...options, projection: { _id: 1 } })
      .toArray();
    const ids = documents.map(({ _id }) => _id);
    return db
      .collection<Consultation>(CONSULTATIONS)
      .find({ documentId: { $in: ids } }, options)
      .toArray();
  }
}
