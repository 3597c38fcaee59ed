import { renameSync, writeFileSync } from 'node:fs';

export const DEMO_YEAR = 2025;

const two = (n: number): string => String(n).padStart(2, '0');
export const dayOf = (month: number, day: number, year = DEMO_YEAR): string => `${year}-${two(month)}-${two(day)}`;

/** The clock file that the services follow while the year is played. */
export class YearClock {
  constructor(readonly file: string) {}

  /** Sets what the services take for now. */
  at(month: number, day: number, year = DEMO_YEAR): void {
    // Whole or not at all: a service that read half an instant would take the real one.
    writeFileSync(`${this.file}.part`, `${dayOf(month, day, year)}T06:00:00Z`);
    renameSync(`${this.file}.part`, this.file);
    // The services look at the file every 5 ms.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }
}

/** Business numbers with a right check digit that belong to nobody here: the demo accuses no one. */
export const BINS = ['000000000010', '000000000101', '000000000209'] as const;
export const AREAS = ['roads', 'health', 'education', 'construction', 'it'] as const;

/** A pick that depends on the number only: every run of the demo plays the same year. */
export const pick = <T>(list: readonly T[], n: number): T => list[(n * 7 + Math.floor(n / list.length)) % list.length]!;

/** What was played so far, and what must therefore arrive at the end. */
export interface Totals {
  reports: number;
  cases: number;
  decided: number;
  rewards: number;
  releases: number;
  gifts: number;
  handedOver: number;
}
