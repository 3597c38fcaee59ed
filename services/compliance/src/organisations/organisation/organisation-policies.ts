import { Injectable } from '@nestjs/common';
import { addWorkingDays, RuleError, type WorkingDays, workingDays } from '@aiqyn/contracts';
import { ownVersions, sharedPack } from '../../policies/read-pack.js';
import { type Catalogue, catalogueOn, catalogues } from '../score-compliance/catalogue.rules.js';

/** The versions of the catalogue that organisations are assessed by, checked at start. */
@Injectable()
export class OrganisationPolicies {
  private readonly versions: readonly Catalogue[] = catalogues(ownVersions('catalogues/requirements'));
  private readonly calendar: WorkingDays = workingDays(sharedPack('working-days-kz'));

  /** The version in force on a day. */
  on(day: string): Catalogue {
    return catalogueOn(this.versions, day);
  }

  /** The version that an assessment was opened by; throws RuleError `no_catalogue` when it is not here any more. */
  of(id: string): Catalogue {
    const found = this.versions.find((one) => one.id === id);
    if (!found) throw new RuleError('no_catalogue', `catalogue ${id} is missing: results refer to it`);
    return found;
  }

  /** The working day that is so many working days after a day. */
  workingDay(day: string, days: number): string {
    return addWorkingDays(this.calendar, day, days);
  }
}
