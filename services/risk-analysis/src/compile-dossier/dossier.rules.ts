import { createHash } from 'node:crypto';
import { canonical } from '@aiqyn/contracts';
import { type Money, worthOf } from '../import-releases/money.rules.js';
import {
  scoreOf,
  type Severity,
  SEVERITIES,
  type SeverityPack,
  severityOf,
  type Weighed,
} from '../indicators/severity.rules.js';
import { complianceOf, type SaidOfBody } from '../know-body/body-facts.rules.js';
import { type Effect, type EffectPolicy, effectOf, type Windows } from './effect.rules.js';

/** A signal on a process: `weight` is that of its indicator. */
export interface RiskSignal extends Weighed {
  readonly id: string;
}

export interface Process {
  readonly ocid: string;
  /** Tells its version. */
  readonly hash: string;
  readonly money: readonly Money[];
  readonly signals: readonly RiskSignal[];
}

/** Everything that a dossier is made of, and nothing else: the same inputs make the same bytes. */
export interface DossierInputs {
  readonly areaCode: string;
  readonly areaRule: string;
  /** Of one region alone: which, and by which version of the rule that tells the region of a buyer. */
  readonly region?: string;
  readonly regionRule?: string;
  readonly from: string;
  readonly to: string;
  readonly policy: DossierPolicy;
  readonly severity: SeverityPack;
  readonly definitions: readonly string[];
  readonly processes: readonly Process[];
  /** What the quantity of an item cost above the median, in hundredths of its currency. */
  readonly overpaid: readonly {
    readonly id: string;
    readonly ocid: string;
    readonly currency: string;
    readonly amount: number;
  }[];
  readonly schemes: readonly { readonly id: string; readonly code: string; readonly processes: readonly string[] }[];
  readonly reports: readonly string[];
  readonly casesOpened: readonly string[];
  readonly casesDecided: readonly { readonly id: string; readonly outcome: string; readonly damage: number }[];
  readonly inquiries: readonly { readonly id: string; readonly state: string }[];
  /** Who buys in the area, by BIN, as far as releases tell it; and what compliance said of them up to the last day. */
  readonly buyers: readonly string[];
  readonly bodyFacts: readonly SaidOfBody[];
  readonly analyses: readonly {
    readonly id: string;
    readonly kind: string;
    readonly state: string;
    readonly overdue: boolean;
  }[];
  readonly recommendations: readonly {
    readonly id: string;
    readonly indicator: string;
    readonly dueDay: string;
    /** Of the goal that it became. */
    readonly status: string;
    readonly windows: { readonly area: Windows; readonly others: Windows };
  }[];
}

export interface DossierPolicy {
  readonly id: string;
  readonly effect: EffectPolicy;
  /** Days before the day of a recommendation, and after its due day, that are compared. */
  readonly windowDays: number;
}

type ByCurrency = Readonly<Record<string, number>>;
const MONEY = ['planned', 'awarded', 'contracted', 'paid'] as const;

/** Sums of whole hundredths; BigInt where a national total may pass 2^53. */
function add(sums: Map<string, bigint>, key: string, amount: number | undefined): void {
  if (amount !== undefined) sums.set(key, (sums.get(key) ?? 0n) + BigInt(amount));
}
const shown = (sums: Map<string, bigint>): ByCurrency =>
  Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, sum]) => [key, Number(sum)]));

const byId = <T extends { readonly id: string }>(all: readonly T[]): T[] =>
  [...all].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
const count = (keys: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const key of [...keys].sort()) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
};

/** What names a body and an indicator but no region: in the dossier of a region it is that of the whole area. */
export const WHOLE_AREA = ['analyses', 'recommendations', 'effects'] as const;

export type Dossier = ReturnType<typeof dossierOf>;

/** Prevention, detection and investigation of one area seen together (domain notes d.4); amounts in hundredths by currency. */
export function dossierOf(inputs: DossierInputs) {
  const { areaCode, areaRule, region, regionRule, from, to, policy, definitions } = inputs;
  const processes = [...inputs.processes].sort((a, b) => (a.ocid < b.ocid ? -1 : 1));
  const map = Object.fromEntries(MONEY.map((kind) => [kind, new Map<string, bigint>()]));
  const [aboveContract, priceRises, overpaid] = [
    new Map<string, bigint>(),
    new Map<string, bigint>(),
    new Map<string, bigint>(),
  ];
  const atRisk = { low: new Map<string, bigint>(), medium: new Map<string, bigint>(), high: new Map<string, bigint>() };
  const flagged = { low: 0, medium: 0, high: 0 };
  for (const { money, signals } of processes) {
    for (const one of money) {
      for (const kind of MONEY) add(map[kind]!, one.currency, one[kind]);
      const { awarded, contracted, paid } = one;
      if (paid !== undefined && contracted !== undefined && paid > contracted)
        add(aboveContract, one.currency, paid - contracted);
      if (contracted !== undefined && awarded !== undefined && contracted > awarded)
        add(priceRises, one.currency, contracted - awarded);
    }
    if (signals.length === 0) continue;
    // Once, however many signals: the union of what is at risk, not the sum of the alarms.
    const severity = severityOf(scoreOf(signals), inputs.severity);
    flagged[severity] += 1;
    for (const one of money) add(atRisk[severity], one.currency, worthOf(one));
  }
  for (const { currency, amount } of inputs.overpaid) add(overpaid, currency, amount);
  const recommendations = byId(inputs.recommendations).map(({ id, indicator, dueDay, status, windows }) => {
    const effect: Effect = effectOf(windows.area, windows.others, policy.effect);
    return { id, indicator, dueDay, status, effect };
  });
  const { found, grades } = complianceOf(inputs.bodyFacts, from);
  const decided = inputs.casesDecided;
  const damage = decided
    .filter(({ outcome }) => outcome === 'decided-liable')
    .reduce((sum, one) => sum + BigInt(one.damage), 0n);
  return {
    area: areaCode,
    areaRule,
    ...(region ? { region, regionRule, wholeArea: WHOLE_AREA } : {}),
    from,
    to,
    policy: policy.id,
    severity: inputs.severity.id,
    money: Object.fromEntries(MONEY.map((kind) => [kind, shown(map[kind]!)])),
    moneyAtRisk: Object.fromEntries(
      SEVERITIES.map((s) => [s, { processes: flagged[s], amounts: shown(atRisk[s]) }]),
    ) as Record<Severity, { processes: number; amounts: ByCurrency }>,
    hiddenTheft: {
      overpaidUnitPrices: shown(overpaid),
      paidAboveContract: shown(aboveContract),
      priceRises: shown(priceRises),
      // OCDS says nothing of acceptance and of deliveries that were not found: no amount is better than a zero.
      notKnown: ['acceptance-before-delivery', 'deliveries-not-found'],
    },
    schemes: byId(inputs.schemes).map(({ id, code, processes: of }) => ({ id, code, processes: [...of].sort() })),
    gaps: {
      reportsWithoutAnalysis: inputs.analyses.length === 0 ? inputs.reports.length : 0,
      recommendationsWithoutEffect: recommendations
        .filter(({ effect }) => effect.state === 'measured' && effect.high >= 0)
        .map(({ id }) => id),
    },
    prevention: {
      analyses: count(inputs.analyses.map(({ kind, state }) => `${kind} ${state}`)),
      analysesOverdue: byId(inputs.analyses.filter(({ overdue }) => overdue)).map(({ id }) => id),
      recommendations,
      // Of those who buy: what was found in the period, and the grade of each at its end.
      compliance: { bodies: inputs.buyers.length, found, grades: count(grades) },
    },
    detection: {
      processes: processes.length,
      signals: count(processes.flatMap(({ signals }) => signals.map(({ indicator }) => indicator))),
      reports: inputs.reports.length,
      enrichmentInquiries: count(inputs.inquiries.map(({ state }) => state)),
    },
    investigation: {
      casesOpened: inputs.casesOpened.length,
      casesDecided: count(decided.map(({ outcome }) => outcome)),
      damageTiyn: Number(damage),
    },
    definitions: [...definitions].sort(),
    inputsHash: hashOfInputs(inputs),
  };
}

/** Changes when any input does, and does not depend on the order in which they were read. */
export function hashOfInputs(inputs: DossierInputs): string {
  const sorted = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, Array.isArray(value) ? value.map(canonical).sort() : value]),
  );
  return createHash('sha256').update(canonical(sorted)).digest('hex');
}
