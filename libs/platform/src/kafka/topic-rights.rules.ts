import { allTopics, SERVICES } from '@aiqyn/contracts';

/** A system outside that reads events, under a user name of its own. */
export interface Partner {
  /** Its user name at the broker: small letters, digits, hyphens, at least two. */
  readonly name: string;
  /** Topics it reads, of those that services publish to. */
  readonly topics: readonly string[];
}

/** One right of one user at the broker. */
export interface Right {
  readonly user: string;
  readonly on: 'topic' | 'group';
  readonly name: string;
  /** `prefixed`: for every name that begins so. */
  readonly match: 'literal' | 'prefixed';
  readonly to: 'read' | 'write' | 'describe' | 'delete';
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What is wrong with a list of partners; empty when it can be used. */
export function faultsOf(partners: readonly Partner[]): string[] {
  const topics = new Set(allTopics());
  const seen = new Set<string>(SERVICES);
  return partners.flatMap(({ name, topics: wanted }) => {
    const faults: string[] = [];
    if (!NAME.test(name)) faults.push(`${name}: a name has small letters, digits and single hyphens`);
    if (seen.has(name)) faults.push(`${name}: the name is taken`);
    seen.add(name);
    if (wanted.length === 0) faults.push(`${name}: names no topic`);
    for (const one of wanted) if (!topics.has(one)) faults.push(`${name}: there is no topic ${one}`);
    return faults;
  });
}

/** A group of a user is its name, or begins with its name and a dot, which no name has: `a` never gets at groups of `a-b`. */
const groupsOf = (user: string, to: Right['to']): Right[] => [
  { user, on: 'group', name: user, match: 'literal', to },
  { user, on: 'group', name: `${user}.`, match: 'prefixed', to },
];

const reads = (user: string, topics: readonly string[]): Right[] => [
  ...topics.flatMap((name): Right[] => [
    { user, on: 'topic', name, match: 'literal', to: 'read' },
    { user, on: 'topic', name, match: 'literal', to: 'describe' },
  ]),
  ...groupsOf(user, 'read'),
  // A tool that read the log removes the group that it made for it.
  ...groupsOf(user, 'delete'),
];

/**
 * What each user may do at the broker, and nothing else: a service writes to its own topic alone and reads all of them; a
 * partner reads the topics of its contract, in groups of its own.
 */
export function rightsOf(partners: readonly Partner[]): Right[] {
  return [
    ...SERVICES.flatMap((service): Right[] => [
      { user: service, on: 'topic', name: `${service}.events`, match: 'literal', to: 'write' },
      ...reads(service, allTopics()),
    ]),
    ...partners.flatMap(({ name, topics }) => reads(name, topics)),
  ];
}
