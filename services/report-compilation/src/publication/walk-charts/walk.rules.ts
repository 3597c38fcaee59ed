/* Runs in the reader's browser as well: nothing of Node and nothing of the service, so that the script stays small. */

/** What a script reads of the Vega-Lite spec that drew a chart: its data, and what each point says. */
export interface WalkedSpec {
  readonly encoding: {
    readonly x?: { readonly field?: string };
    readonly tooltip: { readonly field: string };
  };
  readonly data: { readonly values: readonly Readonly<Record<string, unknown>>[] };
  readonly layer: readonly { readonly name: string }[];
}

/** A point of the data, and which mark of the drawing is its own: the nth of a layer. */
export interface Reading {
  readonly layer: string;
  readonly nth: number;
  readonly said: string;
}

/**
 * Every point in its order. Bars, points and signs of what is not told have one mark a point, as the drawer sees to; all other layers draw
 * over several points, or a second time.
 */
export function readingsOf({ encoding, data, layer }: WalkedSpec): readonly Reading[] {
  const told = layer.some(({ name }) => name === 'bars') ? 'bars' : 'points';
  const drawn: Record<string, number> = {};
  return data.values.map((datum) => {
    const own = datum['value'] === null ? 'untold' : told;
    const nth = drawn[own] ?? 0;
    drawn[own] = nth + 1;
    return { layer: own, nth, said: String(datum[encoding.tooltip.field]) };
  });
}

/** Along which axis the points follow each other. */
export const directionOf = ({ encoding }: WalkedSpec): 'x' | 'y' => (encoding.x?.field === 'order' ? 'x' : 'y');

/** Where a key leads from a point (−1: from none); undefined when it is no key of the walk. */
export function stepOf(key: string, at: number, count: number): number | undefined {
  const last = count - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key === 'ArrowRight' || key === 'ArrowDown') return Math.min(at + 1, last);
  if (key === 'ArrowLeft' || key === 'ArrowUp') return Math.max(at - 1, 0);
  return undefined;
}

/** The point next to a place, by the axis along which they follow each other: a finger need not hit a dot. */
export const nearestTo = (place: number, centres: readonly number[]): number =>
  centres.reduce((best, centre, i) => (Math.abs(centre - place) < Math.abs(centres[best]! - place) ? i : best), 0);

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Room for the ring around a mark, and for the value that is written at it. */
const RING = 10;
const EDGE = 4;
const WRITTEN = 26;

/**
 * Where the words of a mark stand, within what is seen of the chart: at the end of its row, so that they hide no other one, or where the
 * row has no room, or the points stand side by side, above it, or below it under the upper edge.
 */
export function besideMark(
  mark: Box,
  tip: Pick<Box, 'width' | 'height'>,
  seen: Pick<Box, 'left' | 'width'>,
  along: 'x' | 'y',
): { readonly left: number; readonly top: number } {
  const end = seen.left + seen.width - tip.width - EDGE;
  if (along === 'y' && end > mark.left + Math.min(mark.width, 3 * RING) + RING)
    return { left: end, top: mark.top + mark.height / 2 - tip.height / 2 };
  const above = mark.top - tip.height - (along === 'x' ? WRITTEN : RING);
  return {
    left: Math.max(seen.left + EDGE, Math.min(mark.left + mark.width / 2 - tip.width / 2, end)),
    top: above >= 0 ? above : mark.top + mark.height + RING,
  };
}
