import { isDay, RuleError } from '@aiqyn/contracts';
import { defaultSettings, type IndicatorSettings } from '../judge-process/indicator-settings.rules.js';
import {
  type IndicatorCode,
  OUTLIER_CODES,
  PROCESS_CODES,
  type ProcessCode,
} from '../judge-portfolio/contribution.rules.js';
import { GROUP_CODES, type GroupCode } from '../judge-groups/group-indicators.rules.js';
import type { PurchaseCode } from '../judge-purchase/purchase-indicators.rules.js';
import { isObject } from '../json.rules.js';

export type AnyCode = IndicatorCode | PurchaseCode | GroupCode;

/** JSON pointers that must be there: all of them, or any. `*` stands for each element of a list. */
export type Requires = string | { readonly all: readonly Requires[] } | { readonly any: readonly Requires[] };

interface Period {
  readonly validFrom: string;
  readonly validTo?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** An indicator as data: what it needs, what it reads, its parameters by date, what it rests on. Its rule is code of that name. */
export interface IndicatorDefinition {
  readonly code: AnyCode;
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
  readonly code: ProcessCode | PurchaseCode;
}

/** One that many purchases decide together. */
export interface GroupIndicator extends IndicatorDefinition {
  readonly code: GroupCode;
}

const isOneOf = (codes: readonly string[], code: string): boolean => codes.includes(code);

export const isOfGroup = (one: IndicatorDefinition): one is GroupIndicator => isOneOf(GROUP_CODES, one.code);

export const isOfProcess = (one: IndicatorDefinition): one is ProcessIndicator =>
  !isOneOf(OUTLIER_CODES, one.code) && !isOfGroup(one);

/** Whether it is one of the eleven that the sums, the fences and the command line are about. */
export const isCardinals = (code: AnyCode): code is IndicatorCode =>
  isOneOf(PROCESS_CODES, code) || isOneOf(OUTLIER_CODES, code);

/** What a parameter is: a whole number, a ratio, a list of words, a word, or a number for each category of purchases. */
type Kind = 'whole' | 'ratio' | 'words' | 'word' | 'by-category';

/** The parameters that each rule must be given. */
const PARAMETERS: Readonly<Record<AnyCode, Readonly<Record<string, Kind>>>> = {
  ...{ R003: { threshold: 'whole', methods: 'words' }, R018: { methods: 'words' }, R028: {}, R030: {} },
  ...{ R035: { threshold: 'whole' }, R036: {}, R024: {}, R058: {}, R025: { percentile: 'whole' } },
  ...{
    R038: { minimumBids: 'whole', minimumProcesses: 'whole' },
    R048: { digits: 'whole', minimumProcesses: 'whole' },
  },
  ...{
    R004: { methods: 'words', types: 'words', least: 'whole' },
    R005: { methods: 'words', types: 'words', least: 'whole' },
    R010: { methods: 'words', least: 'whole' },
  },
  ...{ R022: { threshold: 'ratio' }, R023: { tolerance: 'ratio', largest: 'whole' }, R031: { threshold: 'ratio' } },
  ...{
    R039: {},
    R055: { methods: 'words', limit: 'by-category', within: 'by-category' },
    R059: { threshold: 'ratio' },
  },
  ...{ R060: { days: 'whole' }, R061: { days: 'whole' }, R062: { days: 'whole' }, R063: { days: 'whole' } },
  ...{ R064: { changes: 'whole' }, R068: { threshold: 'ratio' }, R069: { price: 'words', term: 'words' }, R070: {} },
  ...{ 'AQ-1': {}, 'DZ-1': { threshold: 'ratio' }, 'KZ-1': { above: 'by-category', role: 'word' } },
  ...{ 'KZ-2': { permitted: 'by-category', classes: 'words' } },
  ...{ R011: { methods: 'words', limit: 'by-category' }, 'DP-2-6': { methods: 'words', limit: 'by-category' } },
  ...{ R013: { methods: 'words', threshold: 'ratio', least: 'whole' }, R017: { threshold: 'ratio', least: 'whole' } },
  ...{ R040: { threshold: 'ratio', least: 'whole' }, R051: { threshold: 'ratio', least: 'whole' } },
  ...{ R053: { threshold: 'ratio', least: 'whole' }, 'PZ-3-3': { methods: 'words', threshold: 'whole' } },
  ...{ 'PZ-3-2': { threshold: 'whole' }, 'PZ-3-6': { threshold: 'ratio' } },
};
/** Those that it may be given: an outlier is told by the fences where there is no threshold. */
const OPTIONAL: Readonly<Partial<Record<AnyCode, Readonly<Record<string, Kind>>>>> = {
  ...{ R024: { threshold: 'ratio' }, R025: { threshold: 'ratio' }, R038: { threshold: 'ratio' } },
  ...{ R048: { threshold: 'whole' }, R058: { threshold: 'ratio' } },
};

const isPositive = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value > 0;
const isWord = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const IS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  whole: (value) => isPositive(value) && Number.isInteger(value),
  ratio: isPositive,
  word: isWord,
  words: (value) => Array.isArray(value) && value.every(isWord),
  'by-category': (value) => isObject(value) && Object.values(value).every(isPositive),
};

const POINTER = /^(\/[A-Za-z]+|\/\*)+$/;

/** Reads a definition; throws RuleError `bad_policy` naming the field. */
export function indicatorDefinition(raw: unknown): IndicatorDefinition {
  const one = raw as IndicatorDefinition;
  const need = (ok: boolean, field: string): void => {
    if (!ok)
      throw new RuleError('bad_policy', `indicator ${one?.code ?? '?'}: ${field} is missing or wrong`, { field });
  };
  need(typeof one?.code === 'string' && Object.hasOwn(PARAMETERS, one.code), 'code (a rule of that name)');
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
    const [needed, optional] = [PARAMETERS[one.code], OPTIONAL[one.code] ?? {}];
    for (const name of Object.keys(needed)) need(name in (values ?? {}), `parameters.${i}.${name}`);
    for (const [name, value] of Object.entries(values ?? {})) {
      const kind = needed[name] ?? optional[name];
      need(kind !== undefined, `parameters.${i}.${name} (no parameter of this rule)`);
      need(IS[kind!](value), `parameters.${i}.${name}`);
    }
    const { percentile } = values as { percentile?: number };
    need(percentile === undefined || percentile <= 100, `parameters.${i}.percentile`);
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
  const inForce = definitions.filter((d) => d.status === 'active' && isCardinals(d.code) && parametersOn(d, day));
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
