import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  Matches,
  Max,
  Min,
} from 'class-validator';
import 'reflect-metadata';

/**
 * What an event may carry. There is deliberately no class for names, contacts, free text, addresses or exact times: an
 * event lives in the log for years and is read by partners (blueprint 4, "What may travel").
 */
export type Classification = 'id' | 'code' | 'day' | 'month' | 'amount' | 'measure';

const CLASSIFIED = Symbol('aiqyn:classified');

/** The declared classification of each field of an event class, in declaration order. */
export function classifications(contract: object): ReadonlyMap<string, Classification> {
  return (Reflect.getOwnMetadata(CLASSIFIED, contract) as Map<string, Classification> | undefined) ?? new Map();
}

function field(classification: Classification, ...checks: PropertyDecorator[]): PropertyDecorator {
  return (target, name) => {
    for (const check of checks) check(target, name);
    const known = new Map(classifications(target.constructor));
    known.set(String(name), classification);
    Reflect.defineMetadata(CLASSIFIED, known, target.constructor);
  };
}

/** An identifier minted by a machine: no spaces, at most 100 characters, so that no sentence fits in. */
export const Id = (): PropertyDecorator => field('id', Matches(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$/));

/** One word of a closed list. */
export const Code = (values: readonly string[]): PropertyDecorator => field('code', IsIn([...values]));

/** A word of a list that is data (areas, indicators, policies): lower case, digits and dashes, at most 64 characters. */
export const OpenCode = (): PropertyDecorator => field('code', Matches(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/));

/** Up to fifty such words. */
export const OpenCodes = (): PropertyDecorator =>
  field('code', IsArray(), ArrayMaxSize(50), Matches(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/, { each: true }));

/** Yes or no. */
export const YesNo = (): PropertyDecorator => field('code', IsBoolean());

/** A calendar day in Asia/Almaty, `YYYY-MM-DD`. */
export const Day = (): PropertyDecorator => field('day', Matches(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/));

/** A region of Kazakhstan, ISO 3166-2:KZ. */
export const Region = (): PropertyDecorator => field('code', Matches(/^KZ-(\d{2}|[A-Z]{3})$/));

/** A business identification number: 12 digits; the check digit is verified where the number enters the system. */
export const OrganisationBin = (): PropertyDecorator => field('id', Matches(/^\d{12}$/));

/** Money as an integer of tiyn (1/100 tenge, or of the currency's hundredth), at most 2^53 - 1. */
export const Tiyn = (): PropertyDecorator => field('amount', IsInt(), Min(0), Max(Number.MAX_SAFE_INTEGER));

/** A whole number from 0. */
export const Count = (): PropertyDecorator => field('measure', IsInt(), Min(0), Max(Number.MAX_SAFE_INTEGER));

/** A finite number (a score, a rate, a measured value). */
export const Measure = (): PropertyDecorator => field('measure', IsNumber({ allowNaN: false, allowInfinity: false }));

/** The field may be missing; a missing value is never zero. */
export const Optional = (): PropertyDecorator => IsOptional();
