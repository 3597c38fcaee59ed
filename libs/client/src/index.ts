export {
  type AiqynClient,
  aiqynClient,
  type Answer,
  asItIs,
  onceFor,
  type ServiceClient,
  type Token,
} from './client.js';
export { AiqynError, type Problem } from './problem.js';
export type { components as Compliance } from './generated/compliance.js';
export type { components as ReportCompilation } from './generated/report-compilation.js';
export type { components as Reporting } from './generated/reporting.js';
export type { components as RiskAnalysis } from './generated/risk-analysis.js';
