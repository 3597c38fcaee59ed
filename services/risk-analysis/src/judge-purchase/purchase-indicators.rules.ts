import type { UnitTable } from '@aiqyn/contracts';
import type { Outcome } from '../judge-process/outcome.rules.js';
import {
  contractNotPublished,
  lateSignature,
  oftenChanged,
  otherThanAwarded,
  paidAboveContract,
  priceAndTerm,
  worksDoneFast,
} from './contract-indicators.rules.js';
import {
  dumping,
  fixedMultiple,
  manyDisqualified,
  nearEstimate,
  overstatedEstimate,
  unusualSavings,
  wideDisparity,
} from './price-indicators.rules.js';
import type { Purchase } from './purchase.rules.js';
import {
  awardedBeforeTheEnd,
  besideCentralPurchasing,
  directWithoutReason,
  documentsMissing,
  justBelowLimit,
  lateDecision,
  loserSubcontracted,
  unansweredQuestions,
} from './tender-indicators.rules.js';

/** The rules of one purchase beyond Cardinal's eleven, by the code of their definitions (domain notes b.3, b.4). */
const RULES = {
  R004: documentsMissing,
  R005: documentsMissing,
  R010: directWithoutReason,
  R022: wideDisparity,
  R023: fixedMultiple,
  R031: nearEstimate,
  R039: unansweredQuestions,
  R055: justBelowLimit,
  R059: otherThanAwarded,
  R060: lateSignature,
  R061: worksDoneFast,
  R062: lateDecision,
  R063: contractNotPublished,
  R064: oftenChanged,
  R068: paidAboveContract,
  R069: priceAndTerm,
  R070: loserSubcontracted,
  'AQ-1': awardedBeforeTheEnd,
  'DZ-1': unusualSavings,
  'KZ-1': besideCentralPurchasing,
  'KZ-2': dumping,
  'PZ-3-2': manyDisqualified,
  'PZ-3-6': overstatedEstimate,
} as const;

export type PurchaseCode = keyof typeof RULES;
export const PURCHASE_CODES = Object.keys(RULES) as PurchaseCode[];

/** Values are those that the definition was checked to have. */
export function judgePurchase(code: PurchaseCode, purchase: Purchase, values: object, unit: UnitTable): Outcome {
  const rule = RULES[code] as (purchase: Purchase, values: object, unit: UnitTable) => Outcome;
  return rule(purchase, values, unit);
}
