import { Injectable, type OnModuleInit } from '@nestjs/common';
import { dayStartUtc, NationalReportTermRemindedV1 } from '@aiqyn/contracts';
import { change, Clock, Timers, type Tx } from '@aiqyn/platform';
import { NATIONAL_REPORTS, type NationalReport } from '../editions/national-report.schema.js';
import { ReportSteps } from '../editions/report-steps.js';
import { type ShownTerms, type StoredTerms, type Term, TERM_STEPS, toldTerms, watchesOf } from './terms.rules.js';
import { reportTerms, termsPolicyNamed } from './terms-packs.js';

const TIMER = 'report-term';

interface Watched {
  readonly reportId: string;
  readonly term: Term;
  readonly stage: 'near' | 'passed';
}

/** The terms of the law for the report of a year: each is told when it is near and when it passed, once, unless its step was taken. */
@Injectable()
export class ReportTerms implements OnModuleInit {
  constructor(
    private readonly steps: ReportSteps,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timers.on(TIMER, (data, { tx }) => this.remind(tx, data as unknown as Watched));
  }

  /** The terms of a report that begins, and their timers. A correction has none: the law sets them for the report of a year. */
  begin(tx: Tx, reportId: string, year: number, corrects: string | undefined): { readonly terms?: StoredTerms } {
    const due = corrects === undefined ? reportTerms(year) : undefined;
    if (!due) return {};
    for (const { term, stage, on } of watchesOf(due.days, due.policy.nearDays, this.clock.today()))
      tx.schedule(TIMER, `${reportId}/${term}/${stage}`, dayStartUtc(on), { reportId, term, stage });
    return { terms: { policy: due.policy.id, days: due.days } };
  }

  /** How an edition stands to its terms today; nothing for a correction. */
  of({ terms, history }: Pick<NationalReport, 'terms' | 'history'>): { readonly terms?: ShownTerms } {
    if (!terms) return {};
    const { id, source, checked } = termsPolicyNamed(terms.policy);
    return {
      terms: { policy: id, source, checked, items: toldTerms(terms.days, history, this.clock.today()) },
    };
  }

  private async remind(tx: Tx, { reportId, term, stage }: Watched): Promise<void> {
    const report = await this.steps.load(tx, reportId);
    if (report.history.some(({ step }) => step === TERM_STEPS[term])) return;
    const today = this.clock.today();
    const termDay = report.terms!.days[term];
    // Nobody looked for so long that the term is over: that it is near would be said too late.
    if (stage === 'near' && today > termDay) return;
    const facts = { ...this.steps.facts(report, today), term, termDay, stage };
    change(tx, NATIONAL_REPORTS, report, {}, Object.assign(new NationalReportTermRemindedV1(), facts));
  }
}
