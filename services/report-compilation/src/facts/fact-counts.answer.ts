import { shown } from '@aiqyn/platform';
import { IsObject } from 'class-validator';

/** How many events of each type have arrived. */
export class FactCounts {
  @shown({ additionalProperties: { type: 'integer' } }) @IsObject() counts: Record<string, number>;
}
