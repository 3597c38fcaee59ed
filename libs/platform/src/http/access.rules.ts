/** Who may do what: the one policy of the platform. A role of an office, never a person; default is no. */
export const PERMISSIONS = {
  'report:acknowledge': ['intake-officer'],
  'report:triage': ['triage-officer'],
  'message:read': ['triage-officer', 'investigator'],
  'message:write': ['triage-officer', 'investigator'],
  'case:propose': ['triage-officer'],
  'case:open': ['supervisor'],
  'case:merge': ['triage-officer'],
  'case:read': [
    'intake-officer',
    'triage-officer',
    'investigator',
    'court-clerk',
    'reward-officer',
    'reward-approver',
    'supervisor',
  ],
  'case:assign': ['supervisor'],
  'case:name': ['intake-officer', 'triage-officer', 'investigator', 'supervisor'],
  'case:recuse': ['intake-officer', 'triage-officer', 'investigator', 'supervisor', 'court-clerk', 'reward-officer'],
  'statistics:publish': ['editor'],
  'retaliation:handle': ['protection-officer'],
  'identity:ask': ['investigator', 'supervisor'],
  'identity:approve': ['custodian'],
  'case:investigate': ['investigator'],
  'case:refer': ['triage-officer', 'investigator'],
  'handover:read': ['referral-body'],
  'case:close': ['triage-officer', 'investigator'],
  'case:hold': ['supervisor'],
  'case:reopen': ['supervisor'],
  'appeal:hear': ['supervisor'],
  'case:extend': ['supervisor'],
  'case:decide': ['court-clerk'],
  'reward:read': ['reward-officer', 'reward-approver', 'treasurer', 'custodian', 'court-clerk', 'auditor'],
  'reward:calculate': ['reward-officer'],
  'reward:approve': ['reward-approver'],
  'reward:confirm-identity': ['custodian'],
  'reward:pay': ['treasurer'],
  'reward:reverse': ['court-clerk'],
  'ledger:read': ['treasurer', 'auditor'],
  'release:import': ['registry'],
  'link:import': ['registry'],
  'entity:read': ['analyst', 'auditor'],
  'match:decide': ['analyst'],
  'scheme:detect': ['analyst'],
  'scheme:read': ['analyst', 'auditor'],
  'flag:read': ['analyst', 'auditor'],
  'outlier:tell': ['analyst'],
  'dossier:compile': ['analyst'],
  'dossier:read': ['analyst', 'agency-head', 'editor', 'auditor'],
  'work:plan': ['analyst'],
  'indicator:read': ['analyst', 'method-approver', 'auditor'],
  'indicator:propose': ['analyst'],
  'indicator:approve': ['method-approver'],
  'finding:refer': ['analyst'],
  'area:assess': ['analyst'],
  'area:read': ['analyst', 'auditor', 'editor'],
  'analysis:run': ['analyst'],
  'analysis:read': ['analyst', 'agency-head', 'object-head', 'auditor'],
  'analysis:sign': ['agency-head', 'object-head'],
  'analysis:agree': ['object-head'],
  'declaration:import': ['declaration-registry'],
  'enrichment:read': ['enrichment-officer', 'enrichment-decider', 'auditor'],
  'enrichment:inquire': ['enrichment-officer'],
  'enrichment:decide': ['enrichment-decider'],
  'goal:read': ['programme-office', 'analyst', 'editor', 'auditor'],
  'goal:measure': ['programme-office'],
  'gift:declare': ['compliance-officer'],
  'gift:read': [
    'compliance-officer',
    'gift-reviewer',
    'gift-keeper',
    'gift-valuer',
    'gift-inquirer',
    'gift-decider',
    'auditor',
  ],
  'gift:hand-over': ['compliance-officer'],
  'gift:review': ['gift-reviewer'],
  'gift:keep': ['gift-keeper'],
  'gift:value': ['gift-valuer'],
  'gift:dispose': ['gift-keeper'],
  'gift:inquire': ['gift-inquirer'],
  'gift:decide': ['gift-decider'],
  'index:record': ['editor'],
  'national-report:compile': ['editor'],
  'national-report:approve': ['approver'],
  'national-report:submit': ['submitter'],
  'national-report:publish': ['publisher'],
  'national-report:read-draft': ['editor', 'approver', 'submitter', 'publisher', 'auditor'],
  'parked:read': ['operator', 'auditor'],
  'parked:decide': ['operator'],
} as const satisfies Record<string, readonly string[]>;

export type Permission = keyof typeof PERMISSIONS;

export interface Subject {
  readonly id: string;
  readonly roles: readonly string[];
  readonly department?: string;
  /** Regions (ISO 3166-2:KZ) that the person works for; all when the token names none. */
  readonly regions?: readonly string[];
}

/** Whether the subject may; `resource.confinedTo` names the only subject who may see a row, whatever the role. */
export function may(subject: Subject, action: Permission, resource: { confinedTo?: string } = {}): boolean {
  const roles: readonly string[] = PERMISSIONS[action];
  if (!subject.roles.some((role) => roles.includes(role))) return false;
  return resource.confinedTo === undefined || resource.confinedTo === subject.id;
}
