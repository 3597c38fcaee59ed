import { RuleError } from '@aiqyn/contracts';
import type { Projection } from '../import-releases/release.rules.js';

export interface SingleBidDefinition {
  readonly code: string;
  readonly version: number;
  readonly parameters: { readonly methods: readonly string[] };
}

export type Outcome = 'triggered' | 'not-triggered' | 'insufficient-data' | 'not-applicable' | 'error';

export interface Evaluation {
  readonly outcome: Outcome;
  /** What was read (JSON pointers into the release), against what, by which version: enough to recompute the outcome. */
  readonly evidence: {
    readonly indicator: string;
    readonly version: number;
    readonly inputs: Readonly<Record<string, string | number | null>>;
    readonly parameters: object;
    readonly missing: readonly string[];
  };
}

/** Reads the definition; throws RuleError `bad_policy` when it is not one of this indicator. */
export function singleBidDefinition(raw: unknown): SingleBidDefinition {
  const definition = raw as SingleBidDefinition;
  const methods = definition?.parameters?.methods;
  if (
    definition?.code !== 'R018' ||
    !Number.isInteger(definition.version) ||
    !Array.isArray(methods) ||
    methods.length === 0
  ) {
    throw new RuleError('bad_policy', 'indicator R018: code, version or parameters.methods is wrong');
  }
  return definition;
}

/**
 * R018, single bid received: exactly one tenderer in a competitive procedure (rule of Cardinal 0.0.8, domain notes b.1).
 * Unlike there, a missing field is told from a clear process, and a cancelled tender is no subject of it.
 */
export function evaluateSingleBid(definition: SingleBidDefinition, projection: Projection): Evaluation {
  const { method, tenderers, status } = projection;
  const missing = [
    ...(method === undefined ? ['/tender/procurementMethod'] : []),
    ...(tenderers === undefined ? ['/tender/numberOfTenderers'] : []),
  ];
  const outcome = (): Outcome => {
    if (status === 'cancelled') return 'not-applicable';
    if (method !== undefined && !definition.parameters.methods.includes(method)) return 'not-applicable';
    if (missing.length > 0) return 'insufficient-data';
    return tenderers === 1 ? 'triggered' : 'not-triggered';
  };
  return {
    outcome: outcome(),
    evidence: {
      indicator: definition.code,
      version: definition.version,
      inputs: {
        '/tender/status': status ?? null,
        '/tender/procurementMethod': method ?? null,
        '/tender/numberOfTenderers': tenderers ?? null,
      },
      parameters: definition.parameters,
      missing,
    },
  };
}
