import { readdirSync, readFileSync } from 'node:fs';
import { type EventClass, eventOfType } from '@aiqyn/contracts';
import { countedTypes, type MetricRegister, metricRegister } from './metric-register.rules.js';

const DIRECTORY = new URL('../../../data/metrics/', import.meta.url);

/** Every register that the service knows, the oldest first; a faulty one stops the start. */
export const registers: readonly MetricRegister[] = readdirSync(DIRECTORY)
  .filter((name) => name.endsWith('.json'))
  .map((name) => metricRegister(JSON.parse(readFileSync(new URL(name, DIRECTORY), 'utf8'))))
  .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));

/** The register in force at the end of a year; before the first one, the first. */
export const registerOf = (year: number): MetricRegister =>
  registers.findLast(({ effectiveFrom }) => effectiveFrom <= `${year}-12-31`) ?? registers[0]!;

/** The register that an edition was sealed with; a newer one of the same year changes nothing of it. */
export function registerNamed(id: string): MetricRegister {
  const register = registers.find((one) => one.id === id);
  if (!register) throw new Error(`there is no metric register ${id}`);
  return register;
}

/** The events that numbers are made of, its own index records among them: the log is the only source. */
export const COUNTED: readonly EventClass[] = [...new Set(registers.flatMap(countedTypes))]
  .sort()
  .map((type) => eventOfType(type)!.contract);
