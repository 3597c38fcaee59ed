import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '@aiqyn/local';
import { addDays, type Envelope, isIin, toHeaders, withBinCheckDigit } from '@aiqyn/contracts';
import { PERMISSIONS, readLog } from '@aiqyn/platform';
import { eventually } from './harness/eventually.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

/** Made up numbers with right check digits. */
const iins = Array.from({ length: 10 }, (_, i) => withBinCheckDigit(`8501013001${i}`)).filter(
  (iin): iin is string => iin !== undefined && isIin(iin),
);
const [OFFICER, NEXT, OWNER] = iins as [string, string, string];
const [ORG, PEER, THIRD, LATER] = ['050540000016', '000000000010', '000000000101', '000000000209'] as const;

interface Requirement {
  readonly code: string;
  readonly mandatory: boolean;
  readonly freshnessDays: number;
  readonly notApplicableWhen?: string;
  readonly evidence: { kind: string; required: boolean }[];
}
const { requirements } = JSON.parse(
  readFileSync(join(ROOT, 'services/compliance/data/catalogues/requirements/1.0.0.json'), 'utf8'),
) as { requirements: Requirement[] };
type Told = { requirement: string; level: number | 'NA'; ground?: string };
const claims = (level: number, more: Record<string, number> = {}): Told[] =>
  requirements.map(({ code, notApplicableWhen: ground }) =>
    ground ? { requirement: code, level: 'NA', ground } : { requirement: code, level: more[code] ?? level },
  );

describe('organisations of the quasi-public sector', () => {
  let platform: TestPlatform;
  /** Who says it, and for whom they work: a role of an organisation comes with its BIN. */
  const call = async (
    as: string,
    path: string,
    body?: object,
    { subject = as, department = 'authority' } = {},
  ): Promise<Answer> => {
    const token = await platform.issuer.token(subject, as.split('+'), { department });
    return platform.call('compliance', `/v1/${path}`, {
      ...(body ? { body } : {}),
      headers: { authorization: `Bearer ${token}` },
    });
  };
  /** State, or status and code of a refusal. */
  const step = async (as: string, path: string, body: object = {}, who?: object): Promise<string> => {
    const { status, body: answer } = await call(as, path, body, who);
    return status < 300 ? (answer.state as string) : `${status} ${answer.code as string}`;
  };
  const of = (department: string) => ({ department });
  const log = async (): Promise<{ type: string; envelope: Envelope; data: Record<string, unknown> }[]> => {
    const found: { type: string; envelope: Envelope; data: Record<string, unknown> }[] = [];
    const { kafka, prefix } = platform.environment;
    await readLog(kafka, [`${prefix}compliance.events`], `${prefix}read-${randomUUID()}`, ({ envelope, data }) => {
      const type = envelope.type.replace(/^compliance\.|\.v1$/g, '');
      found.push({ type, envelope, data: data as Record<string, unknown> });
    });
    return found;
  };
  const told = async (type: string, with_: object = {}): Promise<Record<string, unknown>[]> =>
    (await log())
      .filter((one) => one.type === type && Object.entries(with_).every(([k, v]) => one.data[k] === v))
      .map(({ data }) => data);
  /** The clock of the services at noon of a day, once they have seen it. */
  const today = async (day: string): Promise<void> => {
    platform.setClock(`${day}T07:00:00Z`);
    const probe = { requirement: 'LEAD-01', kind: 'policy', documentNumber: 'P', sha256: '0'.repeat(64) };
    // Of no organisation that there is: the day is judged before.
    await eventually(async () => {
      const ask = (effectiveDay: string) =>
        call('compliance-officer', `organisations/${LATER}0/evidence`, { ...probe, effectiveDay });
      expect([(await ask(day)).status, (await ask(addDays(day, 1))).body.code]).toEqual([404, 'evidence_after_upload']);
    });
  };
  const standing = async (bin: string): Promise<Record<string, unknown>> =>
    (await call('auditor', `organisations/${bin}`)).body.standing as Record<string, unknown>;
  const evidence = (requirement: string, kind: string, effectiveDay: string) => ({
    ...{ requirement, kind, effectiveDay, documentNumber: 'DOC-1', sha256: 'a'.repeat(64) },
  });
  const prove = async (bin: string, effectiveDay: string): Promise<void> => {
    const all = requirements.flatMap(({ code, evidence: kinds }) =>
      kinds.filter(({ required }) => required).map(({ kind }) => [code, kind] as const),
    );
    for (const [code, kind] of all) {
      const { body } = await call(
        'compliance-officer',
        `organisations/${bin}/evidence`,
        evidence(code, kind, effectiveDay),
        of(bin),
      );
      expect(await step('compliance-reviewer', `evidence/${body.evidenceId as string}/acceptance`)).toBe('accepted');
    }
  };
  const setUp = async (bin: string, day: string): Promise<void> => {
    expect(await step('compliance-registrar', 'organisations', { organisationBin: bin })).toBe('registered');
    const officer = {
      ...{ officerIin: OFFICER, appointedDay: day, actNumber: 'B/1', regulationNumber: 'R/1', reportingLine: 'board' },
    };
    expect(await step('compliance-board', `organisations/${bin}/officer`, officer, of(bin))).toBe('service-appointed');
    expect(await step('compliance-registrar', `organisations/${bin}/activation`)).toBe('active');
  };
  /** From the opening to the draft. */
  const assess = async (bin: string, claimed: Told[], found = claimed): Promise<string> => {
    const { body } = await call('compliance-registrar', 'assessments', { organisationBin: bin });
    const at = `assessments/${body.assessmentId as string}`;
    expect(await step('compliance-officer', `${at}/self-assessment`, { levels: claimed }, of(bin))).toBe(
      'self-assessed',
    );
    expect(await step('compliance-reviewer', `${at}/review`)).toBe('under-review');
    expect(await step('compliance-reviewer', `${at}/result`, { levels: found })).toBe('result-draft');
    return body.assessmentId as string;
  };

  beforeAll(async () => {
    platform = await startPlatform('organisations', ['reporting', 'compliance'], { LEASE_SECONDS: '3' });
    platform.setClock('2025-03-03T07:00:00Z');
    await platform.replica('compliance');
  }, 120_000);
  afterAll(() => platform?.stop());

  it('are registered once; another person than who appointed the officer confirms the service', async () => {
    await today('2025-03-03');
    expect(await step('compliance-registrar', 'organisations', { organisationBin: OFFICER })).toBe(
      '422 number_of_a_person',
    );
    await setUp(ORG, '2025-03-01');
    expect(await step('compliance-registrar', 'organisations', { organisationBin: ORG })).toBe('409 already_done');
    expect(await step('compliance-registrar', `organisations/${ORG}/activation`)).toBe('409 illegal_transition');
    await step('compliance-registrar', 'organisations', { organisationBin: THIRD });
    const { body } = await call('compliance-registrar', 'assessments', { organisationBin: THIRD });
    expect(body.code).toBe('out_of_order');
    const officer = {
      ...{ officerIin: OFFICER, appointedDay: '2025-03-04', actNumber: 'B', regulationNumber: 'R' },
      reportingLine: 'executive',
    };
    const appoint = (more: object = {}) =>
      step('compliance-board', `organisations/${THIRD}/officer`, { ...officer, ...more });
    expect(await appoint()).toBe('422 day_out_of_range');
    expect(await appoint({ actNumber: OFFICER, appointedDay: '2025-03-03' })).toBe('400 invalid_input');
    expect(await appoint({ appointedDay: '2025-03-03' })).toBe('service-appointed');
    const same = { subject: 'compliance-board' };
    expect(await step('compliance-registrar', `organisations/${THIRD}/activation`, {}, same)).toBe('409 same_person');
    expect(await step('compliance-registrar', `organisations/${THIRD}/activation`)).toBe('active');
  });

  it('prove what they claim by the day that an evidence speaks of, to somebody of another organisation', async () => {
    const submit = async (body: object): Promise<Answer> =>
      call('compliance-officer', `organisations/${ORG}/evidence`, body, of(ORG));
    const dated = (day: string, kind = 'policy') => evidence('LEAD-01', kind, day);
    expect((await submit(dated('2025-03-04'))).body).toMatchObject({
      ...{ status: 422, code: 'evidence_after_upload', fields: [{ field: 'effectiveDay' }] },
    });
    expect((await submit(dated('2025-03-03', 'org-chart'))).body).toMatchObject({ status: 422, code: 'unknown_kind' });
    expect((await submit({ ...dated('2025-03-03'), requirement: 'LEAD-77' })).body.code).toBe('unknown_requirement');
    const stale = (await submit(dated('2023-03-03'))).body.evidenceId as string;
    const fresh = (await submit(dated('2025-01-10'))).body.evidenceId as string;
    const decide = (id: string, as: object = {}, path = 'acceptance', body: object = {}) =>
      step('compliance-reviewer', `evidence/${id}/${path}`, body, as);
    expect(await decide(stale)).toBe('422 stale_evidence');
    expect(await decide(stale, {}, 'rejection', { reason: 'wrong-day' })).toBe('rejected');
    expect(await decide(fresh, of(ORG))).toBe('422 not_independent');
    expect(await decide(fresh, { subject: 'compliance-officer' })).toBe('409 same_person');
    expect(await decide(fresh, of(PEER))).toBe('accepted');
    expect(await decide(fresh)).toBe('409 illegal_transition');
    // Asked for, then handed in.
    const asked = { requirement: 'LEAD-02', kind: 'contract-clause' };
    const { body } = await call('compliance-reviewer', `organisations/${ORG}/evidence-requests`, asked);
    expect(body.state).toBe('requested');
    const { requirement: _, kind: __, ...more } = dated('2025-03-01');
    const answer = `evidence/${body.evidenceId as string}/submission`;
    expect(await step('compliance-officer', answer, more, of(ORG))).toBe('submitted');
    const { items } = (await call('compliance-officer', `organisations/${ORG}/evidence`, undefined, of(ORG))).body;
    expect((items as object[]).length).toBe(3);
  });

  it('go the whole way: claim, review by another organisation, a grade by time, once, also after a crash', async () => {
    await prove(ORG, '2025-02-01');
    const { body } = await call('compliance-registrar', 'assessments', { organisationBin: ORG });
    const at = `assessments/${body.assessmentId as string}`;
    expect([body.state, body.dueDay, body.catalogue]).toEqual([
      ...['open', '2025-04-02', 'compliance-requirements-1.0.0'],
    ]);
    expect(await step('compliance-registrar', 'assessments', { organisationBin: ORG })).toBe('409 out_of_order');
    const self = (levels: object[]) => call('compliance-officer', `${at}/self-assessment`, { levels }, of(ORG));
    const all = claims(3);
    const refused: [string, object[], string][] = [
      ['not_applicable_without_ground', [{ requirement: 'THRD-05', level: 'NA' }], 'levels[0].ground'],
      ['not_applicable_without_ground', [{ requirement: 'LEAD-01', level: 'NA', ground: 'x' }], 'levels[0].ground'],
      ['doubled_requirement', [...all, all[0]!], 'levels[50].requirement'],
      ['unknown_requirement', [{ requirement: 'LEAD-99', level: 1 }], 'levels[0].requirement'],
    ];
    for (const [code, levels, field] of refused)
      expect((await self(levels)).body).toMatchObject({ status: 422, code, fields: [{ field }] });
    for (const level of [5, -1, 2.5, '3', null])
      expect((await self([{ requirement: 'LEAD-01', level }])).body.code).toBe('invalid_input');
    expect((await self(all)).body).toMatchObject({ state: 'self-assessed', dueDay: '2025-04-04' });
    expect((await self(all)).body.code).toBe('illegal_transition');

    const review = (as: object, path = 'review', more: object = {}) =>
      step('compliance-reviewer', `${at}/${path}`, more, as);
    expect(await review(of(ORG))).toBe('422 not_independent');
    expect(await review({ subject: 'compliance-officer' })).toBe('409 same_person');
    expect(await review(of(PEER))).toBe('under-review');
    // Who reviews may read it, of another organisation though they are; a colleague may not.
    expect((await call('compliance-reviewer', at, undefined, of(PEER))).body.claims).toHaveLength(50);
    expect((await call('compliance-reviewer', at, undefined, { subject: 'colleague', department: PEER })).status).toBe(
      404,
    );

    const mandatory = claims(3).filter(
      ({ requirement, level }) => level === 'NA' || requirements.find(({ code }) => code === requirement)!.mandatory,
    );
    const result = (levels: object[], as: object = of(PEER)) =>
      call('compliance-reviewer', `${at}/result`, { levels }, as);
    expect((await result(mandatory.slice(1))).body).toMatchObject({
      status: 422,
      code: 'sample_too_small',
      allowed: ['LEAD-01'],
    });
    expect((await result(claims(4))).body.code).toBe('above_claim');
    // Lowered where little was found: 4 points of CTRL, a third of one of TRAN.
    const lowered = [
      ...mandatory,
      ...['CTRL-01', 'CTRL-02', 'CTRL-03', 'CTRL-04'].map((r) => ({ requirement: r, level: 1 })),
    ];
    lowered.push({ requirement: 'TRAN-03', level: 2 });
    const colleague = { subject: 'colleague', department: PEER };
    expect((await result(lowered, colleague)).body.code).toBe('another_reviewer');
    expect((await result(lowered)).body).toMatchObject({ state: 'result-draft', self: 7500, verified: 7067 });
    expect((await call('auditor', at)).body).toMatchObject({ gap: 433, dueDay: '2025-03-18' });
    await platform.crash('compliance');
    platform.setClock('2025-03-18T18:59:59Z');
    expect((await call('auditor', at)).body.state).toBe('result-draft');
    platform.setClock('2025-03-18T19:00:01Z');
    await eventually(async () => expect((await call('auditor', at)).body.state).toBe('final'));
    await eventually(async () =>
      expect(await told('organisation.assessed')).toEqual([
        {
          ...{ organisationBin: ORG, assessmentId: body.assessmentId, day: '2025-03-19', grade: 'B', status: 'graded' },
          ...{ verified: 7067, self: 7500, gates: [], catalogue: 'compliance-requirements-1.0.0' },
        },
      ]),
    );
    expect((await told('assessment.moved', { assessmentId: body.assessmentId })).map(({ state }) => state)).toEqual([
      ...['open', 'self-assessed', 'under-review', 'result-draft', 'final'],
    ]);
    expect(await step('compliance-officer', `${at}/objection`, { requirements: ['LEAD-01'] }, of(ORG))).toBe(
      '409 illegal_transition',
    );
    expect(await step('compliance-reviewer', `${at}/closing`)).toBe('closed');
    const { items } = (await call('auditor', 'organisations?grade=B')).body as { items: { _id: string }[] };
    expect(items.map(({ _id }) => _id)).toEqual([ORG]);
  }, 120_000);

  const gift = async (bin: string, day: string, sector = 'quasi-public'): Promise<string> => {
    const { body } = await call(
      'compliance-officer',
      'gifts',
      {
        ...{
          officialIin: OWNER,
          organisationBin: bin,
          sector,
          recipient: 'official',
          receipt: 'knowing',
          kind: 'thing',
        },
        ...{ receivedDay: day, knownDay: day, giver: { kind: 'unknown' } },
      },
      of(bin),
    );
    const at = `gifts/${body.giftId as string}`;
    expect(await step('gift-inquirer', `${at}/inquiry`)).toBe('breach-review');
    const found = { outcome: 'confirmed', reason: 'hidden' };
    expect(await step('gift-decider', `${at}/inquiry-decision`, found)).toBe('breach');
    return body.giftId as string;
  };

  it('answer for a confirmed breach of the gift rules: grade and order by event, once however often it is told', async () => {
    await today('2025-04-01');
    const state = await gift(ORG, '2025-03-01', 'state');
    const giftId = await gift(ORG, '2025-03-01');
    await eventually(async () =>
      expect(await standing(ORG)).toMatchObject({ grade: 'C', verified: 6967, deducted: 1 }),
    );
    const orders = await eventually(async () => {
      const issued = await told('order.issued', { organisationBin: ORG });
      expect(issued).toMatchObject([
        {
          ...{ cause: 'giftBreachConfirmed', causeId: giftId, points: 1, day: '2025-04-01', endsDay: '2026-04-01' },
          dueDay: '2025-05-01',
        },
      ]);
      return issued;
    });
    const changed = [
      {
        ...{ organisationBin: ORG, day: '2025-04-01', oldGrade: 'B', newGrade: 'C', status: 'graded' },
        ...{ oldScore: 7067, newScore: 6967, cause: 'giftBreachConfirmed', causeId: giftId },
        catalogue: 'compliance-requirements-1.0.0',
      },
    ];
    await eventually(async () => expect(await told('organisation.grade-changed')).toEqual(changed));

    // The same record again, and the same breach under another number: nothing happens twice.
    const breach = (await log()).find(
      ({ type, data }) => type === 'gift.breach-confirmed' && data['giftId'] === giftId,
    )!;
    const { kafka, prefix } = platform.environment;
    const producer = kafka.producer();
    await producer.connect();
    const record = (envelope: Envelope, data: object) => ({
      ...{ key: envelope.subject, value: JSON.stringify(data), headers: toHeaders(envelope) },
    });
    const again = { ...breach.envelope, id: `${giftId}#00000099`, sequence: 99 };
    const probe = randomUUID();
    const last = { ...again, id: `${probe}#00000001`, subject: probe, sequence: 1 };
    // Of an organisation that is registered only later: told too early, it counts from the first assessment on.
    const later = { ...breach.data, giftId: probe, organisationBin: LATER };
    const messages = [record(breach.envelope, breach.data), record(again, breach.data), record(last, later)];
    await producer.send({ topic: `${prefix}compliance.events`, messages });
    await producer.send({ topic: `${prefix}compliance.events`, messages });
    await producer.disconnect();
    await eventually(async () => expect(await told('order.issued', { organisationBin: LATER })).toHaveLength(1));
    await eventually(async () => {
      const inbox = await platform.environment.database('compliance').collection('inbox').find().toArray();
      for (const { id } of [breach.envelope, again, last]) expect(JSON.stringify(inbox)).toContain(id);
    });
    expect(await told('order.issued', { organisationBin: ORG })).toEqual(orders);
    expect(await told('organisation.grade-changed')).toEqual(changed);
    expect(JSON.stringify(orders)).not.toContain(state);

    // The order is answered, sent back with a new term, answered again and closed by another organisation.
    const order = `orders/${orders[0]!['orderId'] as string}`;
    const answer = (n: string, who: object = of(ORG)) =>
      step('compliance-officer', `${order}/answer`, { documentNumber: n }, who);
    expect(await answer('A/1', of(PEER))).toBe('404 not_found');
    expect(await answer('A/1')).toBe('answered');
    expect(await step('compliance-reviewer', `${order}/closing`, {}, of(ORG))).toBe('422 not_independent');
    expect(await step('compliance-reviewer', `${order}/closing`, {}, { subject: 'compliance-officer' })).toBe(
      '409 same_person',
    );
    expect(await step('compliance-reviewer', `${order}/return`)).toBe('issued');
    platform.setClock('2025-05-01T19:00:01Z');
    await eventually(async () =>
      expect(await told('organisation.term-missed', { term: 'order' })).toMatchObject([
        { organisationBin: ORG, subjectId: orders[0]!['orderId'], dueDay: '2025-05-01', day: '2025-05-02' },
      ]),
    );
    expect(await answer('A/2')).toBe('answered');
    expect(await step('compliance-reviewer', `${order}/closing`)).toBe('closed');
    expect((await standing(ORG))['grade']).toBe('C');
  }, 120_000);

  it('answer for a convicted head, named by the decision of a court alone', async () => {
    await today('2025-05-05');
    const office = async (as: string, id: string, path: string, body: object = {}) =>
      platform.call('reporting', `/v1/cases/${id}/${path}`, { as, body });
    const decided = async (decision: object): Promise<Answer> => {
      const report = { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: 'x', organisationBin: PEER };
      const { reportId } = (await platform.call('reporting', '/v1/reports', { body: report })).body as {
        reportId: string;
      };
      await office('intake-officer', reportId, 'acknowledgement');
      await office('triage-officer', reportId, 'triage');
      await office('triage-officer', reportId, 'investigation-proposal');
      await office('supervisor', reportId, 'assignment', { assignees: ['investigator'] });
      await office('supervisor', reportId, 'investigation');
      await office('investigator', reportId, 'findings', { finding: 'substantiated' });
      await office('court-clerk', reportId, 'proceedings');
      const answer = await office('court-clerk', reportId, 'decision', { legalForceDay: '2025-05-02', ...decision });
      return { ...answer, body: { ...answer.body, reportId } };
    };
    const liable = { outcome: 'decided-liable', offenceClass: 'grave' };
    const at = (position: string, organisationBin: string, sector = 'quasi-public') => ({
      liableAt: { position, organisationBin, sector },
    });
    expect((await decided({ outcome: 'decided-not-liable', ...at('head', THIRD) })).body.code).toBe('wrong_fields');
    expect((await decided({ ...liable, ...at('head', OFFICER) })).body.code).toBe('number_of_a_person');
    expect((await decided({ ...liable, ...at('owner', THIRD) })).status).toBe(400);
    expect((await decided(liable)).status).toBe(200);
    expect((await decided({ ...liable, ...at('head', THIRD, 'state') })).status).toBe(200);
    const employee = (await decided({ ...liable, ...at('employee', THIRD) })).body.reportId as string;
    const head = (await decided({ ...liable, ...at('head', THIRD) })).body.reportId as string;
    await eventually(async () => {
      const issued = await told('order.issued', { organisationBin: THIRD });
      expect(issued.map(({ cause, causeId, points, day }) => [cause, causeId, points, day]).sort()).toEqual([
        ['employeeConvicted', employee, 2, '2025-05-02'],
        ['headConvicted', head, 5, '2025-05-02'],
      ]);
    });
    // What a citizen said of an organisation is no decision.
    expect(await told('order.issued', { organisationBin: PEER })).toEqual([]);
  }, 60_000);

  it('that claim far more than is found are overstated, may object to a third person, and plan what is mandatory', async () => {
    await today('2025-05-06');
    const id = await assess(THIRD, claims(4));
    const at = `assessments/${id}`;
    const object = (codes: string[]) =>
      step('compliance-officer', `${at}/objection`, { requirements: codes }, of(THIRD));
    expect(await object(['LEAD-77'])).toBe('422 unknown_requirement');
    expect(await object(['LEAD-01', 'LEAD-02'])).toBe('objection');
    const decide = (body: object, who?: object) => step('compliance-arbiter', `${at}/objection-decision`, body, who);
    const upheld = { outcome: 'upheld', levels: [{ requirement: 'LEAD-01', level: 2 }] };
    expect(await decide(upheld, { subject: 'compliance-reviewer' })).toBe('409 same_person');
    expect(await decide(upheld, of(THIRD))).toBe('422 not_independent');
    expect(await decide({ outcome: 'dismissed', levels: upheld.levels })).toBe('422 wrong_fields');
    expect(await decide({ outcome: 'upheld', levels: [{ requirement: 'LEAD-03', level: 2 }] })).toBe(
      '422 not_disputed',
    );
    // The term to object runs out meanwhile: an objection stops it.
    platform.setClock('2025-06-10T07:00:00Z');
    await today('2025-06-10');
    expect(await decide(upheld)).toBe('final');
    const verified = 2500 - 700;
    await eventually(async () => {
      expect(await told('assessment.overstated')).toEqual([
        { assessmentId: id, organisationBin: THIRD, day: '2025-06-10', self: 9300, verified },
      ]);
      expect(await told('organisation.assessed', { organisationBin: THIRD })).toMatchObject([
        { grade: 'E', status: 'graded', gates: ['G2'], self: 9300, verified },
      ]);
    });
    expect(await standing(THIRD)).toMatchObject({ deducted: 7, gap: 7500 });

    const { planFor, dueDay } = (await call('auditor', at)).body as { planFor: string[]; dueDay: string };
    expect([planFor.length, dueDay]).toEqual([
      requirements.filter((r) => r.mandatory && !r.notApplicableWhen).length,
      '2025-07-10',
    ]);
    expect(await step('compliance-reviewer', `${at}/closing`)).toBe('409 out_of_order');
    platform.setClock('2025-07-10T19:00:01Z');
    await eventually(async () =>
      expect(await told('organisation.term-missed', { term: 'remedial-plan' })).toMatchObject([
        { subjectId: id, day: '2025-07-11' },
      ]),
    );
    expect((await standing(THIRD))['gates']).toEqual(['G2']);
    platform.setClock('2025-08-09T19:00:01Z');
    await eventually(async () => expect((await standing(THIRD))['gates']).toEqual(['G2', 'G3']));
    const measure = (requirement: string, day = '2025-09-30') => ({ requirement, dueDay: day, accountableIin: OWNER });
    const plan = async (codes: string[], day?: string) =>
      call(
        'compliance-officer',
        `${at}/remedial-plan`,
        { measures: codes.map((code) => measure(code, day)) },
        of(THIRD),
      );
    expect((await plan(planFor.slice(1))).body).toMatchObject({
      code: 'plan_incomplete',
      allowed: planFor.slice(0, 1),
    });
    expect((await plan(planFor, '2035-01-01')).body.code).toBe('day_out_of_range');
    expect((await plan(planFor)).body).toMatchObject({ state: 'remedial-plan', dueDay: '2025-09-30' });
    expect((await standing(THIRD))['gates']).toEqual(['G2']);
    const done = { documentNumber: 'P/1' };
    expect(await step('compliance-officer', `${at}/plan-completion`, done, of(THIRD))).toBe('monitored');
    expect(await step('compliance-reviewer', `${at}/closing`, {}, { subject: 'compliance-officer' })).toBe(
      '409 same_person',
    );
    expect(await step('compliance-reviewer', `${at}/closing`)).toBe('closed');
  }, 120_000);

  it('lose their grade when evidence ages, by a timer, and find it again with new evidence', async () => {
    // Since 20 August what is fresh for 200 days is not any more; since 31 July what is for 180.
    await eventually(async () => {
      const expired = await told('evidence.moved', { organisationBin: ORG, state: 'expired' });
      expect(expired.length).toBeGreaterThan(0);
      expect(new Set(expired.map(({ day }) => day))).toEqual(new Set(['2025-07-31']));
    });
    platform.setClock('2025-08-19T19:00:01Z');
    const aged = requirements.filter(({ freshnessDays }) => freshnessDays <= 200);
    await eventually(async () => {
      const expired = await told('evidence.moved', { organisationBin: ORG, state: 'expired' });
      const ids = expired.map(({ evidenceId }) => evidenceId);
      expect(ids).toHaveLength(aged.flatMap(({ evidence: e }) => e.filter(({ required }) => required)).length);
      expect(new Set(ids).size).toBe(ids.length);
    });
    const { gates, grade } = await standing(ORG);
    // SERV-05 is independence, and at level 1 now.
    expect([gates, grade]).toEqual([['G2'], 'C']);
    const changes = await told('organisation.grade-changed', { organisationBin: ORG });
    expect(changes.map(({ cause }) => cause)).toEqual(['giftBreachConfirmed']);
    await today('2025-08-20');
    for (const kind of ['regulation', 'board-minutes']) {
      const { body } = await call(
        'compliance-officer',
        `organisations/${ORG}/evidence`,
        evidence('SERV-05', kind, '2025-08-19'),
        of(ORG),
      );
      expect(await step('compliance-reviewer', `evidence/${body.evidenceId as string}/acceptance`)).toBe('accepted');
    }
    expect((await standing(ORG))['gates']).toEqual([]);
  }, 60_000);

  it('that touch their officer during an inquiry lose independence at once, and the grade with it', async () => {
    await today('2025-09-01');
    await setUp(LATER, '2025-09-01');
    await prove(LATER, '2025-08-20');
    await assess(LATER, claims(3));
    platform.setClock('2025-09-16T19:00:01Z');
    // What was told before it was registered counts: 75 less a point.
    await eventually(async () =>
      expect(await standing(LATER)).toMatchObject({ grade: 'B', verified: 7400, deducted: 1 }),
    );

    await today('2025-09-20');
    const incident = async (): Promise<string> =>
      (await call('compliance-officer', `organisations/${LATER}/incidents`, { kind: 'bribery' }, of(LATER))).body
        .incidentId as string;
    const handle = (id: string, path: string, body: object = {}, as = 'compliance-officer', subject = as) =>
      step(as, `incidents/${id}/${path}`, body, { subject, department: LATER });
    const id = await incident();
    // Without an inquiry it is no breach.
    const cut = (actNumber: string) =>
      step('compliance-board', `organisations/${LATER}/pay-cut`, { cutDay: '2025-09-20', actNumber }, of(LATER));
    expect(await cut('P/1')).toBe('active');
    expect(await handle(id, 'inquiry', { outcome: 'inquiry' })).toBe('409 illegal_transition');
    expect(await handle(id, 'triage')).toBe('triaged');
    await today('2025-09-22');
    expect(await handle(id, 'inquiry', { outcome: 'inquiry' })).toBe('inquiry');
    expect((await told('organisation.independence-breached')).length).toBe(0);
    expect(await cut('P/1')).toBe('409 already_done');
    const leave = { leftDay: '2025-09-22', reason: 'dismissed' };
    expect(await step('compliance-board', `organisations/${LATER}/officer-departure`, leave, of(LATER))).toBe(
      'service-vacant',
    );
    expect(await standing(LATER)).toMatchObject({ grade: 'C', gates: ['G2'], verified: 7400 });
    await eventually(async () => {
      expect(await told('organisation.independence-breached')).toEqual([
        { organisationBin: LATER, day: '2025-09-22', cause: 'officer-removed', incidentId: id },
      ]);
      expect(await told('organisation.grade-changed', { organisationBin: LATER })).toMatchObject([
        { oldGrade: 'B', newGrade: 'C', cause: 'independence-breached', causeId: id, oldScore: 7400, newScore: 7400 },
      ]);
    }, 5_000);

    // Nobody was appointed for 30 days: said once; then somebody is.
    platform.setClock('2025-10-22T19:00:01Z');
    await eventually(async () =>
      expect(await told('organisation.term-missed', { term: 'vacancy' })).toMatchObject([
        { organisationBin: LATER, dueDay: '2025-10-22' },
      ]),
    );
    await today('2025-10-23');
    const officer = {
      officerIin: NEXT,
      appointedDay: '2025-09-21',
      actNumber: 'B/2',
      regulationNumber: 'R/1',
      reportingLine: 'executive',
    };
    const appoint = (appointedDay: string) =>
      step('compliance-board', `organisations/${LATER}/officer`, { ...officer, appointedDay }, of(LATER));
    expect(await appoint('2025-09-21')).toBe('422 day_out_of_range');
    expect(await appoint('2025-10-23')).toBe('service-appointed');

    // The inquiry is decided by another person; what was hidden costs points; a crime is reported before it is closed.
    const finding = { outcome: 'confirmed', concealed: true, signsOfCrime: true };
    expect(await handle(id, 'decision', { ...finding, outcome: 'unfounded' }, 'compliance-board')).toBe(
      '422 wrong_fields',
    );
    expect(await handle(id, 'decision', finding, 'compliance-board', 'compliance-officer')).toBe('409 same_person');
    expect(await handle(id, 'decision', finding, 'compliance-board')).toBe('confirmed');
    expect(await standing(LATER)).toMatchObject({ verified: 7100, deducted: 4, grade: 'C' });
    const remedy = { documentNumber: 'M/1', dueDay: '2025-12-01' };
    expect(await handle(id, 'remedy', remedy)).toBe('remedy-planned');
    expect(await handle(id, 'verification', {}, 'compliance-board', 'compliance-officer')).toBe('409 same_person');
    expect(await handle(id, 'verification', {}, 'compliance-board')).toBe('verified');
    expect(await handle(id, 'closing')).toBe('422 not_notified');
    expect(await handle(id, 'notification', { notifiedDay: '2025-10-24', receiptNumber: 'K/1' })).toBe(
      '422 day_out_of_range',
    );
    expect(await handle(id, 'notification', { notifiedDay: '2025-10-23', receiptNumber: 'K/1' })).toBe('verified');
    expect(await handle(id, 'closing')).toBe('closed');

    // A line of reporting that is changed the day after the inquiry is none; on its last day it would be.
    await today('2025-10-24');
    const line = { changedDay: '2025-10-24', reportingLine: 'board' };
    expect(await step('compliance-board', `organisations/${LATER}/reporting-line`, line, of(LATER))).toBe(
      'service-appointed',
    );
    await eventually(async () =>
      expect(
        await told('organisation.service-moved', { organisationBin: LATER, reportingLine: 'board' }),
      ).toContainEqual(expect.objectContaining({ day: '2025-10-24' })),
    );
    expect(await told('organisation.independence-breached')).toHaveLength(1);
  }, 120_000);

  it('fall by the minute in which a proof is a year old, and have their points back after a year', async () => {
    const changes = () => told('organisation.grade-changed', { organisationBin: ORG });
    await today('2026-01-31');
    platform.setClock('2026-01-31T18:59:59Z');
    const before = await standing(ORG);
    expect(before).toMatchObject({ grade: 'C', deducted: 1 });
    expect(await changes()).toHaveLength(1);
    platform.setClock('2026-01-31T19:00:01Z');
    await eventually(async () => {
      const [, fallen, ...more] = await changes();
      expect(more).toEqual([]);
      expect(fallen).toMatchObject({ oldGrade: 'C', newGrade: 'D', cause: 'evidence-expired', day: '2026-02-01' });
      expect(fallen!['oldScore']).toBe(before['verified']);
    });
    await today('2026-03-31');
    expect((await standing(ORG))['deducted']).toBe(1);
    platform.setClock('2026-03-31T19:00:01Z');
    await eventually(async () => expect((await standing(ORG))['deducted']).toBe(0));
  });

  it('are known to who works for one organisation only when they are of it, on every route', async () => {
    const names = ['organisation', 'incident'];
    const roles = [
      ...new Set(
        Object.entries(PERMISSIONS).flatMap(([name, who]) => (names.includes(name.split(':')[0]!) ? who : [])),
      ),
    ];
    const { paths } = (await platform.call('compliance', '/openapi.json')).body as {
      paths: Record<string, Record<string, object>>;
    };
    const db = platform.environment.database('compliance');
    const idOf = async (collection: string): Promise<string> =>
      String((await db.collection<{ _id: string }>(collection).findOne({ organisationBin: ORG }))!._id);
    const ids: Record<string, string> = {
      ...{ organisations: ORG, assessments: await idOf('assessments'), evidence: await idOf('compliance_evidence') },
      ...{ orders: await idOf('compliance_orders'), incidents: '' },
    };
    const { body } = await call('compliance-officer', `organisations/${ORG}/incidents`, { kind: 'other' }, of(ORG));
    ids['incidents'] = body.incidentId as string;
    const answers: Record<string, [number, string?]> = {};
    for (const [path, methods] of Object.entries(paths)) {
      const hall = path.split('/')[2]!;
      if (!(hall in ids) || !path.includes('{id}')) continue;
      for (const method of Object.keys(methods)) {
        const headers = { authorization: `Bearer ${await platform.issuer.token('anna', roles, { department: PEER })}` };
        const address = path.replace('{id}', ids[hall]!);
        const answer = await platform.call('compliance', address, {
          ...(method === 'get' ? {} : { body: {} }),
          headers,
        });
        answers[`${method} ${path}`] = [answer.status, answer.body.code as string];
      }
    }
    expect(Object.keys(answers).length).toBeGreaterThan(25);
    // A body that is wrong is said first; what review does is for other organisations, and refused by the state of the row.
    const shown = Object.entries(answers).filter(
      ([, [status, code]]) => status < 400 || (status !== 404 && code !== 'invalid_input'),
    );
    expect(shown.map(([route]) => route).sort()).toEqual([
      'post /v1/assessments/{id}/closing',
      'post /v1/assessments/{id}/review',
      'post /v1/evidence/{id}/acceptance',
      'post /v1/orders/{id}/closing',
      'post /v1/orders/{id}/return',
    ]);
    for (const path of ['organisations', 'assessments'])
      expect((await call('compliance-officer', path, undefined, of(PEER))).body.items).toEqual([]);
  }, 60_000);

  it('keep the numbers of persons out of every collection, topic and log', async () => {
    const kept: string[] = [];
    const db = platform.environment.database('compliance');
    const has = (text: string): boolean => iins.some((iin) => text.includes(iin));
    for (const { name } of await db.listCollections().toArray())
      if (has(JSON.stringify(await db.collection(name).find().toArray()))) kept.push(name);
    const events = JSON.stringify(await log());
    const files = platform.logs();
    expect([events.length > 50_000, files.includes('"route":"/v1/organisations"')]).toEqual([true, true]);
    if (has(events)) kept.push('topic');
    if (has(files)) kept.push('log');
    expect(kept).toEqual([]);
    const { officer } = (await db
      .collection<{ officer: { id: string } }>('organisations')
      .findOne({ officer: { $exists: true } }))!;
    expect(officer.id).toMatch(/^[0-9a-f]{32}$/);
    expect(events).not.toContain(officer.id);
  });
});
