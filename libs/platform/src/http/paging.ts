import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { type Model, type QueryFilter, trusted } from 'mongoose';

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

/** A page of rows of which one more than `limit` was read. */
export function pageOf<R extends { _id: string }, T>(rows: R[], limit: number, show: (row: R) => T): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(show),
    ...(rows.length > limit && last ? { nextCursor: Buffer.from(last._id).toString('base64url') } : {}),
  };
}

/** A page of a collection in the order of its ids, without the hidden fields; `filter` is a literal of ours. */
export async function pageById<T extends { _id: string }>(
  model: Model<T>,
  query: PageQuery,
  options: { filter?: object; hide?: readonly (keyof T & string)[] } = {},
): Promise<Page<object>> {
  const after = afterOf(query);
  const filter = { ...options.filter, ...(after ? { _id: trusted({ $gt: after }) } : {}) };
  const hidden = Object.fromEntries((options.hide ?? []).map((field) => [field, 0]));
  const rows = await model
    .find(filter as QueryFilter<T>, hidden)
    .sort({ _id: 1 })
    .limit(query.limit + 1)
    .lean<T[]>();
  return pageOf(rows, query.limit, (row) => row);
}
