import { applyDecorators, Catch, type ExceptionFilter, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { declarationOf, type Envelope, type EventClass } from '@aiqyn/contracts';
import { throwError, type Observable } from 'rxjs';
import type { Tx } from '../mongo/tx.js';

/** A place in the log of the topic that the event's type names. */
export interface LogPlace {
  readonly partition: number;
  readonly offset: number;
}

/** What a handler gets beside the event: the transaction that also holds the inbox row, and the envelope. */
export interface EventContext {
  readonly tx: Tx;
  readonly envelope: Envelope;
  /** Where the log holds it; of an event that stands there twice, the place that was read first. */
  readonly place: LogPlace;
  /** The calendar day of the event's time, as its publisher declared it. */
  readonly day: string;
}

/** Nest would turn an error into a text for a remote caller; the event server needs it as thrown, to tell its class. */
@Catch()
class AsThrown implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/**
 * Marks a method `(event, context: EventContext)` of a controller as the handler of one or more events. It runs inside
 * the transaction of the inbox row, possibly more than once: all its effects go through `context.tx`.
 */
export function On(...contracts: EventClass[]): MethodDecorator {
  const types = contracts.map((contract) => declarationOf(contract).type);
  return (target, name, descriptor) => {
    Payload()(target, name, 0);
    Ctx()(target, name, 1);
    applyDecorators(EventPattern(types as never) as MethodDecorator, UseFilters(AsThrown))(target, name, descriptor);
  };
}
