import { drawChart } from '../../publication/draw-charts/draw-chart.js';
import { frameWords } from '../../publication/frame-words/shipped-words.js';
import { SCRIPT_FILE, scriptVersion } from '../../publication/walk-charts/shipped-script.js';
import type { ChartBlock, ReportModel } from '../../report-model/report-model.rules.js';
import type { Say } from '../site-words/site-words.rules.js';
import type { SiteChart } from './site-chart.rules.js';

export async function drawForPage(
  { language }: Say,
  chart: ChartBlock,
  numbers: ReportModel['numbers'],
): Promise<SiteChart> {
  const words = frameWords[language];
  return {
    drawn: await drawChart(chart, numbers, language, words),
    walk: words['page.walk'],
    scriptHref: `/${SCRIPT_FILE}?v=${scriptVersion}`,
  };
}
