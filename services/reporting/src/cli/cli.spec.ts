import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

/** The built command line as a process, as a person runs it. */
function cli(...args: string[]): { code: number | null; out: string; err: string } {
  const file = fileURLToPath(new URL('../../dist/cli/cli.js', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}
const kz = ['reward', '--pack', 'KZ-2023', '--category', 'administrative', '--on', '2026-01-15'];

describe('the command line', () => {
  it.each([
    ['4325000.00', '129750.00'],
    ['4325000.01', '432500.00'],
  ])('a damage of %s pays %s, as exactly one JSON object', (damage, amount) => {
    const { code, out, err } = cli(...kz, '--damage', damage, '--json');
    expect([code, err, out.trim().split('\n').length]).toEqual([0, '', 1]);
    const answer = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(answer)).toEqual(['amount', 'currency', 'pack', 'inputs', 'steps']);
    expect(answer).toMatchObject({ amount, currency: 'KZT', pack: 'KZ-2023', inputs: { category: 'administrative' } });
  });

  it('needs no damage, and tells people its steps', () => {
    const { code, out } = cli(...kz);
    expect(code).toBe(0);
    expect(out).toContain('129,750.00 KZT');
    expect(out).toContain('Tier: 30 × 4,325.00');
  });

  it('divides between several and takes an officer’s choice in percent', () => {
    const { out } = cli(
      ...['reward', '--pack', 'US-SEC', '--damage', '2000000', '--rate', '12.5', '--on', '2024-05-01'],
      ...['--reporters', '2', '--contributions', '60,40', '--json'],
    );
    expect(JSON.parse(out)).toMatchObject({ amount: '250000.00', shares: ['150000.00', '100000.00'] });
  });

  it.each([[['--help']], [['reward', '--help']], [[]]])('%j helps with an example', (args) => {
    const { code, out } = cli(...args);
    expect([code, out]).toEqual([0, expect.stringContaining('npm run -s reporting --')]);
  });

  it.each([
    [['rewards'], 'there is: submit'],
    [['constructor'], 'there is: submit'],
    [['reward', '--pak', 'KZ-2023'], '--pack'],
    [['reward', 'KZ-2023'], '--pack'],
    [['reward', '--on', '2026-01-15'], 'KZ-2023'],
    [['reward', '--pack', 'KZ-1999', '--on', '2026-01-15'], 'KZ-2023'],
    [['reward', '--pack', 'KZ-2023', '--category', 'minor'], '--on is needed'],
    [['reward', '--pack', 'KZ-2023', '--category', 'minor', '--on', '2026-02-30'], 'YYYY-MM-DD'],
    [['reward', '--pack', 'KZ-2023', '--category', 'minor', '--on', '2020-01-15'], '2023-09-15'],
    [['reward', '--pack', 'KZ-2023', '--category', 'minor', '--on', '2027-01-15'], 'mci-kz'],
    [['reward', '--pack', 'KZ-2023', '--category', 'small', '--on', '2026-01-15'], 'especially-grave'],
    [['reward', '--pack', 'US-SEC', '--damage', '2000000', '--on', '2024-05-01'], '10 % to 30 %'],
    [[...kz, '--damage', '-5'], 'begins with no dash'],
    [[...kz, '--damage=-5'], 'at most two decimals'],
    [[...kz, '--damage', '1.001'], 'at most two decimals'],
    [[...kz, '--damage', '1e9'], 'at most two decimals'],
    [[...kz, '--damage', 'much'], 'at most two decimals'],
    [[...kz, '--damage'], 'a number from 0'],
    [[...kz, '--reporters', '0'], '1 to 1000'],
  ])('refuses %j with exit code 2 and says what would be right', (args, sentence) => {
    const { code, out, err } = cli(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
