import 'reflect-metadata';

/** The four services, each owner of one topic. */
export const SERVICES = ['reporting', 'risk-analysis', 'compliance', 'report-compilation'] as const;
export type ServiceName = (typeof SERVICES)[number];

export interface EventDeclaration {
  /** `<service>.<noun>.<fact>.v<N>`, on the wire as `ce_type`. */
  readonly type: string;
  /** One topic per publishing service: order holds between all facts of one aggregate. */
  readonly topic: `${ServiceName}.events`;
  /** The payload field that is the Kafka key: the aggregate's id. */
  readonly key: string;
  /**
   * `day` for what a citizen does: neither `ce_time` nor the broker's own record time may tell the minute at which
   * somebody reported. `instant` for acts of an office.
   */
  readonly time: 'day' | 'instant';
  /** One sentence for the AsyncAPI document. */
  readonly says: string;
}

export type EventClass<T extends object = object> = new () => T;

const registry = new Map<string, { declaration: EventDeclaration; contract: EventClass }>();
const DECLARED = Symbol('aiqyn:event');

/** Declares a class as an event, once; throws when the type is malformed, of another topic, or declared twice. */
export function EventContract(declaration: EventDeclaration) {
  return <C extends EventClass>(contract: C): void => {
    const owner = declaration.topic.slice(0, -'.events'.length);
    if (!new RegExp(`^${owner}\\.[a-z-]+\\.[a-z-]+\\.v\\d+$`).test(declaration.type)) {
      throw new Error(`${declaration.type}: an event type is ${owner}.<noun>.<fact>.v<N>`);
    }
    if (registry.has(declaration.type)) throw new Error(`${declaration.type} is declared twice`);
    registry.set(declaration.type, { declaration, contract });
    Reflect.defineMetadata(DECLARED, declaration, contract);
  };
}

/** The declaration of an event class; throws when the class is no event. */
export function declarationOf(contract: object): EventDeclaration {
  const declaration = Reflect.getOwnMetadata(DECLARED, contract) as EventDeclaration | undefined;
  if (!declaration) throw new Error(`${(contract as { name?: string }).name ?? 'a value'} is not an @EventContract`);
  return declaration;
}

/** Every declared event, sorted by type. */
export function allEvents(): { declaration: EventDeclaration; contract: EventClass }[] {
  return [...registry.values()].sort((a, b) => (a.declaration.type < b.declaration.type ? -1 : 1));
}

/** The event of that type, or undefined: a consumer ignores what it does not know. */
export function eventOfType(type: string): { declaration: EventDeclaration; contract: EventClass } | undefined {
  return registry.get(type);
}

/** Every topic that an event is published to, sorted. */
export function allTopics(): string[] {
  return [...new Set(allEvents().map((e) => e.declaration.topic))].sort();
}
