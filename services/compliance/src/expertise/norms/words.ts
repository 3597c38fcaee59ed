/**
 * What the rules look for, told in the words of one language. "~" stands for any ending, a space for white space,
 * "|" for or; words are whole. A concept is a part of a norm (who, may, what, when), not a phrase of an act.
 */
export const CONCEPTS = [
  // who
  ...['authority', 'authoritySubject', 'byAuthority', 'person', 'personSubject', 'commission', 'rulesMaker'],
  // how it binds
  ...['may', 'passivePower', 'duty', 'forbidden'],
  // what is done
  ...['refuse', 'extend', 'procedureHalt', 'setRule', 'permit', 'inspect', 'punish', 'paidService', 'giveSupport'],
  ...['decideVerb', 'assess', 'complain', 'examine', 'exempt', 'submit', 'entrust', 'accept', 'keepMoney'],
  // of what
  ...[
    'ground',
    'document',
    'otherDocument',
    'openList',
    'otherItem',
    'ruleObject',
    'fee',
    'feeSize',
    'support',
    'contest',
  ],
  ...['term', 'application', 'membership', 'gift', 'personalData', 'publicFunction', 'outsider'],
  // on which condition
  ...['deem', 'discretion', 'need', 'exception', 'withoutContest', 'directDeal', 'vagueTerm', 'countable', 'limit'],
  ...['vague', 'measure', 'hedge', 'criteria', 'best', 'inPerson', 'sameBody', 'higherBody', 'noReasons', 'final'],
  ...[
    'notLiable',
    'liable',
    'unchecked',
    'blanket',
    'namedAct',
    'thisAct',
    'unlessOtherwise',
    'vagueBody',
    'otherBodies',
  ],
  ...['oneFirm', 'undated', 'retroactive', 'formalFlaw', 'repeatedProof', 'threshold', 'interestedSeat', 'closedCase'],
  ...[
    'ownOrder',
    'askedHow',
    'settles',
    'notHeld',
    'physical',
    'asks',
    'formBody',
    'court',
    'emergency',
    'secret',
    'quorum',
    'alternative',
    'age',
  ],
] as const;

export type Concept = (typeof CONCEPTS)[number];
export type Words = Readonly<Record<Concept, string>>;
