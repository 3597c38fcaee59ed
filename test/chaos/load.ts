import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchToken, ROOT, type Service } from '@aiqyn/local';
import type { World } from './world.js';

/** A command that was answered: which event it promised, of which aggregate. */
export interface Answered {
  readonly type: string;
  readonly key: string;
  readonly service: Service;
  readonly collection: string;
}

export interface Load {
  readonly answered: readonly Answered[];
  readonly repeated: number;
  /** Ends when every command under way has its answer. */
  stop(): Promise<void>;
}

const OFFICIAL = '850101300114';
const [BODY, FIRM] = ['050540000016', '000000000010'];
const today = (): string => new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 10);
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Releases that nobody had before, one line each. */
function releases(dir: string, seed: number, count: number): string[] {
  const out = join(dir, 'releases.jsonl');
  const generator = join(ROOT, 'deploy/local/data/generate-releases.mjs');
  const args = ['--count', String(count), '--seed', String(seed), '--out', out];
  execFileSync(process.execPath, [generator, ...args], { stdio: 'ignore' });
  return readFileSync(out, 'utf8').trim().split('\n');
}

/** A steady mixed load on all four services: clients that come again with the same Idempotency-Key until they are answered. */
export function startLoad(world: World, seed: number): Load {
  const answered: Answered[] = [];
  let repeated = 0;
  let going = true;
  const tokens = new Map<string, Promise<string>>();
  const lines = releases(world.dir, seed, 4_000);

  async function command<T>(service: Service, as: string | undefined, path: string, body: object | string): Promise<T> {
    const key = randomUUID();
    const addresses = world.addresses(service);
    for (let attempt = answered.length; ; attempt += 1) {
      try {
        if (as && !tokens.has(as)) tokens.set(as, fetchToken(world.issuer, as));
        const response = await fetch(`${addresses[attempt % addresses.length]}${path}`, {
          method: 'POST',
          headers: {
            'idempotency-key': key,
            'content-type': typeof body === 'string' ? 'application/x-ndjson' : 'application/json',
            ...(as ? { authorization: `Bearer ${await tokens.get(as)}` } : {}),
          },
          body: typeof body === 'string' ? body : JSON.stringify(body),
          signal: AbortSignal.timeout(10_000),
        });
        if (response.ok) return (await response.json()) as T;
        // What will never be taken is a fault of this load, not of the service.
        if (response.status < 500 && response.status !== 429)
          throw new Refused(`${service} ${path}: ${response.status} ${await response.text()}`);
      } catch (error) {
        if (error instanceof Refused) throw error;
      }
      repeated += 1;
      await pause(200);
    }
  }
  const keep = (service: Service, collection: string, type: string, key: string): void =>
    void answered.push({ service, collection, type, key });

  const acts: Record<string, () => Promise<void>> = {
    report: async () => {
      const facts = { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: 'chaos' };
      const { reportId } = await command<{ reportId: string }>('reporting', undefined, '/v1/reports', facts);
      keep('reporting', 'cases', 'reporting.report.received.v1', reportId);
      await command('reporting', 'intake-officer', `/v1/cases/${reportId}/acknowledgement`, {});
      keep('reporting', 'cases', 'reporting.report.acknowledged.v1', reportId);
    },
    release: async () => {
      const line = lines.pop();
      if (!line) return pause(1_000);
      const told = await command<{ recorded: number; unchanged: number }>(
        ...(['risk-analysis', 'registry', '/v1/procurement/releases?origin=generated', `${line}\n`] as const),
      );
      if (told.recorded + told.unchanged !== 1) throw new Refused(`a release was not taken: ${JSON.stringify(told)}`);
      const { ocid } = JSON.parse(line) as { ocid: string };
      keep('risk-analysis', 'releases', 'risk-analysis.release.recorded.v1', ocid);
    },
    gift: async () => {
      const { giftId } = await command<{ giftId: string }>('compliance', 'compliance-officer', '/v1/gifts', {
        ...{ officialIin: OFFICIAL, organisationBin: BODY, sector: 'state', recipient: 'official', receipt: 'knowing' },
        ...{ receivedDay: today(), knownDay: today(), estimatedValue: 100_000, kind: 'thing' },
        giver: { kind: 'organisation', bin: FIRM },
      });
      keep('compliance', 'gifts', 'compliance.gift.declared.v1', giftId);
    },
    document: async () => {
      const texts = { kk: 'Мәтін', ru: 'Текст', en: 'Text' };
      const path = '/v1/policy-documents';
      const units = [{ unitId: 'one', number: '1', kind: 'section', text: texts }];
      const drafted = await command<{ documentId: string }>('report-compilation', 'editor', path, {
        ...{ kind: 'concept', titles: { kk: 'Атауы', ru: 'Название', en: 'Title' }, units },
      });
      await command('report-compilation', 'approver', `${path}/${drafted.documentId}/publication`, {
        documentVersion: 1,
      });
      keep(
        ...(['report-compilation', 'policy_documents', 'report-compilation.policy.version-published.v1'] as const),
        drafted.documentId,
      );
    },
  };
  /** Two clients of each kind, at some pace: a load that a small machine carries while it recovers. */
  const clients = Object.values(acts).flatMap((act) =>
    [1, 2].map(async () => {
      while (going) {
        await act();
        await pause(20);
      }
    }),
  );
  const ended = Promise.all(clients);
  // Told by `stop`; before that it must not end the process.
  ended.catch(() => undefined);
  return {
    answered,
    get repeated() {
      return repeated;
    },
    stop: async () => {
      going = false;
      await ended;
    },
  };
}

class Refused extends Error {}
