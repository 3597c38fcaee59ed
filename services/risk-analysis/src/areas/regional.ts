import type { Caller } from '@aiqyn/platform';
import { trusted } from 'mongoose';

/** A regional office knows of the officials who serve in its regions; a token without regions is the centre's. */
export const mayKnow = ({ subject }: Caller, { region }: { readonly region: string }): boolean =>
  subject !== undefined && (!subject.regions || subject.regions.includes(region));

/** The same as a filter of a query. */
export const ofRegions = ({ subject }: Caller): object =>
  subject?.regions ? { region: trusted({ $in: [...subject.regions] }) } : {};

/** The same of what may be of no region, which everybody knows of. */
export const ofRegionsOrNone = ({ subject }: Caller): object =>
  subject?.regions ? { region: trusted({ $in: [...subject.regions, null] }) } : {};
