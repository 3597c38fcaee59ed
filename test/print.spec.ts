import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drawCharts } from '@aiqyn/report-compilation/publication/draw-charts/draw-chart';
import { frameWords } from '@aiqyn/report-compilation/publication/frame-words/shipped-words';
import { renderReportPage } from '@aiqyn/report-compilation/publication/render-page/report-page.rules';
import { sampleReport } from '@aiqyn/report-compilation/publication/sample/sample-report';
import { signPdf } from '@aiqyn/report-compilation/publication/sign-report/sign-pdf';
import { compileTypst } from '@aiqyn/report-compilation/publication/typeset-pdf/compile-typst';
import { fontPath } from '@aiqyn/report-compilation/publication/typeset-pdf/shipped-fonts';
import { typesetPdf } from '@aiqyn/report-compilation/publication/typeset-pdf/typeset-pdf';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from './harness/browser.js';
import { startSeal } from './harness/seal.js';
import { validatePdf } from './harness/verapdf.js';

const LANGUAGES = ['kk', 'ru', 'en'] as const;
type Language = (typeof LANGUAGES)[number];
const model = sampleReport({ sections: 3, rowsPerTable: 20 });
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aiqyn-print-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('R5: the PDF, by veraPDF', () => {
  const files: string[] = [];
  beforeAll(async () => {
    const seal = await startSeal();
    const [certificate, key] = ['SEAL_CERTIFICATE_FILE', 'SEAL_KEY_FILE'].map((name) =>
      readFileSync(seal.settings[name]!, 'utf8'),
    );
    await seal.stop();
    const csv = {
      name: 'numbers.csv',
      bytes: Buffer.from('id,value\r\nx,1\r\n'),
      mime: 'text/csv',
      description: 'All numbers',
    };
    for (const language of LANGUAGES) {
      const plain = await typesetPdf(model, language, [csv]);
      const signed = await signPdf(plain, {
        certificate: certificate!,
        key: key!,
        signingTime: new Date(Date.now() + 60_000),
      });
      for (const [name, bytes] of [
        [`${language}.pdf`, plain],
        [`${language}.signed.pdf`, signed],
      ] as const) {
        files.push(join(folder, name));
        writeFileSync(join(folder, name), bytes);
      }
    }
  }, 120_000);

  it.each(['ua1', '3a'] as const)(
    'is %s in every language, before and after it is signed',
    async (profile) => {
      const verdicts = await validatePdf(profile, files);
      expect(verdicts.map(({ file, compliant, failed, broken }) => ({ file, compliant, failed, broken }))).toEqual(
        files.map((file) => ({ file, compliant: true, failed: 0, broken: [] })),
      );
      for (const { passed } of verdicts) expect(passed).toBeGreaterThan(10_000);
    },
    300_000,
  );

  it('would not be, as the compiler makes it: the judge sees the difference', async () => {
    const head =
      '#set document(title: "x", date: datetime(year: 2026, month: 1, day: 1))\n#set text(font: "Inter", lang: "en")\n';
    const bare = join(folder, 'bare.pdf');
    writeFileSync(bare, compileTypst(new Map(), `${head}= Title\nText`));
    const [verdict] = await validatePdf('ua1', [bare]);
    expect(verdict).toMatchObject({ compliant: false });
    expect(verdict!.failed).toBeGreaterThan(0);
  }, 120_000);
});

describe('R5: the page, in a browser', () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
    for (const language of LANGUAGES) {
      const html = renderReportPage(model, language, {
        words: frameWords,
        charts: await drawCharts(model, language, frameWords[language]),
        numberHref: (id) => `#${id}`,
        languageHref: (one) => `${one}.html`,
        fontHref: (file) => pathToFileURL(fontPath(file)).href,
        downloads: [{ name: 'report.pdf', href: 'report.pdf', mime: 'application/pdf' }],
      });
      writeFileSync(join(folder, `${language}.html`), html);
    }
  }, 120_000);
  afterAll(() => browser?.close());

  /** The page, opened by a reader whose browser runs no script of it. */
  async function opened<T>(language: Language, width: number, look: (page: Page) => Promise<T>): Promise<T> {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    try {
      await page.goto(pathToFileURL(join(folder, `${language}.html`)).href);
      return await look(page);
    } finally {
      await page.close();
    }
  }
  const violations = (page: Page): Promise<string[]> =>
    page.evaluate(async (source) => {
      (0, eval)(source);
      const { axe: judge } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations: found } = await judge.run();
      return found.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ html }) => html)
            .join(' | ')
            .slice(0, 300)}`,
      );
    }, axe);

  it.each(LANGUAGES)(
    'has no violation by axe in %s, wide and narrow',
    async (language) => {
      for (const width of [1280, 320]) expect(await opened(language, width, violations)).toEqual([]);
    },
    120_000,
  );

  it('would have some with a fault: the judge sees it', async () => {
    const found = await opened('en', 1280, async (page) => {
      await page.evaluate(() => document.querySelector('figure svg')!.removeAttribute('aria-labelledby'));
      await page.evaluate(() =>
        document.querySelectorAll('figure svg title, figure svg desc').forEach((one) => one.remove()),
      );
      await page.evaluate(() => document.documentElement.removeAttribute('lang'));
      return violations(page);
    });
    expect(found.map((one) => one.split(':')[0])).toEqual(expect.arrayContaining(['html-has-lang', 'svg-img-alt']));
  }, 60_000);

  it.each(LANGUAGES)(
    'does not scroll sideways at 320 pixels (400 %% zoom) in %s; what is wider scrolls in itself',
    async (language) => {
      await opened(language, 320, async (page) => {
        const { page: wide, window: shown } = await page.evaluate(() => ({
          page: document.documentElement.scrollWidth,
          window: innerWidth,
        }));
        expect(wide).toBe(shown);
        const held = await page.evaluate(() =>
          [...document.querySelectorAll('table, figure svg')].every((one) =>
            one.closest('[role=region][tabindex="0"][aria-label]'),
          ),
        );
        expect(held).toBe(true);
      });
    },
  );

  it.each(LANGUAGES)(
    'is reached whole by the keyboard in %s, the skip link first',
    async (language) => {
      await opened(language, 1280, async (page) => {
        const wanted = await page.evaluate(() => document.querySelectorAll('a[href], [tabindex="0"]').length);
        expect(wanted).toBeGreaterThan(100);
        const seen = await page
          .evaluate(() => 0)
          .then(async () => {
            const order: string[] = [];
            for (let i = 0; i < wanted; i += 1) {
              await page.keyboard.press('Tab');
              order.push(
                await page.evaluate((n) => {
                  const one = document.activeElement as HTMLElement;
                  one.dataset.reached ??= String(n);
                  return one.className;
                }, i),
              );
            }
            return order;
          });
        expect(seen[0]).toBe('skip');
        // Each stop was another one, and had an outline to be seen by.
        expect(await page.evaluate(() => document.querySelectorAll('[data-reached]').length)).toBe(wanted);
        const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
        expect(outline).not.toBe('none');
      });
    },
    120_000,
  );

  it('stands without any script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, 'kk.html')).href);
    expect(await page.locator('main table').count()).toBe(7);
    expect(await page.locator('main figure svg').count()).toBe(3);
    await context.close();
  });

  it('asks for nothing but its fonts', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(join(folder, 'kk.html')).href, { waitUntil: 'networkidle' });
    expect(asked.filter((url) => !url.endsWith('.ttf') && !url.endsWith('kk.html'))).toEqual([]);
    await page.close();
  });
});
