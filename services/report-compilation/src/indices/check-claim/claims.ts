import { Inject, Injectable } from '@nestjs/common';
import { RuleError } from '@aiqyn/contracts';
import { CONFIG, NotFound } from '@aiqyn/platform';
import type { ReportCompilationConfig } from '../../config.js';
import { comparison, type Comparison } from '../compare-editions/comparison.rules.js';
import { IndexPolicies } from '../index-values/index-policies.js';
import { IndexTables } from '../index-values/index-tables.js';
import { creditOf } from '../read-index/credit.rules.js';
import type { CheckClaim } from './check-claim.dto.js';
import { checkClaim, type Claim, type Finding } from './claim.rules.js';
import { findingText } from './finding-text.rules.js';
import { FINDING_WORDS } from './finding-words.js';
import { claimOf } from './sentence.rules.js';

export interface CheckedClaim {
  readonly claim: Claim;
  readonly finding: Finding;
  readonly computed: Pick<Comparison, 'change' | 'sameSet'>;
  readonly text: string;
}

/** Holds a claim on the standing of a country against the data; what it looks at is public, and nothing is kept. */
@Injectable()
export class Claims {
  constructor(
    @Inject(CONFIG) private readonly config: ReportCompilationConfig,
    private readonly tables: IndexTables,
    private readonly policies: IndexPolicies,
  ) {}

  async check(body: CheckClaim): Promise<CheckedClaim> {
    const { index, country = this.config.COUNTRY, asOf, lang = 'en' } = body;
    const claim = claimIn(body);
    const { description, all, values } = await this.tables.forCountry(index, country, asOf);
    const own = values.filter((value) => value.country === country);
    if (own.length === 0) throw new NotFound();
    const compared = (from: number, to: number): Comparison =>
      comparison(description, all, country, { from, to }, this.policies.policy);
    const finding = checkClaim(claim, own, description, compared);
    const { from, to } = finding;
    const { change, sameSet } = from && to && from.year < to.year ? compared(from.year, to.year) : {};
    return {
      ...{ ...creditOf(description), country, ...(asOf ? { asOf } : {}) },
      ...{ claim, finding },
      computed: { ...(change ? { change } : {}), ...(sameSet ? { sameSet } : {}) },
      ...{ lang, text: findingText(finding, { change, sameSet }, description, FINDING_WORDS[lang]) },
    };
  }
}

/** The claim of a body; throws RuleError `claim_not_read` unless it is one sentence, places, or scores. */
function claimIn(body: CheckClaim): Claim {
  const { sentence, fromRank, toRank, fromScore, toScore } = body;
  const ways = [sentence !== undefined, toRank !== undefined, toScore !== undefined].filter(Boolean).length;
  const torn = (fromRank !== undefined && toRank === undefined) || (fromScore !== undefined && toScore === undefined);
  if (ways !== 1 || torn) {
    throw new RuleError(
      'claim_not_read',
      'one of sentence, toRank and toScore; with the latter two from… may be told',
      {
        ...{ field: 'sentence', allowed: ['sentence', 'toRank', 'toScore'] },
      },
    );
  }
  const { fromYear, toYear, span, of, said, by } = body;
  const told = Object.fromEntries(
    Object.entries({ fromYear, toYear, span, of, said, by }).filter(([, value]) => value !== undefined),
  );
  if (sentence !== undefined) return { ...claimOf(sentence), ...told };
  const [from, to] = toRank === undefined ? [fromScore, toScore!] : [fromRank, toRank];
  return { measure: toRank === undefined ? 'score' : 'rank', ...(from === undefined ? {} : { from }), to, ...told };
}
