import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isIin, withBinCheckDigit } from '@aiqyn/contracts';
import { readLog } from '@aiqyn/platform';
import { eventually } from './harness/eventually.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

/** Made up numbers with right check digits. */
const iins = Array.from({ length: 100 }, (_, i) =>
  withBinCheckDigit(`850101300${String(i).padStart(2, '0')}`.slice(0, 11)),
).filter((iin): iin is string => iin !== undefined && isIin(iin));
let used = 0;
const person = (): string => iins[(used += 1)]!;

const nothing = {
  ...{ assets: [], liabilities: [], incomes: [], expenses: [], received: [] },
  ...{ loansReceived: [], loansRepaid: [], disposals: [], used: [] },
};
const home = { assetId: '20:315:012:345', kind: 'real-estate', cost: 5_000_000_000, source: 'savings' };
/** 13,000,000 MCI of 2025. */
const worth = { low: 5_111_600_000_000, high: 5_111_600_000_000, day: '2025-12-31', source: 'appraisal' };
const salary = { kind: 'salary', amount: 600_000_000 };

describe('unjustified enrichment', () => {
  let platform: TestPlatform;
  const call = (as: string, path: string, body?: object, subject = as): Promise<Answer> =>
    platform.issuer.token(subject, [as]).then((token) =>
      platform.call('risk-analysis', `/v1/${path}`, {
        ...(body ? { body } : {}),
        headers: { authorization: `Bearer ${token}` },
      }),
    );
  const declare = (iin: string, year: number, sections: object = {}, more: object = {}): Promise<Answer> =>
    call('declaration-registry', 'declarations', {
      ...{ iin, year, version: 1, currency: 'KZT', bodyBin: '050540000016', areaCode: 'roads', region: 'KZ-75' },
      ...{ sections: { ...nothing, ...sections }, household: [], ...more },
    });
  const taken = async (answer: Promise<Answer>): Promise<string> => {
    const { status, body } = await answer;
    return status === 200 ? (body.taken as string) : (body.code as string);
  };
  /** An id that tells nothing of the number. */
  const idOf = async (iin: string): Promise<string> =>
    String((await declare(iin, 2000, {}, { version: 9 })).body.declarationId).slice(0, 32);
  const reviewOf = async (id: string, year: number) =>
    (await call('enrichment-officer', `enrichment-reviews/${id}-${year}`)).body as {
      checks: { code: string; state: string; possible?: true }[];
      gap: { low: number; high: number } | null;
      inquiryId?: string;
      version: number;
    };
  const statesOf = async (id: string, year: number, ...codes: string[]): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await reviewOf(id, year)).checks.filter((c) => codes.includes(c.code)).map((c) => [c.code, c.state]),
    );
  const step = async (as: string, id: string, path: string, body: object = {}, subject = as): Promise<unknown[]> => {
    const { status, body: answer } = await call(as, `enrichment-inquiries/${id}/${path}`, body, subject);
    return status === 200 ? [answer.state as string, answer.dueDay as string] : [status, answer.code as string];
  };
  const events = async (about?: string): Promise<{ type: string; data: Record<string, unknown> }[]> => {
    const found: { type: string; data: Record<string, unknown> }[] = [];
    const { kafka, prefix } = platform.environment;
    await readLog(kafka, [`${prefix}risk-analysis.events`], `${prefix}read-${Math.random()}`, ({ envelope, data }) => {
      const facts = data as Record<string, unknown>;
      if (!about || facts['inquiryId'] === about || facts['subjectId'] === about)
        found.push({ type: envelope.type.slice('risk-analysis.'.length), data: facts });
    });
    return found;
  };
  const typesOf = async (about: string): Promise<string[]> => (await events(about)).map(({ type }) => type);
  /** An official with a new flat that no income covers, and the inquiry that it led to. */
  const suspected = async (): Promise<{ id: string; inquiryId: string; iin: string }> => {
    const iin = person();
    await declare(iin, 2024, { incomes: [salary] });
    await declare(iin, 2025, { incomes: [salary], assets: [home] });
    const id = await idOf(iin);
    return { id, iin, inquiryId: (await reviewOf(id, 2025)).inquiryId! };
  };

  beforeAll(async () => {
    platform = await startPlatform('enrichment', ['reporting', 'risk-analysis']);
    platform.setClock('2026-01-31T06:00:00Z');
    await platform.replica('risk-analysis');
  }, 120_000);
  afterAll(() => platform?.stop());

  it.each([
    ['a wrong check digit', { iin: '850101300013' }, 'invalid_input', 'iin'],
    ['an unknown field', { name: 'x' }, 'invalid_input', 'name'],
    [
      'a negative amount',
      { sections: { incomes: [{ kind: 'salary', amount: -1 }] } },
      'invalid_input',
      'sections.incomes.0.amount',
    ],
    [
      'half a tiyn',
      { sections: { incomes: [{ kind: 'salary', amount: 0.5 }] } },
      'invalid_input',
      'sections.incomes.0.amount',
    ],
    [
      'a text',
      { sections: { expenses: [{ kind: 'living', amount: 1, note: 'for Aigul' }] } },
      'invalid_input',
      'sections.expenses.0.note',
    ],
    ['another currency', { currency: 'USD' }, 'unsupported_currency', 'currency'],
    ['a year to come', { year: 2027 }, 'year_to_come', 'year'],
    [
      'an asset with cost and range',
      { sections: { assets: [{ ...home, low: 1 }] } },
      'cost_or_range',
      'sections.assets.0.cost',
    ],
    [
      'half a tiyn of value',
      { sections: { assets: [{ ...home, value: { ...worth, low: 0.5 } }] } },
      'invalid_input',
      'sections.assets.0.value.low',
    ],
    [
      'a value that says its source in words',
      { sections: { assets: [{ ...home, value: { ...worth, source: 'Aigul says so' } }] } },
      'invalid_input',
      'sections.assets.0.value.source',
    ],
    [
      'a value of tomorrow',
      { sections: { assets: [{ ...home, value: { ...worth, day: '2026-02-01' } }] } },
      'day_to_come',
      'sections.assets.0.value.day',
    ],
    ['an asset twice', { sections: { assets: [home, home] } }, 'same_id_twice', 'sections.assets.1'],
    ['no household at all', { household: undefined }, 'invalid_input', 'household'],
  ])('a declaration with %s is refused', async (_, more, code, field) => {
    const { body } = await declare(iins[0]!, 2025, {}, more);
    expect([body.code, (body.fields as { field: string }[]).map((f) => f.field)]).toEqual([
      code,
      expect.arrayContaining([field]),
    ]);
    expect(JSON.stringify(body)).not.toContain(iins[0]);
  });

  it('a declaration that refers to itself is refused', async () => {
    const iin = iins[0]!;
    const own = { household: [{ iin, relation: 'spouse', sections: {} }] };
    expect((await declare(iin, 2025, {}, own)).body.code).toBe('refers_to_itself');
    const lends = { loansReceived: [{ loanId: 'l1', amount: 1, lenderIin: iin }] };
    expect((await declare(iin, 2025, lends)).body.code).toBe('refers_to_itself');
  });

  it('is computed alike whichever year comes first, or both at once', async () => {
    const gaps = [];
    for (const order of [[2024, 2025], [2025, 2024], 'both'] as const) {
      const iin = person();
      const hand = (year: number) => declare(iin, year, { incomes: [salary], assets: year === 2025 ? [home] : [] });
      if (order === 'both') await Promise.all([hand(2024), hand(2025)]);
      else for (const year of order) await hand(year);
      const id = await idOf(iin);
      const { gap, inquiryId } = await reviewOf(id, 2025);
      gaps.push(gap);
      expect(await statesOf(id, 2025, 'K1', 'K2', 'K3')).toEqual({
        K1: 'triggered',
        K2: 'not-applicable',
        K3: 'triggered',
      });
      await eventually(async () => expect(await typesOf(inquiryId!)).toEqual(['enrichment.suspected.v1']));
    }
    expect(gaps).toEqual(Array(3).fill({ low: 4_400_000_000, high: 4_400_000_000 }));
  }, 60_000);

  it('many versions at once end with the highest, and none counts twice', async () => {
    const iin = person();
    await declare(iin, 2024);
    const version = (n: number) => declare(iin, 2025, { expenses: [{ kind: 'living', amount: n }] }, { version: n });
    const all = await Promise.all([5, 3, 1, 4, 2, 5, 3].map(version));
    expect(all.map(({ status }) => status)).toEqual(Array(7).fill(200));
    const id = await idOf(iin);
    expect((await reviewOf(id, 2025)).gap).toEqual({ low: 5, high: 5 });
    const { version: before } = await reviewOf(id, 2025);
    expect(await taken(version(5))).toBe('known');
    expect(await taken(version(2))).toBe('known');
    expect(await taken(declare(iin, 2025, {}, { version: 2 }))).toBe('version_taken');
    expect((await reviewOf(id, 2025)).version).toBe(before);
    expect((await call('auditor', `declarations/${id}-2025-3`)).body).toMatchObject({ version: 3 });
  }, 60_000);

  it('that a late older version changes nothing, and a later one clears the signal before anybody was told', async () => {
    const { iin, inquiryId } = await suspected();
    const paid = { incomes: [salary], assets: [home], received: [{ kind: 'inheritance', amount: 4_400_000_000 }] };
    expect(await taken(declare(iin, 2025, paid, { version: 3 }))).toBe('current');
    expect(await taken(declare(iin, 2025, { assets: [home] }, { version: 2 }))).toBe('superseded');
    const { body } = await call('auditor', `enrichment-inquiries/${inquiryId}`);
    expect([body.state, body.decision.reason]).toEqual(['closed', 'cleared']);
    expect(await step('enrichment-officer', inquiryId, 'notice')).toEqual([409, 'illegal_transition']);
  });

  it('asks for a section that is missing, and takes an empty one for nothing', async () => {
    const iin = person();
    await declare(iin, 2024);
    await declare(iin, 2025, { expenses: undefined });
    const id = await idOf(iin);
    expect(await statesOf(id, 2025, 'K1')).toEqual({ K1: 'insufficient-data' });
    await declare(iin, 2025, {}, { version: 2 });
    expect(await statesOf(id, 2025, 'K1')).toEqual({ K1: 'not-triggered' });
  });

  it('reads what registers know, whoever came first', async () => {
    const flat = { ...home, assetId: '20:315:012:777' };
    const [iin, lenderIin] = [person(), person()];
    const facts = (...list: object[]) => call('declaration-registry', 'register-facts', { facts: list });
    const lender = { kind: 'tax-income', version: 1, iin: lenderIin, year: 2025, amount: 100 };
    expect((await facts(lender)).body).toEqual({ taken: 1, passedOver: 0 });
    await declare(iin, 2024);
    const loans = { loansReceived: [{ loanId: 'l1', amount: 101, lenderIin }], assets: [flat], incomes: [salary] };
    await declare(iin, 2025, loans);
    const id = await idOf(iin);
    expect(await statesOf(id, 2025, 'L3', 'L5', 'L7')).toEqual({
      ...{ L3: 'insufficient-data', L5: 'triggered', L7: 'insufficient-data' },
    });
    const known = [
      { ...lender, version: 2, amount: 101 },
      { kind: 'reference-price', version: 1, assetId: flat.assetId, amount: 10_000_000_001 },
      { kind: 'asset', version: 1, iin, assetId: 'car-1', year: 2020 },
    ];
    expect((await facts(...known)).body).toEqual({ taken: 3, passedOver: 0 });
    expect(await statesOf(id, 2025, 'L3', 'L5', 'L7')).toEqual({
      L3: 'triggered',
      L5: 'not-triggered',
      L7: 'triggered',
    });
    expect((await facts(lender, ...known.slice(1))).body).toEqual({ taken: 0, passedOver: 3 });
    expect((await facts({ ...lender, version: 2, amount: 7 })).body.code).toBe('version_taken');
    expect((await facts({ ...lender, assetId: 'x' })).body).toMatchObject({
      ...{ code: 'wrong_fields', fields: [{ field: 'facts.0.assetId' }] },
    });
  });

  it('counts assets at value for the sum of all, and at cost for anything else', async () => {
    const flat = { ...home, assetId: '20:315:012:888' };
    const [told, untold] = [person(), person()];
    for (const [iin, asset] of [[told, { ...home, value: worth }] as const, [untold, flat] as const]) {
      await declare(iin, 2024, { incomes: [salary] });
      expect(await taken(declare(iin, 2025, { incomes: [salary], assets: [asset] }))).toBe('current');
    }
    const [id, other] = [await idOf(told), await idOf(untold)];
    const checksOf = async (who: string) =>
      (await reviewOf(who, 2025)).checks.map(({ code, state }) => `${code} ${state}`);
    const atCost = await checksOf(other);
    expect(atCost).toContain('K4 not-triggered');
    const atValue = atCost.map((said) => said.replace('K4 not-triggered', 'K4 triggered'));
    expect(await checksOf(id)).toEqual(atValue);
    expect((await reviewOf(id, 2025)).gap).toEqual((await reviewOf(other, 2025)).gap);
    // What a registry tells afterwards is seen as well, and so is its correction.
    const fact = { kind: 'asset-value', version: 1, assetId: flat.assetId, ...worth, source: 'register' };
    const tell = (more: object) => call('declaration-registry', 'register-facts', { facts: [{ ...fact, ...more }] });
    expect((await tell({})).body).toEqual({ taken: 1, passedOver: 0 });
    expect(await checksOf(other)).toEqual(atValue);
    expect((await tell({ low: 1 })).body.code).toBe('version_taken');
    expect((await tell({ day: '2026-02-01' })).body).toMatchObject({
      ...{ code: 'day_to_come', fields: [{ field: 'facts.0.day' }] },
    });
    expect((await tell({ version: 2, low: 1, high: 1 })).body).toEqual({ taken: 1, passedOver: 0 });
    expect(await checksOf(other)).toEqual(atCost);
    const { checks } = (await call('auditor', `enrichment-reviews/${other}-2025`)).body as {
      checks: { code: string; evidence: { figures: object } }[];
    };
    expect(checks.find(({ code }) => code === 'K4')!.evidence.figures).toMatchObject({
      atCost: { count: 0, low: 0, high: 0 },
      counted: [
        {
          ...{ assetId: flat.assetId, at: 'value' },
          values: [{ low: 1, high: 1, day: '2025-12-31', source: 'register', by: 'registry' }],
        },
      ],
    });
  });

  it('sees a fact and a declaration that arrive at the same moment, each time', async () => {
    for (let i = 0; i < 6; i += 1) {
      const [iin, lenderIin] = [person(), person()];
      await declare(iin, 2024);
      const fact = { kind: 'tax-income', version: 1, iin: lenderIin, year: 2025, amount: 100 };
      const loans = { loansReceived: [{ loanId: 'l1', amount: 101, lenderIin }] };
      await Promise.all([declare(iin, 2025, loans), call('declaration-registry', 'register-facts', { facts: [fact] })]);
      expect(await statesOf(await idOf(iin), 2025, 'L5')).toEqual({ L5: 'triggered' });
    }
  }, 60_000);

  it('takes a null for what was left out', async () => {
    const iin = person();
    await declare(iin, 2024);
    await declare(iin, 2025, { expenses: null, assets: [{ ...home, low: null, acquiredYear: null }] });
    expect(await statesOf(await idOf(iin), 2025, 'K1', 'K6')).toEqual({ K1: 'insufficient-data', K6: 'not-triggered' });
    const none = { assets: [{ ...home, cost: null }] };
    expect((await declare(iin, 2025, none, { version: 2 })).body.code).toBe('cost_or_range');
  });

  it('compares with the law of Ukraine when asked, at the rate of who asks', async () => {
    const { id } = await suspected();
    const path = `enrichment-reviews/${id}-2025/comparators`;
    const { checks } = (await call('auditor', `${path}?tiynPerUah=1240`)).body as {
      checks: { code: string; state: string }[];
    };
    expect(checks.map(({ code, state }) => `${code} ${state}`)).toEqual([
      'U1 not-triggered',
      'U2 triggered',
      'U3 not-triggered',
    ]);
    expect((await call('auditor', path)).status).toBe(400);
  });

  it('may be explained within a month, three with a reason; unanswered it is said once, across a crash', async () => {
    const [answered, silent] = [await suspected(), await suspected()];
    for (const { inquiryId } of [answered, silent])
      expect(await step('enrichment-officer', inquiryId, 'notice')).toEqual(['notified', '2026-02-28']);
    const { inquiryId } = answered;
    expect(await step('enrichment-officer', inquiryId, 'extension', { reason: 'x' })).toEqual([400, 'invalid_input']);
    expect(await step('enrichment-officer', inquiryId, 'extension', { reason: 'illness' })).toEqual([
      'notified',
      '2026-04-30',
    ]);
    expect(await step('enrichment-officer', inquiryId, 'extension', { reason: 'illness' })).toEqual([
      409,
      'already_done',
    ]);
    platform.setClock('2026-02-28T18:00:00Z');
    await platform.crash('risk-analysis');
    expect(await typesOf(silent.inquiryId)).not.toContain('enrichment.overdue.v1');
    platform.setClock('2026-03-01T06:00:00Z');
    const overdue = ['enrichment.suspected.v1', 'enrichment.moved.v1', 'enrichment.overdue.v1', 'enrichment.moved.v1'];
    await eventually(async () => expect(await typesOf(silent.inquiryId)).toEqual(overdue));
    await platform.crash('risk-analysis');
    platform.setClock('2026-03-02T06:00:00Z');
    expect(await step('enrichment-officer', silent.inquiryId, 'extension', { reason: 'illness' })).toEqual([
      422,
      'no_term',
    ]);
    const late = { sources: [{ sourceId: 'e1', kind: 'gift', amount: 1 }] };
    expect(await step('enrichment-officer', silent.inquiryId, 'explanation', late)).toEqual(['explained', null]);
    await eventually(async () => expect(await typesOf(silent.inquiryId)).toEqual([...overdue, 'enrichment.moved.v1']));
    expect(await typesOf(inquiryId)).not.toContain('enrichment.overdue.v1');
  }, 120_000);

  it('is checked again with what was proven, and decided by another person', async () => {
    const { inquiryId } = await suspected();
    const sources = [
      { sourceId: 'e1', kind: 'inheritance', amount: 4_000_000_000 },
      { sourceId: 'e2', kind: 'savings-of-earlier-years', amount: 400_000_000 },
    ];
    const both = (path: string, body: object) =>
      platform.issuer.token('anna', ['enrichment-officer', 'enrichment-decider']).then((token) =>
        platform.call('risk-analysis', `/v1/enrichment-inquiries/${inquiryId}/${path}`, {
          ...{ body, headers: { authorization: `Bearer ${token}` } },
        }),
      );
    const justified = { outcome: 'justified', reason: 'sources-proven' };
    expect((await both('notice', {})).body.state).toBe('notified');
    expect((await both('decision', justified)).body.code).toBe('illegal_transition');
    expect((await both('explanation', { sources })).body.state).toBe('explained');
    const all = sources.map(({ sourceId, amount }) => ({ sourceId, amount }));
    expect((await both('recheck', { proven: [{ sourceId: 'e3', amount: 1 }] })).body.code).toBe('no_such_source');
    expect((await both('recheck', { proven: all })).body.state).toBe('rechecked');
    const read = async () =>
      (await call('auditor', `enrichment-inquiries/${inquiryId}`)).body as {
        rechecked: { checks: string[] };
        decision: object;
      };
    expect((await read()).rechecked.checks).toEqual([]);
    const same = await both('decision', justified);
    expect([same.status, same.body.code]).toEqual([409, 'same_person']);
    expect(
      await step('enrichment-decider', inquiryId, 'decision', { outcome: 'referred', reason: 'not-confirmed' }),
    ).toEqual([422, 'not_triggered']);
    expect(await step('enrichment-decider', inquiryId, 'decision', { ...justified, reason: 'not-confirmed' })).toEqual([
      422,
      'bad_reason',
    ]);
    expect(await step('enrichment-officer', inquiryId, 'decision', justified)).toEqual([403, 'forbidden']);
    expect(await step('enrichment-decider', inquiryId, 'decision', justified)).toEqual(['justified', null]);
    expect((await read()).decision).toEqual({ by: 'enrichment-decider', day: '2026-03-02', ...justified });
  });

  it('is referred once, and becomes a case of reporting', async () => {
    const { inquiryId, iin } = await suspected();
    await step('enrichment-officer', inquiryId, 'notice');
    const sources = [{ sourceId: 'e1', kind: 'loan', amount: 1_000_000_000 }];
    await step('enrichment-officer', inquiryId, 'explanation', { sources });
    await step('enrichment-officer', inquiryId, 'recheck', { proven: [{ sourceId: 'e1', amount: 400_000_000 }] });
    // What is declared meanwhile is looked at before anybody decides.
    await declare(
      iin,
      2025,
      { incomes: [salary], assets: [home], expenses: [{ kind: 'living', amount: 5 }] },
      { version: 2 },
    );
    const referral = { outcome: 'referred', reason: 'not-confirmed' };
    expect(await step('enrichment-decider', inquiryId, 'decision', referral)).toEqual([422, 'out_of_date']);
    await step('enrichment-officer', inquiryId, 'recheck', { proven: [{ sourceId: 'e1', amount: 400_000_000 }] });
    const { rechecked } = (await call('auditor', `enrichment-inquiries/${inquiryId}`)).body;
    const k1 = (rechecked.outcomes as { code: string; value: number }[]).find((c) => c.code === 'K1');
    expect(k1).toMatchObject({ state: 'triggered', value: 4_000_000_005 });
    const answers = await Promise.all([1, 2, 3].map(() => step('enrichment-decider', inquiryId, 'decision', referral)));
    expect(answers.filter(([state]) => state === 'referred')).toHaveLength(1);
    await platform.crash('risk-analysis');
    await eventually(async () => {
      const cases = platform.environment.database('reporting').collection('cases');
      expect(await cases.find({ 'finding.subjectId': inquiryId }).toArray()).toEqual([
        expect.objectContaining({
          ...{ state: 'in-triage', category: 'unjustified-enrichment', areaCode: 'roads', region: 'KZ-75' },
          finding: { kind: 'enrichment', subjectId: inquiryId },
        }),
      ]);
    });
    const referred = (await events(inquiryId)).filter(({ type }) => type === 'finding.referred.v1');
    expect(referred.map(({ data }) => data['organisationBin'])).toEqual(['050540000016']);
  }, 60_000);

  it('shows to the registry nothing of what was found, and of what is not there nothing to anybody', async () => {
    const { iin } = await suspected();
    const { body } = await declare(iin, 2025, { incomes: [salary], assets: [home] });
    expect(Object.keys(body as object).sort()).toEqual(['declarationId', 'taken']);
    for (const path of [
      `enrichment-inquiries/${randomUUID()}`,
      'enrichment-reviews/none-2025',
      'declarations/none-2025-1',
    ])
      expect((await call('auditor', path)).status).toBe(404);
  });

  it('is known to a regional office only in its regions', async () => {
    const { id, inquiryId } = await suspected();
    const as = async (region: string, path: string, body?: object): Promise<Answer> => {
      const token = await platform.issuer.token('anna', ['enrichment-officer', 'enrichment-decider'], {
        regions: [region],
      });
      const headers = { authorization: `Bearer ${token}` };
      return platform.call('risk-analysis', `/v1/${path}`, { ...(body ? { body } : {}), headers });
    };
    const routes: [string, object?][] = [
      [`declarations/${id}-2025-1`],
      [`enrichment-reviews/${id}-2025`],
      [`enrichment-reviews/${id}-2025/comparators?tiynPerUah=1`],
      [`enrichment-inquiries/${inquiryId}`],
      [`enrichment-inquiries/${inquiryId}/notice`, {}],
      [`enrichment-inquiries/${inquiryId}/extension`, { reason: 'illness' }],
      [`enrichment-inquiries/${inquiryId}/explanation`, { sources: [{ sourceId: 'e1', kind: 'gift', amount: 1 }] }],
      [`enrichment-inquiries/${inquiryId}/recheck`, { proven: [] }],
      [`enrichment-inquiries/${inquiryId}/decision`, { outcome: 'referred', reason: 'not-confirmed' }],
    ];
    for (const [path, body] of routes) {
      expect([path, (await as('KZ-71', path, body)).status]).toEqual([path, 404]);
      expect([path, (await as('KZ-75', path, body)).status]).not.toEqual([path, 404]);
    }
    for (const list of ['enrichment-reviews', 'enrichment-inquiries']) {
      expect((await as('KZ-71', list)).body.items).toEqual([]);
      expect((await as('KZ-75', list)).body.items).not.toEqual([]);
    }
  });

  it('keeps the numbers of persons out of every collection, topic and log', async () => {
    const kept: string[] = [];
    let rows = 0;
    for (const service of ['reporting', 'risk-analysis']) {
      const db = platform.environment.database(service);
      for (const { name } of await db.listCollections().toArray())
        for await (const row of db.collection(name).find()) {
          rows += 1;
          if (iins.some((iin) => JSON.stringify(row).includes(iin))) kept.push(`${service}.${name}`);
        }
    }
    const told = JSON.stringify(await events());
    expect([used > 8, rows > 100, told.length > 2_000]).toEqual([true, true, true]);
    if (iins.some((iin) => told.includes(iin))) kept.push('topic');
    const logs = platform.logs();
    expect(logs).toContain('"route":"/v1/declarations"');
    if (iins.some((iin) => logs.includes(iin))) kept.push('log');
    expect(kept).toEqual([]);
  });

  it('sees on the next day that a company of whoever owns a used thing won a contract of the body', async () => {
    const [iin, ownerIin] = [person(), person()];
    const company = withBinCheckDigit('10014000001')!;
    const car = { assetId: 'car-9', kind: 'vehicle', ownerIin };
    const refused = async (used: object): Promise<unknown> => (await declare(iin, 2025, { used: [used] })).body.code;
    expect(await refused({ ...car, ownerBin: company })).toBe('owner_iin_or_bin');
    expect(await refused({ assetId: 'car-9', kind: 'vehicle' })).toBe('owner_iin_or_bin');
    expect(await refused({ ...car, kind: 'cash' })).toBe('not_to_be_used');
    expect(await refused({ ...car, ownerIin: iin })).toBe('refers_to_itself');
    expect(await taken(declare(iin, 2025, { used: [car] }))).toBe('current');
    const id = await idOf(iin);
    expect(await statesOf(id, 2025, 'L8')).toEqual({ L8: 'not-triggered' });
    const directs = {
      from: { type: 'Person', iin: ownerIin },
      to: { type: 'Company', bin: company },
      since: '2024-01-01',
    };
    const told = { source: 'kz-registry', links: [{ kind: 'Directorship', ...directs }] };
    expect((await call('registry', 'links', told)).body).toMatchObject({ recorded: 1 });
    const parties = [
      { id: 'body', identifier: { scheme: 'KZ-BIN', id: '050540000016' } },
      { id: 'winner', identifier: { scheme: 'KZ-BIN', id: company } },
    ];
    const award = { id: 'a', status: 'active', value: { amount: 1, currency: 'KZT' }, suppliers: [{ id: 'winner' }] };
    const contract = (ocid: string, day: string) => ({
      ...{ ocid, date: '2026-01-20T00:00:00Z', buyer: { id: 'body' }, parties, tender: { status: 'complete' } },
      awards: [{ ...award, date: day }],
    });
    const releases = [
      contract('won-in-time', '2025-06-01T10:00:00+05:00'),
      contract('won-later', '2026-01-05T10:00:00+05:00'),
    ];
    const handed = await call('registry', 'procurement/releases?origin=generated', { releases });
    expect(handed.body).toMatchObject({ recorded: 2 });
    platform.setClock('2026-03-03T06:00:00Z');
    await eventually(async () => expect(await statesOf(id, 2025, 'L8')).toEqual({ L8: 'triggered' }));
    const { checks, inquiryId } = (await call('auditor', `enrichment-reviews/${id}-2025`)).body as {
      checks: { code: string; evidence: { figures: { used: { won: object[] }[] } } }[];
      inquiryId: string;
    };
    const [used] = checks.find(({ code }) => code === 'L8')!.evidence.figures.used;
    expect(used!.won).toEqual([
      { owner: await idOf(ownerIin), winner: `KZ-BIN-${company}`, ocid: 'won-in-time', day: '2025-06-01' },
    ]);
    const inquiry = await call('enrichment-officer', `enrichment-inquiries/${inquiryId}`);
    expect(inquiry.body).toMatchObject({ state: 'signal', checks: ['L8'] });
  });
});
