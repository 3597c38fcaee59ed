import { IsIn, IsInt, IsNumber, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsDay } from '@aiqyn/platform';

const LANGUAGES = ['kk', 'ru', 'en'] as const;

const Place = (): PropertyDecorator => (target, name) => {
  for (const check of [IsOptional(), IsInt(), Min(1), Max(400)]) check(target, name);
};
const Score = (): PropertyDecorator => (target, name) => {
  for (const check of [IsOptional(), IsNumber({ maxDecimalPlaces: 4 }), Min(-4), Max(100)]) check(target, name);
};
const Year = (): PropertyDecorator => (target, name) => {
  for (const check of [IsOptional(), IsInt(), Min(1990), Max(2100)]) check(target, name);
};

/** A claim in fields, or as a sentence; nothing of it is kept. */
export class CheckClaim {
  @Matches(/^[a-z][a-z-]{1,39}$/) index: string;
  /** ISO 3166-1 alpha-3; left out: the country reported on. */
  @IsOptional() @Matches(/^[A-Z]{3}$/) country?: string;
  /** The claim as it is written, instead of the fields below: "from 133rd to 94th over ten years". */
  @IsOptional() @IsString() @MaxLength(500) sentence?: string;
  /** The earlier place; left out: only a standing is claimed. */
  @Place() fromRank?: number;
  @Place() toRank?: number;
  @Score() fromScore?: number;
  @Score() toScore?: number;
  @Year() fromYear?: number;
  @Year() toYear?: number;
  /** Years between the two. */
  @IsOptional() @IsInt() @Min(1) @Max(50) span?: number;
  /** Among how many countries the later place is. */
  @Place() of?: number;
  @IsOptional() @IsIn(['risen', 'fallen']) said?: 'risen' | 'fallen';
  /** Places or points that it is said to have moved. */
  @IsOptional() @IsNumber({ maxDecimalPlaces: 4 }) @Min(0) @Max(400) by?: number;
  /** By what was known here on that day; left out: now. */
  @IsOptional() @IsDay() asOf?: string;
  /** The language of the finding in words. */
  @IsOptional() @IsIn(LANGUAGES) lang?: (typeof LANGUAGES)[number];
}
