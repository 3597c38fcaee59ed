import { describe, expect, it } from '@jest/globals';
import { registerOf } from '../numbers/define-metrics/registers.js';
import { drawChart } from '../publication/draw-charts/draw-chart.js';
import { frameWords } from '../publication/frame-words/shipped-words.js';
import { LANGUAGES } from '../report-model/report-model.rules.js';
import { definitionInWords } from './explain-number/definition.rules.js';
import { numberPage } from './explain-number/number-page.rules.js';
import { numberTitle } from './explain-number/number-title.rules.js';
import {
  consultationPage,
  consultationsPage,
  receiptPage,
  statusPage,
} from './follow-consultation/consultation-page.rules.js';
import { typedIn } from './follow-consultation/read-form.js';
import { frontPage } from './front-page/front-page.rules.js';
import { indexChart, indexPage, type ShownIndex } from './show-index/index-page.rules.js';
import { drawForPage } from './page-frame/draw-for-page.js';
import { SAY } from './site-words/shipped-words.js';
import { SITE_KEYS } from './site-words/site-keys.js';
import { siteWordsOf } from './site-words/site-words.rules.js';

const CANARY = `"'><script>alert(1)</script>`;
const say = SAY.en;
const register = registerOf(2025);
const words = (): Record<string, string> => Object.fromEntries(SITE_KEYS.map((key) => [key, 'x']));

describe('the words of the site', () => {
  it.each<[string, (one: Record<string, string>) => void]>([
    ['is missing', (one) => delete one['lost.title']],
    ['is empty', (one) => (one['lost.title'] = ' ')],
    ['is read by nobody', (one) => (one['odd'] = 'x')],
    ['has another place', (one) => (one['lost.title'] = '{n}')],
  ])('are refused when one %s', (_, spoil) => {
    const ru = words();
    spoil(ru);
    expect(() => siteWordsOf({ kk: words(), ru, en: words() })).toThrow(/ru (lost\.title|odd)/);
    expect(() => siteWordsOf({ kk: words(), ru: words(), en: words() })).not.toThrow();
  });

  it('never leave a place open', () => {
    expect(() => say.t('edition.name', { year: 2025 })).toThrow('{n}');
    expect(say.t('edition.name', { year: '<b>', n: 1 })).toBe('&lt;b&gt;, edition 1');
  });
});

describe('what people wrote, on every page', () => {
  const titles = { kk: CANARY, ru: CANARY, en: CANARY };
  const shown = {
    ...{ id: 'c', titles, state: 'open' as const, firstDay: '2026-01-01', lastDay: '2026-01-20' },
    ...{ documentId: 'd', documentVersion: 1 },
  };
  const answer = {
    ...{ day: '2026-01-02', decision: 'rejected' as const, reason: { en: CANARY } },
    ground: { kind: 'legal' as const, citation: CANARY },
  };
  const madeOn = {
    ...{ documentVersion: 1, how: 'as-made' as const, unitId: 'p1', number: CANARY },
    quote: { language: 'ru' as const, text: CANARY, prefix: '', suffix: '', start: 0 },
  };
  const comment = { commentId: 'x', language: 'ru' as const, text: CANARY, state: 'answered' as const, madeOn, answer };
  const metric = register.metrics.find(({ id }) => id === 'releases.area')!;
  const number = {
    ...{ id: 'releases.area.x', unit: 'code' as const, decimals: 0, value: CANARY, status: 'A' as const },
    ...{ metric: metric.id, metricVersion: 1, inputs: 1, inputRoot: CANARY },
  };
  const series: ShownIndex = {
    ...{ index: 'cpi', measures: 'perception', producer: CANARY, attribution: CANARY, licence: CANARY },
    ...{ licenceUrl: CANARY, country: 'KAZ', comparableFrom: 2012, points: [], targets: [] },
  };
  it.each<[string, string]>([
    [
      'front page',
      frontPage(say, { editions: [], consultations: [{ id: 'c', titles, lastDay: '2026-01-20' }], indices: [] }),
    ],
    ['consultations', consultationsPage(say, { items: [{ ...shown, comments: 1 }] })],
    [
      'a consultation',
      consultationPage(say, {
        ...{ ...shown, counts: new Map(), comments: { items: [comment] } },
        units: [{ unitId: 'p1', number: CANARY, kind: 'paragraph', text: titles }],
        log: {
          items: [{ commentId: CANARY, unitId: CANARY, steps: [{ day: CANARY, to: 'hidden', ground: 'insult' }] }],
        },
        refused: {
          typed: { text: `</textarea>${CANARY}`, quote: CANARY, unitId: CANARY },
          code: CANARY,
          field: CANARY,
        },
      }),
    ],
    ['a receipt', receiptPage(say, 'c', { receiptNumber: CANARY, receivedDay: '2026-01-02' })],
    ['a status', statusPage(say, { state: CANARY, receivedDay: '2026-01-02', text: CANARY, answer })],
    [
      'a number',
      numberPage(say, {
        ...{ edition: { id: 'e', year: 2025, edition: 1 }, number, metric, register },
        snapshot: { id: CANARY, root: CANARY, events: 1, sealedDay: '2026-01-02' },
        events: { items: [{ type: CANARY, id: CANARY, day: CANARY }], nextCursor: CANARY },
      }),
    ],
    ['an index', indexPage(say, series, undefined, { sentence: CANARY, finding: CANARY })],
  ])('%s is escaped', (_, page) => {
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/="[^"]*"'>/);
  });

  it('is taken from a form as texts only', () => {
    expect(typedIn({ text: 'x', kind: ['a', 'b'], region: '', other: 'y' }, ['text', 'kind', 'region'])).toEqual({
      text: 'x',
    });
    expect(typedIn(undefined, ['text'])).toEqual({});
  });
});

describe('a definition in words', () => {
  it('is there for every metric of the register, in each language', () => {
    for (const language of LANGUAGES)
      for (const metric of register.metrics) {
        const told = definitionInWords(SAY[language], metric, register, 2025);
        expect([metric.id, told.length]).toEqual([metric.id, 6]);
        for (const [term, words] of told) {
          expect(`${term}${words}`).not.toMatch(/undefined|\{|[\u0000-\u0008]/);
          expect(words).not.toBe('');
        }
        expect(numberTitle(SAY[language], metric.id, metric)).not.toBe('');
      }
  });

  it.each<[string, string, string]>([
    ['reports.total', 'Formula', 'the count of events'],
    ['reports.total', 'Period', 'events of the year 2025'],
    ['reports.total', 'Disclosure', 'counts below 5'],
    ['reports.category-share', 'Formula', '“Received by category” divided by “Reports received”'],
    ['reports.category-share', 'What is counted', 'No events but other metrics'],
    ['log.size', 'Filter', 'only the last event of each <code>key</code>'],
    ['log.size', 'Disclosure', 'tells of nobody'],
  ])('%s: %s', (id, term, words) => {
    const metric = register.metrics.find((one) => one.id === id)!;
    const told = Object.fromEntries(definitionInWords(say, metric, register, 2025));
    expect(told[term]).toContain(words);
  });
});

describe('the chart of an index', () => {
  const shown = (years: readonly [year: number, score?: number][], comparableFrom = 2000): ShownIndex => ({
    ...{ index: 'wgi', measures: 'perception', producer: '', attribution: '', licence: '', licenceUrl: '' },
    ...{ country: 'KAZ', comparableFrom, targets: [] },
    points: years.map(([year, score]) =>
      score === undefined ? { year, missing: true } : { year, published: { score } },
    ),
  });

  it('keeps a year without a value in its place, as a gap', async () => {
    const { chart, numbers } = indexChart(say, shown([[2001, 1], [2002], [2003, 2], [2004, 3]]))!;
    expect(Object.values(numbers).map(({ value, status }) => [value, status])).toEqual([
      [1, 'A'],
      [null, 'M'],
      [2, 'A'],
      [3, 'A'],
    ]);
    const { svg } = await drawChart(chart, numbers, 'en', frameWords.en);
    expect([...svg.matchAll(/>(20\d\d)</g)].map(([, year]) => year)).toEqual(['2001', '2002', '2003', '2004']);
  });

  it('says of each year what its table says, score and band to the same digit', async () => {
    const told = shown([[2001, 0.5], [2002], [2003, 0.4666]]);
    const banded = {
      ...told,
      points: told.points.map((one) =>
        one.year === 2003 ? { ...one, computed: { band90: [-0.4, 0.5333] as const } } : one,
      ),
    };
    const drawn = indexChart(say, banded)!;
    const chart = await drawForPage(say, drawn.chart, drawn.numbers);
    const page = indexPage(say, banded, chart, undefined);
    const { data } = chart.drawn.spec as unknown as { data: { values: { said: string }[] } };
    expect(data.values.map(({ said }) => said)).toEqual([
      '0.5000 in 2001',
      'not known in 2002',
      '0.4666 in 2003; 90\u00a0% interval: -0.4000\u00a0… 0.5333',
    ]);
    expect(page).toContain('<th scope="row">2001</th><td class="n">0.5000</td>');
    expect(page).toContain('<th scope="row">2003</th><td class="n">0.4666</td><td>−0.4000\u00a0… 0.5333</td>');
    expect(page.match(/<script src="\/charts\.js\?v=[0-9a-f]{12}" defer>/g)).toHaveLength(1);
  });

  it('draws no year of an earlier method, and nothing when there is no score', () => {
    const { chart } = indexChart(
      say,
      shown([
        [1999, 9],
        [2000, 1],
        [2001, 2],
      ]),
    )!;
    expect(chart.points.map(({ label }) => label.en)).toEqual(['2000', '2001']);
    expect(indexChart(say, shown([[1999, 9], [2000]]))).toBeUndefined();
  });
});

describe('a page', () => {
  it('says the name of the report with its hyphen unbroken', () =>
    expect(frontPage(SAY.kk, { editions: [], consultations: [], indices: [] })).toContain(
      '<span class="whole">іс-қимыл</span>',
    ));
});
