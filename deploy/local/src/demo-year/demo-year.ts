import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asItIs, onceFor } from '@aiqyn/client';
import { ROOT, until } from '../processes.js';
import type { Offices } from './offices.js';
import { type DemoOutcome, releaseReport } from './release-report.js';
import { playReport } from './report-to-reward.js';
import { AREAS, BINS, dayOf, DEMO_YEAR, type Totals, YearClock } from './year.js';

const DATA = new URL('../../data/', import.meta.url);
/** Made up, with a right check digit; the service keeps only a keyed id of it. */
const OFFICIAL_IIN = '850101300095';

/** Of answers that the documents do not describe (libs/client/README.md): what is read of them here. */
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

  private readonly clock: YearClock;

  constructor(
    private readonly offices: Offices,
    private readonly dir: string,
    clockFile: string,
    private readonly say: (line: string) => void,
  ) {
    this.clock = new YearClock(clockFile);
  }

  /** Before the services start: what they do daily begins with the demo year, not with today. */
  static begin(clock: string): void {
    writeFileSync(clock, `${dayOf(1, 1)}T06:00:00Z`);
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
    for (const series of ['cpi', 'wgi', 'wjp'] as const) {
      await this.offices.as('editor')['report-compilation'].POST('/v1/indices/imports', {
        body: { series },
        ...(await onceFor(`index ${series}`)),
      });
    }
    this.say(
      'index series recorded: CPI 2012-2025, WGI 1996-2021, WJP 2013-2025 (real figures, sources in the report)',
    );
    await this.arrived();
    await this.compileDossiers();
    await this.programme();
    const outcome = await releaseReport(this.offices, this.clock, this.say);
    // From here on the services follow the real clock again.
    rmSync(this.clock.file, { force: true });
    return outcome;
  }

  private async month(month: number, releases: string[]): Promise<void> {
    const count = 14 + ((month * 5) % 9);
    for (let i = 0; i < count; i += 1) {
      this.clock.at(month, 1 + Math.floor((i * 20) / count));
      await playReport(this.offices, this.totals, month, i);
    }
    this.clock.at(month, 22);
    this.totals.releases += await this.importReleases(releases, 'generated', `generated ${month}`);
    if (month % 2 === 1) await this.gift(month);
  }

  /** A gift that becomes known on the 5th; every other one is handed over in time, the rest run past their term. */
  private async gift(month: number): Promise<void> {
    this.clock.at(month, 5);
    const officer = this.offices.as('compliance-officer').compliance;
    const day = dayOf(month, 5);
    const { data } = await officer.POST('/v1/gifts', {
      body: {
        ...({ officialIin: OFFICIAL_IIN, organisationBin: BINS[0], sector: 'state', recipient: 'official' } as const),
        ...({ receipt: 'knowing', receivedDay: day, knownDay: day, estimatedValue: month * 500_000 } as const),
        ...({ kind: 'thing', giver: { kind: 'organisation', bin: BINS[1] } } as const),
      },
      ...(await onceFor(`gift ${month}`)),
    });
    this.totals.gifts += 1;
    if (month % 4 === 1) {
      this.clock.at(month, 9);
      await officer.POST('/v1/gifts/{id}/hand-over', {
        params: { path: { id: data.giftId } },
        body: { handedOverDay: dayOf(month, 9), actNumber: `ACT-${month}/${DEMO_YEAR}`, receiverBin: BINS[2] },
        ...(await onceFor(`gift ${month} hand-over`)),
      });
      this.totals.handedOver += 1;
    }
    this.clock.at(month, 28);
  }

  /** Assesses each area once risk-analysis has every report; what it recommends becomes a goal in compliance. */
  private async assess(month: number): Promise<void> {
    this.clock.at(month, 28);
    const analyst = this.offices.as('analyst')['risk-analysis'];
    const of = (code: (typeof AREAS)[number]) => ({ params: { path: { code } } }) as const;
    await until(async () => {
      const known = await Promise.all(AREAS.map((area) => analyst.GET('/v1/areas/{code}', of(area))));
      const arrived = known.reduce((sum, { data }) => sum + data.reports, 0);
      if (arrived !== this.totals.reports)
        throw new Error(`risk-analysis knows ${arrived} of ${this.totals.reports} reports`);
    }, 60_000);
    for (const area of AREAS) {
      const { data } = await analyst.POST('/v1/areas/{code}/assessments', {
        ...of(area),
        ...(await onceFor(`assess ${area} ${month}`)),
      });
      this.say(`  ${area}: risk ${data.level} (${data.score})${data.recommendation ? ', recommendation issued' : ''}`);
    }
  }

  /** The goals that recommendations became. */
  private async goals(): Promise<DemoGoal[]> {
    const { data } = await this.offices
      .as('programme-office')
      .compliance.GET('/v1/goals', { params: { query: { limit: 200 } } });
    const { items } = data as { items: DemoGoal[] };
    return items.filter(({ recommendationId }) => recommendationId !== undefined);
  }

  /** The sample programme, with the real series of an index and a target that was missed. */
  private async programme(): Promise<void> {
    this.clock.at(1, 20, DEMO_YEAR + 1);
    const said = execFileSync(
      process.execPath,
      [
        ...[join(ROOT, 'services/compliance/dist/cli/cli.js'), 'load-programme'],
        join(ROOT, 'services/compliance/data/programmes/concept-2022-2026.json'),
        ...[
          '--url',
          this.offices.addresses.compliance,
          '--approver-token',
          await this.offices.token('programme-approver'),
        ],
      ],
      { env: { ...process.env, AIQYN_TOKEN: await this.offices.token('programme-office') } },
    );
    for (const line of said.toString().trim().split('\n')) this.say(`  ${line.trim()}`);
  }

  /** Goals move at different speed: one reaches its target, one lags, one stands still. */
  private async measure(month: number): Promise<void> {
    this.clock.at(month, 28);
    const pace = [1, 0.6, 0.1];
    for (const [i, goal] of (await this.goals()).entries()) {
      const done = pace[i % pace.length]! * (month === 12 ? 1 : 0.7);
      const value = Math.round((goal.baseline + done * (goal.target - goal.baseline)) * 10_000) / 10_000;
      await this.offices.as('programme-office').compliance.POST('/v1/goals/{id}/measurements', {
        params: { path: { id: goal._id } },
        body: { value, day: dayOf(month, 28) },
        ...(await onceFor(`measure ${goal._id} ${month}`)),
      });
    }
  }

  private async importReleases(lines: string[], origin: 'published' | 'generated', step: string): Promise<number> {
    const { headers } = await onceFor(step);
    const { data } = await this.offices.as('registry')['risk-analysis'].POST('/v1/procurement/releases', {
      params: { query: { origin } },
      body: `${lines.join('\n')}\n`,
      ...asItIs('application/x-ndjson', headers),
    });
    const { recorded, unchanged, refused } = data;
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
    this.clock.at(12, 31);
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
      const { data } = await this.offices.as('editor')['report-compilation'].GET('/v1/facts/counts');
      const { counts } = data;
      const late = Object.entries(expected).filter(([type, count]) => counts[type] !== count);
      if (late.length > 0)
        throw new Error(`not all arrived: ${late.map(([t, c]) => `${t} ${counts[t] ?? 0}/${c}`).join(', ')}`);
    }, 60_000);
    this.say('every event of the year has arrived at report-compilation');
  }

  /** One area seen whole: what was bought, what of it is at risk, what citizens and cases say. */
  private async compileDossiers(): Promise<void> {
    this.clock.at(12, 31);
    const analyst = this.offices.as('analyst')['risk-analysis'];
    const period = { from: dayOf(1, 1), to: dayOf(12, 31) };
    for (const area of AREAS) {
      const { data: compiled } = await analyst.POST('/v1/areas/{code}/dossiers', {
        params: { path: { code: area } },
        body: period,
        ...(await onceFor(`dossier ${area}`)),
      });
      const { dossierId: id } = compiled;
      const { data } = await analyst.GET('/v1/dossiers/{id}', { params: { path: { id } } });
      const { moneyAtRisk, detection, investigation } = data as Dossier;
      const { low, medium, high } = moneyAtRisk;
      const flagged = low.processes + medium.processes + high.processes;
      this.say(
        `  dossier ${id}: ${detection.processes} processes, ${flagged} with signals (${high.processes} of them severe), ` +
          `${detection.reports} reports, ${investigation.casesOpened} cases`,
      );
    }
  }

  /** The signed tree head under which every report of the year stands. */
  private async treeHead(): Promise<{ number: number }> {
    const head = await until(async () => {
      const { data: found } = await this.offices.citizen.reporting.GET('/v1/transparency/tree-head');
      if (found.treeSize !== this.totals.reports) throw new Error(`the log has ${found.treeSize} reports`);
      return found;
    }, 60_000);
    this.say(`transparency log: ${head.treeSize} reports, ${head.number} signed tree heads, root ${head.rootHash}`);
    return head;
  }
}
