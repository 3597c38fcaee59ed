import { IsIn } from 'class-validator';

export const SHIPPED_SERIES = ['cpi', 'wjp'] as const;
export type ShippedSeries = (typeof SHIPPED_SERIES)[number];

export class ImportIndex {
  @IsIn(SHIPPED_SERIES) series: ShippedSeries;
}
