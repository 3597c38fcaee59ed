import { RuleError } from '@aiqyn/contracts/rule-error';
import { parse } from 'ini';
import {
  defaultSettings,
  type IndicatorSet,
  type IndicatorSettings,
} from '../judge-process/indicator-settings.rules.js';

type Section = Readonly<Record<string, unknown>>;

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  R003: ['threshold', 'procurement_methods', 'procurement_method_details'],
  R018: ['procurement_methods'],
  R024: ['threshold'],
  R025: ['percentile', 'threshold'],
  R028: [],
  R030: [],
  R035: ['threshold'],
  R036: [],
  R038: ['threshold', 'minimum_submitted_bids', 'minimum_contracting_processes'],
  R048: ['digits', 'threshold', 'minimum_contracting_processes'],
  R058: ['threshold'],
};
/** Of Cardinal's other commands; read over. */
const ELSEWHERE = ['output', 'codelists', 'defaults', 'redactions', 'corrections', 'modifications'];
const TOP = ['currency', 'price_comparison_procurement_methods', 'no_price_comparison_procurement_methods'];

const wrong = (what: string): never => {
  throw new RuleError('bad_settings', `settings: ${what}`);
};

/** `a|b` as a set; an empty text names nothing. */
const piped = (value: unknown): ReadonlySet<string> =>
  new Set(typeof value === 'string' && value !== '' ? value.replace(/\|$/, '').split('|') : []);

function number(section: Section, name: string, where: string, whole: boolean): number | undefined {
  const value = section[name];
  if (value === undefined) return undefined;
  const n = Number(value);
  if (typeof value !== 'string' || value.trim() === '' || !Number.isFinite(n) || (whole && !Number.isInteger(n)))
    wrong(`[${where}] ${name} is ${whole ? 'a whole number' : 'a number'}`);
  return n;
}

/** Reads a settings file of Cardinal's form: an indicator is computed when its section is there. Throws RuleError `bad_settings`. */
export function readSettings(file: string, set: IndicatorSet): IndicatorSettings {
  const ini = parse(file) as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(ini))
    if (!KNOWN[name] && !ELSEWHERE.includes(name) && !TOP.includes(name) && name !== 'exclusions')
      wrong(`${name} is unknown; there are ${[...TOP, 'exclusions', ...Object.keys(KNOWN)].join(', ')}`);
  const sections = Object.fromEntries(
    Object.keys(KNOWN)
      .filter((code) => ini[code] !== undefined)
      .map((code) => [code, sectionOf(ini[code], code)]),
  );
  const defaults = defaultSettings(set);
  const n = (code: string, name: string, whole = true): number | undefined =>
    number(sections[code]!, name, code, whole);
  const built: Record<string, () => object> = {
    R003: () => ({
      threshold: n('R003', 'threshold') ?? 15,
      methods: piped(sections['R003']!['procurement_methods']),
      byDetails: details(sections['R003']!['procurement_method_details']),
    }),
    R018: () => {
      const given = sections['R018']!['procurement_methods'];
      return { methods: given === undefined ? defaults.R018!.methods : piped(given) };
    },
    R024: () => ({ threshold: n('R024', 'threshold', false) }),
    R025: () => ({ percentile: n('R025', 'percentile') ?? 75, threshold: n('R025', 'threshold', false) }),
    R035: () => ({ threshold: Math.max(1, n('R035', 'threshold') ?? 1) }),
    R038: () => ({
      threshold: n('R038', 'threshold', false),
      minimumBids: n('R038', 'minimum_submitted_bids') ?? 2,
      minimumProcesses: n('R038', 'minimum_contracting_processes') ?? 2,
    }),
    R048: () => ({
      digits: n('R048', 'digits') ?? 2,
      threshold: n('R048', 'threshold'),
      minimumProcesses: n('R048', 'minimum_contracting_processes') ?? 20,
    }),
    R058: () => ({ threshold: n('R058', 'threshold', false) }),
  };
  return {
    set,
    currency: typeof ini['currency'] === 'string' && ini['currency'] !== '' ? ini['currency'] : undefined,
    priceOnlyFor: piped(ini['price_comparison_procurement_methods']),
    noPriceFor: piped(ini['no_price_comparison_procurement_methods']),
    excludedDetails: piped((ini['exclusions'] as Section | undefined)?.['procurement_method_details']),
    ...(Object.fromEntries(Object.keys(sections).map((code) => [code, built[code]?.() ?? {}])) as object),
  };
}

function sectionOf(value: unknown, code: string): Section {
  if (typeof value !== 'object' || value === null) return wrong(`${code} is a section: [${code}]`);
  for (const name of Object.keys(value))
    if (!KNOWN[code]!.includes(name))
      wrong(`[${code}] ${name} is unknown; there are ${KNOWN[code]!.join(', ') || 'none'}`);
  return value as Section;
}

function details(value: unknown): ReadonlyMap<string, number> {
  if (value === undefined) return new Map();
  if (typeof value !== 'object' || value === null) return wrong('[R003.procurement_method_details] is a section');
  const section = value as Section;
  return new Map(
    Object.keys(section).map((name) => [name, number(section, name, 'R003.procurement_method_details', true)!]),
  );
}
