import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readLog } from '@aiqyn/platform';
import { eventually } from './harness/eventually.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const CANARY = 'CANARY-of-a-citizen';
const text = (ru: string): object => ({ kk: `${ru} (қазақша)`, ru, en: `${ru} (in English)` });
const unit = (unitId: string, number: string, ru: string, more: object = {}): object => ({
  ...{ unitId, number, kind: 'paragraph', text: text(ru) },
  ...more,
});
const FIRST = [
  unit('ch1', '1', 'Общие положения', { kind: 'chapter' }),
  unit('p1', '1', 'Орган публикует ответ на каждое замечание в течение десяти рабочих дней.', { parent: 'ch1' }),
  unit('p2', '2', 'Закупка без конкурса возможна, если она признана срочной.', { parent: 'ch1' }),
  unit('p3', '3', 'Совет собирается раз в год.', { parent: 'ch1' }),
];
/** p1 in other words, the words of p2 in p4, p3 gone. */
const SECOND = [
  FIRST[0],
  unit('p1', '1', 'Орган публикует ответ на каждое предложение в течение пятнадцати рабочих дней.', { parent: 'ch1' }),
  unit('p2', '2', 'Закупка проводится по конкурсу.', { parent: 'ch1' }),
  unit('p4', '4', 'Прежде: Закупка без конкурса возможна, если она признана срочной.', { parent: 'ch1' }),
];
const titles = { kk: 'Тұжырымдама', ru: 'Концепция', en: 'Concept' };
const REASON = {
  kk: 'Бұл ұсыныс Бюджет кодексінің нормаларына қайшы келеді, сондықтан қабылданбады.',
  ru: 'Предложение противоречит нормам Бюджетного кодекса, поэтому оно не принято.',
};
const rejected = { decision: 'rejected', reason: REASON, ground: { kind: 'legal', citation: 'БК РК, ст. 5' } };
const noted = { decision: 'noted', reason: { kk: 'Назарға алдық, рақмет сізге.', ru: 'Приняли к сведению, спасибо.' } };

/** The receipt numbers in a text, sorted. Digits of a UUID v7 look alike by chance, so a receipt stands alone. */
const receiptsIn = (said: string): string[] =>
  [...said.matchAll(/(?<![\w-])\d{4}-\d{4}-\d{4}-\d{4}-\d{2}(?![\w-])/g)].map(([receipt]) => receipt).sort();

describe('a consultation with civil society, from the draft to an answer to each comment', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await startPlatform('consultation', ['report-compilation']);
  }, 120_000);
  afterAll(() => platform?.stop());

  const call = async (as: string | undefined, path: string, body?: object, subject = as): Promise<Answer> =>
    platform.call('report-compilation', `/v1/${path}`, {
      ...(body ? { body } : {}),
      ...(as ? { headers: { authorization: `Bearer ${await platform.issuer.token(subject!, [as])}` } } : {}),
    });
  /** The body of what went well. */
  const done = async (as: string | undefined, path: string, body?: object, subject = as): Promise<Answer['body']> => {
    const answer = await call(as, path, body, subject);
    expect([answer.status < 300 ? 'done' : answer.status, answer.body]).toEqual(['done', expect.anything()]);
    return answer.body;
  };
  /** Status, code and field of a refusal. */
  const refused = async (as: string | undefined, path: string, body?: object, subject = as): Promise<unknown[]> => {
    const { status, body: problem } = await call(as, path, body, subject);
    expect(JSON.stringify(problem)).not.toContain(CANARY);
    return [status, problem.code as unknown, (problem.fields as { field: string }[] | undefined)?.[0]?.field];
  };
  let day = '';
  const today = async (wanted: string): Promise<void> => {
    platform.setClock(`${wanted}T07:00:00Z`);
    day = wanted;
    await eventually(async () => {
      const { documentId } = await done('editor', 'policy-documents', draft());
      const { versions } = await done('editor', `policy-documents/${documentId}/draft`);
      expect(versions[0].day).toBe(day);
    });
  };
  const draft = (units: unknown[] = FIRST): object => ({ kind: 'concept', titles, units });
  const published = async (): Promise<string> => {
    const { documentId } = await done('editor', 'policy-documents', draft());
    await done('approver', `policy-documents/${documentId}/publication`, { documentVersion: 1 });
    return String(documentId);
  };
  const opened = async (documentId: string, firstDay = day, lastDay = ''): Promise<string> => {
    const last = lastDay || new Date(Date.parse(firstDay) + 13 * 86_400_000).toISOString().slice(0, 10);
    const body = { documentId, documentVersion: 1, firstDay, lastDay: last };
    return String((await done('editor', 'consultations', body)).consultationId);
  };
  const told = (more: object = {}): object => ({
    ...{ unitId: 'p1', kind: 'person', language: 'ru', text: 'Срок слишком короткий, прошу дать двадцать дней.' },
    ...more,
  });
  const commented = async (id: string, more: object = {}): Promise<string> =>
    String((await done(undefined, `consultations/${id}/comments`, told(more))).receiptNumber);
  const status = (receiptNumber: string): Promise<Answer['body']> =>
    done(undefined, 'comments/status', { receiptNumber });
  const stateOf = async (id: string): Promise<string> => String((await done(undefined, `consultations/${id}`)).state);
  const idOf = async (receiptNumber: string): Promise<string> => {
    const rows = platform.environment.database('report-compilation').collection('consultation_comments');
    return String((await rows.findOne({ receiptNumber }))!._id);
  };
  /** The days for comments go by; near-duplicates are put together. */
  const receptionOver = async (id: string, lastDay: string): Promise<void> => {
    await today(new Date(Date.parse(lastDay) + 86_400_000).toISOString().slice(0, 10));
    await eventually(async () => {
      expect(await stateOf(id)).toBe('answering');
      expect(await done('editor', `consultations/${id}/clusters`)).toHaveProperty('clusteredDay');
    });
  };
  const events = async (key: string): Promise<{ type: string; time: string; data: Record<string, unknown> }[]> => {
    const found: { type: string; time: string; data: Record<string, unknown> }[] = [];
    const { kafka, prefix } = platform.environment;
    const group = `${prefix}read-${randomUUID()}`;
    await readLog(kafka, [`${prefix}report-compilation.events`], group, ({ envelope, data }) => {
      if (envelope.subject === key)
        found.push({
          type: envelope.type.replace(/^report-compilation\.|\.v1$/g, ''),
          time: String(envelope.time),
          data: data as Record<string, unknown>,
        });
    });
    return found;
  };

  it('publishes versions of a document by a second person, in order, and shows how they differ', async () => {
    await today('2026-03-02');
    expect(
      await refused('editor', 'policy-documents', draft([{ ...unit('p1', '1', 'x'), text: { ru: 'x', en: 'x' } }])),
    ).toEqual([400, 'invalid_input', 'units.0.text.kk']);
    expect(await refused('editor', 'policy-documents', draft([FIRST[1]]))).toEqual([
      422,
      'bad_units',
      'units.0.parent',
    ]);
    const { documentId } = await done('editor', 'policy-documents', draft());
    expect((await call(undefined, `policy-documents/${documentId}`)).status).toBe(404);
    const publish = (documentVersion: number) => ({ documentVersion });
    const path = `policy-documents/${documentId}/publication`;
    expect(await refused('approver', path, publish(1), 'editor')).toEqual([409, 'same_person', undefined]);
    expect(await done('approver', path, publish(1))).toMatchObject({ added: 4, changed: 0, removed: 0 });
    expect(await refused('approver', path, publish(1))).toEqual([409, 'already_done', undefined]);
    await done('editor', `policy-documents/${documentId}/versions`, { units: SECOND });
    // A draft is not for everybody.
    expect((await call(undefined, `policy-documents/${documentId}/versions/2`)).status).toBe(404);
    expect((await call(undefined, `policy-documents/${documentId}/diff?from=1&to=2`)).status).toBe(404);
    const adoption = `policy-documents/${documentId}/adoption`;
    expect(await refused('approver', adoption, publish(2))).toEqual([422, 'not_published', 'documentVersion']);
    await done('approver', path, publish(2));
    const { counts, units } = await done(undefined, `policy-documents/${documentId}/diff?from=1&to=2`);
    expect(counts).toEqual({ added: 1, changed: 2, removed: 1, same: 1 });
    expect((units as { unitId: string; change: string }[]).map(({ unitId, change }) => [unitId, change])).toEqual([
      ...[
        ['ch1', 'same'],
        ['p1', 'changed'],
        ['p2', 'changed'],
        ['p4', 'added'],
        ['p3', 'removed'],
      ],
    ]);
    expect((await done(undefined, `policy-documents/${documentId}/versions/1`)).units).toHaveLength(4);
    await done('approver', adoption, publish(2));
    await eventually(async () =>
      expect((await events(documentId as string)).map(({ type, data }) => [type, data['documentVersion']])).toEqual([
        ['policy.version-published', 1],
        ['policy.version-published', 2],
        ['policy.adopted', 2],
      ]),
    );
  });

  it('opens on its first day and ends after its last one by itself, once, across a crash', async () => {
    await today('2026-03-10');
    const id = await opened(await published(), '2026-03-12');
    expect(await stateOf(id)).toBe('announced');
    expect(await refused(undefined, `consultations/${id}/comments`, told())).toEqual([
      409,
      'reception_closed',
      undefined,
    ]);
    await today('2026-03-12');
    await eventually(async () => expect(await stateOf(id)).toBe('open'));
    const receipt = await commented(id);
    await today('2026-03-25');
    await platform.crash('report-compilation');
    expect(await stateOf(id)).toBe('open');
    await receptionOver(id, '2026-03-25');
    await platform.crash('report-compilation');
    expect(await refused(undefined, `consultations/${id}/comments`, told())).toEqual([
      409,
      'reception_closed',
      undefined,
    ]);
    expect(await status(receipt)).toMatchObject({ state: 'received', receivedDay: '2026-03-12' });
    await eventually(async () =>
      expect((await events(id)).map(({ data }) => [data['from'], data['to'], data['comments']])).toEqual([
        [undefined, 'announced', 0],
        ['announced', 'open', 0],
        ['open', 'answering', 1],
      ]),
    );
    await eventually(async () => expect((await events(await idOf(receipt)))[0]!.time).toMatch(/T00:00:00(\.000)?Z$/));
  });

  it('takes comments on words or units, and refuses what is none, naming the field', async () => {
    await today('2026-04-01');
    const id = await opened(await published());
    const post = (more: object): Promise<unknown[]> => refused(undefined, `consultations/${id}/comments`, told(more));
    const at = async (receipt: string): Promise<Answer['body']> => (await status(receipt)).madeOn;
    expect(await at(await commented(id, { quote: { text: 'десяти рабочих дней' } }))).toMatchObject({
      ...{ unitId: 'p1', documentVersion: 1 },
      quote: { language: 'ru', prefix: expect.stringMatching(/в течение $/), suffix: '.' },
    });
    expect(await at(await commented(id, { quote: { text: 'қазақша', language: 'kk' } }))).toMatchObject({
      unitId: 'p1',
    });
    expect(await post({ quote: { text: `${CANARY} gone text` } })).toEqual([422, 'quote_not_found', 'quote.text']);
    expect(await post({ quote: { text: 'Совет собирается' } })).toEqual([422, 'quote_not_found', 'quote.text']);
    expect(await post({ unitId: 'p9' })).toEqual([422, 'no_such_unit', 'unitId']);
    expect(await post({ text: 'ab' })).toEqual([400, 'invalid_input', 'text']);
    expect(await post({ text: 'ё'.repeat(4_001) })).toEqual([422, 'too_long', 'text']);
    expect(await post({ text: 'ё'.repeat(9_000) })).toEqual([400, 'invalid_input', 'text']);
    expect(await post({ text: `${CANARY}\u0000` })).toEqual([400, 'invalid_input', 'text']);
    expect(await post({ text: `${CANARY}\u202Etxt` })).toEqual([400, 'invalid_input', 'text']);
    expect(await post({ text: { $gt: CANARY } })).toEqual([400, 'invalid_input', 'text']);
    expect(await post({ kind: 'king' })).toEqual([400, 'invalid_input', 'kind']);
    expect(await post({ region: 'KZ-99' })).toEqual([400, 'invalid_input', 'region']);
    expect(await post({ language: 'de' })).toEqual([400, 'invalid_input', 'language']);
    expect(await post({ quote: 'words' })).toEqual([400, 'invalid_input', 'quote']);
    expect(await post({ name: CANARY })).toEqual([400, 'invalid_input', 'name']);
    const big = await call(undefined, `consultations/${id}/comments`, told({ text: 'x'.repeat(1_100_000) }));
    expect(big.status).toBe(413);
    expect(await refused(undefined, `consultations/${randomUUID()}/comments`, told())).toEqual([
      404,
      'not_found',
      undefined,
    ]);
    // Refused ones left nothing.
    expect((await done(undefined, `consultations/${id}`)).comments).toBe(2);
  });

  it('gives one receipt to one request, however often and at once it comes', async () => {
    const id = await opened(await published());
    const headers = { 'idempotency-key': `comment-${randomUUID()}` };
    const send = (body: object): Promise<Answer> =>
      platform.call('report-compilation', `/v1/consultations/${id}/comments`, { body, headers });
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(told())));
    expect(answers.map((one) => one.status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map((one) => String(one.body.receiptNumber))).size).toBe(1);
    const other = await send(told({ text: 'Другой текст того же запроса.' }));
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    expect((await done(undefined, `consultations/${id}`)).comments).toBe(1);
    // Without a key each is its own.
    const many = await Promise.all(Array.from({ length: 40 }, () => commented(id)));
    expect(new Set(many).size).toBe(40);
    expect((await done(undefined, `consultations/${id}`)).comments).toBe(41);
    const [receipt] = many;
    expect(
      await refused(undefined, 'comments/status', {
        receiptNumber: receipt!.replace(/^./, (d) => String((Number(d) + 1) % 10)),
      }),
    ).toEqual([404, 'not_found', undefined]);
    expect(await status(receipt!.replaceAll('-', ' '))).toMatchObject({ state: 'received' });
    const shown = await done(undefined, `consultations/${id}/comments?limit=200`);
    expect(shown.items).toHaveLength(41);
    expect(JSON.stringify(shown)).not.toMatch(/receiptNumber|"kind"|"region"/);
    expect(receiptsIn(JSON.stringify(shown))).toEqual([]);
  });

  it('counts each comment that it took when the last day ends while they come in, and takes none after that', async () => {
    await today('2026-04-20');
    const id = await opened(await published());
    await today('2026-05-03');
    let ended = false;
    const statuses: number[] = [];
    const sending = Promise.all(
      Array.from({ length: 8 }, async () => {
        while (!ended) statuses.push((await call(undefined, `consultations/${id}/comments`, told())).status);
      }),
    );
    await eventually(() => expect(statuses.length).toBeGreaterThan(40));
    platform.setClock('2026-05-03T19:00:00Z');
    await eventually(async () => expect(await stateOf(id)).toBe('answering'));
    ended = true;
    await sending;
    expect(new Set(statuses)).toEqual(new Set([201, 409]));
    const taken = statuses.filter((one) => one === 201).length;
    const rows = platform.environment.database('report-compilation').collection('consultation_comments');
    expect(await rows.countDocuments({ consultationId: id })).toBe(taken);
    await eventually(async () => {
      expect((await events(id)).at(-1)!.data).toMatchObject({ to: 'answering', comments: taken, day: '2026-05-04' });
      // None was overlooked when near-duplicates were put together.
      expect(await rows.countDocuments({ consultationId: id, cluster: { $exists: true } })).toBe(taken);
    });
  });

  it('hides with a ground, hears an appeal by a second person, and logs both without the text', async () => {
    await today('2026-05-04');
    const id = await opened(await published());
    const [mine, theirs, late] = [
      await commented(id, { text: `${CANARY} звонит по ночам` }),
      await commented(id, { text: `${CANARY} реклама` }),
      await commented(id, { text: 'третье замечание' }),
    ];
    const hide = async (receipt: string, ground: string): Promise<void> =>
      void (await done('comment-moderator', `comments/${await idOf(receipt)}/hiding`, { ground }));
    expect(await refused('comment-moderator', `comments/${await idOf(mine)}/hiding`, { ground: 'duplicate' })).toEqual([
      400,
      'invalid_input',
      'ground',
    ]);
    await hide(mine, 'personal-data');
    await hide(theirs, 'advertising');
    await hide(late, 'insult');
    expect(await status(mine)).toEqual({
      ...{ state: 'hidden', ground: 'personal-data', appealBy: '2026-05-14', receivedDay: '2026-05-04' },
      madeOn: expect.objectContaining({ unitId: 'p1' }),
    });
    const appeal = (receiptNumber: string): object => ({ receiptNumber, says: 'Я назвал только самого себя.' });
    expect(await refused(undefined, 'comments/appeal', appeal('0000-0000-0000-0000-97'))).toEqual([
      404,
      'not_found',
      undefined,
    ]);
    for (const receipt of [mine, theirs])
      expect(await done(undefined, 'comments/appeal', appeal(receipt))).toEqual({ state: 'appealed' });
    expect(await refused(undefined, 'comments/appeal', appeal(mine))).toEqual([409, 'illegal_transition', undefined]);
    const decide = async (receipt: string, restore: boolean, subject: string): Promise<unknown> => {
      const path = `comments/${await idOf(receipt)}/appeal-decision`;
      const { status: code, body } = await call(
        'comment-moderator',
        path,
        { restore, reason: 'Прочитано вторым лицом.' },
        subject,
      );
      return code === 200 ? body.state : body.code;
    };
    expect(await decide(mine, true, 'comment-moderator')).toBe('same_person');
    expect(await decide(mine, true, 'second-moderator')).toBe('restored');
    expect(await decide(theirs, false, 'second-moderator')).toBe('upheld');
    // What a second person showed again is not hidden again.
    expect(await refused('comment-moderator', `comments/${await idOf(mine)}/hiding`, { ground: 'insult' })).toEqual([
      409,
      'illegal_transition',
      undefined,
    ]);
    const log = await done(undefined, `consultations/${id}/moderation-log`);
    const steps = (log.items as { steps: { to: string; ground?: string }[] }[]).map((one) =>
      one.steps.map(({ to, ground }) => ground ?? to),
    );
    expect(steps.sort()).toEqual([
      ['advertising', 'appealed', 'upheld'],
      ['insult'],
      ['personal-data', 'appealed', 'restored'],
    ]);
    expect(JSON.stringify(log)).not.toMatch(/CANARY|moderator/);
    expect(receiptsIn(JSON.stringify(log))).toEqual([]);
    await today('2026-05-15');
    expect(await refused(undefined, 'comments/appeal', appeal(late))).toEqual([409, 'out_of_order', undefined]);
    const moves = async (): Promise<unknown[]> =>
      (await events(await idOf(mine))).map(({ data }) => data['ground'] ?? data['to'] ?? 'received');
    await eventually(async () => expect(await moves()).toEqual(['received', 'personal-data', 'appealed', 'restored']));
  });

  it('answers each comment, alone or with its cluster, closes only then, and sums up with each receipt once', async () => {
    await today('2026-06-01');
    const documentId = await published();
    const id = await opened(documentId);
    const letter = (i: number): string =>
      `${['Добрый день!', 'Здравствуйте.', ''][i % 3]} Мы, жители города, просим исключить закупку без конкурса, так как никто не сказал, ` +
      `по каким признакам она срочная, и в прошлом году таким путём заключены ${i % 2 ? 'тысячи' : 'сотни'} договоров с завышенной ценой${['.', '!'][i % 2]}`;
    const copies = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        commented(id, { unitId: 'p2', text: letter(i), region: 'KZ-75', quote: { text: 'без конкурса возможна' } }),
      ),
    );
    const html = await commented(id, {
      kind: 'ngo',
      text: `<script>alert("${CANARY}")</script>`,
      quote: { text: 'десяти рабочих дней' },
    });
    const formula = await commented(id, { kind: 'academia', unitId: 'p3', text: '=HYPERLINK("http://x","click")' });
    const kk = await commented(id, { language: 'kk', unitId: 'ch1', text: 'Жалпы ережелер түсінікті жазылған.' });
    const insult = await commented(id, { unitId: 'p3', text: `${CANARY} ругается` });
    const all = [...copies, html, formula, kk, insult];
    const next = `policy-documents/${documentId}/versions`;
    await done('editor', next, { units: SECOND });
    const publish = `policy-documents/${documentId}/publication`;
    expect(await refused('approver', publish, { documentVersion: 2 })).toEqual([409, 'under_consultation', undefined]);
    expect(await refused('editor', `comments/${await idOf(kk)}/answer`, noted)).toEqual([
      409,
      'illegal_transition',
      undefined,
    ]);
    await receptionOver(id, '2026-06-14');

    await done('comment-moderator', `comments/${await idOf(insult)}/hiding`, { ground: 'insult' });
    const closure = `consultations/${id}/closure`;
    const open = await call('approver', closure, {});
    expect([open.status, open.body.code, open.body.open.count]).toEqual([409, 'comments_open', 24]);
    expect([...open.body.open.first].sort()).toEqual([...all].sort());

    const { items } = await done('editor', `consultations/${id}/clusters`);
    expect(items).toMatchObject([{ count: 20, waiting: 20, languages: ['ru'], unitIds: ['p2'] }]);
    const cluster = `consultations/${id}/clusters/${items[0].cluster as string}/answer`;
    const accepted = {
      ...{ decision: 'accepted', reason: { ru: 'Исключение убрано из проекта.' } },
      changed: { documentVersion: 2, unitIds: ['p2'] },
    };
    expect(
      await refused('editor', cluster, { ...accepted, changed: { documentVersion: 2, unitIds: ['ch1'] } }),
    ).toEqual([422, 'unit_not_changed', 'changed.unitIds.0']);
    expect(await refused('editor', cluster, { ...accepted, changed: { documentVersion: 9, unitIds: ['p2'] } })).toEqual(
      [422, 'no_such_version', 'changed.documentVersion'],
    );
    // One of them was read by itself before: it keeps its answer.
    await done('editor', `comments/${await idOf(copies[0]!)}/answer`, noted);
    expect(await done('editor', cluster, accepted)).toMatchObject({ count: 20, answered: 19, left: 0 });
    expect(await done('editor', cluster, accepted)).toMatchObject({ answered: 0 });
    // An answer is revised; what was said before stays.
    expect(await done('editor', cluster, { ...accepted, decision: 'partly' })).toMatchObject({ answered: 19 });
    const revised = await status(copies[1]!);
    expect(revised).toMatchObject({ answer: { decision: 'partly' }, earlierAnswers: [{ decision: 'accepted' }] });
    expect(JSON.stringify(revised)).not.toContain('editor');

    const answer = async (receipt: string): Promise<string> => `comments/${await idOf(receipt)}/answer`;
    expect(await refused('editor', await answer(kk), { ...noted, reason: { ru: noted.reason.ru } })).toEqual([
      422,
      'reason_missing',
      'reason.kk',
    ]);
    expect(
      await refused('editor', await answer(html), { ...rejected, reason: { ru: 'Не принято, спасибо за письмо.' } }),
    ).toEqual([422, 'reason_too_short', 'reason.ru']);
    expect(await refused('editor', await answer(html), { ...rejected, ground: undefined })).toEqual([
      422,
      'ground_missing',
      'ground',
    ]);
    await done('editor', await answer(html), {
      ...rejected,
      ground: { kind: 'legal', citation: '@SUM(A1) <b>ст. 5</b>' },
    });
    await done('editor', await answer(kk), noted);
    expect((await call('approver', closure, {})).body.open).toEqual({ count: 2, first: [formula, insult].sort() });
    await done('editor', await answer(formula), { ...noted, reason: { ru: '-1 = +1, приняли к сведению.' } });
    // The summary is the office's own while an appeal is possible.
    expect((await call(undefined, `consultations/${id}/summary`)).status).toBe(404);
    expect((await call('approver', closure, {})).body.open).toEqual({ count: 1, first: [insult] });

    await done('approver', publish, { documentVersion: 2 });
    const placed = async (): Promise<Record<string, number>> => {
      const rows = (await done('editor', `consultations/${id}/inbox?limit=200`)).items as {
        anchors: { how: string }[];
      }[];
      const counts: Record<string, number> = {};
      for (const { anchors } of rows)
        counts[`${anchors.length} ${anchors.at(-1)!.how}`] =
          (counts[`${anchors.length} ${anchors.at(-1)!.how}`] ?? 0) + 1;
      return counts;
    };
    // None is lost: copies moved with their words, one found in other words, one on a unit, two orphans of a unit that is gone.
    await eventually(async () =>
      expect(await placed()).toEqual({ '2 moved': 20, '2 fuzzy': 1, '2 unit': 1, '2 orphan': 2 }),
    );
    expect(await status(formula)).toMatchObject({
      madeOn: { unitId: 'p3' },
      standsAt: { how: 'orphan', unitId: 'p3', number: '3' },
    });

    await today('2026-06-26');
    expect(await refused('approver', closure, {}, 'editor')).toEqual([409, 'same_person', undefined]);
    expect(await refused('approver', `policy-documents/${documentId}/adoption`, { documentVersion: 2 })).toEqual([
      409,
      'under_consultation',
      undefined,
    ]);
    expect(await done('approver', closure, {})).toMatchObject({ state: 'closed', comments: 24 });
    expect(await refused('editor', await answer(kk), noted)).toEqual([409, 'illegal_transition', undefined]);
    await done('approver', `policy-documents/${documentId}/adoption`, { documentVersion: 2 });

    const summary = await done(undefined, `consultations/${id}/summary`);
    expect(receiptsIn(JSON.stringify(summary))).toEqual([...all].sort());
    expect(summary).toMatchObject({
      ...{ comments: 24, orphans: 2, outcomes: { partly: 19, noted: 3, rejected: 1, hidden: 1, open: 0 } },
      who: {
        byRegion: { cells: { 'KZ-75': null, none: null } },
        byKind: { cells: { ngo: null, academia: null, person: null } },
      },
    });
    for (const lang of ['kk', 'ru', 'en']) {
      const [csv, page] = await Promise.all(
        ['csv', 'html'].map((format) => call(undefined, `consultations/${id}/summary?format=${format}&lang=${lang}`)),
      );
      expect([csv!.headers.get('content-type'), page!.headers.get('content-type')]).toEqual([
        ...['text/csv; charset=utf-8', 'text/html; charset=utf-8'],
      ]);
      expect(receiptsIn(String(csv!.body))).toEqual([...all].sort());
      expect(receiptsIn(String(page!.body))).toEqual([...all].sort());
      expect(page!.body).not.toMatch(/<script|<b>/);
      expect(page!.body).toContain('&lt;script&gt;');
      expect(csv!.body).toContain(`"'=HYPERLINK(""http://x"",""click"")"`);
      expect(csv!.body).toContain(`'@SUM(A1)`);
      for (const body of [csv!.body, page!.body]) expect(body).not.toMatch(/editor|approver|ругается|"kinds"/);
    }
    await eventually(async () => {
      const moves = (await events(id)).map(({ data }) => [data['from'], data['to'], data['comments']]);
      expect(moves).toEqual([
        ...[
          [undefined, 'open', 0],
          ['open', 'answering', 24],
          ['answering', 'closed', 24],
        ],
      ]);
      const decisions = (await events(await idOf(copies[1]!))).map(({ data }) => data['decision'] ?? 'received');
      expect(decisions).toEqual(['received', 'accepted', 'partly']);
    });
  });

  it('R9: of 1,000 comments with 300 copies each is answered, told once and found again', async () => {
    await today('2026-09-01');
    const documentId = await published();
    const id = await opened(documentId);
    const NOUNS = ['срок', 'реестр', 'совет', 'отчёт', 'конкурс', 'бюджет', 'опрос', 'суд', 'закон', 'перечень'];
    const VERBS = ['мешает', 'нужен', 'устарел', 'неясен', 'дорог', 'полезен', 'лишний', 'важен', 'долог', 'спорен'];
    const own = (i: number): string =>
      [i % 10, Math.floor(i / 10) % 10, Math.floor(i / 100) % 10]
        .map((n, k) => `${NOUNS[n]!} ${VERBS[(n + k * 3 + i) % 10]!}`)
        .join(` и${i} `);
    const copy = (i: number): string =>
      `${['Добрый день!', 'Салем,', ''][i % 3]} Просим не отменять конкурс при срочной закупке: ${['область', 'город', 'район'][i % 3]} уже платил за это дважды, ` +
      `а ответа на ${i % 2 ? 'жалобы' : 'обращения'} жителей нет до сих пор, и никто не назвал признаки, по которым закупка срочная${['.', '!!', ''][i % 3]}`;
    const receipts: string[] = [];
    for (let from = 0; from < 1_000; from += 50)
      receipts.push(
        ...(await Promise.all(
          Array.from({ length: 50 }, (_, k) => from + k).map((i) =>
            commented(id, i % 10 < 3 ? { unitId: 'p2', text: copy(i) } : { unitId: ['p1', 'p3'][i % 2], text: own(i) }),
          ),
        )),
      );
    expect(new Set(receipts).size).toBe(1_000);
    await receptionOver(id, '2026-09-14');
    const closure = `consultations/${id}/closure`;
    const { items } = await done('editor', `consultations/${id}/clusters`);
    expect([items[0].unitIds, items[0].count]).toEqual([['p2'], 300]);
    const answered = await done(
      'editor',
      `consultations/${id}/clusters/${items[0].cluster as string}/answer`,
      rejected,
    );
    expect(answered).toMatchObject({ count: 300, answered: 300 });
    const rest = receipts.filter((_, i) => i % 10 >= 3);
    const open = (await call('approver', closure, {})).body.open;
    expect([open.count, open.first]).toEqual([700, [...rest].sort().slice(0, 100)]);
    const comments = platform.environment.database('report-compilation').collection('consultation_comments');
    const waiting = await comments.find({ consultationId: id, state: 'received' }).toArray();
    const last = waiting.pop()!;
    for (const { _id } of waiting) await done('editor', `comments/${String(_id)}/answer`, noted);
    // With a single one unanswered it does not close, and says which.
    const one = await call('approver', closure, {});
    expect([one.status, one.body.open]).toEqual([409, { count: 1, first: [last['receiptNumber']] }]);
    await done('editor', `comments/${String(last._id)}/answer`, noted);
    await done('editor', `policy-documents/${documentId}/versions`, { units: SECOND });
    await done('approver', `policy-documents/${documentId}/publication`, { documentVersion: 2 });
    await eventually(async () =>
      expect(await comments.countDocuments({ consultationId: id, anchoredIn: 2 })).toBe(1_000),
    );
    const now = await comments
      .aggregate([
        { $match: { consultationId: id } },
        { $group: { _id: { $last: '$anchors.how' }, n: { $sum: 1 } } },
        { $sort: { _id: 1 } },
      ])
      .toArray();
    expect(now).toEqual([
      { _id: 'orphan', n: 400 },
      { _id: 'unit', n: 600 },
    ]);
    await done('approver', closure, {});
    const { body: csv } = await call(undefined, `consultations/${id}/summary?format=csv&lang=ru`);
    expect(receiptsIn(String(csv))).toEqual([...receipts].sort());
  }, 180_000);

  it('closes an empty one once, however often it is asked at once', async () => {
    await today('2026-10-01');
    const documentId = await published();
    const id = await opened(documentId);
    expect(
      await refused('editor', 'consultations', {
        documentId,
        documentVersion: 1,
        firstDay: day,
        lastDay: '2026-10-20',
      }),
    ).toEqual([409, 'under_consultation', undefined]);
    await receptionOver(id, '2026-10-14');
    const closed = await Promise.all([1, 2, 3].map(() => call('approver', `consultations/${id}/closure`, {})));
    expect(closed.map((one) => one.status).sort()).toEqual([200, 409, 409]);
    expect((await done(undefined, `consultations/${id}/summary`)).rows).toEqual([]);
    const again = { documentId, documentVersion: 1, firstDay: day, lastDay: '2026-11-01' };
    expect(await refused('editor', 'consultations', { ...again, lastDay: '2026-10-16' })).toEqual([
      422,
      'day_out_of_range',
      'lastDay',
    ]);
    await done('editor', 'consultations', again);
  });

  it('freezes the measures of an adopted document by quarter, assessed by the office and from outside side by side', async () => {
    const documentId = await published();
    const measure = (measureId: string, unitId = 'p1'): object => ({ measureId, unitId, title: titles });
    const plans = `policy-documents/${documentId}/plans`;
    const plan = { quarter: '2026-Q4', measures: [measure('m1'), measure('m2', 'p3')] };
    expect(await refused('approver', plans, plan)).toEqual([422, 'not_adopted', 'id']);
    await done('approver', `policy-documents/${documentId}/adoption`, { documentVersion: 1 });
    expect(await refused('approver', plans, { ...plan, quarter: '2026-Q5' })).toEqual([
      400,
      'invalid_input',
      'quarter',
    ]);
    expect(await refused('approver', plans, { ...plan, quarter: '2026-Q3' })).toEqual([422, 'quarter_over', 'quarter']);
    expect(await refused('approver', plans, { ...plan, measures: [measure('m1', 'p9')] })).toEqual([
      422,
      'bad_measures',
      'measures.0.unitId',
    ]);
    const froze = await Promise.all([1, 2, 3].map(() => call('approver', plans, plan)));
    expect(froze.map((one) => one.status).sort()).toEqual([201, 409, 409]);
    // The list of the quarter does not move; the next one may be another.
    expect(await refused('approver', plans, { ...plan, measures: [measure('m1')] })).toEqual([
      409,
      'already_done',
      undefined,
    ]);
    await done('approver', plans, { quarter: '2027-Q1', measures: [measure('m1')] });
    const said = { quarter: '2026-Q4', measureId: 'm1', step: 'complete', evidence: 'Приказ № 5' };
    const official = `policy-documents/${documentId}/assessments`;
    const shadow = `policy-documents/${documentId}/shadow-assessments`;
    expect(await refused('editor', official, { ...said, evidence: undefined })).toEqual([
      422,
      'evidence_missing',
      'evidence',
    ]);
    expect(await refused('editor', official, { ...said, measureId: 'm9' })).toEqual([
      422,
      'no_such_measure',
      'measureId',
    ]);
    expect(await refused('editor', official, { ...said, quarter: '2027-Q2' })).toEqual([404, 'not_found', undefined]);
    await done('editor', official, said);
    await done('outside-assessor', shadow, { ...said, step: 'complete' }, 'ngo-1');
    await done('outside-assessor', shadow, { ...said, step: 'limited' }, 'ngo-1');
    await done('outside-assessor', shadow, { ...said, step: 'no-evidence', evidence: undefined }, 'ngo-2');
    const standing = await done(undefined, `${plans}/2026-Q4`);
    expect(standing).toMatchObject({
      ...{ denominator: 2, official: { complete: 1, 'not-assessed': 1 } },
      measures: [
        { measureId: 'm1', official: { step: 'complete' }, shadow: { limited: 1, 'no-evidence': 1 }, disputed: true },
        { measureId: 'm2', official: null, shadow: {}, disputed: false },
      ],
    });
    expect(JSON.stringify(standing)).not.toMatch(/ngo-|editor|approver/);
    expect((await done(undefined, `${plans}/2027-Q1`)).denominator).toBe(1);
    await eventually(async () =>
      expect(
        (await events(`${documentId}.2026-Q4`)).map(({ type, data }) => [type, data['step'] ?? data['measures']]),
      ).toEqual([
        ...[
          ['plan.frozen', 2],
          ['plan.measure-assessed', 'complete'],
          ['plan.measure-assessed', 'complete'],
        ],
        ...[
          ['plan.measure-assessed', 'limited'],
          ['plan.measure-assessed', 'no-evidence'],
        ],
      ]),
    );
  });

  it('tells no topic and no log what people wrote, leaves an audit entry of each step, and keeps no hour of a comment', async () => {
    const { database, kafka, prefix } = platform.environment;
    let read = 0;
    const found: string[] = [];
    await readLog(
      kafka,
      [`${prefix}report-compilation.events`],
      `${prefix}look-${randomUUID()}`,
      ({ envelope, data }) => {
        read += 1;
        const event = JSON.stringify([envelope, data]);
        if (/CANARY|жител|HYPERLINK/.test(event) || receiptsIn(event).length > 0) found.push(envelope.type);
      },
    );
    expect([read > 100, found]).toEqual([true, []]);
    const logs = platform.logs();
    expect(logs).toContain('ready');
    expect(logs).not.toMatch(/CANARY|жител|HYPERLINK/);
    const db = database('report-compilation');
    const entries = (
      await db
        .collection('journal')
        .find({ entries: { $exists: true } })
        .toArray()
    ).flatMap((row) => row['entries'] as { action: string; actor: string }[]);
    expect([...new Set(entries.map(({ action }) => action))]).toEqual(
      expect.arrayContaining([
        ...[
          'policy:draft',
          'policy:publish',
          'policy:adopt',
          'consultation:open',
          'consultation:answer',
          'consultation:close',
        ],
        ...[
          'comment:submit',
          'comment:moderate',
          'comment:appeal',
          'comment:hear-appeal',
          'comment:reanchor',
          'comment:cluster',
        ],
        ...['consultation-opens', 'consultation-ends'],
      ]),
    );
    expect(entries.filter(({ action }) => action === 'comment:submit').every(({ actor }) => actor === 'public')).toBe(
      true,
    );
    const comments = await db.collection('consultation_comments').find().toArray();
    // Days, never instants: neither a date of the database nor a text with an hour.
    expect(comments.length).toBeGreaterThan(60);
    for (const comment of comments) {
      expect(Object.values(comment).some((value) => value instanceof Date)).toBe(false);
      expect(JSON.stringify({ ...comment, text: '' })).not.toMatch(/\d{4}-\d{2}-\d{2}T\d{2}:/);
    }
  });
});
