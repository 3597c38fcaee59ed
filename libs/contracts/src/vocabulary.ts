/** Closed lists of the field's terms that more than one event or service uses. Open lists (areas, indicators) are data. */

/** What a report may be about (domain-reporting c1). */
export const REPORT_CATEGORIES = [
  'bribery',
  'abuse-of-office',
  'embezzlement',
  'procurement',
  'gift',
  'conflict-of-interest',
  'unjustified-enrichment',
  'retaliation',
  'quasi-public-employer',
] as const;
export type ReportCategory = (typeof REPORT_CATEGORIES)[number];

/** How much of themselves a reporting person shows; changes only upwards. */
export const REPORT_MODES = ['anonymous', 'confidential', 'named'] as const;
export type ReportMode = (typeof REPORT_MODES)[number];

/** Gravity of the offence as the court named it; decides the tier of the reward. */
export const OFFENCE_CLASSES = ['administrative', 'minor', 'medium', 'grave', 'especially-grave'] as const;
export type OffenceClass = (typeof OFFENCE_CLASSES)[number];

export const CASE_OUTCOMES = ['decided-liable', 'decided-not-liable'] as const;
export type CaseOutcome = (typeof CASE_OUTCOMES)[number];

/** What is owed to a reporting person by a day: word that the report arrived, and word of what came of it. */
export const CASE_DEADLINES = ['acknowledgement', 'feedback'] as const;
export type CaseDeadline = (typeof CASE_DEADLINES)[number];

/** What is done to a reporting person because they reported (Directive 2019/1937, art. 19, the kinds that offices meet most). */
export const RETALIATION_KINDS = [
  'dismissal',
  'transfer',
  'disciplinary-penalty',
  'pay-cut',
  'harassment',
  'threat',
  'disclosure-of-identity',
  'other',
] as const;
export type RetaliationKind = (typeof RETALIATION_KINDS)[number];

export const RISK_LEVELS = ['low', 'medium', 'high'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** Whom an indicator of outliers is about: a process, or who buys, runs the procedure, or bids. */
export const OUTLIER_GROUPS = ['OCID', 'Buyer', 'ProcuringEntity', 'Tenderer'] as const;
export type OutlierGroup = (typeof OUTLIER_GROUPS)[number];

/** What purchases that are looked at together have in common: a buyer and a year, an item and a quarter, a pair of bidders and a year. */
export const GROUP_KINDS = ['buyer', 'item', 'pair'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

/** What risk-analysis hands over for a case. */
export const FINDING_KINDS = ['procurement-flag', 'enrichment', 'scheme'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Computed state of a goal (domain-compliance C4). */
export const GOAL_STATUSES = ['grey', 'green', 'amber', 'red'] as const;
export type GoalStatus = (typeof GOAL_STATUSES)[number];

/** Which way an indicator should go; `keep` is within a corridor. */
export const GOAL_DIRECTIONS = ['up', 'down', 'keep'] as const;
export type GoalDirection = (typeof GOAL_DIRECTIONS)[number];

/** What became of a target: its day is not over, it was reached by then, afterwards, or not. */
export const GOAL_OUTCOMES = ['open', 'reached', 'reached-late', 'missed'] as const;
export type GoalOutcome = (typeof GOAL_OUTCOMES)[number];

/** Where a procurement release comes from: shown beside every figure made of it. */
export const RELEASE_ORIGINS = ['published', 'generated'] as const;
export type ReleaseOrigin = (typeof RELEASE_ORIGINS)[number];

/** ISO 3166-2:KZ: 17 regions and 3 cities of republican significance. */
export const KZ_REGIONS = [
  'KZ-10',
  'KZ-11',
  'KZ-15',
  'KZ-19',
  'KZ-23',
  'KZ-27',
  'KZ-31',
  'KZ-33',
  'KZ-35',
  'KZ-39',
  'KZ-43',
  'KZ-47',
  'KZ-55',
  'KZ-59',
  'KZ-61',
  'KZ-62',
  'KZ-63',
  'KZ-71',
  'KZ-75',
  'KZ-79',
] as const;
export type KzRegion = (typeof KZ_REGIONS)[number];

/**
 * Areas of public life that reports, procurement, assessments and goals are told apart by. Which purchases belong to
 * which area is dated data of risk-analysis; a new area is a new word here, since all four services speak of it.
 */
export const AREAS = [
  'roads',
  'health',
  'education',
  'construction',
  'it',
  'food',
  'energy',
  'social',
  'other',
] as const;
export type Area = (typeof AREAS)[number];

/** What a gift is (domain-compliance B1): a service, a trip or a discount as much as a thing. */
export const GIFT_KINDS = [
  'thing',
  'money',
  'service',
  'trip',
  'treatment',
  'hospitality',
  'discount',
  'other',
] as const;
export type GiftKind = (typeof GIFT_KINDS)[number];

/** Who gave or offered it; only an organisation is ever named, by its BIN. */
export const GIVER_KINDS = ['person', 'organisation', 'unknown'] as const;
export type GiverKind = (typeof GIVER_KINDS)[number];

/** Who received it: the official, or somebody of the household of whom no more is said. */
export const GIFT_RECIPIENTS = ['official', 'family'] as const;
export type GiftRecipient = (typeof GIFT_RECIPIENTS)[number];

/** Where the official serves. */
export const GIFT_SECTORS = ['state', 'quasi-public'] as const;
export type GiftSector = (typeof GIFT_SECTORS)[number];

/** What becomes of a gift of the special state fund. */
export const GIFT_DISPOSALS = ['buy-back', 'state-use', 'sale', 'destruction'] as const;
export type GiftDisposal = (typeof GIFT_DISPOSALS)[number];

/** Kinds of acts that pass anti-corruption expertise. */
export const ACT_TYPES = ['code', 'law', 'decree', 'resolution', 'order', 'rules', 'local-decision'] as const;
export type ActType = (typeof ACT_TYPES)[number];

/** Severity of a corruptogenic factor (catalogue of factors). */
export const FACTOR_SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type FactorSeverity = (typeof FACTOR_SEVERITIES)[number];

/** What an authority answers to a finding of an opinion. */
export const FINDING_ANSWERS = ['accepted', 'accepted-in-part', 'rejected'] as const;
export type FindingAnswer = (typeof FINDING_ANSWERS)[number];

/** What a later text did to a finding (domain notes, compliance C2). */
export const FINDING_OUTCOMES = ['removed', 'changed', 'kept', 'ignored'] as const;
export type FindingOutcome = (typeof FINDING_OUTCOMES)[number];
/** Grades of the compliance of an organisation, the best first. */
export const COMPLIANCE_GRADES = ['A', 'B', 'C', 'D', 'E'] as const;
export type ComplianceGrade = (typeof COMPLIANCE_GRADES)[number];

/** What an assessment says besides the grade; `incomplete` has none. */
export const COMPLIANCE_STATUSES = ['graded', 'non-compliant', 'incomplete'] as const;
export type ComplianceStatus = (typeof COMPLIANCE_STATUSES)[number];

/** What takes points off the score of an organisation for a year; the words of the catalogue of requirements. */
export const DEDUCTIONS = ['headConvicted', 'employeeConvicted', 'giftBreachConfirmed', 'concealedIncident'] as const;
export type Deduction = (typeof DEDUCTIONS)[number];

/** Why a grade moves after the assessment. */
export const GRADE_CAUSES = [
  ...DEDUCTIONS,
  'deduction-ended',
  'independence-breached',
  'evidence-expired',
  'evidence-accepted',
  'plan-overdue',
  'plan-moved',
] as const;
export type GradeCause = (typeof GRADE_CAUSES)[number];

/** Where the compliance service of an organisation stands (domain-compliance C3). */
export const SERVICE_STATES = ['registered', 'service-appointed', 'active', 'service-vacant'] as const;
export type ServiceState = (typeof SERVICE_STATES)[number];

/** To whom a compliance officer reports. */
export const REPORTING_LINES = ['board', 'supervisory-board', 'sole-participant', 'executive'] as const;
export type ReportingLine = (typeof REPORTING_LINES)[number];

/** What takes the independence of an officer during an inquiry. */
export const INDEPENDENCE_BREACHES = ['officer-removed', 'pay-cut', 'reporting-line-changed'] as const;
export type IndependenceBreach = (typeof INDEPENDENCE_BREACHES)[number];

/** Terms of the compliance of an organisation. */
export const COMPLIANCE_TERMS = ['vacancy', 'self-assessment', 'review', 'remedial-plan', 'order'] as const;
export type ComplianceTerm = (typeof COMPLIANCE_TERMS)[number];

/** What the person found liable was in the organisation. */
export const LIABLE_POSITIONS = ['head', 'employee'] as const;
export type LiablePosition = (typeof LIABLE_POSITIONS)[number];

/** Why a comment of a consultation is hidden. That it repeats another one, or dislikes the draft, is no ground. */
export const MODERATION_GROUNDS = ['personal-data', 'insult', 'incitement', 'advertising', 'secret-of-law'] as const;
export type ModerationGround = (typeof MODERATION_GROUNDS)[number];

/** What became of a comment of a consultation. */
export const COMMENT_DECISIONS = ['accepted', 'partly', 'rejected', 'noted', 'out-of-scope'] as const;
export type CommentDecision = (typeof COMMENT_DECISIONS)[number];

/** How far a measure is done, as the Independent Reporting Mechanism of the OGP grades it. */
export const COMPLETION_STEPS = ['no-evidence', 'not-started', 'limited', 'substantial', 'complete'] as const;
export type CompletionStep = (typeof COMPLETION_STEPS)[number];

/** Whether the office grades itself, or somebody outside does. */
export const ASSESSMENT_SIDES = ['official', 'shadow'] as const;
export type AssessmentSide = (typeof ASSESSMENT_SIDES)[number];
