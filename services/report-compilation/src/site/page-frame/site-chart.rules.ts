import { chartFigure, type ChartFigure } from '../../publication/render-page/chart-figure.rules.js';
import type { Say } from '../site-words/site-words.rules.js';
import { textOf } from './page-frame.rules.js';

/** A chart of a page of the site, drawn in its language, with what makes it one to walk. */
export interface SiteChart extends Pick<ChartFigure, 'drawn' | 'walk'> {
  readonly scriptHref: string;
}

/** The caption is plain text. */
export const siteChart = (say: Say, id: string, caption: string, { drawn, walk }: SiteChart): string =>
  chartFigure({ id, caption, drawn, walk, scrolls: textOf(say.t('site.scrolls-figure', { caption })) });
