import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from './harness/browser.js';
import { eventually } from './harness/eventually.js';
import { draftReport, publishReport, takeSteps } from './harness/national-report.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';
import { publishEvents, yearOfEvents } from './harness/year-of-events.js';

const SERVICE = 'report-compilation';
const LANGUAGES = ['kk', 'ru', 'en'] as const;
const YEAR = 2025;
const CANARY = '<script>document.title="CANARY"</script>';
const text = (ru: string): object => ({ kk: `${ru} (қазақша)`, ru, en: `${ru} (in English)` });
const UNITS = [
  { unitId: 'p1', number: '1', kind: 'paragraph', text: text('Орган публикует ответ за десять дней.') },
  { unitId: 'p2', number: '2', kind: 'paragraph', text: text(`Совет собирается раз в год. ${CANARY}`) },
];

describe('the public site', () => {
  let platform: TestPlatform;
  let browser: Browser;
  let first: string;
  let second: string;
  let consultation: string;
  const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    platform.call(SERVICE, path, { headers });
  const html = async (path: string): Promise<string> => {
    const { status, body } = await get(path);
    expect([path, status]).toEqual([path, 200]);
    return String(body);
  };
  const done = async (as: string, path: string, body: object): Promise<Answer['body']> => {
    const answer = await platform.call(SERVICE, `/v1/${path}`, { as, body });
    expect([path, answer.status < 300 ? 'done' : answer.body]).toEqual([path, 'done']);
    return answer.body;
  };
  const form = (path: string, fields: Record<string, string>): Promise<Answer> =>
    platform.call(SERVICE, path, {
      raw: { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(fields).toString() },
    });
  const noted = {
    decision: 'noted',
    reason: { kk: `Назарға алдық, рақмет. ${CANARY}`, ru: `Приняли к сведению, спасибо. ${CANARY}` },
  };

  beforeAll(async () => {
    platform = await startPlatform('site', [SERVICE]);
    platform.setClock('2026-01-20T06:00:00Z');
    const { kafka, prefix } = platform.environment;
    let events = await publishEvents(kafka, prefix, yearOfEvents(1_500, YEAR));
    const arrived = (): Promise<void> =>
      eventually(async () => {
        const { body } = await platform.call(SERVICE, '/v1/facts/counts', { as: 'editor' });
        const counts = Object.values((body as { counts: Record<string, number> }).counts);
        expect(counts.reduce((sum, n) => sum + n, 0)).toBe(events);
      }, 60_000);
    await arrived();
    first = await publishReport(platform, YEAR);
    const late = [...yearOfEvents(60, YEAR, 0)]
      .filter(({ type }) => type === 'risk-analysis.release.recorded.v1')
      .map((one, i) => ({ ...one, key: `late-${i}`, data: { ...one.data, ocid: `late-${i}`, areaCode: 'roads' } }));
    events += await publishEvents(kafka, prefix, late);
    await arrived();
    second = await draftReport(platform, YEAR, { corrects: first, ground: 'releases of roads came late' });
    await takeSteps(platform, second, 'collection', 'publication');
    for (const series of ['cpi', 'wgi', 'wjp']) await done('editor', 'indices/imports', { series });
    const { documentId } = await done('editor', 'policy-documents', {
      ...{ kind: 'concept', units: UNITS },
      titles: { kk: 'Тұжырымдама <b>', ru: 'Концепция <b>', en: 'Concept <b>' },
    });
    await done('approver', `policy-documents/${documentId}/publication`, { documentVersion: 1 });
    const opened = { documentId, documentVersion: 1, firstDay: '2026-01-20', lastDay: '2026-02-02' };
    consultation = String((await done('editor', 'consultations', opened)).consultationId);
    browser = await startBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
  });

  /** Every page that can be read, without its language. */
  const pages = (): string[] => [
    '',
    `/editions/${first}`,
    `/editions/${second}`,
    `/editions/${second}/numbers/releases.area.roads`,
    `/editions/${second}/numbers/reports.total`,
    `/editions/${second}/numbers/reports.category.bribery`,
    `/editions/${second}/numbers/reports.category-share.bribery`,
    '/indices/cpi',
    '/indices/wgi',
    '/indices/wjp',
    '/indices/cpi?claim=133-%D0%B5%20%D0%B8%2094-%D0%B5',
    '/consultations',
    `/consultations/${consultation}`,
  ];
  const opened = async <T>(path: string, width: number, look: (page: Page) => Promise<T>): Promise<T> => {
    // The judge is a script, which the policy of the page would keep out.
    const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
    const page = await context.newPage();
    try {
      await page.goto(platform.url(SERVICE, path));
      return await look(page);
    } finally {
      await context.close();
    }
  };

  it('leads to the language that the browser asks for', async () => {
    const to = async (languages: string): Promise<unknown> => {
      const response = await fetch(platform.url(SERVICE, '/'), {
        redirect: 'manual',
        headers: { 'accept-language': languages },
      });
      return [response.status, response.headers.get('location'), response.headers.get('vary')];
    };
    expect(await to('ru-RU,ru;q=0.9')).toEqual([302, '/ru', 'accept-language']);
    expect(await to('de')).toEqual([302, '/kk', 'accept-language']);
    expect(await to('fr, en;q=0.3')).toEqual([302, '/en', 'accept-language']);
  });

  it('has every page in three languages: same ids, one heading, landmarks, the others linked, nothing but ours allowed', async () => {
    const seen: string[] = [];
    for (const path of pages()) {
      const shapes: string[] = [];
      for (const language of LANGUAGES) {
        const { status, body, headers } = await get(`/${language}${path}`);
        expect([language, path, status]).toEqual([language, path, 200]);
        const page = String(body);
        expect(headers.get('content-security-policy')).toContain("default-src 'none'");
        // Only a page with a chart may run a script, and only that of the charts.
        const charted = page.includes('<figure');
        expect(/script-src[^;]*/.exec(headers.get('content-security-policy')!)?.[0]).toBe(
          charted ? "script-src 'self'" : undefined,
        );
        expect([...page.matchAll(/<script ?([^>]*)>/g)].map(([, how]) => how!.replace(/v=[0-9a-f]{12}/, 'v='))).toEqual(
          charted ? ['src="/charts.js?v=" defer', 'type="application/json"'] : [],
        );
        expect(headers.get('content-language')).toBe(language);
        expect(page).toContain(`<html lang="${language}">`);
        expect(page.match(/<h1/g)).toHaveLength(1);
        for (const mark of ['<main ', '<header ', '<footer>', '<nav ', 'class="skip" href="#text"', '<title>'])
          expect(page).toContain(mark);
        for (const other of LANGUAGES)
          expect(page).toContain(`rel="alternate" hreflang="${other}" href="/${other}${path.split('?')[0]}"`);
        expect(page).not.toMatch(/undefined|\[object|NaN|\{[a-z]+\}(?![^<]*<\/style>)/);
        shapes.push(JSON.stringify([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)));
        seen.push(page);
      }
      expect([path, new Set(shapes).size]).toEqual([path, 1]);
    }
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('answers every link of the front page, and of an edition', async () => {
    for (const language of LANGUAGES)
      for (const path of [
        `/${language}`,
        `/${language}/editions/${second}`,
        `/${language}/editions/${second}/numbers/releases.area.roads`,
      ]) {
        const links = [...(await html(path)).matchAll(/ href="([^"#]+)/g)].map(([, href]) =>
          href!.replaceAll('&amp;', '&'),
        );
        expect(links.length).toBeGreaterThan(10);
        for (const href of new Set(links)) {
          const { status } = await get(href);
          expect([path, href, status < 400]).toEqual([path, href, true]);
        }
      }
  }, 60_000);

  it('names the newest edition first, what corrects what, and what changed', async () => {
    const front = await html('/ru');
    expect(front.indexOf(`id="edition-${second}"`)).toBeLessThan(front.indexOf(`id="edition-${first}"`));
    expect(front).toContain('Исправлено, новое: <a');
    const edition = await html(`/ru/editions/${second}`);
    const changed = /id="changed-numbers"[\s\S]*?<\/table>/.exec(edition)![0];
    const { body } = await get(`/v1/national-reports/${second}/differences?from=${first}`);
    const numbers = body.numbers as { id: string; before?: { value: number }; after?: { value: number } }[];
    expect(numbers.length).toBeGreaterThan(1);
    for (const { id } of numbers) expect(changed).toContain(`/ru/editions/${second}/numbers/${id}"`);
    const roads = numbers.find(({ id }) => id === 'releases.area.roads')!;
    expect(changed.replaceAll('\u00a0', '')).toContain(
      `</a></th><td class="n">${roads.before!.value}</td><td class="n">${roads.after!.value}</td>`,
    );
    expect(await html(`/en/editions/${first}`)).toContain('This edition corrects no other one');
    const { body: keys } = await get('/v1/signing-keys');
    expect(edition).toContain(keys.keys[0].x);
    const { body: files } = await get(`/v1/national-reports/${second}/package`);
    for (const { sha256 } of files.files as { sha256: string }[]) expect(edition).toContain(sha256);
  });

  it('leads people from a number to its page, and machines to its data', async () => {
    const path = `/v1/national-reports/${second}/numbers/releases.area.roads`;
    const asked = async (accept: string, query = ''): Promise<unknown> => {
      const response = await fetch(platform.url(SERVICE, path + query), {
        redirect: 'manual',
        headers: { accept, 'accept-language': 'en' },
      });
      return [response.status, response.headers.get('location') ?? response.headers.get('content-type')];
    };
    const at = (language: string) => `/${language}/editions/${second}/numbers/releases.area.roads`;
    expect(await asked('text/html,*/*;q=0.8', '?lang=kk')).toEqual([303, at('kk')]);
    expect(await asked('text/html')).toEqual([303, at('en')]);
    expect(await asked('*/*', '?lang=kk')).toEqual([200, 'application/json; charset=utf-8']);
    const page = await html(at('ru'));
    const { body } = await get(path);
    for (const told of [
      body.inputRoot,
      body.snapshot.id,
      body.snapshot.root,
      body.register,
      'npm run -s report -- verify',
    ])
      expect(page).toContain(told);
    const { body: events } = await get(`${path}/events`);
    expect(events.items.length).toBe(50);
    for (const { id } of events.items as { id: string }[]) expect(page).toContain(encodeURIComponent(id));
    const next = /rel="next" href="([^"#]+)/.exec(page)![1]!.replaceAll('&amp;', '&');
    const after = await html(next);
    expect(after).not.toContain(encodeURIComponent(events.items[0].id as string));
    const proof = /href="([^"]+proof\?event=[^"]+)"/.exec(after)![1]!;
    expect((await get(proof)).status).toBe(200);
    const closed = await html(`/en/editions/${second}/numbers/reports.total`);
    expect(closed).toContain('Auditors see the list');
    expect(closed).not.toContain('/proof?event=');
  });

  it('tells of what is withheld neither the value nor how many stand behind it', async () => {
    const { body } = await get(`/v1/national-reports/${second}`);
    const numbers = Object.values(body.model.numbers as Record<string, { id: string; status: string }>);
    const withheld = numbers.find(({ status }) => status === 'S' || status === 'C')!;
    const page = await html(`/en/editions/${second}/numbers/${withheld.id}`);
    expect(page).toContain('<p class="value">withheld</p>');
    expect(page.match(/it would give the withheld value away/g)).toHaveLength(2);
  });

  it('shows nothing of a draft, and what is not there as what is not published, in the language', async () => {
    const draft = await draftReport(platform, 2024);
    await takeSteps(platform, draft, 'collection', 'compilation');
    for (const language of LANGUAGES) {
      const answers: string[] = [];
      for (const path of [
        `/editions/${draft}`,
        `/editions/${draft}/numbers/releases.total`,
        `/editions/${randomUUID()}`,
        `/editions/${second}/numbers/no.such.number`,
        '/editions/not-an-id',
        '/indices/gdp',
        `/consultations/${randomUUID()}`,
        '/somewhere/else',
      ]) {
        const { status, body, headers } = await get(`/${language}${path}`);
        expect([path, status, headers.get('content-language')]).toEqual([path, 404, language]);
        expect(String(body)).toContain(`<html lang="${language}">`);
        answers.push(String(body));
      }
      expect(new Set(answers).size).toBe(1);
      expect(await html(`/${language}`)).not.toContain(draft);
    }
  }, 120_000);

  it('R8: finds the true years of a claim, in each language, and shows the series with what is not certain', async () => {
    const claims = {
      kk: 'он жылда 133-орыннан 94-орынға',
      ru: 'с 133-го на 94-е место за десять лет',
      en: '133rd to 94th over ten years',
    };
    for (const language of LANGUAGES) {
      const page = await html(`/${language}/indices/cpi?claim=${encodeURIComponent(claims[language])}`);
      const finding = /id="finding"[\s\S]*?<\/div>/.exec(page)![0];
      for (const told of ['2012', '2020', '176', '180', '8']) expect(finding).toContain(told);
    }
    expect(await html('/en/indices/cpi?claim=133rd%20to%2094th%20over%20ten%20years')).toContain(
      'The values are right, the time is not.',
    );
    const unread = await get(`/en/indices/cpi?claim=${encodeURIComponent(`better <script>1</script>`)}`);
    expect([unread.status, String(unread.body).includes('must name one place')]).toEqual([422, true]);
    expect(unread.body).not.toContain('<script>1');
    const cpi = await html('/en/indices/cpi');
    expect(cpi).toContain('133 of 176 (tied with 5)');
    // The score of 2025 has no error: it has no band, and none is drawn.
    expect(/<th scope="row">2025<\/th><td class="n">38<\/td><td><\/td>/.test(cpi)).toBe(true);
    expect(await html('/en/indices/wgi')).toContain('in the edition 2020-09-update: ');
    const { body } = await get('/v1/indices/cpi/KAZ/series');
    const years = body.points as { year: number }[];
    for (const { year } of years) expect(cpi).toContain(`<th scope="row">${year}</th>`);
  });

  it('has no violation by axe, and does not scroll sideways, wide and at 320 pixels (400 %)', async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
    for (const path of [...pages(), '/nothing-here'])
      for (const language of LANGUAGES)
        for (const width of [1280, 320]) {
          const found = await opened(`/${language}${path}`, width, (page) =>
            page.evaluate(async (source) => {
              (0, eval)(source);
              const { axe: judge } = globalThis as unknown as {
                axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
              };
              const { violations } = await judge.run();
              return {
                violations: violations.map(
                  ({ id, nodes }) =>
                    `${id}: ${nodes
                      .map((n) => n.html)
                      .join(' | ')
                      .slice(0, 300)}`,
                ),
                sideways: document.documentElement.scrollWidth - innerWidth,
              };
            }, axe),
          );
          expect({ language, path, width, ...found }).toEqual({ language, path, width, violations: [], sideways: 0 });
        }
  }, 240_000);

  it('is reached whole by the keyboard, the skip link first, each stop with an outline', async () => {
    for (const path of [
      `/kk`,
      `/ru/consultations/${consultation}`,
      '/en/indices/cpi',
      `/kk/editions/${second}/numbers/releases.area.roads`,
    ])
      await opened(path, 1280, async (page) => {
        const STOPS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
        const wanted = await page.evaluate((stops) => document.querySelectorAll(stops).length, STOPS);
        const first = await page.evaluate(() => document.querySelectorAll('.skip').length);
        expect([path, wanted > 10, first]).toEqual([path, true, 1]);
        const classes: string[] = [];
        for (let i = 0; i < wanted; i += 1) {
          await page.keyboard.press('Tab');
          classes.push(
            await page.evaluate((n) => {
              const one = document.activeElement as HTMLElement;
              one.dataset.reached ??= String(n);
              return getComputedStyle(one).outlineStyle === 'none'
                ? `no outline: ${one.outerHTML.slice(0, 200)}`
                : one.className;
            }, i),
          );
        }
        expect(classes[0]).toBe('skip');
        expect(classes.filter((one) => one.startsWith('no outline'))).toEqual([]);
        expect([path, await page.evaluate(() => document.querySelectorAll('[data-reached]').length)]).toEqual([
          path,
          wanted,
        ]);
      });
  }, 120_000);

  it('takes a comment by its form without a script, shows the receipt once and the words as they were typed', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await page.goto(platform.url(SERVICE, `/ru/consultations/${consultation}`));
    await page.selectOption('[name=unitId]', 'p1');
    await page.fill('[name=quote]', 'за год');
    await page.fill('[name=text]', `Просим пять дней.\n${CANARY}`);
    await page.selectOption('[name=region]', 'KZ-75');
    await page.click('#comment button');
    // The words do not stand there: what was typed is kept, and what is wrong is said.
    expect(await page.locator('#refused').innerText()).toContain('Цитаты нет в тексте');
    expect(await page.inputValue('[name=text]')).toBe(`Просим пять дней.\n${CANARY}`);
    expect(await page.inputValue('[name=region]')).toBe('KZ-75');
    await page.fill('[name=quote]', 'за десять дней');
    await page.click('#comment button');
    const receipt = await page.locator('#receipt-number').innerText();
    expect(receipt).toMatch(/^\d{4}-\d{4}-\d{4}-\d{4}-\d{2}$/);
    await page.click('#receipt-told a');
    expect(await page.locator('#comments .said').innerText()).toBe(`Просим пять дней.\n${CANARY}`);
    expect(await page.content()).not.toContain(receipt);
    expect(await page.title()).not.toContain('CANARY');
    await page.fill('[name=receiptNumber]', receipt.replaceAll('-', ' '));
    await page.click('#status button');
    expect(await page.locator('#told').innerText()).toContain('получено, ждёт ответа');
    await page.fill('[name=receiptNumber]', '0000-0000-0000-0000-00');
    await page.click('#status button');
    expect(await page.locator('#told').innerText()).toContain('Квитанции с таким номером нет');
    expect(await context.cookies()).toEqual([]);
    expect([...new Set(asked)]).toEqual([new URL(platform.url(SERVICE, '/')).origin]);
    await context.close();
    const stored = await platform.environment.database(SERVICE).collection('consultation_comments').find().toArray();
    expect(stored).toHaveLength(1);
    expect(stored[0]).toMatchObject({ kind: 'anonymous', region: 'KZ-75', language: 'ru' });
    expect(JSON.stringify(stored)).not.toMatch(/127\.0\.0\.1|::1|Chrom/);
    expect(await html(`/kk/consultations/${consultation}`)).toContain('ескертулер: 1');
  }, 60_000);

  it.each<[string, Record<string, string>, number]>([
    ['no text', { unitId: 'p1', kind: 'ngo', language: 'ru' }, 422],
    ['a unit that is not there', { unitId: 'p9', kind: 'ngo', language: 'ru', text: 'Долго.' }, 422],
    ['a kind that is not there', { unitId: 'p1', kind: '"><script>1', language: 'ru', text: 'Долго.' }, 422],
    ['a text that is too long', { unitId: 'p1', kind: 'ngo', language: 'ru', text: '<script>1'.repeat(1_000) }, 422],
    ['nothing at all', {}, 422],
  ])('refuses a comment with %s, as the API does, and echoes no markup', async (_, fields, status) => {
    const answer = await form(`/en/consultations/${consultation}/comments`, fields);
    expect([answer.status, String(answer.body).includes('id="refused"')]).toEqual([status, true]);
    expect(answer.body).not.toContain('<script>1');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('shows what was hidden in the log without its text, and after the closing what became of all', async () => {
    const rows = platform.environment
      .database(SERVICE)
      .collection<{ _id: string; text: string }>('consultation_comments');
    const hidden = await form(`/en/consultations/${consultation}/comments`, {
      ...{ unitId: 'p2', kind: 'person', language: 'en', text: 'An insult of somebody.' },
    });
    const receipt = /id="receipt-number">([\d-]+)</.exec(String(hidden.body))![1]!;
    const { _id: bad } = (await rows.findOne({ text: /insult/ }))!;
    await done('comment-moderator', `comments/${bad}/hiding`, { ground: 'insult' });
    const page = await html(`/en/consultations/${consultation}`);
    expect(page).not.toContain('An insult of somebody');
    expect(/id="moderation-list"[\s\S]*?<\/table>/.exec(page)![0]).toContain('hidden (Insult)');
    const status = String((await form('/en/comments/status', { receiptNumber: receipt })).body);
    expect(status).toContain('Insult');
    expect(status).not.toContain('An insult of somebody');
    const { _id: good } = (await rows.findOne({ text: /Просим/ }))!;
    platform.setClock('2026-02-20T06:00:00Z');
    await eventually(async () => {
      const { body } = await get(`/v1/consultations/${consultation}`);
      expect(body.state).toBe('answering');
    });
    const late = await form(`/kk/consultations/${consultation}/comments`, {
      ...{ unitId: 'p1', kind: 'person', language: 'kk', text: 'Кеш қалдым.' },
    });
    expect([late.status, String(late.body).includes('id="refused"')]).toEqual([409, true]);
    await done('editor', `comments/${good}/answer`, noted);
    await done('approver', `consultations/${consultation}/closure`, {});
    const shapes = new Set<string>();
    for (const language of LANGUAGES) {
      const closed = await html(`/${language}/consultations/${consultation}`);
      const outcomes = /id="outcome-list"[\s\S]*?<\/table>/.exec(closed)![0];
      expect(outcomes.match(/<td class="n">1<\/td>/g)).toHaveLength(2);
      expect(closed).not.toContain('<script>');
      expect(closed).not.toContain('name="text"');
      expect(closed).toContain('&lt;script&gt;');
      shapes.add(JSON.stringify([...closed.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)));
      const summary = /href="([^"]+format=html[^"]+)"/.exec(closed)![1]!.replaceAll('&amp;', '&');
      expect((await get(summary)).status).toBe(200);
    }
    expect(shapes.size).toBe(1);
    expect(await html('/ru')).not.toContain(`/ru/consultations/${consultation}"`);
  }, 60_000);
});
