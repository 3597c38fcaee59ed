import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '@aiqyn/local';
import { readLog } from '@aiqyn/platform';
import { eventually } from './harness/eventually.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const AUTHORITY = '050540000016';
const OTHER = '000000000010';
const FIRST = `Статья 1. Настоящий Закон регулирует выдачу разрешений на использование берега.
Статья 2. Комиссия вправе выдать разрешение заявителю, представившему полный комплект документов.
Статья 3. Указанный срок может быть продлен комиссией.
Статья 4. Решение комиссии является окончательным и обжалованию не подлежит.
Статья 5. Участок содержится в надлежащем состоянии, и пользователь убирает его за собой.
Статья 6. Настоящий Закон вводится в действие через десять дней после дня его первого официального опубликования.`;
/** The duty is set (2), the words change and the factor stays (3), nothing changes (4, 5). */
const SECOND = FIRST.replace('вправе выдать', 'выдает')
  .replace('комплект документов', 'комплект документов, в течение пяти дней')
  .replace(
    'Указанный срок может быть продлен комиссией',
    'Указанный срок по ходатайству может быть продлен решением комиссии',
  );
/** Two more are gone (3, 5); the one that the authority spoke against stays (4). */
const THIRD = SECOND.replace(/Статья 3\.[^\n]*/, 'Статья 3. Комиссия отвечает в течение трех дней.').replace(
  'в надлежащем состоянии',
  'без отходов и строений',
);

interface Finding {
  readonly findingId: string;
  readonly code: string;
  readonly article: number;
  readonly status: string;
  readonly textVersion: number;
  readonly quote: string;
  readonly outcomes?: { outcome: string; textVersion: number }[];
}

describe('the expertise of draft acts', () => {
  let platform: TestPlatform;
  const call = (as: string, path: string, body?: object, subject = as, claims: object = {}): Promise<Answer> =>
    platform.issuer.token(subject, as.split('+'), claims).then((token) =>
      platform.call('compliance', `/v1/${path}`, {
        ...(body ? { body } : {}),
        headers: { authorization: `Bearer ${token}` },
      }),
    );
  const open = (path: string): Promise<Answer> => platform.call('compliance', `/v1/${path}`);
  const draft = (texts: object[], more: object = {}): object => ({
    ...{ authorityBin: AUTHORITY, actType: 'law', titles: { ru: 'О берегах' }, pages: 3, texts },
    dossier: {
      note: 'present',
      'comparative-table': 'present',
      'financial-basis': 'present',
      'impact-analysis': 'absent',
      consultation: 'present',
    },
    ...more,
  });
  const ru = (text: string): object => ({ language: 'ru', text });
  const reason = { reason: 'As the methodical recommendations say.' };
  const registered = async (more: object = {}): Promise<string> => {
    const { status, body } = await call('act-registrar', 'draft-acts', draft([ru(FIRST)], more));
    expect(status).toBe(201);
    return String(body.actId);
  };
  /** State, or status and code of a refusal. */
  const step = async (as: string, id: string, path: string, body: object = {}, subject = as): Promise<unknown> => {
    const { status, body: answer } = await call(as, `draft-acts/${id}/${path}`, body, subject);
    return status === 200 ? answer.state : `${status} ${answer.code as string}`;
  };
  const read = async (id: string): Promise<Record<string, unknown> & { findings: Finding[] }> =>
    (await call('act-expert', `draft-acts/${id}`)).body as never;
  const triaged = async (id: string): Promise<void> => {
    expect(await step('act-registrar', id, 'triage', { decision: 'examine', ...reason })).toBe('triaged');
    expect(await step('act-registrar', id, 'screening')).toBe('screened');
    expect(await step('act-registrar', id, 'expert', { expert: 'act-expert' })).toBe('in-expertise');
  };
  const confirmAll = async (id: string): Promise<Finding[]> => {
    const { findings } = await read(id);
    for (const { findingId, status } of findings) {
      if (status === 'candidate')
        expect(await step('act-expert', id, `findings/${findingId}/confirmation`, reason)).toBe('in-expertise');
    }
    return findings;
  };
  const published = async (id: string): Promise<string> => {
    expect(await step('act-expert', id, 'submission')).toBe('in-review');
    expect(await step('act-reviewer', id, 'review', { verdict: 'approved', ...reason })).toBe('issued');
    const { body } = await call('act-reviewer', `draft-acts/${id}/publication`, {});
    return String(body.opinionNumber);
  };
  const events = async (actId: string): Promise<{ type: string; data: Record<string, unknown> }[]> => {
    const found: { type: string; data: Record<string, unknown> }[] = [];
    const { kafka, prefix } = platform.environment;
    await readLog(kafka, [`${prefix}compliance.events`], `${prefix}read-${randomUUID()}`, ({ envelope, data }) => {
      const facts = data as Record<string, unknown>;
      if (facts['actId'] === actId)
        found.push({ type: envelope.type.replace(/^compliance\.act\.|\.v1$/g, ''), data: facts });
    });
    return found;
  };
  const today = async (day: string): Promise<void> => {
    platform.setClock(`${day}T07:00:00Z`);
    await eventually(async () => {
      const { body } = await call('act-registrar', 'draft-acts', draft([ru(FIRST)]));
      expect((await read(String(body.actId)))['registered']).toMatchObject({ day });
    });
  };

  beforeAll(async () => {
    platform = await startPlatform('expertise', ['compliance'], { LEASE_SECONDS: '3' });
    platform.setClock('2026-02-02T07:00:00Z');
  }, 120_000);
  afterAll(() => platform?.stop());

  it('take an act through three texts: each outcome and the acceptance are those counted by hand', async () => {
    const id = await registered({ areaCode: 'construction' });
    await triaged(id);
    const findings = await confirmAll(id);
    expect(findings.map(({ code, article }) => [article, code])).toEqual([
      [2, 'DISC-02'],
      [3, 'PROC-03'],
      [4, 'CTRL-02'],
      [5, 'LING-01'],
    ]);
    for (const { quote } of findings) expect(FIRST).toContain(quote);
    const number = await published(id);
    const of = (code: string): string => findings.find((one) => one.code === code)!.findingId;
    const answer = (code: string, word: string): Promise<unknown> =>
      step('act-developer', id, `findings/${of(code)}/answer`, { answer: word, ...reason });
    expect(await answer('DISC-02', 'accepted')).toBe('awaiting-response');
    expect(await answer('PROC-03', 'accepted-in-part')).toBe('awaiting-response');
    expect(await answer('CTRL-02', 'rejected')).toBe('awaiting-response');
    expect(await answer('CTRL-02', 'accepted')).toBe('409 already_done');
    expect(await answer('LING-01', 'accepted')).toBe('responded');

    expect(await step('act-developer', id, 'texts', { texts: [ru(SECOND)] })).toBe('follow-up');
    const outcomes = async (): Promise<unknown> =>
      Object.fromEntries(
        (await read(id)).findings
          .filter(({ status }) => status === 'confirmed')
          .map(({ code, outcomes: all }) => [code, all!.at(-1)!.outcome]),
      );
    expect(await outcomes()).toEqual({
      'DISC-02': 'removed',
      'PROC-03': 'changed',
      'CTRL-02': 'kept',
      'LING-01': 'ignored',
    });
    expect(await step('act-reviewer', id, 'closure')).toBe('409 illegal_transition');
    expect(await step('act-developer', id, 'texts', { texts: [ru(THIRD)] })).toBe('follow-up');
    expect(await outcomes()).toEqual({
      'DISC-02': 'removed',
      'PROC-03': 'removed',
      'CTRL-02': 'kept',
      'LING-01': 'removed',
    });
    expect(await step('act-developer', id, 'adoption')).toBe('adopted');
    expect(await step('act-reviewer', id, 'closure')).toBe('closed');

    const { body } = await open('acceptance?by=factor');
    const row = (code: string): unknown => (body.items as { key: string }[]).find(({ key }) => key === code);
    expect(row('DISC-02')).toMatchObject({ findings: 1, accepted: 1, removed: 1, acceptanceRate: 1, effectRate: 1 });
    expect(row('CTRL-02')).toMatchObject({ findings: 1, rejected: 1, kept: 1, acceptanceRate: 0, effectRate: 0 });
    const { body: authorities } = await open('acceptance?by=authority');
    expect(authorities.items).toEqual([
      expect.objectContaining({ key: AUTHORITY, findings: 4, answered: 4, acceptanceRate: 0.75, effectRate: 0.75 }),
    ]);

    const { body: opinion } = await open(`opinions/${number}`);
    expect(opinion).toMatchObject({
      opinionNumber: number,
      authorityBin: AUTHORITY,
      catalogue: '1.0.0',
      state: 'closed',
    });
    expect(JSON.stringify(opinion)).not.toMatch(/act-expert|act-reviewer|act-developer|act-registrar/);

    await eventually(async () => expect((await events(id)).at(-1)).toMatchObject({ type: 'closed' }));
    const told = await events(id);
    expect(told.filter(({ type }) => type === 'moved').map(({ data }) => data['to'])).toEqual([
      ...['triaged', 'screened', 'in-expertise', 'in-review', 'issued', 'awaiting-response', 'responded'],
      ...['follow-up', 'adopted', 'closed'],
    ]);
    expect(told.filter(({ type }) => type === 'finding-settled')).toHaveLength(8);
    expect(told.at(-1)!.data).toMatchObject({ removed: 3, changed: 0, kept: 1, ignored: 0 });
    expect(JSON.stringify(told)).not.toMatch(/комисси|методич|methodical/i);
  });

  it('ask a second person, the assigned expert and the own authority', async () => {
    const id = await registered();
    await triaged(id);
    const [first] = (await read(id)).findings;
    const verdict = `findings/${first!.findingId}/confirmation`;
    expect(await step('act-expert', id, verdict, reason, 'another-expert')).toBe('409 not_assigned');
    expect(await step('act-expert', id, 'submission')).toBe('409 candidates_open');
    await confirmAll(id);
    expect(await step('act-expert', id, 'submission')).toBe('in-review');
    expect(await step('act-expert', id, verdict, reason)).toBe('409 illegal_transition');
    expect(await step('act-reviewer', id, 'review', { verdict: 'approved', ...reason }, 'act-expert')).toBe(
      '409 same_person',
    );
    expect(await step('act-reviewer', id, 'review', { verdict: 'returned', ...reason })).toBe('in-expertise');
    await published(id);
    const foreign = await call('act-developer', `draft-acts/${id}`, undefined, 'x', { department: OTHER });
    expect(foreign.status).toBe(404);
    const others = await call('act-developer', 'draft-acts', undefined, 'x', { department: OTHER });
    expect(others.body.items).toEqual([]);
    const answered = await call(
      'act-developer',
      `draft-acts/${id}/findings/${first!.findingId}/answer`,
      { answer: 'accepted', ...reason },
      'x',
      { department: OTHER },
    );
    expect(answered.status).toBe(404);
    const told = await call('act-developer', 'draft-acts', draft([ru(FIRST)]), 'x', { department: OTHER });
    expect([told.status, told.body.code]).toEqual([422, 'other_organisation']);
  });

  it('show an authority no finding before it is published', async () => {
    const id = await registered();
    await triaged(id);
    const own = (): Promise<Answer> =>
      call('act-developer', `draft-acts/${id}`, undefined, 'x', { department: AUTHORITY });
    expect((await own()).body).not.toHaveProperty('findings');
    await confirmAll(id);
    await published(id);
    expect((await own()).body.findings).toHaveLength(4);
  });

  it('begin a new round over a later text, of which nobody outside sees anything before it is published', async () => {
    const id = await registered();
    await triaged(id);
    const first = await confirmAll(id);
    const number = await published(id);
    for (const { findingId } of first)
      await step('act-developer', id, `findings/${findingId}/answer`, { answer: 'rejected', ...reason });
    const more = FIRST.replace('Статья 6.', 'Статья 6. Плата за участок определяется комиссией.\nСтатья 7.');
    // What nobody judged of a text goes with that text.
    expect(await step('act-developer', id, 'texts', { texts: [ru(more.replace('Плата', 'Размер платы'))] })).toBe(
      'follow-up',
    );
    expect(await step('act-developer', id, 'texts', { texts: [ru(more)] })).toBe('follow-up');
    const open1 = (await read(id)).findings.filter(({ status }) => status === 'candidate');
    expect(open1.map(({ code, article, textVersion }) => [code, article, textVersion])).toEqual([['BURD-03', 6, 3]]);
    expect(await step('act-registrar', id, 'round')).toBe('in-expertise');
    await confirmAll(id);
    const seen = async (): Promise<unknown[]> => {
      const { body } = await call('act-developer', `draft-acts/${id}`, undefined, 'x', { department: AUTHORITY });
      const { body: opinion } = await open(`opinions/${number}`);
      return [(body.findings as object[]).length, (opinion.findings as object[]).length];
    };
    expect(await seen()).toEqual([4, 4]);
    expect(await published(id)).toBe(number);
    expect(await seen()).toEqual([5, 5]);
    await eventually(async () => {
      const told = (await events(id)).filter(({ type }) => type === 'finding-published');
      expect(told.map(({ data }) => data['factor'])).toEqual([...first.map(({ code }) => code), 'BURD-03']);
    });
    expect(await read(id)).toMatchObject({ review: { verdict: 'approved', reason: reason.reason } });
  });

  it('take findings of an expert, refuse those of the same words, and an answer to one that was taken back', async () => {
    const id = await registered();
    await triaged(id);
    const start = FIRST.indexOf('Участок');
    const own = { code: 'CONF-02', language: 'ru', start, end: start + 7, ...reason };
    const { body } = await call('act-expert', `draft-acts/${id}/findings`, own);
    expect(await step('act-expert', id, 'findings', own)).toBe('409 overlapping_finding');
    expect(await step('act-expert', id, 'findings', { ...own, code: 'ABCD-99' })).toBe('422 unknown_factor');
    expect(await step('act-expert', id, 'findings', { ...own, language: 'kk' })).toBe('422 other_language');
    expect(await step('act-expert', id, 'findings', { ...own, end: 10_000 })).toBe('422 no_such_place');
    await confirmAll(id);
    await published(id);
    const finding = `findings/${body.findingId as string}`;
    expect(await step('act-reviewer', id, `${finding}/withdrawal`, reason)).toBe('awaiting-response');
    expect(await step('act-developer', id, `${finding}/answer`, { answer: 'accepted', ...reason })).toBe(
      '409 finding_withdrawn',
    );
  });

  it('say once that an answer is overdue, and take it late', async () => {
    await today('2026-02-03');
    const id = await registered();
    await triaged(id);
    await confirmAll(id);
    await published(id);
    // Fifteen working days from 3 February: the 24th.
    expect(await read(id)).toMatchObject({ dueDay: '2026-02-24' });
    platform.setClock('2026-02-24T18:59:00Z');
    await platform.crash('compliance');
    expect(await read(id)).toMatchObject({ state: 'awaiting-response' });
    platform.setClock('2026-02-24T19:00:01Z');
    await eventually(async () => expect(await read(id)).toMatchObject({ state: 'overdue' }));
    await platform.crash('compliance');
    const { findings } = await read(id);
    for (const { findingId } of findings)
      await step('act-developer', id, `findings/${findingId}/answer`, { answer: 'accepted', ...reason });
    expect(await read(id)).toMatchObject({ state: 'responded' });
    await eventually(async () => expect((await events(id)).map(({ data }) => data['to'])).toContain('responded'));
    expect((await events(id)).filter(({ type }) => type === 'response-overdue').map(({ data }) => data)).toEqual([
      { actId: id, day: '2026-02-25', dueDay: '2026-02-24', authorityBin: AUTHORITY, unanswered: 4 },
    ]);
  });

  it('stand still once while the dossier is away, and are extended once', async () => {
    await today('2026-03-02');
    const id = await registered({ pages: 101 });
    expect(await step('act-registrar', id, 'triage', { decision: 'examine', ...reason })).toBe('triaged');
    expect(await read(id)).toMatchObject({ dueDay: '2026-03-17' });
    expect(await step('act-registrar', id, 'dossier-return', reason)).toBe('returned-for-dossier');
    expect(await read(id)).toMatchObject({ dossierReturn: reason });
    await today('2026-04-01');
    const papers = {
      note: 'present',
      'comparative-table': 'present',
      'financial-basis': 'present',
      'impact-analysis': 'present',
      consultation: 'present',
    };
    expect(await step('act-registrar', id, 'dossier', papers)).toBe('triaged');
    expect(await read(id)).toMatchObject({ dueDay: '2026-04-15' });
    expect(await step('act-registrar', id, 'dossier-return', reason)).toBe('409 already_done');
    expect(await step('act-registrar', id, 'extension', reason)).toBe('triaged');
    expect(await read(id)).toMatchObject({ dueDay: '2026-04-29' });
    expect(await step('act-registrar', id, 'extension', reason)).toBe('409 no_extension');
  });

  it('refuse texts that are none, in another language, doubled or too long', async () => {
    const refused = async (texts: object[], more: object = {}): Promise<unknown> => {
      const { status, body } = await call('act-registrar', 'draft-acts', draft(texts, more));
      return [status, body.code];
    };
    const kk = readFileSync(join(ROOT, 'services/compliance/fixtures/draft-acts/kk-01.txt'), 'utf8');
    expect(await refused([ru(kk)])).toEqual([422, 'other_language']);
    expect(await refused([ru(' ')])).toEqual([422, 'empty_text']);
    expect(await refused([ru(FIRST), ru(SECOND)])).toEqual([422, 'doubled_language']);
    expect(await refused([])).toEqual([400, 'invalid_input']);
    expect((await refused([ru('ж'.repeat(1_000_000))])) as unknown[]).toEqual([413, expect.any(String)]);
    expect(await refused([{ language: 'kk', text: kk }, ru(FIRST)])).toEqual([201, undefined]);
  });

  it('load a catalogue while they run: old expertises keep theirs, a look shows what would change, a second person decides', async () => {
    const id = await registered();
    await triaged(id);
    const file = readFileSync(join(ROOT, 'services/compliance/data/expertise/corruptogenic-factors.json'), 'utf8');
    const raw = JSON.parse(file) as { factors: { code: string; cues: Record<string, string[]> }[] };
    const next = {
      ...raw,
      version: '2.0.0',
      factors: raw.factors
        .filter(({ code }) => code !== 'CTRL-02')
        .map((one) => (one.code === 'LING-04' ? { ...one, cues: { ru: ['за собой'] } } : one)),
    };
    const content = JSON.stringify(next);
    expect((await call('act-expert', 'factor-catalogues', { content })).body).toMatchObject({
      catalogue: '2.0.0',
      factors: 54,
    });
    expect((await call('act-expert', 'factor-catalogues', { content })).status).toBe(409);
    expect((await call('act-expert', 'factor-catalogues', { content: '{' })).body.code).toBe('bad_catalogue');
    const { body } = await call('act-expert', 'factor-catalogues/2.0.0/effect');
    expect((body.changed as object[]).find((one) => (one as { actId: string }).actId === id)).toEqual({
      actId: id,
      comes: 1,
      goes: 1,
    });
    const activate = (subject: string): Promise<Answer> =>
      call('act-reviewer', 'factor-catalogues/2.0.0/activation', {}, subject);
    expect((await activate('act-expert')).body.code).toBe('same_person');
    expect((await activate('act-reviewer')).status).toBe(200);
    const later = await registered();
    await triaged(later);
    expect(await read(later)).toMatchObject({ catalogue: '2.0.0' });
    expect((await read(later)).findings.map(({ code }) => code)).toEqual(['DISC-02', 'PROC-03', 'LING-01', 'LING-04']);
    expect(await read(id)).toMatchObject({ catalogue: '1.0.0' });
    await platform.crash('compliance');
    const afterwards = await registered();
    await triaged(afterwards);
    expect(await read(afterwards)).toMatchObject({ catalogue: '2.0.0' });
  });

  it('count opinions without a gap, also when two are approved at once', async () => {
    const ids = await Promise.all([1, 2, 3, 4].map(() => registered()));
    for (const id of ids) {
      await triaged(id);
      await confirmAll(id);
      expect(await step('act-expert', id, 'submission')).toBe('in-review');
    }
    const approved = await Promise.all(
      ids.map((id) => call('act-reviewer', `draft-acts/${id}/review`, { verdict: 'approved', ...reason })),
    );
    const numbers = approved.map(({ body }) => Number(String(body.opinionNumber).split('-')[1])).sort((a, b) => a - b);
    expect(numbers.map((one) => one - numbers[0]!)).toEqual([0, 1, 2, 3]);
  });
});
