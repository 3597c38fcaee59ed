import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { addDays, ReportReceivedV1, RuleError } from '@aiqyn/contracts';
import { Answers, type Caller, Clock, Commands, CONFIG, create, From, Public } from '@aiqyn/platform';
import type { Challenge } from 'altcha-lib';
import type { ReportingConfig } from '../config.js';
import { Flood, onceForWork } from '../ask-for-work/flood.js';
import { Forms } from '../fill-form/forms.js';
import { CaseKey, CaseKeys } from '../case-keys/case-keys.js';
import { Policies } from '../policies/policies.js';
import { CASES } from '../cases/case.schema.js';
import { Receipts } from '../receipt/receipts.js';
import { FILE_CHUNK } from '../sealing/padding.rules.js';
import type { SealedByClient } from '../sealing/sealed.dto.js';
import { seal, type Place, type Sealed } from '../sealing/sealing.js';
import { underChosenId } from '../cases/chosen-id.js';
import { type Committed, contentHash, LogKey } from '../transparency-log/log-key.js';
import { acknowledgeBy, feedbackBy, type Watch, watchAcknowledgement } from '../watch-deadlines/deadlines.rules.js';
import { ReportAccepted } from './submit-report.answer.js';
import { SubmitReport } from './submit-report.dto.js';

interface Accepted {
  readonly reportId: string;
  readonly acknowledgeBy: string;
  readonly feedbackBy: string;
}

interface Due extends Omit<Accepted, 'reportId'> {
  readonly watch: Watch;
  readonly sequenceFrom: string;
}

/** The answer as it is remembered; the receipt is made from it anew. */
type Remembered = Accepted & { readonly committed: Committed };

/** Which of two would be stored, nobody could tell; the other would be lost. */
function assertToldOnce({ narrative, sealedNarrative, answers }: SubmitReport): void {
  if ([narrative, sealedNarrative, answers].filter((one) => one !== undefined).length !== 1)
    throw new RuleError('told_twice', 'send one of narrative, sealedNarrative, answers', { field: 'narrative' });
}

/** A citizen hands in a report, without a login. */
@Public()
@Controller('v1')
export class SubmitReportController {
  private due: (Due & { readonly day: string }) | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: ReportingConfig,
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly policies: Policies,
    private readonly forms: Forms,
    private readonly flood: Flood,
    private readonly logKey: LogKey,
    private readonly keys: CaseKeys,
    private readonly clock: Clock,
  ) {}

  /** The key that a client seals to, and what files it takes, told before anybody chooses one. */
  @Get('channels/default')
  channel(): { channel: string; publicKey: string; suite: string; attachments: object } {
    const { bytesPerFile, bytesPerReport, filesPerReport, daysToComplete } = this.policies.attachments;
    return {
      channel: 'default',
      publicKey: this.config.CHANNEL_PUBLIC_KEY,
      suite: 'DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305',
      attachments: { bytesPerFile, bytesPerReport, filesPerReport, daysToComplete, chunkBytes: FILE_CHUNK },
    };
  }

  /** What a report costs now: nothing, or a challenge. */
  @Get('channels/default/work')
  async work(): Promise<{ work: Challenge | null }> {
    return { work: (await this.flood.challenge()) ?? null };
  }

  @Post('reports')
  @Answers(ReportAccepted)
  async submit(@Body() body: SubmitReport, @From() caller: Caller): Promise<ReportAccepted> {
    const { category, mode, areaCode, region, organisationBin, allegedAmount } = body;
    const facts = {
      category,
      mode,
      areaCode,
      region,
      ...(organisationBin !== undefined ? { organisationBin } : {}),
      ...(allegedAmount !== undefined ? { allegedAmount } : {}),
    };
    assertToldOnce(body);
    if (body.form) this.forms.check(body.form, facts, body.answers);
    const passed = await this.flood.pass(body.work);
    const reportId = body.reportId ?? randomUUID();
    const told = body.answers ? JSON.stringify(body.answers) : body.narrative;
    const narrative = await this.sealed({ caseId: reportId, field: 'narrative' }, told, body.sealedNarrative);
    const contact = await this.sealed({ caseId: reportId, field: 'contact' }, body.contact, body.sealedContact);
    const receiptCode = this.receipts.codeFor(caller);
    const day = this.clock.today();
    const { watch, sequenceFrom, ...due } = this.dueOn(day);
    const accepted: Accepted = { reportId, ...due };
    const committed: Committed = { reportId, day, content: contentHash(narrative!), pepper: this.receipts.pepper };
    const commitment = this.logKey.commit(committed);
    const { ref, key: secret } = await this.keys.take();
    const key = new CaseKey(reportId, secret);
    const kept = {
      key: ref,
      narrative: key.lock('narrative', narrative!),
      ...(contact ? { contact: key.lock('contact', contact) } : {}),
    };
    const stored = this.commands.together(caller, (tx): Remembered => {
      create(
        tx,
        CASES,
        {
          _id: accepted.reportId,
          state: 'received',
          receivedDay: day,
          ...due,
          deadlinePolicy: this.policies.deadlines.id,
          watch,
          ...facts,
          ...(body.form ? { form: body.form } : {}),
          ...kept,
          ...this.receipts.verifiersOf(receiptCode)[0],
          leaf: commitment.leaf,
          sequenceFrom,
        },
        Object.assign(new ReportReceivedV1(), { reportId: accepted.reportId, day, ...facts }),
      );
      passed(tx);
      tx.audit({ actor: caller.id, action: 'report:submit', resource: accepted.reportId, outcome: 'done' });
      return { ...accepted, committed };
    });
    const { committed: first, ...answer } = await underChosenId(CASES, 'reportId', onceForWork(stored));
    // The same report handed in again is the first one, with its receipt.
    const isFirst = first === committed;
    const code = isFirst ? receiptCode : this.receipts.codeFor(caller, first.pepper);
    const receipt = await this.logKey.receiptOf(
      first,
      isFirst ? commitment : undefined,
      caller.idempotencyKey !== undefined,
    );
    return { ...answer, receiptCode: code, receipt };
  }

  /** What a report of that day is owed; computed once a day, as it is a third of what its rules cost otherwise. */
  private dueOn(day: string): Due {
    if (this.due?.day !== day) {
      const pack = this.policies.deadlines;
      this.due = {
        day,
        acknowledgeBy: acknowledgeBy(pack, day),
        feedbackBy: feedbackBy(pack, addDays(day, pack.acknowledgeDays)),
        watch: watchAcknowledgement(pack, day),
        sequenceFrom: addDays(day, 1),
      };
    }
    const { day: _, ...due } = this.due;
    return due;
  }

  private async sealed(place: Place, text?: string, given?: SealedByClient): Promise<Sealed | undefined> {
    if (given) return { enc: given.enc, ciphertext: given.ciphertext, by: 'client' };
    return text === undefined ? undefined : seal(this.config.CHANNEL_PUBLIC_KEY, place, text, 'service');
  }
}
