import { describe, expect, it } from '@jest/globals';
import { allTopics, SERVICES } from '@aiqyn/contracts';
import { faultsOf, rightsOf } from './topic-rights.rules.js';

const partner = { name: 'general-prosecutor', topics: ['compliance.events'] };
const rights = rightsOf([partner]);
const topics = (user: string, to: string): string[] =>
  rights.filter((right) => right.user === user && right.on === 'topic' && right.to === to).map(({ name }) => name);
/** Whether the rights let a user do this with a group, as the broker would decide. */
const may = (user: string, to: string, group: string): boolean =>
  rights.some(
    (right) =>
      right.user === user &&
      right.on === 'group' &&
      right.to === to &&
      (right.match === 'literal' ? right.name === group : group.startsWith(right.name)),
  );

describe('the rights at the broker', () => {
  it.each(SERVICES)('let %s write to its own topic alone, and read all', (service) => {
    expect(topics(service, 'write')).toEqual([`${service}.events`]);
    expect(topics(service, 'read')).toEqual(allTopics());
  });

  it('let a partner read what its contract names, and write nothing', () => {
    expect(topics(partner.name, 'read')).toEqual(['compliance.events']);
    expect(topics(partner.name, 'write')).toEqual([]);
  });

  it.each([
    ['reporting', 'reporting', true],
    ['reporting', 'reporting.relay-1', true],
    ['report-compilation', 'reporting', false],
    ['reporting', 'report-compilation', false],
    ['reporting', 'reporting-of-somebody', false],
    ['general-prosecutor', 'general-prosecutor.archive', true],
    ['general-prosecutor', 'reporting', false],
  ])('%s reads in the group %s: %p', (user, group, allowed) => {
    expect(may(user, 'read', group)).toBe(allowed);
    expect(may(user, 'delete', group)).toBe(allowed);
  });
});

describe('a list of partners', () => {
  it.each([
    [[partner], []],
    [[{ ...partner, name: 'reporting' }], ['reporting: the name is taken']],
    [[partner, partner], ['general-prosecutor: the name is taken']],
    [[{ ...partner, name: 'Über' }], ['Über: a name has small letters, digits and single hyphens']],
    [[{ ...partner, topics: [] }], ['general-prosecutor: names no topic']],
    [[{ ...partner, topics: ['secrets'] }], ['general-prosecutor: there is no topic secrets']],
  ])('%j has the faults %j', (partners, faults) => {
    expect(faultsOf(partners)).toEqual(faults);
  });
});
