import { createHash } from 'node:crypto';
import { RuleError } from '@aiqyn/contracts';
import { companyId } from '../entities/entity-id.rules.js';
import type { PersonIds } from '../persons/person-ids.js';
import { isObject } from '../json.rules.js';
import type { HandInDeclaration, LoanGiven, SectionsGiven } from './declaration.dto.js';
import type { Declared, Loan, Sections } from './declaration.rules.js';

/** The declaration with keyed ids in place of identification numbers; throws RuleError `cost_or_range` or `owner_iin_or_bin`. */
export function declaredOf(body: HandInDeclaration, persons: PersonIds): Declared {
  const { iin, sections, household, year, version, currency, bodyBin, areaCode, region } = plain(body);
  return {
    ...{ personId: persons.of(iin), year, version, currency, bodyBin, areaCode, region },
    sections: sectionsOf(sections, persons, 'sections'),
    household: household.map((member, i) => ({
      personId: persons.of(member.iin),
      relation: member.relation,
      sections: sectionsOf(member.sections, persons, `household.${i}.sections`),
    })),
  };
}

function sectionsOf(given: SectionsGiven, persons: PersonIds, at: string): Sections {
  const loans = (list: readonly LoanGiven[]): Loan[] =>
    list.map(({ lenderIin, ...loan }) => ({ ...loan, ...(lenderIin ? { lender: persons.of(lenderIin) } : {}) }));
  const { assets, loansReceived, loansRepaid, used, ...rest } = given;
  return plain({
    ...rest,
    assets: assets?.map(({ cost, low, high, ...asset }, i) => {
      if (cost === undefined ? low === undefined || high === undefined : low !== undefined || high !== undefined)
        throw new RuleError('cost_or_range', 'an asset has its cost, or a range from low to high', {
          field: `${at}.assets.${i}.cost`,
        });
      return { ...asset, low: (cost ?? low)!, high: (cost ?? high)! };
    }),
    loansReceived: loansReceived && loans(loansReceived),
    loansRepaid: loansRepaid && loans(loansRepaid),
    used: used?.map(({ ownerIin, ownerBin, ...thing }, i) => {
      if ((ownerIin === undefined) === (ownerBin === undefined))
        throw new RuleError('owner_iin_or_bin', 'a thing that is used has one owner: a person, or a company', {
          field: `${at}.used.${i}.ownerIin`,
        });
      return { ...thing, owner: ownerIin === undefined ? companyId(ownerBin!) : persons.of(ownerIin) };
    }),
  });
}

/** A plain object, stored and hashed, without what was left out; a null leaves out as well. */
export const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value), (_, one: unknown) => one ?? undefined) as T;

/** Whether two hand-ins are the same. */
export const hashOf = (declared: Declared): string =>
  createHash('sha256').update(JSON.stringify(declared, inOrder)).digest('base64url');

/** Fields in the order of their names: a registry may write them in any. */
const inOrder = (_: string, value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;

/** Before the id of who owns a thing that is used: registers tell nothing of them here. */
export const OWNER = 'owner:';

/** The persons, assets and owners of used things that a check of the declaration reads, each once. */
export function concernsOf({ personId, sections, household }: Declared): string[] {
  const all = [sections, ...household.map((member) => member.sections)];
  return [
    ...new Set([
      personId,
      ...household.map((member) => member.personId),
      ...all.flatMap((s) => (s.assets ?? []).map(({ assetId }) => `asset:${assetId}`)),
      ...all.flatMap((s) => (s.loansReceived ?? []).flatMap(({ lender }) => lender ?? [])),
      ...all.flatMap((s) => (s.used ?? []).map(({ owner }) => `${OWNER}${owner}`)),
    ]),
  ];
}
