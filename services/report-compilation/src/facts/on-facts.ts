import { Controller } from '@nestjs/common';
import { type EventContext, On } from '@aiqyn/platform';
import { COUNTED } from '../numbers/define-metrics/registers.js';
import { FACTS } from './fact.schema.js';
import { factOf } from './fact.rules.js';

/** Keeps each event that some metric counts as a fact. */
@Controller()
export class OnFacts {
  @On(...COUNTED)
  keep(event: object, { tx, envelope, place }: EventContext): void {
    const { _id, ...fact } = factOf(envelope, { ...event }, place);
    // A rebuild may have read it from the log before it came here.
    tx.update(FACTS, { _id }, { $setOnInsert: fact }, { upsert: true });
  }
}
