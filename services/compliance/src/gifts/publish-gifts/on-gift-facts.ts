import { Controller } from '@nestjs/common';
import { type EventContext, On } from '@aiqyn/platform';
import { PUBLISHED, versionOf } from './register.rules.js';
import { adds, REGISTER } from './register.schema.js';

/** The register reads the log like any other reader, though it is its own service's. */
@Controller()
export class OnGiftFacts {
  @On(...PUBLISHED.map(({ contract }) => contract))
  publish(event: object, { tx, envelope }: EventContext): void {
    const version = versionOf(envelope.type, envelope.sequence, event);
    if (version) tx.update(REGISTER, { _id: envelope.subject }, adds(version), { upsert: true });
  }
}
