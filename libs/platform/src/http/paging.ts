import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** Query of every list: `limit` rows after the `cursor` of the page before. */
export class PageQuery {
  @IsOptional() @IsInt() @Min(1) @Max(200) @Type(() => Number) limit: number = 50;
  @IsOptional() @Matches(/^[A-Za-z0-9_-]{1,400}$/) cursor?: string;
}

export interface Page<T> {
  readonly items: T[];
  /** Give it back as `cursor` for the next page; missing on the last one. */
  readonly nextCursor?: string;
}

/** The key that a cursor stands for. */
export const afterOf = (query: PageQuery): string | undefined =>
  query.cursor === undefined ? undefined : Buffer.from(query.cursor, 'base64url').toString();

/** A page of rows of which one more than `limit` was read; `keyOf` gives the sort key of a row. */
export function pageOf<R, T>(rows: R[], limit: number, keyOf: (row: R) => string, show: (row: R) => T): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(show),
    ...(rows.length > limit && last ? { nextCursor: Buffer.from(keyOf(last)).toString('base64url') } : {}),
  };
}
