import { isBin, isIin } from '@aiqyn/contracts';

/** Gives the keyed id of a person by an individual identification number. */
export type PersonOf = (iin: string) => string;

/** What an id may be made of: it stands in addresses and events. */
const FITS = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$/;
const BIN = 'KZ-BIN';

/**
 * The id of an entity by an identifier of a register: `<scheme>-<id>`, that of a person keyed. Individual entrepreneurs bid under
 * their own number, often in the field of a BIN: whatever is such a number is a person. Undefined where no id can be made of it.
 */
export function entityId(scheme: string | undefined, id: string, personOf: PersonOf): string | undefined {
  const bare = id.startsWith('KZ-') ? id.slice(7) : id;
  if (isIin(bare)) return personOf(bare);
  if (scheme === undefined && isBin(id)) return `${BIN}-${id}`;
  const whole = scheme === undefined || id.startsWith(`${scheme}-`) ? id : `${scheme}-${id}`;
  return FITS.test(whole) ? whole : undefined;
}

/** The id of a company or body by its business identification number. */
export const companyId = (bin: string): string => `${BIN}-${bin}`;

/** The business identification number in an id; undefined where there is none that is right. */
export function binOf(id: string): string | undefined {
  const bin = id.startsWith(`${BIN}-`) ? id.slice(BIN.length + 1) : '';
  return isBin(bin) ? bin : undefined;
}
