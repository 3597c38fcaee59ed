import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startBrowser } from './harness/browser.js';
import { eventually } from './harness/eventually.js';
import { publishReport } from './harness/national-report.js';
import { startPlatform, type TestPlatform } from './harness/platform.js';
import { publishEvents, yearOfEvents } from './harness/year-of-events.js';

const SERVICE = 'report-compilation';
const LANGUAGES = ['kk', 'ru', 'en'] as const;
type Language = (typeof LANGUAGES)[number];
const YEAR = 2025;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const PHONE = { width: 320, height: 640 };

/** A row of the table under a chart, a sign in place of a value as its words. */
interface Row {
  readonly label: string;
  readonly value: string;
}

describe('the charts of a published edition, and of the site', () => {
  let platform: TestPlatform;
  let browser: Browser;
  let folder: string;
  let edition: string;

  beforeAll(async () => {
    platform = await startPlatform('charts', [SERVICE]);
    platform.setClock('2026-01-20T06:00:00Z');
    const { kafka, prefix } = platform.environment;
    const events = await publishEvents(kafka, prefix, yearOfEvents(1_500, YEAR));
    for (const series of ['cpi', 'wgi', 'wjp'])
      expect(
        (await platform.call(SERVICE, '/v1/indices/imports', { as: 'editor', body: { series } })).status,
      ).toBeLessThan(300);
    await eventually(async () => {
      const { body } = await platform.call(SERVICE, '/v1/facts/counts', { as: 'editor' });
      const counts = Object.values((body as { counts: Record<string, number> }).counts);
      expect(counts.reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(events);
    }, 60_000);
    edition = await publishReport(platform, YEAR);
    folder = mkdtempSync(join(tmpdir(), 'aiqyn-charts-'));
    const { body } = await platform.call(SERVICE, `/v1/national-reports/${edition}/package`);
    for (const { path } of body.files as { path: string }[]) {
      if (!/^(report\.\w+\.html|charts\.js)$/.test(path)) continue;
      const file = await fetch(served(path));
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, path), Buffer.from(await file.arrayBuffer()));
    }
    browser = await startBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const served = (path: string): string => platform.url(SERVICE, `/v1/national-reports/${edition}/package/${path}`);
  const onDisk = (path: string): string => pathToFileURL(join(folder, path)).href;
  const site = (language: Language): { address: string; table: string }[] => [
    { address: platform.url(SERVICE, `/${language}/indices/cpi`), table: 'series-table' },
    { address: platform.url(SERVICE, `/${language}/indices/wgi`), table: 'series-table' },
    { address: platform.url(SERVICE, `/${language}/indices/wjp`), table: 'series-table' },
    {
      address: platform.url(SERVICE, `/${language}/editions/${edition}/numbers/reports.category.bribery`),
      table: 'chart-table',
    },
  ];

  /** A page under its own policy, and all that the browser complained of. */
  async function opened<T>(
    address: string,
    look: (page: Page, said: string[]) => Promise<T>,
    options: BrowserContextOptions = {},
    before: (page: Page) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<T> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(5_000);
    page.setDefaultNavigationTimeout(30_000);
    const said: string[] = [];
    page.on('console', (message) => void said.push(message.text()));
    page.on('pageerror', (error) => void said.push(String(error)));
    try {
      await before(page);
      await page.goto(address);
      return await look(page, said);
    } finally {
      await context.close();
    }
  }

  const figures = (page: Page): Promise<string[]> =>
    page.evaluate(() => [...document.querySelectorAll('figure')].map(({ id }) => id));
  const rowsOf = (page: Page, table: string): Promise<Row[]> =>
    page.evaluate(
      (id) =>
        [...document.getElementById(id)!.querySelectorAll('tbody tr')].map((row) => {
          const cell = row.querySelector('td')!;
          return {
            label: row.querySelector('th')!.textContent,
            value: (cell.querySelector('.vh') ?? cell).textContent.replace('−', '-'),
          };
        }),
      table,
    );
  const inFigure = (id: string, selector: string): string => `figure[id="${id}"] ${selector}`;
  const heard = async (page: Page, id: string): Promise<string> =>
    (await page.locator(inFigure(id, '[aria-live=polite]')).textContent()) ?? '';
  const shown = (page: Page, id: string): Promise<string> => page.locator(inFigure(id, '.tip')).innerText();

  /** From the first mark to the last by the keys: what is announced, which is what is shown. */
  async function walk(page: Page, id: string): Promise<string[]> {
    await page.locator(inFigure(id, '.plot')).focus();
    await page.keyboard.press('Home');
    const told = [await heard(page, id)];
    for (;;) {
      await page.keyboard.press('ArrowRight');
      const next = await heard(page, id);
      if (next === told.at(-1)) return told;
      expect((await shown(page, id)).replace(/\s+/g, ' ')).toBe(next.replace(/\s+/g, ' '));
      told.push(next);
    }
  }
  const judged = async (page: Page): Promise<{ violations: string[]; sideways: number }> => {
    await page.evaluate(AXE);
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run();
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html.slice(0, 200)).join(' | ')}`);
      return { violations: told, sideways: document.documentElement.scrollWidth - innerWidth };
    });
  };
  const FINE = { violations: [], sideways: 0 };

  it.each(LANGUAGES)(
    'say by hover and by keys what stands in the table below, in %s',
    async (language) => {
      await opened(served(`report.${language}.html`), async (page, said) => {
        const ids = await figures(page);
        expect(ids.length).toBeGreaterThan(2);
        for (const id of ids) {
          const rows = await rowsOf(page, `${id}.data`);
          const told = await walk(page, id);
          expect([id, told.length]).toEqual([id, rows.length]);
          for (const [i, { label, value }] of rows.entries()) {
            expect(told[i]).toContain(label);
            expect(told[i]).toContain(value);
          }
          await page.keyboard.press('Escape');
          expect(await page.locator(inFigure(id, '.tip')).isVisible()).toBe(false);
          await page.evaluate(() => (document.activeElement as HTMLElement).blur());
          const mark = page.locator(inFigure(id, ':is(.points_marks, .bars_marks, .untold_marks) > *')).last();
          await mark.scrollIntoViewIfNeeded();
          const { x, y, width, height } = (await mark.boundingBox())!;
          await page.mouse.move(x + width / 2, y + height / 2);
          expect(told).toContain(await shown(page, id).then((text) => told.find((one) => same(one, text))));
          // What is shown can be pointed at itself, and goes by Escape without moving the pointer.
          await page.locator(inFigure(id, '.tip')).hover();
          expect(await page.locator(inFigure(id, '.tip')).isVisible()).toBe(true);
          await page.keyboard.press('Escape');
          expect(await page.locator(inFigure(id, '.tip')).isVisible()).toBe(false);
        }
        expect(said).toEqual([]);
      });
    },
    60_000,
  );
  const same = (one: string, other: string): boolean => one.replace(/\s+/g, ' ') === other.replace(/\s+/g, ' ');

  it.each(LANGUAGES)(
    'of the site say what its tables say, in %s',
    async (language) => {
      for (const { address, table } of site(language))
        await opened(address, async (page, said) => {
          const [id] = await figures(page);
          const rows = await rowsOf(page, table);
          const told = await walk(page, id!);
          expect([address, told.length > 3]).toEqual([address, true]);
          for (const one of told) {
            const row = rows.find(({ label }) => one.includes(label));
            const value = row?.value === '–' ? /[^\d\s]{4,}/ : (row?.value ?? 'no row');
            expect(one).toEqual(
              typeof value === 'string' ? expect.stringContaining(value) : expect.stringMatching(value),
            );
          }
          expect(said).toEqual([]);
        });
    },
    60_000,
  );

  it.each(LANGUAGES)(
    'have no violation by axe and do not scroll sideways with the script, in %s',
    async (language) => {
      for (const address of [served(`report.${language}.html`), ...site(language).map((one) => one.address)])
        for (const viewport of [{ width: 1280, height: 900 }, PHONE])
          await opened(
            address,
            async (page, said) => {
              // While a value is shown, for that is what is there more than without a script.
              await page.locator('.plot').first().focus();
              await page.keyboard.press('End');
              expect(await page.locator('.tip:visible').count()).toBe(1);
              expect({ address, viewport, ...(await judged(page)) }).toEqual({ address, viewport, ...FINE });
              expect(said).toEqual([]);
            },
            { viewport },
          );
    },
    120_000,
  );

  it.each(LANGUAGES)(
    'stand as drawings with their tables without a script, in %s',
    async (language) => {
      for (const address of [served(`report.${language}.html`), ...site(language).map((one) => one.address)])
        for (const viewport of [{ width: 1280, height: 900 }, PHONE]) {
          await opened(
            address,
            async (page, said) => {
              const ids = await figures(page);
              expect(await page.locator('figure svg[role=img]:visible').count()).toBe(ids.length);
              expect(await page.locator('figure .scroll[tabindex="0"]').count()).toBe(ids.length);
              expect(await page.locator('.plot, .tip, .walk, [aria-live]').count()).toBe(0);
              expect(said).toEqual([]);
            },
            { viewport, javaScriptEnabled: false },
          );
          // The judge is a script itself: it sees the same page where that of the charts comes empty.
          await opened(
            address,
            async (page) => {
              expect(await page.locator('.plot').count()).toBe(0);
              expect({ address, viewport, ...(await judged(page)) }).toEqual({ address, viewport, ...FINE });
            },
            { viewport },
            (page) =>
              page.route('**/charts.js*', (route) => route.fulfill({ body: '', contentType: 'text/javascript' })),
          );
        }
    },
    120_000,
  );

  it.each(LANGUAGES)(
    'are walked in an edition that is read from disk, under the policy of the page, in %s',
    async (language) => {
      await opened(onDisk(`report.${language}.html`), async (page, said) => {
        const [id] = await figures(page);
        const rows = await rowsOf(page, `${id}.data`);
        expect(await walk(page, id!)).toHaveLength(rows.length);
        expect(said).toEqual([]);
      });
    },
  );

  it('run nothing that was put into a page, neither served nor from disk', async () => {
    const html = readFileSync(join(folder, 'report.en.html'), 'utf8');
    const forged = html.replace('</main>', '<script>document.title = "FORGED"</script></main>');
    writeFileSync(join(folder, 'forged.html'), forged);
    const csp = (await fetch(served('report.en.html'))).headers.get('content-security-policy')!;
    expect(csp).toContain("; script-src 'self'");
    expect(csp).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|file:|https?:/);
    const look = async (page: Page, said: string[]): Promise<void> => {
      expect(await page.title()).not.toBe('FORGED');
      expect(await page.locator('.plot').count()).toBeGreaterThan(2);
      expect(said.length).toBeGreaterThan(0);
      for (const one of said) expect(one).toContain('Executing inline script violates');
    };
    await opened(onDisk('forged.html'), look);
    await opened(served('report.en.html'), look, {}, (page) =>
      page.route('**/report.en.html', async (route) => route.fulfill({ response: await route.fetch(), body: forged })),
    );
  });

  it('stay as they are drawn where the script cannot make them out, and the others are walked', async () => {
    const html = readFileSync(join(folder, 'report.ru.html'), 'utf8');
    const spoiled = html.replace(/(class="[^"]*(?:points|bars)_marks"[^>]*>)<path[^>]*?(?:\/>|><\/path>)/, '$1');
    expect(spoiled).not.toBe(html);
    writeFileSync(join(folder, 'spoiled.html'), spoiled);
    await opened(onDisk('spoiled.html'), async (page, said) => {
      const ids = await figures(page);
      expect(await page.locator('.plot').count()).toBe(ids.length - 1);
      expect(await page.locator(inFigure(ids[0]!, '> .scroll[tabindex="0"] > svg')).isVisible()).toBe(true);
      expect(said).toEqual([expect.stringContaining(`${ids[0]} stays as it is drawn`)]);
    });
    await opened(
      served('report.ru.html'),
      async (page) => {
        expect(await page.locator('figure svg:visible').count()).toBeGreaterThan(2);
        expect(await page.locator('.plot').count()).toBe(0);
        expect(await judged(page)).toEqual(FINE);
      },
      {},
      (page) => page.route('**/charts.js', (route) => route.abort()),
    );
  });

  it('tell a value to a finger that taps beside a mark on a phone, and keep the mark in sight of the keys', async () => {
    await opened(
      served('report.kk.html'),
      async (page) => {
        for (const id of await figures(page)) {
          const plot = page.locator(inFigure(id, '.plot'));
          await plot.scrollIntoViewIfNeeded();
          const region = (await page.locator(inFigure(id, '.scroll')).boundingBox())!;
          await page.touchscreen.tap(region.x + 200, region.y + 60);
          const told = await shown(page, id);
          expect(told.length).toBeGreaterThan(3);
          for (const key of ['End', 'Home']) {
            await plot.focus();
            await page.keyboard.press(key);
            const [ring, tip, seen] = await Promise.all(
              ['.ring', '.tip', '.scroll'].map((one) => page.locator(inFigure(id, one)).boundingBox()),
            );
            expect(tip!.x).toBeGreaterThanOrEqual(seen!.x);
            expect(tip!.x + tip!.width).toBeLessThanOrEqual(seen!.x + seen!.width);
            expect(ring!.x).toBeLessThan(seen!.x + seen!.width);
            expect(ring!.x + ring!.width).toBeGreaterThan(seen!.x);
          }
        }
      },
      { viewport: PHONE, hasTouch: true, isMobile: true },
    );
  });

  it('have a script that is kept for a year under its version, and asked for again under another', async () => {
    const page = await (await fetch(platform.url(SERVICE, '/en/indices/cpi'))).text();
    const href = /<script src="([^"]+)" defer>/.exec(page)![1]!;
    const kept = async (path: string): Promise<unknown> => {
      const { status, headers } = await fetch(platform.url(SERVICE, path));
      return [status, headers.get('content-type'), headers.get('x-content-type-options'), headers.get('cache-control')];
    };
    const js = 'text/javascript; charset=utf-8';
    expect(await kept(href)).toEqual([200, js, 'nosniff', 'public, max-age=31536000, immutable']);
    expect(await kept('/charts.js?v=older')).toEqual([200, js, 'nosniff', 'no-cache']);
    expect(await (await fetch(platform.url(SERVICE, href))).text()).toBe(
      readFileSync(join(folder, 'charts.js'), 'utf8'),
    );
  });
});
