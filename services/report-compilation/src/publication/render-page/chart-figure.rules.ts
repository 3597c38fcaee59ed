import type { ChartSpec } from '../draw-charts/chart-spec.rules.js';
import { escapeHtml as h, scriptJson } from './html.rules.js';

export interface ChartFigure {
  readonly id: string;
  /** Plain texts. */
  readonly caption: string;
  /** Names the region that scrolls. */
  readonly scrolls: string;
  /** How the chart is walked; a script shows it, for without one it is not true. */
  readonly walk: string;
  readonly drawn: { readonly svg: string; readonly spec: ChartSpec };
}

/** A drawing with the Vega-Lite spec that made it, as data: any Vega can draw it again, and the script of the page reads its points. */
export const chartFigure = ({ id, caption, scrolls, walk, drawn }: ChartFigure): string =>
  `<figure id="${h(id)}" data-walk="${h(walk)}"><figcaption>${h(caption)}</figcaption><div class="scroll" role="region" tabindex="0" aria-label="${h(scrolls)}">${drawn.svg}</div><script type="application/json">${scriptJson(drawn.spec)}</script></figure>`;
