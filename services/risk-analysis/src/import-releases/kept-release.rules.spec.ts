import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isOfProcess } from '../indicators/definition.rules.js';
import { inputsOf } from '../indicators/evidence.rules.js';
import { groupPurchaseOf } from '../judge-groups/group-purchase.rules.js';
import { readIndicators } from '../policies/policies.js';
import { keptOf } from './kept-release.rules.js';

describe('a release as it is kept', () => {
  it('has no name, address or contact of who took part, and everything else', () => {
    const who = {
      id: 'P',
      name: 'CANARY',
      identifier: { id: '1', legalName: 'CANARY' },
      address: { locality: 'CANARY' },
    };
    const unit = { name: 'piece', value: { amount: 1, currency: 'KZT' } };
    const release = {
      ...{ ocid: 'o', parties: [{ ...who, contactPoint: { email: 'CANARY' }, roles: ['tenderer'] }], buyer: who },
      tender: { title: 'roads', procuringEntity: who, enquiries: [{ author: who, answer: 'yes' }] },
      bids: { details: [{ tenderers: [who], subcontracting: { subcontracts: [{ subcontractors: [who] }] } }] },
      awards: [{ suppliers: [who], items: [{ unit }] }],
      contracts: [{ implementation: { transactions: [{ payee: who, payer: who }] } }],
    };
    const kept = JSON.stringify(keptOf(release));
    expect(kept).not.toContain('CANARY');
    expect(kept).toContain('"title":"roads"');
    expect(kept).toContain('"name":"piece"');
    expect(kept.match(/"id":"P"/g)).toHaveLength(8 + 1);
  });

  it('is judged as it was published: no indicator reads what is left out', () => {
    const dir = mkdtempSync(join(tmpdir(), 'aiqyn-kept-'));
    const out = join(dir, 'r.jsonl');
    const generator = new URL('../../../../deploy/local/data/generate-releases.mjs', import.meta.url).pathname;
    expect(spawnSync(process.execPath, [generator, '--count', '100', '--seed', '3', '--out', out]).status).toBe(0);
    const definitions = readIndicators().filter(isOfProcess);
    for (const line of readFileSync(out, 'utf8').trim().split('\n')) {
      const release: unknown = JSON.parse(line);
      for (const definition of definitions)
        expect(inputsOf(definition, keptOf(release))).toEqual(inputsOf(definition, release));
      expect(groupPurchaseOf('o', keptOf(release))).toEqual(groupPurchaseOf('o', release));
    }
    rmSync(dir, { recursive: true });
  });
});
