import { describe, expect, it } from '@jest/globals';
import type { ChartBlock } from '../../report-model/report-model.rules.js';
import { drawChart } from '../draw-charts/draw-chart.js';
import { frameWords } from '../frame-words/shipped-words.js';
import { sampleReport } from '../sample/sample-report.js';
import { chartsScript } from './shipped-script.js';
import { besideMark, directionOf, nearestTo, readingsOf, stepOf, type WalkedSpec } from './walk.rules.js';

const model = sampleReport();
const specOf = async (id: string): Promise<WalkedSpec> => {
  const blocks = model.sections.flatMap((section) => section.blocks);
  const block = blocks.find((one): one is ChartBlock => one.kind === 'chart' && one.id === id)!;
  const { spec } = await drawChart(block, model.numbers, 'en', frameWords.en);
  return JSON.parse(JSON.stringify(spec)) as WalkedSpec;
};

describe('what a spec lets a reader walk', () => {
  it('is every bar and every sign of what is not told, in the order of the data', async () => {
    const spec = await specOf('s0.areas');
    expect(directionOf(spec)).toBe('y');
    expect(readingsOf(spec)).toEqual([
      { layer: 'bars', nth: 0, said: 'Roads: 1,240' },
      { layer: 'bars', nth: 1, said: 'Health: 1,050' },
      { layer: 'bars', nth: 2, said: 'Education: 860' },
      { layer: 'untold', nth: 0, said: 'Construction: withheld' },
      { layer: 'untold', nth: 1, said: 'Social protection: not known' },
    ]);
  });

  it('is every point of a line with its interval, and without one where none is known', async () => {
    const spec = await specOf('s1.cpi');
    expect(directionOf(spec)).toBe('x');
    const readings = readingsOf(spec);
    expect(readings).toHaveLength(14);
    expect(readings[0]).toEqual({ layer: 'points', nth: 0, said: '28 in 2012; 90\u00a0% interval: 21.3–34.7' });
    expect(readings[13]).toEqual({ layer: 'points', nth: 13, said: '38 in 2025' });
  });
});

describe('a walk', () => {
  it.each([
    ['ArrowRight', -1, 0],
    ['ArrowRight', 3, 4],
    ['ArrowDown', 3, 4],
    ['ArrowRight', 4, 4],
    ['ArrowLeft', 3, 2],
    ['ArrowUp', 3, 2],
    ['ArrowLeft', 0, 0],
    ['ArrowLeft', -1, 0],
    ['Home', 3, 0],
    ['End', 0, 4],
    ['Tab', 3, undefined],
    ['Enter', 3, undefined],
    ['PageDown', 3, undefined],
  ])('by %s from %i of five leads to %s', (key, at, to) => expect(stepOf(key, at, 5)).toBe(to));

  it.each([
    [0, 0],
    [14, 0],
    [16, 1],
    [21, 1],
    [99, 2],
  ])('of a pointer at %i finds the nearest point', (place, found) =>
    expect(nearestTo(place, [10, 20, 30])).toBe(found),
  );
});

describe('the words of a mark', () => {
  const seen = { left: 100, width: 300 };
  const tip = { width: 120, height: 30 };
  const small = { width: 8, height: 8 };

  it('stand in the middle above a point of a line, with room for its written value', () =>
    expect(besideMark({ ...small, left: 246, top: 100 }, tip, seen, 'x')).toEqual({ left: 190, top: 44 }));

  it.each([
    ['left', 101, 104],
    ['right', 390, 276],
  ])('stay within what is seen at its %s edge', (_, left, expected) =>
    expect(besideMark({ ...small, left, top: 100 }, tip, seen, 'x').left).toBe(expected),
  );

  it('stand below where there is no room above', () =>
    expect(besideMark({ ...small, left: 246, top: 20 }, tip, seen, 'x').top).toBe(38));

  it('stand at the end of the row of a bar, so that they hide no other one', () => {
    for (const width of [0, 40, 400])
      expect(besideMark({ left: 120, top: 100, width, height: 20 }, tip, seen, 'y')).toEqual({ left: 276, top: 95 });
  });

  it('never hide where their bar begins: then they stand above it', () =>
    expect(besideMark({ left: 260, top: 100, width: 40, height: 20 }, tip, seen, 'y').top).toBe(60));
});

describe('the shipped script', () => {
  const script = Buffer.from(chartsScript).toString();

  it('is one classic script: a module would not be loaded from disk', () => {
    expect(script).not.toMatch(/^(import|export)\b/m);
    expect(script).toContain('figure[data-walk]');
  });

  it('evaluates nothing, asks for nothing, keeps nothing and writes no markup', () =>
    expect(script).not.toMatch(
      /\beval\b|new Function|setTimeout|fetch|XMLHttpRequest|sendBeacon|WebSocket|Storage|cookie|innerHTML|outerHTML|insertAdjacentHTML|document\.write/,
    ));

  it('stays below ten kilobytes, for slow phones', () => expect(script.length).toBeLessThan(10_000));
});
