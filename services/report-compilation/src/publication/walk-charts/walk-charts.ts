import {
  besideMark,
  type Box,
  directionOf,
  nearestTo,
  type Reading,
  readingsOf,
  stepOf,
  type WalkedSpec,
} from './walk.rules.js';

/*
 * The script of the pages. It makes each static chart one that can be pointed at, tapped and walked by keys, from the Vega-Lite spec
 * that drew it and stands beside it. What it cannot make out it leaves as it is: drawing and table tell everything without it.
 */

const made = <K extends keyof HTMLElementTagNameMap>(name: K, className: string): HTMLElementTagNameMap[K] =>
  Object.assign(document.createElement(name), { className });

/** The mark of each reading; throws when the drawing has not exactly these. */
function marksOf(svg: SVGSVGElement, readings: readonly Reading[]): readonly Element[] {
  const layers = new Map<string, Element[]>();
  for (const { layer } of readings)
    if (!layers.has(layer)) layers.set(layer, [...svg.querySelectorAll(`.${layer}_marks > *`)]);
  const drawn = [...layers.values()].reduce((sum, { length }) => sum + length, 0);
  if (drawn !== readings.length) throw new Error(`${drawn} marks for ${readings.length} points`);
  return readings.map(({ layer, nth }) => layers.get(layer)![nth]!);
}

class WalkedChart {
  private readonly plot = made('div', 'plot');
  private readonly tip = made('div', 'tip');
  private readonly live = made('p', 'vh');
  private readonly ring = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  private at = -1;

  constructor(
    figure: HTMLElement,
    private readonly region: HTMLElement,
    private readonly svg: SVGSVGElement,
    private readonly readings: readonly Reading[],
    private readonly marks: readonly Element[],
    private readonly along: 'x' | 'y',
  ) {
    const hint = made('p', 'note walk');
    hint.id = `${figure.id}-walk`;
    hint.textContent = figure.dataset.walk!;
    const { plot, tip, live, ring } = this;
    plot.tabIndex = 0;
    // The keys are ours: a screen reader hands them over, and hears the live region.
    plot.setAttribute('role', 'application');
    plot.setAttribute('aria-label', figure.querySelector('figcaption')!.textContent);
    plot.setAttribute('aria-describedby', hint.id);
    live.setAttribute('aria-live', 'polite');
    tip.setAttribute('aria-hidden', 'true');
    tip.hidden = true;
    ring.setAttribute('class', 'ring');
    svg.replaceWith(plot);
    plot.append(svg, tip);
    // One stop for the keyboard: to walk a chart is also to scroll it.
    region.removeAttribute('tabindex');
    region.after(hint, live);
    this.listen();
  }

  private listen(): void {
    const { plot, svg, tip } = this;
    const point = (event: PointerEvent): void => {
      const place = this.along === 'x' ? event.clientX : event.clientY;
      const centres = this.marks.map((mark) => {
        const { left, top, width, height } = mark.getBoundingClientRect();
        return this.along === 'x' ? left + width / 2 : top + height / 2;
      });
      this.show(nearestTo(place, centres));
    };
    svg.addEventListener('pointermove', point);
    svg.addEventListener('pointerdown', point);
    plot.addEventListener('pointerleave', (event) => {
      // A finger that was lifted has not gone away; what it found stays until it taps elsewhere.
      if (event.pointerType !== 'touch' && document.activeElement !== plot) this.hide();
    });
    plot.addEventListener('focus', () => {
      this.show(Math.max(this.at, 0), 'announced');
    });
    plot.addEventListener('blur', () => this.hide());
    plot.addEventListener('keydown', (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const next = stepOf(event.key, this.at, this.readings.length);
      if (next === undefined) return;
      event.preventDefault();
      this.show(next, 'announced');
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.hide();
    });
    document.addEventListener('pointerdown', (event) => {
      if (!plot.contains(event.target as Node)) this.hide();
    });
    addEventListener('resize', () => {
      if (!tip.hidden) this.show(this.at);
    });
  }

  private show(at: number, announced?: 'announced'): void {
    const { svg, ring, tip, region, plot } = this;
    const { said } = this.readings[at]!;
    this.at = at;
    tip.textContent = said;
    tip.hidden = false;
    if (announced) {
      this.live.textContent = said;
      this.reveal(this.boxOf(at, region));
    }
    const scale = svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
    const { left, top, width, height } = this.boxOf(at, svg);
    for (const [name, value] of [
      ['x', left * scale - 4],
      ['y', top * scale - 4],
      ['width', width * scale + 8],
      ['height', height * scale + 8],
      ['rx', 4],
    ] as const)
      ring.setAttribute(name, String(value));
    svg.append(ring);
    tip.style.maxWidth = `${Math.min(region.clientWidth - 8, 320)}px`;
    const seen = { left: region.scrollLeft, width: Math.min(region.clientWidth, plot.clientWidth) };
    const place = besideMark(this.boxOf(at, plot), tip.getBoundingClientRect(), seen, this.along);
    tip.style.left = `${place.left}px`;
    tip.style.top = `${place.top}px`;
  }

  private hide(): void {
    this.tip.hidden = true;
    this.live.textContent = '';
    this.ring.remove();
  }

  private boxOf(at: number, within: Element): Box {
    const [mark, frame] = [this.marks[at]!.getBoundingClientRect(), within.getBoundingClientRect()];
    return { left: mark.left - frame.left, top: mark.top - frame.top, width: mark.width, height: mark.height };
  }

  /** Scrolls a wide chart on a narrow screen to where the reader stands. */
  private reveal({ left, width }: Box): void {
    const { region } = this;
    const margin = 48;
    if (left < margin) region.scrollLeft += left - margin;
    else if (left + width > region.clientWidth - margin)
      region.scrollLeft += Math.min(left - margin, left + width - region.clientWidth + margin);
  }
}

for (const figure of document.querySelectorAll<HTMLElement>('figure[data-walk]'))
  try {
    const spec = JSON.parse(figure.querySelector('script')!.textContent) as WalkedSpec;
    const readings = readingsOf(spec);
    const svg = figure.querySelector('svg')!;
    const region = figure.querySelector<HTMLElement>('.scroll')!;
    new WalkedChart(figure, region, svg, readings, marksOf(svg, readings), directionOf(spec));
  } catch (error) {
    console.error(`${figure.id} stays as it is drawn:`, error);
  }
