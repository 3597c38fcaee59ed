import { isDay, RuleError } from '@aiqyn/contracts';
import { defaultSettings, type IndicatorSettings } from '../judge-process/indicator-settings.rules.js';
import {
  type IndicatorCode,
  OUTLIER_CODES,
  PROCESS_CODES,
  type ProcessCode,
} from '../judge-portfolio/contribution.rules.js';

/** JSON pointers that must be there: all of them, or any. `*` stands for each element of a list. */
export type Requires = string | { readonly all: readonly Requires[] } | { readonly any: readonly Requires[] };

interface Period {
  readonly validFrom: string;
  readonly validTo?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** An indicator as data: what it needs, what it reads, its parameters by date, what it rests on. Its rule is code of that name. */
export interface IndicatorDefinition {
  readonly code: IndicatorCode;
  readonly version: number;
  readonly status: 'draft' | 'active' | 'retired';
  readonly title: Readonly<Record<'kk' | 'ru' | 'en', string>>;
  readonly requires: Requires;
  readonly reads: readonly string[];
  readonly parameters: readonly Period[];
  readonly basis: { readonly text: string; readonly checked: boolean };
  readonly weight: number;
  readonly author: string;
  readonly approver: string;
}

/** One that a process decides alone. */
export interface ProcessIndicator extends IndicatorDefinition {
  readonly code: ProcessCode;
}

const CODES: readonly IndicatorCode[] = [...PROCESS_CODES, ...OUTLIER_CODES];

export const isOfProcess = (one: IndicatorDefinition): one is ProcessIndicator =>
  (PROCESS_CODES as readonly string[]).includes(one.code);

/** The parameters that each rule must be given; a threshold of an outlier may be left to the fences. */
const NEEDS: Readonly<Record<IndicatorCode, readonly string[]>> = {
  ...{ R003: ['threshold', 'methods'], R018: ['methods'], R028: [], R030: [], R035: ['threshold'], R036: [] },
  ...{ R024: [], R058: [], R025: ['percentile'], R038: ['minimumBids', 'minimumProcesses'] },
  R048: ['digits', 'minimumProcesses'],
};
const OPTIONAL: readonly string[] = ['R024', 'R025', 'R038', 'R048', 'R058'];
/** Ratios; every other number is whole. */
const isRatio = (code: IndicatorCode, name: string): boolean =>
  name === 'threshold' && OPTIONAL.includes(code) && code !== 'R048';

const POINTER = /^(\/[A-Za-z]+|\/\*)+$/;

/** Reads a definition; throws RuleError `bad_policy` naming the field. */
export function indicatorDefinition(raw: unknown): IndicatorDefinition {
  const one = raw as IndicatorDefinition;
  const need = (ok: boolean, field: string): void => {
    if (!ok)
      throw new RuleError('bad_policy', `indicator ${one?.code ?? '?'}: ${field} is missing or wrong`, { field });
  };
  need(CODES.includes(one?.code), 'code (a rule of that name)');
  need(Number.isInteger(one.version) && one.version > 0, 'version');
  need(['draft', 'active', 'retired'].includes(one.status), 'status');
  for (const language of ['kk', 'ru', 'en'] as const) need(!!one.title?.[language]?.trim(), `title.${language}`);
  need(
    Array.isArray(one.reads) && one.reads.length > 0 && (one.reads as string[]).every((p) => POINTER.test(p)),
    'reads',
  );
  for (const pointer of pointersOf(one.requires)) {
    need(POINTER.test(pointer), 'requires');
    need(
      one.reads.some((read) => read === pointer || read.startsWith(`${pointer}/`)),
      `reads (lacks ${pointer})`,
    );
  }
  need(Array.isArray(one.parameters) && one.parameters.length > 0, 'parameters');
  for (const [i, { validFrom, validTo, values }] of one.parameters.entries()) {
    need(isDay(validFrom) && (validTo === undefined || (isDay(validTo) && validTo >= validFrom)), `parameters.${i}`);
    for (const name of NEEDS[one.code]) need(name in (values ?? {}), `parameters.${i}.${name}`);
    for (const name of Object.keys(values ?? {}))
      need(
        NEEDS[one.code].includes(name) || (name === 'threshold' && OPTIONAL.includes(one.code)),
        `parameters.${i}.${name} (no parameter of this rule)`,
      );
    const { percentile } = values as { percentile?: number };
    need(percentile === undefined || percentile <= 100, `parameters.${i}.percentile`);
    for (const [name, value] of Object.entries(values))
      need(
        name === 'methods'
          ? Array.isArray(value)
          : (isRatio(one.code, name) ? Number.isFinite(value) : Number.isInteger(value)) && (value as number) > 0,
        `parameters.${i}.${name}`,
      );
  }
  need(typeof one.basis?.text === 'string' && typeof one.basis.checked === 'boolean', 'basis');
  need(one.weight > 0 && one.weight <= 1, 'weight');
  need(!!one.author && !!one.approver && one.author !== one.approver, 'approver (another than the author)');
  return one;
}

export function pointersOf(requires: Requires): string[] {
  if (typeof requires === 'string') return [requires];
  return ('all' in requires ? requires.all : (requires?.any ?? [''])).flatMap(pointersOf);
}

/** The parameters of a definition on a day; undefined before the first and after the last. */
export const parametersOn = ({ parameters }: IndicatorDefinition, day: string): Period['values'] | undefined =>
  parameters.findLast((p) => p.validFrom <= day && (p.validTo === undefined || day <= p.validTo))?.values;

/** What is computed with the definitions that are active and in force on a day; a later validFrom changes nothing before it. */
export function settingsOn(definitions: readonly IndicatorDefinition[], day: string): IndicatorSettings {
  const { set, priceOnlyFor, noPriceFor, excludedDetails } = defaultSettings('aiqyn');
  const inForce = definitions.filter((d) => d.status === 'active' && parametersOn(d, day) !== undefined);
  const built = inForce.map((d) => {
    const { methods, ...numbers } = parametersOn(d, day) as { methods?: string[] };
    const known = {
      ...numbers,
      ...(methods === undefined ? {} : { methods: new Set(methods) }),
      ...(d.code === 'R003' ? { byDetails: new Map<string, number>() } : {}),
    };
    return [d.code, known] as const;
  });
  return { set, priceOnlyFor, noPriceFor, excludedDetails, ...Object.fromEntries(built) };
}
