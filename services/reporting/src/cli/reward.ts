import { isDay, RuleError } from '@aiqyn/contracts';
import { decimal, hundredths, readable } from '../calculate-reward/money.rules.js';
import { calculateReward } from '../calculate-reward/reward.rules.js';
import { readRewardPolicies } from '../policies/reward-policies.js';
import type { Command } from '@aiqyn/platform/cli';

const HELP = `What reward would a policy give? Needs no server.

npm run -s reporting -- reward --pack KZ-2023 --category administrative --damage 4325000.01 --on 2026-01-15 --json
npm run -s reporting -- reward --pack KZ-2015 --category grave --on 2019-05-01
npm run -s reporting -- reward --pack US-SEC --damage 2000000 --rate 25 --on 2024-05-01
npm run -s reporting -- reward --pack KZ-2023 --category minor --on 2025-03-01 --reporters 3

  --pack           id of a policy: PACKS
  --on             day on which the decision came into legal force, YYYY-MM-DD
  --category       administrative, minor, medium, grave, especially-grave (KR-ACRC: corruption, public-interest)
  --damage         bribe, damage or value of benefits; at most two decimals; leave it out when there was none
  --reported-on    day of the report, where it is not that of the decision
  --offence-on     day of the offence, where it is not that of the decision (UA counts on it)
  --units, --rate  what an officer chooses where the policy leaves a range: units, percent
  --reporters      how many share it, 1 if left out
  --contributions  their parts in order of arrival, e.g. 60,40, where the policy divides by contribution
  --json           one JSON object instead of a text; its amounts in inputs are hundredths of the currency`;

const OPTIONS = 'pack on category damage reported-on offence-on units rate reporters contributions'.split(' ');

function day(text: string | undefined, option: string): string | undefined {
  if (text === undefined || isDay(text)) return text;
  throw new RuleError('not_a_day', `--${option} is a calendar day, YYYY-MM-DD, e.g. 2026-01-15`);
}

function whole(text: string, option: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new RuleError('not_a_number', `--${option} is a whole number from 0`);
}

/** Calculates a reward from the shipped policies, as the service does. */
export const reward: Command = {
  does: 'calculates a reward from a policy pack',
  get help() {
    return HELP.replace(
      'PACKS',
      readRewardPolicies()
        .packs.map((p) => p.id)
        .join(', '),
    );
  },
  options: {
    ...Object.fromEntries(OPTIONS.map((name) => [name, { type: 'string' as const }])),
    json: { type: 'boolean' },
  },
  run(values) {
    const text = (name: string): string | undefined => values[name] as string | undefined;
    const { packs, tables } = readRewardPolicies();
    const pack = packs.find((p) => p.id === text('pack'));
    if (!pack) throw new RuleError('unknown_pack', `--pack is one of ${packs.map((p) => p.id).join(', ')}`);
    const decision = day(text('on'), 'on');
    if (!decision) throw new RuleError('not_a_day', '--on is needed: the day of the decision, e.g. 2026-01-15');
    const [damage, units, rate, contributions] = ['damage', 'units', 'rate', 'contributions'].map(text);
    const result = calculateReward(pack, tables, {
      ...(text('category') === undefined ? {} : { category: text('category')! }),
      damageTiyn: damage === undefined ? 0 : hundredths(damage, '--damage'),
      days: {
        decision,
        report: day(text('reported-on'), 'reported-on') ?? decision,
        offence: day(text('offence-on'), 'offence-on') ?? decision,
      },
      reporters: whole(text('reporters') ?? '1', 'reporters'),
      ...(units === undefined ? {} : { units: whole(units, 'units') }),
      ...(rate === undefined ? {} : { rateBp: hundredths(rate, '--rate') }),
      ...(contributions === undefined
        ? {}
        : { contributions: contributions.split(',').map((c) => whole(c, 'contributions')) }),
    });
    const { amount, currency, version, inputs, shares, steps } = result;
    if (!values['json']) return [`${readable(amount)} ${currency}`, ...steps.map((s) => `  ${s}`)].join('\n');
    return JSON.stringify({
      amount: decimal(amount),
      currency,
      pack: pack.id,
      inputs: { version, ...inputs },
      ...(shares.length > 1 ? { shares: shares.map(decimal) } : {}),
      steps,
    });
  },
};
