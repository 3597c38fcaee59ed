import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '@aiqyn/local';
import { Metrics } from '@aiqyn/platform/testing';

const read = (file: string): string => readFileSync(join(ROOT, 'deploy/observe', file), 'utf8');
const metrics = new Metrics();
metrics.watchQueue(() => 0);
metrics.watchReceipts(() => Promise.resolve({ previous: 0, gone: 0 }));
/** A histogram is scraped under three names. */
const known = new Set(
  metrics.registry.getMetricsAsArray().flatMap(({ name }) => [name, `${name}_count`, `${name}_bucket`, `${name}_sum`]),
);
const rules = read('alerts.yaml');
const recorded = new Set([...rules.matchAll(/record: ([\w:]+)/g)].map(([, name]) => name!));
const asked = (text: string): string[] => [
  ...new Set([...text.matchAll(/\b(aiqyn_\w+|nodejs_\w+|process_\w+|aiqyn:[\w:]+)/g)].map(([, name]) => name!)),
];

describe('what an operator watches', () => {
  it.each(asked(rules + read('dashboard.json')))('asks for %s, which a service or a rule gives', (name) => {
    expect(known.has(name) || recorded.has(name)).toBe(true);
  });

  it('has a panel or an alert for every figure of the platform', () => {
    const used = new Set(asked(rules + read('dashboard.json')).map((name) => name.replace(/_(count|bucket|sum)$/, '')));
    const own = [...known].filter((name) => /^aiqyn_/.test(name) && !/_(count|bucket|sum)$/.test(name));
    expect(own.filter((name) => !used.has(name))).toEqual([]);
  });
});
