import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { type Area, AREAS, KZ_REGIONS, type KzRegion } from '@aiqyn/contracts';
import { IsBin, IsDay, IsIin, IsPart } from '@aiqyn/platform';
import {
  ASSET_KINDS,
  type AssetKind,
  DISPOSAL_KINDS,
  EXPENSE_KINDS,
  INCOME_KINDS,
  MAX_AMOUNT,
  MONEY_SOURCES,
  RECEIVED_KINDS,
  type Relation,
  RELATIONS,
  VALUE_SOURCES,
} from './declaration.rules.js';
import { FACT_KINDS, type FactKind } from './register-fact.rules.js';

/** Entries of one section of one person. */
const MOST = 500;

const both =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, name) => {
    for (const decorator of decorators) decorator(target, name);
  };
/** An integer of tiyn from 0. */
const Amount = (): PropertyDecorator => both(IsInt(), Min(0), Max(MAX_AMOUNT));
/** An id of a thing in its register: a cadastral number, a vehicle's number, an account's keyed id. */
const ThingId = (): PropertyDecorator => Matches(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,63}$/);
const Year = (): PropertyDecorator => both(IsInt(), Min(1991), Max(9999));
const Version = (): PropertyDecorator => both(IsInt(), Min(1), Max(1_000_000));
const Section = (of: () => new () => object): PropertyDecorator =>
  both(IsOptional(), IsArray(), ArrayMaxSize(MOST), ValidateNested({ each: true }), Type(of));

/** What an asset was worth on a day, whatever it cost: from `low` to `high`, which are equal where it is known exactly. */
export class ValueGiven {
  @Amount() low: number;
  @Amount() high: number;
  @IsDay() day: string;
  @IsIn(VALUE_SOURCES) source: string;
}

export class AssetGiven {
  @ThingId() assetId: string;
  @IsIn(ASSET_KINDS) kind: AssetKind;
  /** What it cost, or the balance; or a range from `low` to `high`. */
  @IsOptional() @Amount() cost?: number;
  @IsOptional() @Amount() low?: number;
  @IsOptional() @Amount() high?: number;
  @IsOptional() @Year() acquiredYear?: number;
  @IsOptional() @IsIn(MONEY_SOURCES) source?: string;
  @IsOptional() @IsPart(() => ValueGiven) value?: ValueGiven;
}

export class LiabilityGiven {
  @ThingId() loanId: string;
  @Amount() amount: number;
}

export class IncomeGiven {
  @IsIn(INCOME_KINDS) kind: string;
  /** Net of tax. */
  @Amount() amount: number;
  /** What was sold. */
  @IsOptional() @ThingId() assetId?: string;
}

export class ExpenseGiven {
  @IsIn(EXPENSE_KINDS) kind: string;
  @Amount() amount: number;
}

export class ReceivedGiven {
  @IsIn(RECEIVED_KINDS) kind: string;
  @Amount() amount: number;
}

export class LoanGiven {
  @ThingId() loanId: string;
  @Amount() amount: number;
  @IsOptional() @IsIin() lenderIin?: string;
}

export class DisposalGiven {
  @ThingId() assetId: string;
  @IsIn(DISPOSAL_KINDS) kind: string;
}

/** A thing that is used and not owned; its owner is a person or a company. */
export class UsedGiven {
  @ThingId() assetId: string;
  @IsIn(ASSET_KINDS) kind: AssetKind;
  @IsOptional() @IsIin() ownerIin?: string;
  @IsOptional() @IsBin() ownerBin?: string;
}

/** A section that is left out was not declared; an empty one says that there is nothing. */
export class SectionsGiven {
  @Section(() => AssetGiven) assets?: AssetGiven[];
  @Section(() => LiabilityGiven) liabilities?: LiabilityGiven[];
  @Section(() => IncomeGiven) incomes?: IncomeGiven[];
  @Section(() => ExpenseGiven) expenses?: ExpenseGiven[];
  @Section(() => ReceivedGiven) received?: ReceivedGiven[];
  @Section(() => LoanGiven) loansReceived?: LoanGiven[];
  @Section(() => LoanGiven) loansRepaid?: LoanGiven[];
  @Section(() => DisposalGiven) disposals?: DisposalGiven[];
  @Section(() => UsedGiven) used?: UsedGiven[];
}

export class MemberGiven {
  @IsIin() iin: string;
  @IsIn(RELATIONS) relation: Relation;
  @IsPart(() => SectionsGiven) sections: SectionsGiven;
}

/** A declaration of an official for a calendar year, as a registry hands it in. */
export class HandInDeclaration {
  @IsIin() iin: string;
  @Year() year: number;
  /** Counts the corrections of a year from 1. */
  @Version() version: number;
  @Matches(/^[A-Z]{3}$/) currency: string;
  /** The public body where the official serves. */
  @IsBin() bodyBin: string;
  @IsIn(AREAS) areaCode: Area;
  @IsIn(KZ_REGIONS) region: KzRegion;
  @IsPart(() => SectionsGiven) sections: SectionsGiven;
  @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => MemberGiven) household: MemberGiven[];
}

export class FactGiven {
  @IsIn(FACT_KINDS) kind: FactKind;
  /** A higher one replaces. */
  @Version() version: number;
  @IsOptional() @IsIin() iin?: string;
  @IsOptional() @ThingId() assetId?: string;
  /** The year of an income; the first one of an asset. */
  @IsOptional() @Year() year?: number;
  /** The last year of an asset. */
  @IsOptional() @Year() toYear?: number;
  /** An income net of tax, as in declarations; a price. */
  @IsOptional() @Amount() amount?: number;
  /** What an asset was worth, on which day, and who says so; equal where it is known exactly. */
  @IsOptional() @Amount() low?: number;
  @IsOptional() @Amount() high?: number;
  @IsOptional() @IsDay() day?: string;
  @IsOptional() @IsIn(VALUE_SOURCES) source?: string;
}

export class HandInFacts {
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => FactGiven)
  facts: FactGiven[];
}
