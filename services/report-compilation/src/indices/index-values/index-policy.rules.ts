import { RuleError } from '@aiqyn/contracts';

/** What is known of an index beside its values. */
export interface IndexDescription {
  readonly code: string;
  /** Perception is called perception. */
  readonly measures: 'perception' | 'perception-and-experience';
  readonly producer: string;
  readonly attribution: string;
  readonly licence: string;
  readonly licenceUrl: string;
  /** `single-facts`: only the country of this deployment may be told, never the table. */
  readonly republish: 'whole' | 'single-facts';
  readonly lowest: number;
  readonly highest: number;
  readonly decimals: number;
  /** Earlier years were made by another method, as the producer says: they compare with no later one. */
  readonly comparableFrom: number;
  /** Whether a vintage states one edition, or all years anew; then only years of one vintage compare. */
  readonly vintages: 'an-edition' | 'all-years';
}

export interface Target {
  readonly index: string;
  readonly country: string;
  readonly year: number;
  readonly score: number;
  /** The edition that was the newest one when the target was announced. */
  readonly baseYear: number;
  readonly source: string;
  readonly checked: boolean;
}

export interface IndexPolicy {
  readonly id: string;
  /** |z| from which two scores differ, at 90 and at 95 %. */
  readonly z90: number;
  readonly z95: number;
  readonly rankDraws: number;
  readonly rankSeed: number;
  readonly indices: readonly IndexDescription[];
  readonly targets: readonly Target[];
}

/** Reads the pack; throws RuleError `bad_policy` naming the field. */
export function indexPolicy(raw: unknown): IndexPolicy {
  const pack = raw as IndexPolicy;
  const need = (ok: boolean, field: string): void => {
    if (!ok) throw new RuleError('bad_policy', `indices: ${field} is missing or wrong`, { field });
  };
  const text = (value: unknown): boolean => typeof value === 'string' && value !== '';
  const whole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;
  need(text(pack?.id), 'id');
  need(Number.isFinite(pack.z90) && pack.z90 > 0, 'z90');
  need(Number.isFinite(pack.z95) && pack.z95 > pack.z90, 'z95');
  need(whole(pack.rankDraws) && pack.rankDraws >= 100, 'rankDraws');
  need(whole(pack.rankSeed), 'rankSeed');
  need(Array.isArray(pack.indices) && pack.indices.length > 0, 'indices');
  for (const [i, one] of pack.indices.entries()) {
    const at = `indices.${i}`;
    for (const field of ['code', 'producer', 'attribution', 'licence', 'licenceUrl'] as const) {
      need(text(one[field]), `${at}.${field}`);
    }
    need(['perception', 'perception-and-experience'].includes(one.measures), `${at}.measures`);
    need(['whole', 'single-facts'].includes(one.republish), `${at}.republish`);
    need(['an-edition', 'all-years'].includes(one.vintages), `${at}.vintages`);
    need(Number.isFinite(one.lowest), `${at}.lowest`);
    need(Number.isFinite(one.highest) && one.highest > one.lowest, `${at}.highest`);
    need(Number.isSafeInteger(one.decimals) && one.decimals >= 0, `${at}.decimals`);
    need(whole(one.comparableFrom), `${at}.comparableFrom`);
  }
  const codes = pack.indices.map(({ code }) => code);
  need(new Set(codes).size === codes.length, 'indices');
  need(Array.isArray(pack.targets), 'targets');
  for (const [i, target] of pack.targets.entries()) {
    const at = `targets.${i}`;
    need(codes.includes(target.index), `${at}.index`);
    need(/^[A-Z]{3}$/.test(target.country ?? ''), `${at}.country`);
    need(whole(target.year), `${at}.year`);
    need(whole(target.baseYear) && target.baseYear < target.year, `${at}.baseYear`);
    need(Number.isFinite(target.score), `${at}.score`);
    need(text(target.source), `${at}.source`);
    need(typeof target.checked === 'boolean', `${at}.checked`);
  }
  return pack;
}
