import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { KafkaMessage } from 'kafkajs';
import { addDays, isIin, withBinCheckDigit } from '@aiqyn/contracts';
import { ROOT } from '@aiqyn/local';
import { eventually } from './harness/eventually.js';
import { type MailSink, startMailSink } from './harness/mail-sink.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

/** Made up numbers with right check digits. */
const [FIRST, SECOND] = Array.from({ length: 10 }, (_, i) => withBinCheckDigit(`8501013001${i}`)).filter(
  (iin): iin is string => iin !== undefined && isIin(iin),
) as [string, string];
const [BODY, OTHER] = ['050540000016', '000000000010'] as const;

/** What a step may answer. */
interface Done {
  readonly programmeId: string;
  readonly goalId: string;
  readonly giftId: string;
  readonly status: string;
  readonly state: string;
  readonly edition: number;
}

interface Shown {
  readonly indicators: readonly Record<string, unknown>[];
  readonly milestones: readonly { readonly state: string }[];
}

interface Sent {
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly message: KafkaMessage;
}

describe('goals', () => {
  let platform: TestPlatform;
  let sink: MailSink;

  const call = async (
    as: string,
    path: string,
    body?: object,
    more: { by?: string; of?: string } = {},
  ): Promise<Answer> => {
    const claims = more.of ? { department: more.of } : {};
    const token = await platform.issuer.token(more.by ?? as, as.split('+'), claims);
    return platform.call('compliance', `/v1/${path}`, {
      ...(body ? { body } : {}),
      headers: { authorization: `Bearer ${token}` },
    });
  };
  /** The answer of a step that must hold. */
  const done = async (as: string, path: string, body: object = {}, by = as): Promise<Done> => {
    const { status, body: answer } = await call(as, path, body, { by });
    expect([path, status < 300 ? 'done' : answer]).toEqual([path, 'done']);
    return answer as Done;
  };
  /** Status and code of a refusal. */
  const refused = async (as: string, path: string, body: object = {}, by = as): Promise<unknown[]> => {
    const { status, body: answer } = await call(as, path, body, { by });
    return [status, answer.code as unknown];
  };
  /** The clock of the services at noon of a day; what is asked next waits until they have seen it. */
  const today = async (day: string): Promise<void> => {
    platform.setClock(`${day}T07:00:00Z`);
    const gift = {
      ...{ officialIin: FIRST, organisationBin: FIRST, sector: 'state', recipient: 'official', receipt: 'knowing' },
      ...{ receivedDay: day, knownDay: day, kind: 'thing', giver: { kind: 'unknown' } },
    };
    await eventually(async () =>
      expect((await call('compliance-officer', 'gifts', gift)).body.code).toBe('number_of_a_person'),
    );
  };
  const indicator = (more: object = {}): object => ({
    ...{ code: 'cpi', title: 'Perception', unit: 'points', direction: 'up', baseline: 37, target: 45 },
    ...{ formula: 'the published score', source: 'the publisher', frequency: 'yearly' },
    ...{ startDay: '2024-12-31', dueDay: '2025-12-31', accountable: { position: 'chair-agency', officialIin: FIRST } },
    ...more,
  });
  let plans = 0;
  /** A programme with one goal, its indicators and milestones, that runs. */
  const running = async (
    indicators: readonly object[],
    milestones: readonly object[] = [],
    of: object = {},
  ): Promise<{ programmeId: string; goalId: string }> => {
    const { programmeId } = await done('programme-office', 'programmes', {
      ...{ code: `plan-${(plans += 1)}`, title: 'A programme', source: 'a decree' },
      ...{ startDay: '2025-01-01', endDay: '2026-12-31', ...of },
    });
    const { goalId } = await done('programme-office', `programmes/${programmeId}/goals`, {
      ...{ code: 'one', title: 'A goal', areaCode: 'other' },
    });
    for (const one of indicators) await done('programme-office', `goals/${goalId}/indicators`, one);
    for (const one of milestones) await done('programme-office', `goals/${goalId}/milestones`, one);
    await done('programme-approver', `programmes/${programmeId}/approval`);
    await done('programme-office', `programmes/${programmeId}/start`);
    return { programmeId, goalId };
  };
  const read = async (goalId: string): Promise<Shown> => (await call('auditor', `goals/${goalId}`)).body as Shown;
  const first = async (goalId: string) => (await read(goalId)).indicators[0]!;
  const notices = async (query: string): Promise<Record<string, unknown>[]> =>
    (await call('auditor', `notices?limit=200&${query}`)).body.items as Record<string, unknown>[];
  /** The mails that arrived of the notices about something. */
  const mailsAbout = async (aboutId: string): Promise<() => MailSink['mails']> => {
    const ids = (await notices(`aboutId=${aboutId}`)).map(({ _id }) => `<${String(_id)}@aiqyn>`);
    return () => sink.mails.filter(({ text }) => ids.some((id) => text.includes(id)));
  };
  /** Every message of a topic, as it stands there. */
  const log = async (service = 'compliance'): Promise<Sent[]> => {
    const { kafka, prefix } = platform.environment;
    const topic = `${prefix}${service}.events`;
    const admin = kafka.admin();
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    const all = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
    const found: Sent[] = [];
    const consumer = kafka.consumer({ groupId: `${prefix}read-${randomUUID()}` });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        const data = JSON.parse(message.value!.toString()) as Record<string, unknown>;
        found.push({ type: String(message.headers?.['ce_type']), data, message });
        return Promise.resolve();
      },
    });
    await eventually(() => expect(found.length).toBeGreaterThanOrEqual(all));
    await consumer.disconnect();
    return found;
  };
  const said = async (goalId: string, type: string): Promise<Record<string, unknown>[]> =>
    (await log())
      .filter((one) => one.type === `compliance.${type}.v1` && one.data['goalId'] === goalId)
      .map(({ data }) => data);
  /** Puts messages on a topic, as a broker that delivers again would. */
  const send = async (messages: readonly KafkaMessage[], service = 'compliance'): Promise<void> => {
    const producer = platform.environment.kafka.producer();
    await producer.connect();
    await producer.send({
      topic: `${platform.environment.prefix}${service}.events`,
      messages: messages.map(({ key, value, headers }) => ({ key, value, ...(headers ? { headers } : {}) })),
    });
    await producer.disconnect();
  };

  beforeAll(async () => {
    sink = await startMailSink();
    platform = await startPlatform('goals', ['compliance'], { LEASE_SECONDS: '3', SMTP_URL: sink.url });
    await today('2025-01-01');
    // Started anew in that year, so that its daily look is of it.
    await platform.crash('compliance');
    await platform.replica('compliance');
  }, 120_000);
  afterAll(async () => {
    await platform?.stop();
    await sink?.stop();
  });

  it('are planned with what makes them measurable, and refused without', async () => {
    const { programmeId } = await done('programme-office', 'programmes', {
      ...{ code: 'bad', title: 'A programme', source: 'a decree', startDay: '2025-01-01', endDay: '2025-12-31' },
    });
    const path = `programmes/${programmeId}`;
    expect(await refused('programme-approver', `${path}/approval`)).toEqual([409, 'out_of_order']);
    const { goalId } = await done('programme-office', `${path}/goals`, {
      code: 'g',
      title: 'A goal',
      areaCode: 'other',
    });
    const accountable = { position: 'chair-agency', officialIin: FIRST };
    for (const [wrong, answer] of [
      [{ target: 37 }, [422, 'target_is_baseline']],
      [{ direction: 'down' }, [422, 'wrong_direction']],
      [{ direction: 'keep' }, [422, 'wrong_fields']],
      [{ frequency: 'daily' }, [422, 'unknown_frequency']],
      [{ dueDay: '2026-01-01' }, [422, 'day_out_of_range']],
      [{ accountable: [accountable, { ...accountable, officialIin: SECOND }] }, [400, 'invalid_input']],
      [{ accountable: undefined }, [400, 'invalid_input']],
      [{ unit: undefined }, [400, 'invalid_input']],
      [{ source: undefined }, [400, 'invalid_input']],
      [{ frequency: undefined }, [400, 'invalid_input']],
      [{ accountable: { ...accountable, position: 'Aigul Sarsenova' } }, [400, 'invalid_input']],
    ] as [object, unknown[]][])
      expect([wrong, await refused('programme-office', `goals/${goalId}/indicators`, indicator(wrong))]).toEqual([
        wrong,
        answer,
      ]);
    expect(await refused('programme-approver', `${path}/approval`)).toEqual([409, 'out_of_order']);
    await done('programme-office', `goals/${goalId}/indicators`, indicator());
    expect(await refused('programme-office', `goals/${goalId}/indicators`, indicator())).toEqual([409, 'already_done']);
    const measurement = { value: 40, day: '2025-01-01' };
    expect(await refused('programme-office', `goals/${goalId}/measurements`, measurement)).toEqual([
      409,
      'out_of_order',
    ]);
    const both = 'programme-office+programme-approver';
    expect(await refused(both, `${path}/approval`, {}, 'programme-office')).toEqual([409, 'same_person']);
    expect(await refused('programme-office', `${path}/start`)).toEqual([409, 'illegal_transition']);
    await done('programme-approver', `${path}/approval`);
    expect(
      await refused('programme-office', `goals/${goalId}/milestones`, {
        ...{ code: 'm', title: 'A law', dueDay: '2025-06-01', ownerPosition: 'chair-agency' },
      }),
    ).toEqual([409, 'out_of_order']);
    await done('programme-office', `${path}/revision`);
    expect((await done('programme-approver', `${path}/approval`)).edition).toBe(2);
    expect(
      await refused('programme-office', 'programmes', {
        ...{ code: 'bad', title: 'Again', source: 'a decree', startDay: '2025-01-01', endDay: '2025-12-31' },
      }),
    ).toEqual([409, 'already_done']);
  });

  it('are told up the ladder, each step once: through a crash, two replicas and doubled events', async () => {
    await today('2025-02-01');
    const { goalId } = await running([indicator()]);
    await today('2025-03-01');
    expect(
      (await done('programme-office', `goals/${goalId}/measurements`, { value: 36, day: '2025-03-01' })).status,
    ).toBe('red');
    const steps = [
      [0, 'chair-agency'],
      [10, 'head-of-body'],
      [20, 'programme-office'],
      [30, 'anti-corruption-commission'],
    ] as const;
    const due = (days: number) =>
      steps.filter(([on]) => on <= days).map(([on, to]) => `${addDays('2025-03-01', on)} ${to}`);
    const told = async (): Promise<string[]> =>
      (await notices(`aboutId=${goalId}`)).map(({ day, toPosition }) => `${String(day)} ${String(toPosition)}`).sort();
    for (const days of [0, 9, 10, 19]) {
      if (days > 0) await today(addDays('2025-03-01', days));
      await eventually(async () => expect(await told()).toEqual(due(days)));
    }
    await platform.crash('compliance');
    // Two steps pass at once: each has the day on which it was due.
    await today(addDays('2025-03-01', 45));
    await eventually(async () => expect(await told()).toEqual(due(45)));
    const escalated = await eventually(async () => {
      const sent = (await log()).filter(
        ({ type, data }) => type === 'compliance.indicator.escalated.v1' && data['goalId'] === goalId,
      );
      expect(sent).toHaveLength(4);
      return sent;
    });
    await send([...escalated, ...escalated.reverse()].map(({ message }) => message));
    await today(addDays('2025-03-01', 46));
    // What comes after them has been handled, so they have.
    const { goalId: probe } = await running([indicator()]);
    await done('programme-office', `goals/${probe}/measurements`, { value: 30, day: '2025-04-16' });
    await eventually(async () => expect(await notices(`aboutId=${probe}`)).toHaveLength(1));
    expect(await told()).toEqual(due(45));
    const mails = await mailsAbout(goalId);
    await eventually(() => {
      // A process that died, or lost its lease, between the mail server's yes and its row sends again under the same Message-ID.
      const once = new Map(mails().map(({ to, text }) => [/^Message-ID: (.*)$/im.exec(text)![1], to]));
      expect([...once.values()].sort()).toEqual([
        ...['chair@agency.invalid', 'commission@agency.invalid', 'head-of-body@agency.invalid'],
        'programme-office@agency.invalid',
      ]);
    });
    await eventually(async () =>
      expect((await notices(`aboutId=${goalId}`)).map(({ delivery }) => delivery)).toEqual(Array(4).fill('sent')),
    );
    const issued = (await log()).filter(
      ({ type, data }) => type.includes('notice.issued') && data['aboutId'] === goalId,
    );
    expect(issued).toHaveLength(4);
  }, 120_000);

  it('turn grey by a stored timer when nobody measures, and what was green then begins an episode', async () => {
    await today('2025-04-20');
    const { goalId } = await running([indicator({ frequency: 'monthly', startDay: '2025-04-01' })]);
    await done('programme-office', `goals/${goalId}/measurements`, { value: 45, day: '2025-04-20' });
    expect(await first(goalId)).toMatchObject({ status: 'green', outcome: 'open' });
    await today('2025-05-29');
    // 39 days are still fresh.
    expect(await first(goalId)).toMatchObject({ status: 'green' });
    await today('2025-06-03');
    await eventually(async () => expect(await first(goalId)).toMatchObject({ status: 'grey' }));
    // Sent after the answer.
    await eventually(async () =>
      expect(await said(goalId, 'indicator.status-changed')).toEqual([
        expect.objectContaining({ day: '2025-04-20', status: 'green', value: 45 }),
        expect.objectContaining({ day: '2025-05-30', status: 'grey', value: 45 }),
      ]),
    );
    expect(await notices(`aboutId=${goalId}`)).toEqual([expect.objectContaining({ day: '2025-05-30' })]);
  }, 60_000);

  it('are measured in order; what was wrong is corrected by name, and all of it stays', async () => {
    await today('2025-06-10');
    const { goalId } = await running([indicator()]);
    const measure = (value: number, day: string) =>
      refused('programme-office', `goals/${goalId}/measurements`, { value, day });
    await done('programme-office', `goals/${goalId}/measurements`, { value: 30, day: '2025-06-01' });
    expect(await measure(40, '2025-05-01')).toEqual([422, 'day_out_of_range']);
    expect(await measure(40, '2025-06-01')).toEqual([422, 'day_out_of_range']);
    expect(await measure(40, '2025-06-11')).toEqual([422, 'day_out_of_range']);
    expect(
      await refused('programme-office', `goals/${goalId}/measurements`, {
        indicator: 'other',
        value: 1,
        day: '2025-06-02',
      }),
    ).toEqual([422, 'unknown_part']);
    const path = `goals/${goalId}/measurement-corrections`;
    const wrong = { corrects: 1, value: 41, reason: 'typing-error' };
    expect(await refused('programme-office', path, { ...wrong, corrects: 7 })).toEqual([422, 'unknown_measurement']);
    expect((await done('programme-office', path, wrong)).status).toBe('green');
    expect(await refused('programme-office', path, wrong)).toEqual([409, 'already_done']);
    const { measurements } = await first(goalId);
    expect(measurements).toEqual([
      expect.objectContaining({ number: 1, value: 30, day: '2025-06-01' }),
      expect.objectContaining({ number: 2, value: 41, day: '2025-06-01', corrects: 1, recordedDay: '2025-06-10' }),
    ]);
    await eventually(async () =>
      expect((await said(goalId, 'indicator.measured')).map(({ value, corrects }) => [value, corrects])).toEqual([
        [30, undefined],
        [41, 1],
      ]),
    );
  }, 60_000);

  it('have at every instant one accountable official: both sign, without a gap or an overlap', async () => {
    await today('2025-06-15');
    const { goalId } = await running([indicator()]);
    const path = `goals/${goalId}/indicators/cpi`;
    const give = (day: string, more: object = {}) => ({ day, position: 'vice-chair', officialIin: SECOND, ...more });
    const as = 'accountable-official';
    expect(await refused(as, `${path}/handover`, give('2025-06-14'))).toEqual([422, 'day_out_of_range']);
    expect(
      await refused(as, `${path}/handover`, give('2025-06-20', { position: 'chair-agency', officialIin: FIRST })),
    ).toEqual([422, 'nothing_changed']);
    expect(await refused(as, `${path}/handover-answer`, { accepted: true })).toEqual([409, 'out_of_order']);
    await done(as, `${path}/handover`, give('2025-06-20'), 'anna');
    expect(await refused(as, `${path}/handover`, give('2025-06-21'), 'anna')).toEqual([409, 'already_done']);
    expect(await refused(as, `${path}/handover-answer`, { accepted: true }, 'anna')).toEqual([409, 'same_person']);
    await done(as, `${path}/handover-answer`, { accepted: true }, 'boris');
    // Another that would begin before this one, or with it, would overlap.
    for (const day of ['2025-06-19', '2025-06-20'])
      expect(await refused(as, `${path}/handover`, give(day, { officialIin: FIRST }))).toEqual([
        422,
        'day_out_of_range',
      ]);
    // Somebody acts in July, and it comes back.
    await done(
      as,
      `${path}/handover`,
      give('2025-07-01', { officialIin: FIRST, position: 'chair-agency', untilDay: '2025-07-31' }),
      'boris',
    );
    await done(as, `${path}/handover-answer`, { accepted: true }, 'anna');
    const who = async (at: string): Promise<unknown> => {
      const { status, body } = await call('auditor', `${path}/accountable?at=${at}`);
      return status === 200 ? body.position : body.code;
    };
    for (const [at, position] of [
      ['2024-12-30', 'day_out_of_range'],
      ['2024-12-31', 'chair-agency'],
      ['2025-06-19', 'chair-agency'],
      ['2025-06-20', 'vice-chair'],
      ['2025-06-30', 'vice-chair'],
      ['2025-07-01', 'chair-agency'],
      ['2025-07-31', 'chair-agency'],
      ['2025-08-01', 'vice-chair'],
      ['2030-01-01', 'vice-chair'],
    ])
      expect([at, await who(at!)]).toEqual([at, position]);
    // One that nobody signs in time lapses: who answered goes on answering.
    await done(as, `${path}/handover`, give('2025-08-10', { officialIin: FIRST, position: 'chair-agency' }), 'boris');
    await today('2025-08-11');
    expect(await refused(as, `${path}/handover-answer`, { accepted: true }, 'anna')).toEqual([422, 'day_out_of_range']);
    expect(await who('2025-08-11')).toBe('vice-chair');
    // Sent after the answer.
    await eventually(async () =>
      expect(
        (await said(goalId, 'indicator.handed-over')).map(({ day, toPosition, untilDay }) => [
          day,
          toPosition,
          untilDay,
        ]),
      ).toEqual([
        ['2025-06-20', 'vice-chair', undefined],
        ['2025-07-01', 'chair-agency', '2025-07-31'],
      ]),
    );
  }, 60_000);

  it('have milestones that are late by themselves, and late they stay', async () => {
    await today('2025-08-15');
    const milestone = (code: string, dueDay: string) => ({
      code,
      title: 'A law',
      dueDay,
      ownerPosition: 'chair-agency',
    });
    const { programmeId, goalId } = await running(
      [indicator()],
      [milestone('in-time', '2025-08-20'), milestone('late', '2025-08-20'), milestone('dropped', '2025-08-20')],
    );
    const step = async (code: string, path: string, body: object = {}, by = 'anna', as = 'accountable-official') => {
      const { status, body: answer } = await call(as, `goals/${goalId}/milestones/${code}/${path}`, body, { by });
      return status === 200 ? (answer.state as string) : `${status} ${answer.code as string}`;
    };
    expect(await step('in-time', 'claim', { evidence: 'L-1' })).toBe('409 illegal_transition');
    expect(await step('in-time', 'start')).toBe('started');
    expect(await step('in-time', 'claim', { evidence: 'L-1' })).toBe('done-claimed');
    expect(await step('in-time', 'start')).toBe('409 illegal_transition');
    expect(await step('dropped', 'drop', { decision: 'D-1' }, 'clara', 'programme-approver')).toBe('dropped');
    await today('2025-08-25');
    await eventually(async () => {
      const { milestones } = await read(goalId);
      expect(milestones.map(({ state }) => state)).toEqual(['done-claimed', 'late', 'dropped']);
    });
    // Claimed in time, verified later: in time.
    expect(await step('in-time', 'verification', { holds: true }, 'anna', 'goal-verifier')).toBe('409 same_person');
    expect(await step('in-time', 'verification', { holds: true }, 'dana', 'goal-verifier')).toBe('done-verified');
    expect(await step('late', 'claim', { evidence: 'L-2' })).toBe('late-claimed');
    expect(await step('late', 'verification', { holds: false }, 'dana', 'goal-verifier')).toBe('late');
    expect(await step('late', 'claim', { evidence: 'L-3' })).toBe('late-claimed');
    expect(await step('late', 'verification', { holds: true }, 'dana', 'goal-verifier')).toBe('done-late');
    const { counts } = (await call('auditor', `programmes/${programmeId}`)).body;
    expect(counts.milestones).toMatchObject({ total: 3, 'done-verified': 1, 'done-late': 1, dropped: 1, late: 0 });
    expect(counts.status).toEqual({ total: 1, grey: 1, green: 0, amber: 0, red: 0 });
    await eventually(async () =>
      expect(await notices(`aboutId=${goalId}`)).toEqual([
        expect.objectContaining({
          kind: 'milestone-late',
          day: '2025-08-21',
          toPosition: 'chair-agency',
          delivery: 'sent',
        }),
      ]),
    );
  }, 60_000);

  it('may be overridden with a reason by another person until the next measurement; a voice from outside changes nothing', async () => {
    await today('2025-09-01');
    const { goalId } = await running([indicator()], [], { organisationBin: BODY });
    const path = `goals/${goalId}/indicators/cpi`;
    const override = { status: 'amber', reason: 'external-event' };
    expect(await refused('programme-approver', `${path}/override`, override)).toEqual([409, 'out_of_order']);
    await done('programme-office', `goals/${goalId}/measurements`, { value: 37, day: '2025-08-31' });
    expect(await refused('programme-approver', `${path}/override`, override, 'programme-office')).toEqual([
      409,
      'same_person',
    ]);
    expect(await refused('programme-approver', `${path}/override`, { status: 'amber' })).toEqual([
      400,
      'invalid_input',
    ]);
    expect((await done('programme-approver', `${path}/override`, override)).status).toBe('amber');
    expect(await first(goalId)).toMatchObject({ status: 'amber', computed: 'red' });
    const outside = { status: 'red', reason: 'data-not-verifiable', link: 'https://example.org/1', assessorBin: OTHER };
    expect(await refused('outside-assessor', `${path}/outside-assessments`, { ...outside, assessorBin: BODY })).toEqual(
      [422, 'not_independent'],
    );
    expect(
      await refused('outside-assessor', `${path}/outside-assessments`, { ...outside, link: 'http://a b' }),
    ).toEqual([400, 'invalid_input']);
    await done('outside-assessor', `${path}/outside-assessments`, outside);
    expect(await first(goalId)).toMatchObject({ status: 'amber', outside: [{ status: 'red', link: outside.link }] });
    await done('programme-office', `goals/${goalId}/measurements`, { value: 37, day: '2025-09-01' });
    const after = await first(goalId);
    expect([after['status'], after['override']]).toEqual(['red', undefined]);
    // Sent after the answer.
    await eventually(async () =>
      expect(
        (await said(goalId, 'indicator.status-changed')).map(({ status, overridden }) => [status, overridden]),
      ).toEqual([
        ['red', false],
        ['amber', true],
        ['red', false],
      ]),
    );
    // Who works for one organisation knows of its goals only.
    expect((await call('accountable-official', `goals/${goalId}`, undefined, { of: BODY })).status).toBe(200);
    expect((await call('accountable-official', `goals/${goalId}`, undefined, { of: OTHER })).status).toBe(404);
    const { items } = (await call('accountable-official', 'goals', undefined, { of: OTHER })).body;
    expect(items).toEqual([]);
    expect(
      (
        await call(
          'accountable-official',
          `${path}/handover`,
          { day: '2025-09-02', position: 'x-y', officialIin: SECOND },
          { of: OTHER },
        )
      ).status,
    ).toBe(404);
  }, 60_000);

  it('are one goal of a recommendation, however often and in whatever order it comes; one that asks for nothing is parked', async () => {
    const recommended = (id: string, target: number): KafkaMessage =>
      ({
        key: Buffer.from(id),
        value: Buffer.from(
          JSON.stringify({
            ...{
              recommendationId: id,
              assessmentId: `a-${id}`,
              areaCode: 'roads',
              indicator: 'R018',
              baseline: 0.8,
              target,
            },
            ...{ day: '2025-09-01', dueDay: '2026-02-28' },
          }),
        ),
        headers: {
          ...{ ce_specversion: '1.0', ce_id: `risk-analysis/${id}#00000001`, ce_source: '/aiqyn/risk-analysis' },
          ...{ ce_type: 'risk-analysis.recommendation.issued.v1', ce_time: '2025-09-01T07:00:00.000Z', ce_subject: id },
          ...{ ce_sequence: '00000001', 'content-type': 'application/json' },
        },
      }) as unknown as KafkaMessage;
    const messages = [
      recommended('rec-2', 0.5),
      recommended('rec-1', 0.5),
      recommended('rec-2', 0.5),
      recommended('rec-3', 0.8),
    ];
    await send([...messages, ...messages], 'risk-analysis');
    const all = async () => {
      const { items } = (await call('auditor', 'goals?limit=200')).body as { items: Record<string, unknown>[] };
      return items.filter(({ recommendationId }) => recommendationId !== undefined);
    };
    const parked = async () =>
      (await call('operator', 'parked-events')).body.items as { type: string; reason?: string }[];
    await eventually(async () => {
      expect((await all()).map(({ recommendationId }) => recommendationId).sort()).toEqual(['rec-1', 'rec-2']);
      expect((await parked()).filter(({ type }) => type.includes('recommendation'))).toHaveLength(1);
    });
    const [goal] = await all();
    expect(goal).toMatchObject({
      accountablePosition: 'chair-roads-committee',
      indicator: 'R018',
      status: 'grey',
      state: 'running',
    });
    await done('programme-office', `goals/${String(goal!['_id'])}/measurements`, { value: 0.5, day: '2025-09-01' });
    await eventually(async () => {
      expect(await said(String(goal!['_id']), 'goal.status-changed')).toEqual([
        { goalId: goal!['_id'], day: '2025-09-01', status: 'green', value: 0.5 },
      ]);
      expect(await said(String(goal!['_id']), 'goal.set')).toHaveLength(1);
    });
  }, 60_000);

  it('and gifts are told by mail, again after a pause when the server says no for now, given up when it says no for good', async () => {
    await today('2025-10-01');
    sink.refuse.set('chair@agency.invalid', 450);
    sink.refuse.set('gift-inquirer@agency.invalid', 550);
    const { goalId } = await running([
      indicator(),
      indicator({ code: 'other', accountable: { position: 'nobody-known', officialIin: SECOND } }),
    ]);
    for (const code of ['cpi', 'other'])
      await done('programme-office', `goals/${goalId}/measurements`, { indicator: code, value: 30, day: '2025-09-30' });
    const gift = {
      ...{ officialIin: FIRST, organisationBin: BODY, sector: 'state', recipient: 'official', receipt: 'knowing' },
      ...{ receivedDay: '2025-09-01', knownDay: '2025-09-01', kind: 'thing', giver: { kind: 'unknown' } },
    };
    const { giftId } = await done('compliance-officer', 'gifts', gift);
    const of = async (about: string) =>
      (await notices(`aboutId=${about}`))
        .map(({ toPosition, delivery, attempts, reason }) => [toPosition, delivery, attempts, reason])
        .sort();
    await eventually(async () => {
      expect(await of(goalId)).toEqual([
        ['chair-agency', 'pending', 1, '450'],
        ['nobody-known', 'failed', 1, 'no-address'],
      ]);
      expect(await of(giftId)).toEqual([['gift-inquirer', 'failed', 1, '550']]);
    });
    const failed = await notices('delivery=failed');
    expect(failed.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['gift-overdue', 'indicator-escalated']));
    const mailed = await mailsAbout(goalId);
    expect(mailed()).toEqual([]);
    sink.refuse.clear();
    platform.setClock('2025-10-01T07:02:00Z');
    await eventually(async () => expect((await of(goalId))[0]).toEqual(['chair-agency', 'sent', 2, undefined]));
    expect(mailed()).toHaveLength(1);
    expect(mailed()[0]!.text).toContain('Subject: Aiqyn: indicator-escalated 2025-10-01');
  }, 60_000);

  it('end as a missed target in the sample programme, loaded from its file by the tool', async () => {
    await today('2026-01-20');
    const load = async (): Promise<string> => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [
          join(ROOT, 'services/compliance/dist/cli/cli.js'),
          ...['load-programme', join(ROOT, 'services/compliance/data/programmes/concept-2022-2026.json')],
          ...['--url', platform.url('compliance', '')],
          ...['--approver-token', await platform.issuer.token('programme-approver', ['programme-approver'])],
        ],
        { env: { AIQYN_TOKEN: await platform.issuer.token('programme-office', ['programme-office']) } },
      );
      return stdout;
    };
    const stdout = await load();
    expect(stdout).toContain('perception cpi 2025-12-31: red');
    // Once more is the same programme.
    expect(await load()).toBe(stdout);
    const programmeId = /programme (\S+) is running/.exec(stdout)![1]!;
    const { counts } = (await call('auditor', `programmes/${programmeId}`)).body;
    expect(counts).toMatchObject({ status: { total: 1, red: 1 }, outcome: { total: 1, missed: 1 } });
    expect((await done('programme-approver', `programmes/${programmeId}/closure`)).state).toBe('closed');
  }, 60_000);

  it('leave the number of no official in any collection, event or mail', async () => {
    const found: string[] = [];
    const db = platform.environment.database('compliance');
    for (const { name } of await db.listCollections().toArray())
      for await (const row of db.collection(name).find())
        for (const iin of [FIRST, SECOND]) if (JSON.stringify(row).includes(iin)) found.push(name);
    const events = JSON.stringify(await log());
    const mails = JSON.stringify(sink.mails);
    for (const iin of [FIRST, SECOND]) expect([events.includes(iin), mails.includes(iin)]).toEqual([false, false]);
    expect(found).toEqual([]);
    expect(mails.length).toBeGreaterThan(1_000);
  });
});
