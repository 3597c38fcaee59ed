import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Api } from './api.js';
import { ROOT, until } from './processes.js';

export const DEMO_YEAR = 2025;
const DATA = new URL('../data/', import.meta.url);

const AREAS = ['roads', 'health', 'education', 'construction', 'it'] as const;
const CATEGORIES = [
  'bribery',
  'procurement',
  'abuse-of-office',
  'embezzlement',
  'gift',
  'conflict-of-interest',
] as const;
const REGIONS = ['KZ-75', 'KZ-71', 'KZ-79', 'KZ-35', 'KZ-63', 'KZ-11'] as const;
/** Business numbers with a right check digit that belong to nobody here: the demo accuses no one. */
const BINS = ['000000000010', '000000000101', '000000000209'] as const;
/** Made up, with a right check digit; the service keeps only a keyed id of it. */
const OFFICIAL_IIN = '850101300095';
const CLASSES = ['minor', 'medium', 'grave', 'administrative'] as const;

export interface DemoOutcome {
  readonly nationalReportId: string;
  readonly edition: number;
}

interface Dossier {
  readonly moneyAtRisk: Readonly<Record<'low' | 'medium' | 'high', { readonly processes: number }>>;
  readonly detection: { readonly processes: number; readonly reports: number };
  readonly investigation: { readonly casesOpened: number };
}

interface DemoGoal {
  readonly _id: string;
  readonly recommendationId?: string;
  readonly baseline: number;
  readonly target: number;
}

interface Counts {
  readonly counts: Record<string, number>;
}

interface ReportProgress {
  readonly working: boolean;
  readonly job?: { readonly doing: string; readonly failed?: string; readonly field?: string };
}

interface Totals {
  reports: number;
  cases: number;
  decided: number;
  rewards: number;
  releases: number;
  gifts: number;
  handedOver: number;
}

/** A pick that depends on the number only: every run of the demo plays the same year. */
const pick = <T>(list: readonly T[], n: number): T => list[(n * 7 + Math.floor(n / list.length)) % list.length]!;

/**
 * Plays the demo year through the public APIs: citizens, offices and registries act month by month on a clock that the
 * services follow, and at the end the National Report is compiled, approved, submitted and published.
 */
export class DemoYear {
  private readonly totals: Totals = {
    reports: 0,
    cases: 0,
    decided: 0,
    rewards: 0,
    releases: 0,
    gifts: 0,
    handedOver: 0,
  };

  constructor(
    private readonly api: Api,
    private readonly dir: string,
    private readonly clock: string,
    private readonly say: (line: string) => void,
  ) {}

  /** Before the services start: what they do daily begins with the demo year, not with today. */
  static begin(clock: string): void {
    writeFileSync(clock, `${DEMO_YEAR}-01-01T06:00:00Z`);
  }

  async play(): Promise<DemoOutcome> {
    const generated = this.generatedReleases();
    const published = readFileSync(new URL('paraguay-dncp.jsonl', DATA), 'utf8').trim().split('\n');
    for (let month = 1; month <= 12; month += 1) {
      await this.month(month, generated.slice((month - 1) * 40, month * 40));
      if (month === 6) {
        this.totals.releases += await this.importReleases(published, 'published', 'published');
      }
      this.say(
        `${DEMO_YEAR}-${String(month).padStart(2, '0')}: ${this.totals.reports} reports, ${this.totals.cases} cases, ` +
          `${this.totals.releases} releases, ${this.totals.gifts} gifts so far`,
      );
      if (month === 5 || month === 11) await this.assess(month);
      if (month === 9 || month === 12) await this.measure(month);
    }
    for (const series of ['cpi', 'wgi', 'wjp']) {
      await this.api.post('editor', 'report-compilation', '/v1/indices/imports', { series }, `index ${series}`);
    }
    this.say(
      'index series recorded: CPI 2012-2025, WGI 1996-2021, WJP 2013-2025 (real figures, sources in the report)',
    );
    await this.arrived();
    await this.compileDossiers();
    await this.programme();
    const outcome = await this.release();
    // From here on the services follow the real clock again.
    rmSync(this.clock, { force: true });
    return outcome;
  }

  private at(month: number, day: number, year = DEMO_YEAR): void {
    const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T06:00:00Z`;
    // Whole or not at all: a service that read half an instant would take the real one.
    writeFileSync(`${this.clock}.part`, text);
    renameSync(`${this.clock}.part`, this.clock);
    // The services look at the file every 5 ms.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }

  private async month(month: number, releases: string[]): Promise<void> {
    const count = 14 + ((month * 5) % 9);
    for (let i = 0; i < count; i += 1) {
      this.at(month, 1 + Math.floor((i * 20) / count));
      await this.report(month, i);
    }
    this.at(month, 22);
    this.totals.releases += await this.importReleases(releases, 'generated', `generated ${month}`);
    if (month % 2 === 1) await this.gift(month);
  }

  /** One report, and what the offices make of it. */
  private async report(month: number, i: number): Promise<void> {
    const n = this.totals.reports;
    const step = `report ${month} ${i}`;
    const { reportId, receiptCode } = await this.api.post<{ reportId: string; receiptCode: string }>(
      undefined,
      'reporting',
      '/v1/reports',
      {
        category: pick(CATEGORIES, n),
        mode: n % 3 === 0 ? 'confidential' : 'anonymous',
        areaCode: pick(AREAS, n),
        region: pick(REGIONS, n),
        ...(n % 2 === 0 ? { organisationBin: pick(BINS, n), allegedAmount: (n + 1) * 1_000_000 } : {}),
        narrative: `Demonstration report no. ${n + 1}. No person or body is meant.`,
        ...(n % 3 === 0 ? { contact: 'demonstration only' } : {}),
      },
      step,
    );
    this.totals.reports += 1;
    await this.api.post(
      'intake-officer',
      'reporting',
      `/v1/cases/${reportId}/acknowledgement`,
      undefined,
      `${step} ack`,
    );
    if (n % 2 === 1) return;
    await this.api.post('triage-officer', 'reporting', `/v1/cases/${reportId}/triage`, undefined, `${step} triage`);
    if (n % 4 === 2) {
      await this.api.post(
        'triage-officer',
        'reporting',
        `/v1/cases/${reportId}/rejection`,
        { reason: 'insufficient', feedback: 'too-little-to-go-on' },
        `${step} reject`,
      );
      return;
    }
    const act = (client: string, path: string, body?: object): Promise<unknown> =>
      this.api.post(client, 'reporting', `/v1/cases/${reportId}/${path}`, body, `${step} ${path}`);
    await act('triage-officer', 'investigation-proposal');
    await act('supervisor', 'assignment', { assignees: [await this.api.subject('investigator')] });
    const { caseId } = await this.api.post<{ caseId: string }>(
      'supervisor',
      'reporting',
      `/v1/cases/${reportId}/investigation`,
      undefined,
      `${step} case`,
    );
    this.totals.cases += 1;
    if (n % 8 === 0) await this.decide(caseId, receiptCode, n, month, step);
  }

  private async decide(caseId: string, receiptCode: string, n: number, month: number, step: string): Promise<void> {
    const post = (client: string, path: string, body: unknown): Promise<unknown> =>
      this.api.post(client, 'reporting', `/v1/cases/${caseId}/${path}`, body, `${step} ${path}`);
    await post('investigator', 'findings', { finding: 'substantiated' });
    await post('court-clerk', 'proceedings', undefined);
    const liable = n % 24 !== 0;
    const legalForceDay = `${DEMO_YEAR}-${String(month).padStart(2, '0')}-01`;
    await post('court-clerk', 'decision', {
      outcome: liable ? 'decided-liable' : 'decided-not-liable',
      legalForceDay,
      ...(liable ? { offenceClass: pick(CLASSES, n / 8), damage: (n / 8) * 90_000_000 } : {}),
    });
    this.totals.decided += 1;
    if (!liable) return;
    await post('reward-officer', 'reward/eligibility', {});
    await post('reward-officer', 'reward', {});
    this.totals.rewards += 1;
    await post('reward-approver', 'reward/approval', undefined);
    // Every other reporter has claimed by now and is paid.
    if (this.totals.rewards % 2 === 0) return;
    await this.api.post(undefined, 'reporting', '/v1/reports/claim', { receiptCode }, `${step} claim`);
    await post('custodian', 'reward/identity', {});
    await post('treasurer', 'reward/payment', {});
  }

  /** A gift that becomes known on the 5th; every other one is handed over in time, the rest run past their term. */
  private async gift(month: number): Promise<void> {
    this.at(month, 5);
    const day = `${DEMO_YEAR}-${String(month).padStart(2, '0')}-05`;
    const { giftId } = await this.api.post<{ giftId: string }>(
      'compliance-officer',
      'compliance',
      '/v1/gifts',
      {
        ...{ officialIin: OFFICIAL_IIN, organisationBin: BINS[0], sector: 'state', recipient: 'official' },
        ...{ receipt: 'knowing', receivedDay: day, knownDay: day, estimatedValue: month * 500_000 },
        ...{ kind: 'thing', giver: { kind: 'organisation', bin: BINS[1] } },
      },
      `gift ${month}`,
    );
    this.totals.gifts += 1;
    if (month % 4 === 1) {
      this.at(month, 9);
      await this.api.post(
        'compliance-officer',
        'compliance',
        `/v1/gifts/${giftId}/hand-over`,
        { handedOverDay: day.replace(/05$/, '09'), actNumber: `ACT-${month}/${DEMO_YEAR}`, receiverBin: BINS[2] },
        `gift ${month} hand-over`,
      );
      this.totals.handedOver += 1;
    }
    this.at(month, 28);
  }

  /** Assesses each area once risk-analysis has every report; what it recommends becomes a goal in compliance. */
  private async assess(month: number): Promise<void> {
    this.at(month, 28);
    await until(async () => {
      const known = await Promise.all(
        AREAS.map((a) => this.api.get<{ reports: number }>('analyst', 'risk-analysis', `/v1/areas/${a}`)),
      );
      const arrived = known.reduce((sum, { reports }) => sum + reports, 0);
      if (arrived !== this.totals.reports)
        throw new Error(`risk-analysis knows ${arrived} of ${this.totals.reports} reports`);
    }, 60_000);
    for (const area of AREAS) {
      const result = await this.api.post<{ level: string; score: number; recommendation?: object }>(
        'analyst',
        'risk-analysis',
        `/v1/areas/${area}/assessments`,
        undefined,
        `assess ${area} ${month}`,
      );
      this.say(
        `  ${area}: risk ${result.level} (${result.score})${result.recommendation ? ', recommendation issued' : ''}`,
      );
    }
  }

  /** The goals that recommendations became. */
  private async goals(): Promise<DemoGoal[]> {
    const { items } = await this.api.get<{ items: DemoGoal[] }>(
      'programme-office',
      'compliance',
      '/v1/goals?limit=200',
    );
    return items.filter(({ recommendationId }) => recommendationId !== undefined);
  }

  /** The sample programme, with the real series of an index and a target that was missed. */
  private async programme(): Promise<void> {
    this.at(1, 20, DEMO_YEAR + 1);
    const said = execFileSync(
      process.execPath,
      [
        ...[join(ROOT, 'services/compliance/dist/cli/cli.js'), 'load-programme'],
        join(ROOT, 'services/compliance/data/programmes/concept-2022-2026.json'),
        ...['--url', this.api.url('compliance', ''), '--approver-token', await this.api.token('programme-approver')],
      ],
      { env: { ...process.env, AIQYN_TOKEN: await this.api.token('programme-office') } },
    );
    for (const line of said.toString().trim().split('\n')) this.say(`  ${line.trim()}`);
  }

  /** Goals move at different speed: one reaches its target, one lags, one stands still. */
  private async measure(month: number): Promise<void> {
    this.at(month, 28);
    const pace = [1, 0.6, 0.1];
    for (const [i, goal] of (await this.goals()).entries()) {
      const done = pace[i % pace.length]! * (month === 12 ? 1 : 0.7);
      const value = Math.round((goal.baseline + done * (goal.target - goal.baseline)) * 10_000) / 10_000;
      await this.api.post(
        'programme-office',
        'compliance',
        `/v1/goals/${goal._id}/measurements`,
        { value, day: `${DEMO_YEAR}-${String(month).padStart(2, '0')}-28` },
        `measure ${goal._id} ${month}`,
      );
    }
  }

  private async importReleases(lines: string[], origin: string, step: string): Promise<number> {
    const { recorded, unchanged, refused } = await this.api.post<{
      recorded: number;
      unchanged: number;
      refused: object[];
    }>('registry', 'risk-analysis', `/v1/procurement/releases?origin=${origin}`, `${lines.join('\n')}\n`, step);
    if (refused.length > 0 || recorded + unchanged !== lines.length)
      throw new Error(`import of ${step}: ${JSON.stringify(refused)}`);
    return recorded;
  }

  private generatedReleases(): string[] {
    const out = join(this.dir, 'generated-releases.jsonl');
    execFileSync(
      process.execPath,
      [new URL('generate-releases.mjs', DATA).pathname, '--count', '480', '--seed', '7', '--out', out],
      { stdio: 'ignore' },
    );
    return readFileSync(out, 'utf8').trim().split('\n');
  }

  /** Waits until every event of the year has reached report-compilation: services tell each other by events only. */
  private async arrived(): Promise<void> {
    this.at(12, 31);
    const { totals } = this;
    const goals = (await this.goals()).length;
    const head = await this.treeHead();
    const expected: Record<string, number> = {
      'reporting.report.received.v1': totals.reports,
      'reporting.report.acknowledged.v1': totals.reports,
      'reporting.tree-head.signed.v1': head.number,
      'reporting.case.opened.v1': totals.cases,
      'reporting.case.decided.v1': totals.decided,
      'reporting.reward.calculated.v1': totals.rewards,
      'risk-analysis.release.recorded.v1': totals.releases,
      'risk-analysis.area.assessed.v1': AREAS.length * 2,
      'risk-analysis.recommendation.issued.v1': goals,
      'compliance.goal.set.v1': goals,
      'compliance.gift.declared.v1': totals.gifts,
      'compliance.gift.handed-over.v1': totals.handedOver,
      'compliance.gift.overdue.v1': totals.gifts - totals.handedOver,
    };
    await until(async () => {
      const { counts } = await this.api.get<Counts>('editor', 'report-compilation', '/v1/facts/counts');
      const late = Object.entries(expected).filter(([type, count]) => counts[type] !== count);
      if (late.length > 0)
        throw new Error(`not all arrived: ${late.map(([t, c]) => `${t} ${counts[t] ?? 0}/${c}`).join(', ')}`);
    }, 60_000);
    this.say('every event of the year has arrived at report-compilation');
  }

  /** One area seen whole: what was bought, what of it is at risk, what citizens and cases say. */
  private async compileDossiers(): Promise<void> {
    this.at(12, 31);
    const period = { from: `${DEMO_YEAR}-01-01`, to: `${DEMO_YEAR}-12-31` };
    for (const area of AREAS) {
      const { dossierId } = await this.api.post<{ dossierId: string }>(
        ...(['analyst', 'risk-analysis', `/v1/areas/${area}/dossiers`, period, `dossier ${area}`] as const),
      );
      const { moneyAtRisk, detection, investigation } = await this.api.get<Dossier>(
        ...(['analyst', 'risk-analysis', `/v1/dossiers/${dossierId}`] as const),
      );
      const { low, medium, high } = moneyAtRisk;
      const flagged = low.processes + medium.processes + high.processes;
      this.say(
        `  dossier ${dossierId}: ${detection.processes} processes, ${flagged} with signals (${high.processes} of them severe), ` +
          `${detection.reports} reports, ${investigation.casesOpened} cases`,
      );
    }
  }

  /** The signed tree head under which every report of the year stands. */
  private async treeHead(): Promise<{ number: number }> {
    const head = await until(async () => {
      const found = await this.api.get<{ treeSize: number; number: number; rootHash: string }>(
        undefined,
        'reporting',
        '/v1/transparency/tree-head',
      );
      if (found.treeSize !== this.totals.reports) throw new Error(`the log has ${found.treeSize} reports`);
      return found;
    }, 60_000);
    this.say(`transparency log: ${head.treeSize} reports, ${head.number} signed tree heads, root ${head.rootHash}`);
    return head;
  }

  /** Nine steps, from the approval on by persons who took none before; a worker seals and builds meanwhile. */
  private async release(): Promise<DemoOutcome> {
    const service = 'report-compilation';
    this.at(1, 20, DEMO_YEAR + 1);
    const drafted = await this.api.post<DemoOutcome>(
      'editor',
      service,
      '/v1/national-reports',
      { year: DEMO_YEAR },
      'draft',
    );
    const path = `/v1/national-reports/${drafted.nationalReportId}`;
    const take = (client: string, step: string, body?: object): Promise<object> =>
      this.api.post(client, service, `${path}/${step}`, body, step);
    const worked = (what: string): Promise<void> =>
      until(async () => {
        const progress = await this.api.get<ReportProgress>('editor', service, `${path}/progress`);
        if (progress.job?.failed) throw new Error(`${what} failed: ${progress.job.failed} ${progress.job.field ?? ''}`);
        if (progress.working) throw new Error(`${what} is not done: ${progress.job?.doing}`);
      }, 120_000);
    await take('editor', 'collection', {});
    await take('editor', 'assessment');
    await worked('sealing');
    await take('editor', 'compilation');
    await worked('building');
    this.say('  National Report: sealed, numbers computed, small ones withheld, package built and signed');
    await take('editor', 'hearing', { ground: 'demonstration: no public took part' });
    this.at(2, 1, DEMO_YEAR + 1);
    await take('approver', 'approval', { ground: 'demonstration' });
    this.at(3, 1, DEMO_YEAR + 1);
    await take('submitter', 'submission', {});
    await take('submitter', 'submission-receipt', { receiptNumber: `DEMO-${DEMO_YEAR}` });
    this.at(4, 1, DEMO_YEAR + 1);
    await take('publisher', 'publication', {});
    return drafted;
  }
}
