import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { addDays, ReportReceivedV1 } from '@aiqyn/contracts';
import { type Caller, Clock, Commands, CONFIG, create, From, Public } from '@aiqyn/platform';
import type { ReportingConfig } from '../config.js';
import { Policies } from '../policies/policies.js';
import { CASES } from '../cases/case.schema.js';
import { Receipts } from '../receipt/receipts.js';
import type { SealedByClient } from '../sealing/sealed.dto.js';
import { seal, type Place, type Sealed } from '../sealing/sealing.js';
import { underChosenId } from '../talk-to-reporter/dialogues.js';
import { type Committed, contentHash, LogKey } from '../transparency-log/log-key.js';
import type { Receipt } from '../transparency-log/verify-receipt.js';
import { acknowledgeBy, feedbackBy, watchAcknowledgement } from '../watch-deadlines/deadlines.rules.js';
import { SubmitReport } from './submit-report.dto.js';

interface Accepted {
  readonly reportId: string;
  readonly acknowledgeBy: string;
  readonly feedbackBy: string;
}

/** The answer as it is remembered; the receipt is made from it anew. */
type Remembered = Accepted & { readonly committed: Committed };

/** A citizen hands in a report, without a login. */
@Public()
@Controller('v1')
export class SubmitReportController {
  constructor(
    @Inject(CONFIG) private readonly config: ReportingConfig,
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly policies: Policies,
    private readonly logKey: LogKey,
    private readonly clock: Clock,
  ) {}

  /** The key that a client seals to. */
  @Get('channels/default')
  channel(): { channel: string; publicKey: string; suite: string } {
    return {
      channel: 'default',
      publicKey: this.config.CHANNEL_PUBLIC_KEY,
      suite: 'DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305',
    };
  }

  @Post('reports')
  async submit(
    @Body() body: SubmitReport,
    @From() caller: Caller,
  ): Promise<Accepted & { receiptCode: string; receipt: Receipt }> {
    const reportId = body.reportId ?? randomUUID();
    const narrative = await this.sealed({ caseId: reportId, field: 'narrative' }, body.narrative, body.sealedNarrative);
    const contact = await this.sealed({ caseId: reportId, field: 'contact' }, body.contact, body.sealedContact);
    const receiptCode = this.receipts.codeFor(caller);
    const day = this.clock.today();
    const pack = this.policies.deadlines;
    const accepted: Accepted = {
      reportId,
      acknowledgeBy: acknowledgeBy(pack, day),
      feedbackBy: feedbackBy(pack, addDays(day, pack.acknowledgeDays)),
    };
    const committed: Committed = { reportId, day, content: contentHash(narrative!) };
    const { category, mode, areaCode, region, organisationBin, allegedAmount } = body;
    const facts = {
      category,
      mode,
      areaCode,
      region,
      ...(organisationBin !== undefined ? { organisationBin } : {}),
      ...(allegedAmount !== undefined ? { allegedAmount } : {}),
    };
    const stored = this.commands.together(caller, (tx): Remembered => {
      create(
        tx,
        CASES,
        {
          _id: accepted.reportId,
          state: 'received',
          receivedDay: day,
          acknowledgeBy: accepted.acknowledgeBy,
          feedbackBy: accepted.feedbackBy,
          deadlinePolicy: pack.id,
          watch: watchAcknowledgement(pack, day),
          ...facts,
          narrative,
          ...(contact ? { contact } : {}),
          receiptVerifier: this.receipts.verifierOf(receiptCode),
          leaf: this.logKey.leafOf(committed),
          sequenceFrom: addDays(day, 1),
        },
        Object.assign(new ReportReceivedV1(), { reportId: accepted.reportId, day, ...facts }),
      );
      tx.audit({ actor: caller.id, action: 'report:submit', resource: accepted.reportId, outcome: 'done' });
      return { ...accepted, committed };
    });
    const { committed: first, ...answer } = await underChosenId(CASES, 'reportId', stored);
    return { ...answer, receiptCode, receipt: this.logKey.receiptOf(first) };
  }

  private async sealed(place: Place, text?: string, given?: SealedByClient): Promise<Sealed | undefined> {
    if (given) return { enc: given.enc, ciphertext: given.ciphertext, by: 'client' };
    return text === undefined ? undefined : seal(this.config.CHANNEL_PUBLIC_KEY, place, text, 'service');
  }
}
