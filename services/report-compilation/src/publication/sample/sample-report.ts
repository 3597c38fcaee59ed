import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type {
  Block,
  ChartPoint,
  Localised,
  NumberStatus,
  NumberUnit,
  ReportModel,
  ReportNumber,
  ReportSection,
} from '../../report-model/report-model.rules.js';

export interface SampleSize {
  readonly sections?: number;
  readonly rowsPerTable?: number;
  readonly paragraphs?: number;
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const same = (text: string): Localised => ({ kk: text, ru: text, en: text });
const said = (kk: string, ru: string, en: string): Localised => ({ kk, ru, en });

const REGIONS = [
  said('Абай облысы', 'Абайская область', 'Abai Region'),
  said('Ақмола облысы', 'Акмолинская область', 'Akmola Region'),
  said('Ақтөбе облысы', 'Актюбинская область', 'Aktobe Region'),
  said('Алматы облысы', 'Алматинская область', 'Almaty Region'),
  said('Атырау облысы', 'Атырауская область', 'Atyrau Region'),
  said('Шығыс Қазақстан облысы', 'Восточно-Казахстанская область', 'East Kazakhstan Region'),
  said('Жамбыл облысы', 'Жамбылская область', 'Zhambyl Region'),
  said('Жетісу облысы', 'область Жетісу', 'Zhetisu Region'),
  said('Батыс Қазақстан облысы', 'Западно-Казахстанская область', 'West Kazakhstan Region'),
  said('Қарағанды облысы', 'Карагандинская область', 'Karaganda Region'),
  said('Қостанай облысы', 'Костанайская область', 'Kostanay Region'),
  said('Қызылорда облысы', 'Кызылординская область', 'Kyzylorda Region'),
  said('Маңғыстау облысы', 'Мангистауская область', 'Mangystau Region'),
  said('Павлодар облысы', 'Павлодарская область', 'Pavlodar Region'),
  said('Солтүстік Қазақстан облысы', 'Северо-Казахстанская область', 'North Kazakhstan Region'),
  said('Түркістан облысы', 'Туркестанская область', 'Turkistan Region'),
  said('Ұлытау облысы', 'область Ұлытау', 'Ulytau Region'),
  said('Астана қаласы', 'город Астана', 'Astana'),
  said('Алматы қаласы', 'город Алматы', 'Almaty'),
  said('Шымкент қаласы', 'город Шымкент', 'Shymkent'),
];
const AREAS = [
  said('Жолдар', 'Дороги', 'Roads'),
  said('Денсаулық сақтау', 'Здравоохранение', 'Health'),
  said('Білім беру', 'Образование', 'Education'),
  said('Құрылыс', 'Строительство', 'Construction'),
  said('Әлеуметтік қорғау', 'Социальная защита', 'Social protection'),
];
const COLUMNS = [
  said(
    'Тіркелгені (уәкілетті орган)',
    'Зарегистрировано (уполномоченным органом)',
    'Registered (by the authorised body)',
  ),
  said('Сотқа жолданғаны', 'Направлено в суд', 'Sent to court'),
  said('Үлесі', 'Доля', 'Share'),
  said('Өтелген залал', 'Возмещённый ущерб', 'Damage recovered'),
  said('Тәуекел деңгейі', 'Уровень риска', 'Level of risk'),
];
const LEVELS = {
  low: said('төмен', 'низкий', 'low'),
  medium: said('орташа', 'средний', 'medium'),
  high: said('жоғары', 'высокий', 'high'),
};
const TITLES = [
  said(
    'Азаматтардың хабарламалары және сыйақылар',
    'Сообщения граждан и вознаграждения',
    'Reports of citizens and rewards',
  ),
  said('Халықаралық индекстердегі орны', 'Место в международных индексах', 'Standing in international indices'),
  said(
    'Сыбайлас жемқорлық тәуекелдерін сыртқы талдау',
    'Внешний анализ коррупционных рисков',
    'External analysis of corruption risks',
  ),
  said('Сыйлықтар және мүдделер қақтығысы', 'Подарки и конфликт интересов', 'Gifts and conflicts of interest'),
  said('Нормативтік актілер жобаларының сараптамасы', 'Экспертиза проектов актов', 'Expertise of draft acts'),
];

/** The score of Kazakhstan in the CPI as it is shipped with the service; 2025 has no standard error. */
function cpi(): { year: string; score: string; low: string; high: string }[] {
  const file = readFileSync(new URL('../../../data/indices/cpi.csv', import.meta.url), 'utf8');
  return file
    .split('\n')
    .filter((line) => line.startsWith('KAZ,'))
    .map((line) => line.split(','))
    .map(([, , , year, score, , low, high]) => ({ year: year!, score: score!, low: low!, high: high! }));
}

/**
 * An invented edition with every kind of block, unit and status, for specs and the bench; the series of the CPI is the real one.
 * Fifteen sections of twenty rows make about a hundred pages over the three languages.
 */
export function sampleReport({ sections = 3, rowsPerTable = 8, paragraphs = 2 }: SampleSize = {}): ReportModel {
  const numbers: Record<string, ReportNumber> = {};
  const add = (
    id: string,
    unit: NumberUnit,
    value: number | string,
    { decimals = 0, status = 'A', says }: { decimals?: number; status?: NumberStatus; says?: Localised } = {},
  ): string => {
    const metric = id.split('.').slice(0, 2).join('.');
    const told = { value: status === 'A' ? value : null, status, ...(says ? { says } : {}) };
    const proof = { metric, metricVersion: 1, inputs: (Object.keys(numbers).length * 37) % 900, inputRoot: sha(id) };
    numbers[id] = { id, unit, decimals, ...told, ...proof };
    return id;
  };

  const table = (s: number): Block => ({
    kind: 'table',
    id: `s${s}.regions`,
    caption: said(
      `Өңірлер бойынша істер, ${s + 1}-бөлім`,
      `Дела по регионам, раздел ${s + 1}`,
      `Cases by region, section ${s + 1}`,
    ),
    columns: [said('Өңір', 'Регион', 'Region'), ...COLUMNS],
    rows: Array.from({ length: rowsPerTable }, (_, r) => {
      const at = `cases.region.s${s}.r${r}`;
      // Of the statuses the fourth row has one each; the fifth lacks a cell.
      const hidden = (status: NumberStatus): NumberStatus => (r === 3 ? status : 'A');
      const level = (['low', 'medium', 'high'] as const)[(s + r) % 3]!;
      return {
        label: REGIONS[r % REGIONS.length]!,
        cells: [
          add(`${at}.registered`, 'count', 1_000 + ((s * 31 + r * 17) % 900), { status: hidden('C') }),
          add(`${at}.court`, 'count', 7 + ((s * 13 + r * 5) % 60), { status: hidden('S') }),
          r === 4
            ? null
            : add(`${at}.share`, 'share', ((s * 7 + r * 3) % 100) / 100, { decimals: 1, status: hidden('M') }),
          add(`${at}.damage`, 'tiyn', 125_000_050 + s * 1_000_100 + r * 77_700, { decimals: 2 }),
          add(`${at}.level`, 'code', level, { says: LEVELS[level] }),
        ],
      };
    }),
    note: said(
      'Бір іс тіркелген өңірінде бір рет есептеледі.',
      'Дело учитывается один раз, в регионе регистрации.',
      'A case is counted once, in the region that registered it.',
    ),
  });

  const text = (s: number, p: number): Block => {
    const total = add(`cases.total.s${s}.p${p}`, 'count', 1_632 + s * 11 + p);
    const share = add(`cases.share.s${s}.p${p}`, 'share', 0.512, { decimals: 1 });
    const sum = add(`rewards.amount.s${s}.p${p}`, 'tiyn', 3_150_000_000 + s, { decimals: 2 });
    return {
      kind: 'text',
      id: `s${s}.text${p}`,
      text: said(
        `Әділдік пен ашықтық — қоғам сенімінің негізі. Ғимараттан ауылға дейін, үкіметтен ұйымға дейін әр іс көзге көрінуі тиіс. Есепті жылы {{metric:${total}}} хабарлама тіркелді, олардың {{metric:${share}}} расталды; хабарлаған адамдарға {{metric:${sum}}} сыйақы төленді.\n\nҚызметтік тергеу нәтижелері бойынша ұсынымдар берілді, олардың орындалуын жауапты тұлғалар тоқсан сайын баяндайды. Һәм әр ұсыным орындалғанша келесі басылымдарға көшеді.`,
        `Справедливость и открытость — основа доверия общества. В отчётном году зарегистрировано сообщений: {{metric:${total}}}; подтвердилось {{metric:${share}}} из них; сообщившим людям выплачено {{metric:${sum}}} вознаграждений.\n\nПо результатам служебных расследований даны рекомендации, об исполнении которых ответственные лица докладывают ежеквартально. Рекомендация переходит в следующие издания, пока не исполнена.`,
        `Fairness and openness are what the trust of society rests on. In the year under report {{metric:${total}}} reports were registered, of which {{metric:${share}}} were confirmed; {{metric:${sum}}} was paid in rewards to those who had reported.\n\nThe inquiries led to recommendations, on which the officials who answer for them report every quarter. A recommendation is carried over to the next editions until it is fulfilled.`,
      ),
    };
  };

  const bars = (s: number): Block => ({
    kind: 'chart',
    id: `s${s}.areas`,
    chart: 'bars',
    title: said('Салалар бойынша тәуекел белгілері', 'Признаки риска по сферам', 'Red flags by area'),
    axis: said('Белгілер саны', 'Число признаков', 'Number of flags'),
    points: AREAS.map((label, a): ChartPoint => ({
      label,
      number: add(`flags.area.s${s}.a${a}`, 'count', 1_240 - a * 190 + s, {
        status: a === 3 ? 'S' : a === 4 ? 'M' : 'A',
      }),
    })),
  });

  const series = cpi();
  const line = (s: number): Block => ({
    kind: 'chart',
    id: `s${s}.cpi`,
    chart: 'line',
    title: said(
      'Сыбайлас жемқорлықты қабылдау индексі, Қазақстан',
      'Индекс восприятия коррупции, Казахстан',
      'Corruption Perceptions Index, Kazakhstan',
    ),
    axis: said('Балл', 'Балл', 'Score'),
    points: series.map(({ year, score, low, high }): ChartPoint => {
      const at = `index.cpi.s${s}.${year}`;
      const number = add(`${at}.score`, 'score', Number(score));
      if (low === '' || high === '') return { label: same(year), number };
      const ends = {
        low: add(`${at}.low`, 'score', Number(low), { decimals: 1 }),
        high: add(`${at}.high`, 'score', Number(high), { decimals: 1 }),
      };
      return { label: same(year), number, ...ends };
    }),
    note: said(
      'Бұл — қабылдау бағасы, қылмыс есебі емес.',
      'Это оценка восприятия, а не счёт преступлений.',
      'This measures perception, it does not count crimes.',
    ),
  });

  const all = Array.from({ length: sections }, (_, s): ReportSection => {
    const title = TITLES[s % TITLES.length]!;
    const round = Math.floor(s / TITLES.length);
    const ordinal = round === 0 ? '' : ` (${round + 1})`;
    return {
      id: `s${s}`,
      title: said(`${title.kk}${ordinal}`, `${title.ru}${ordinal}`, `${title.en}${ordinal}`),
      owner: said('Сыбайлас жемқорлыққа қарсы қызмет', 'Антикоррупционная служба', 'Anti-Corruption Service'),
      ...(s % 2 === 0
        ? {
            legalBasis: said(
              'Заңның 17-бабы, 2015 жылғы 18 қараша, № 410-V',
              'статья 17 Закона от 18 ноября 2015 года № 410-V',
              'Article 17 of Law No 410-V of 18 November 2015',
            ),
          }
        : {}),
      blocks: [...Array.from({ length: paragraphs }, (_, p) => text(s, p)), table(s), s % 2 === 0 ? bars(s) : line(s)],
    };
  });

  return {
    schema: 'aiqyn/national-report/1',
    nationalReportId: 'nr-2025',
    year: 2025,
    edition: 2,
    sealedDay: '2026-02-12',
    title: said(
      'Сыбайлас жемқорлыққа қарсы іс-қимыл туралы ұлттық баяндама',
      'Национальный доклад о противодействии коррупции',
      'National Anti-Corruption Report',
    ),
    authority: said(
      'Қазақстан Республикасының сыбайлас жемқорлыққа қарсы қызметі',
      'Антикоррупционная служба Республики Казахстан',
      'Anti-Corruption Service of the Republic of Kazakhstan',
    ),
    snapshot: {
      id: 'snapshot-2025-2',
      events: 104_217,
      root: sha('snapshot'),
      partitions: ['reporting', 'risk-analysis', 'compliance'].map((name, partition) => ({
        topic: `${name}.events`,
        partition,
        endOffset: 40_000 + partition,
        count: 34_739,
        root: sha(name),
      })),
    },
    previous: { year: 2025, edition: 1, manifestSha256: sha('edition 1') },
    sections: all,
    numbers,
    sources: [
      said(
        'Transparency International, сыбайлас жемқорлықты қабылдау индексі, CC BY-ND 4.0; аралықтар бойынша есептеу — біздікі.',
        'Transparency International, индекс восприятия коррупции, CC BY-ND 4.0; интервалы вычислены нами.',
        'Transparency International, Corruption Perceptions Index, CC BY-ND 4.0; the intervals are computed by us.',
      ),
    ],
  };
}
