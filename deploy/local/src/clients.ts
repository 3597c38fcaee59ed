export interface Client {
  readonly id: string;
  readonly roles: readonly string[];
  readonly department: string;
  readonly does: string;
}

const client = (id: string, department: string, does: string, role = id): Client => ({
  id,
  roles: [role],
  department,
  does,
});

/** The development clients: one per department and role, and second persons for the steps that need another person. */
export const CLIENTS: readonly Client[] = [
  client('intake-officer', 'intake', 'acknowledges reports'),
  client('triage-officer', 'intake', 'triages reports, proposes investigations'),
  client('investigator', 'investigation', 'ends inquiries'),
  client('supervisor', 'supervision', 'assigns cases, approves investigations, extends deadlines, reopens cases'),
  client('second-supervisor', 'supervision', 'the second person of a supervisor', 'supervisor'),
  client('protection-officer', 'protection', 'handles complaints of retaliation'),
  client('general-prosecutor', 'general-prosecutor', 'reads what is handed over to it', 'referral-body'),
  client('custodian', 'custody', 'approves who may know who reported, confirms that a claimant proved who they are'),
  client('court-clerk', 'courts', 'records proceedings and decisions'),
  client('reward-officer', 'finance', 'calculates rewards'),
  client('reward-approver', 'finance', 'approves rewards, decides appeals'),
  client('treasurer', 'treasury', 'pays rewards, reads the ledger'),
  client('registry', 'procurement-registry', 'imports procurement releases, ownership and links'),
  client('analyst', 'analysis', 'reads flags, entities and schemes, detects schemes, refers findings, assesses areas'),
  client('method-approver', 'methodology', 'puts versions of indicators in force that somebody else proposed'),
  client('agency-head', 'leadership', 'agrees to analyses and signs their certificates for the agency'),
  client('object-head', '050540000016', 'does so for the analysed body, whose BIN is the department'),
  client('declaration-registry', 'state-revenue', 'hands in declarations of officials and facts of registers'),
  client('enrichment-officer', 'financial-control', 'notifies officials, records and re-checks what they explain'),
  client('enrichment-decider', 'leadership', 'decides what comes of an inquiry into unjustified enrichment'),
  client('compliance-officer', 'compliance', 'declares gifts, records refused offers, assesses, handles incidents'),
  client('gift-reviewer', 'compliance', 'decides whether a gift may be kept for merit, corrects declarations'),
  client('gift-keeper', 'state-property', 'keeps the custody log of handed-over gifts and disposes of them'),
  client('gift-valuer', 'valuation', 'values handed-over gifts'),
  client('gift-inquirer', 'inspection', 'inquires into gifts that were not handed over'),
  client('gift-decider', 'leadership', 'decides such inquiries, and whether a giver is referred'),
  client(
    'act-registrar',
    'legal-expertise',
    'registers draft acts, decides whether they are examined, assigns an expert',
  ),
  client('act-expert', 'legal-expertise', 'judges candidates, adds findings, proposes catalogues of factors'),
  client('act-reviewer', 'legal-expertise', 'approves and publishes opinions, puts catalogues in force'),
  client(
    'act-developer',
    '050540000016',
    'answers opinions and hands in later texts for the body whose BIN is the department',
  ),
  client('compliance-registrar', 'compliance-authority', 'registers organisations, opens their assessments'),
  client(
    'compliance-board',
    'compliance-authority',
    'tells of compliance officers, decides inquiries of organisations',
  ),
  client('compliance-reviewer', 'compliance-review', 'reviews assessments, evidence and answers to orders'),
  client('compliance-arbiter', 'leadership', 'decides objections to assessments'),
  client('programme-office', 'programme', 'plans programmes, measures goals, reads notices'),
  client('programme-approver', 'leadership', 'approves and closes programmes, overrides a status, drops milestones'),
  client('accountable-official', 'administration', 'answers for goals: hands over, starts and claims milestones'),
  client('second-official', 'administration', 'who takes over from an accountable official', 'accountable-official'),
  client('goal-verifier', 'inspection', 'verifies what is claimed to be done'),
  client('outside-assessor', 'civil-society', 'assesses goals and measures of plans from outside'),
  client(
    'editor',
    'reporting',
    'imports indices, compiles the National Report, drafts policy documents, opens consultations and answers comments',
  ),
  client(
    'approver',
    'leadership',
    'approves the National Report, publishes and adopts policy documents, freezes plans, closes consultations',
  ),
  client(
    'contributor',
    '050540000016',
    'delivers the material that the body was asked for whose BIN is the department',
  ),
  client('comment-moderator', 'press', 'hides comments of a consultation that break its rules'),
  client('second-moderator', 'press', 'hears appeals against that', 'comment-moderator'),
  client('submitter', 'leadership', 'submits it to the President'),
  client('publisher', 'press', 'publishes it'),
  client('auditor', 'audit', 'reads flags, gifts, goals, parked events'),
  client('operator', 'operations', 'redrives and discards parked events'),
];
