import { type Item, logger, parse, resetSVGDefIds, type Scene, View, Warn } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { ChartBlock, Language, ReportModel } from '../../report-model/report-model.rules.js';
import type { FrameWords } from '../frame-words/frame-words.rules.js';
import { readingsOf, type WalkedSpec } from '../walk-charts/walk.rules.js';
import { accessibleSvg } from './accessible-svg.rules.js';
import { type ChartSpec, chartSpec } from './chart-spec.rules.js';

/** A chart that came out otherwise than its spec says; it must stop an edition, for nobody sees a layer that is not there. */
export class ChartNotDrawn extends Error {
  constructor(
    readonly chart: string,
    readonly layer: string | undefined,
    message: string,
  ) {
    super(message);
    this.name = 'ChartNotDrawn';
  }
}

export interface DrawnChart {
  readonly svg: string;
  readonly alt: string;
  /** The same drawing as Vega-Lite JSON; the script of a page walks its points. */
  readonly spec: ChartSpec;
}

/** Vega only warns of an empty domain or an unknown field; here a warning is an error. */
function listening(): { log: ReturnType<typeof logger>; heard: string[] } {
  const heard: string[] = [];
  const log = logger(Warn);
  const hear = (...words: readonly unknown[]): typeof log => {
    heard.push(words.map(String).join(' '));
    return log;
  };
  return { log: Object.assign(log, { warn: hear, error: hear }), heard };
}

/** How many marks with a place each named layer has got. */
function marksOf(scene: unknown, counts = new Map<string, number>()): Map<string, number> {
  const { name, items, marktype } = scene as { name?: string; items?: readonly Item[]; marktype?: string };
  for (const item of items ?? []) {
    if (marktype === 'group')
      for (const inner of (item as unknown as { items?: readonly Scene[] }).items ?? []) marksOf(inner, counts);
    else if (name?.endsWith('_marks')) {
      const { x, y, text } = item as unknown as { x?: number; y?: number; text?: unknown };
      const stands =
        Number.isFinite(x) &&
        Number.isFinite(y) &&
        (marktype !== 'text' || !/^\s*(undefined|null|NaN)?\s*$/.test(String(text)));
      if (stands) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

/** Draws one after another: Vega counts the ids of a drawing in a variable of the process. */
let before: Promise<unknown> = Promise.resolve();

/** A spec as an SVG; same spec, same bytes. Throws when a layer of it has no marks. */
export function drawSpec(id: string, spec: ChartSpec): Promise<string> {
  const draw = async (): Promise<string> => {
    const { log, heard } = listening();
    const readings = readingsOf(spec as unknown as WalkedSpec);
    // Vega writes its own ids into the data that it is given.
    const own = structuredClone(spec);
    const compiled = compile(own as unknown as TopLevelSpec, { logger: log }).spec;
    const view = new View(parse(compiled), { renderer: 'none', logger: log });
    try {
      await view.runAsync();
      const marks = marksOf((view.scenegraph() as unknown as { root: unknown }).root);
      for (const { name } of spec.layer)
        if (!marks.get(`${name}_marks`))
          throw new ChartNotDrawn(id, name, `the layer ${name} of the chart ${id} has no marks`);
      for (const layer of new Set(readings.map((reading) => reading.layer))) {
        const wanted = readings.filter((reading) => reading.layer === layer).length;
        if (marks.get(`${layer}_marks`) !== wanted)
          throw new ChartNotDrawn(id, layer, `the layer ${layer} of the chart ${id} has not one mark for each point`);
      }
      if (heard.length > 0) throw new ChartNotDrawn(id, undefined, `the chart ${id}: ${heard.join('; ')}`);
      resetSVGDefIds();
      return await view.toSVG();
    } finally {
      view.finalize();
    }
  };
  const drawn = before.then(draw, draw);
  before = drawn.catch(() => undefined);
  return drawn;
}

export async function drawChart(
  chart: ChartBlock,
  numbers: ReportModel['numbers'],
  language: Language,
  words: FrameWords,
): Promise<DrawnChart> {
  const spec = chartSpec(chart, numbers, language, words);
  const alt = spec.description;
  const svg = await drawSpec(chart.id, spec);
  return { svg: accessibleSvg(svg, { id: chart.id, title: chart.title[language], description: alt }), alt, spec };
}

/** Every chart of an edition in a language, by the id of its block. */
export async function drawCharts(
  model: ReportModel,
  language: Language,
  words: FrameWords,
): Promise<Readonly<Record<string, DrawnChart>>> {
  const charts = model.sections.flatMap(({ blocks }) =>
    blocks.filter((block): block is ChartBlock => block.kind === 'chart'),
  );
  const drawn: Record<string, DrawnChart> = {};
  for (const chart of charts) drawn[chart.id] = await drawChart(chart, model.numbers, language, words);
  return drawn;
}
