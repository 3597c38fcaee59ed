import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '@aiqyn/contracts';
import {
  acknowledgeBy,
  cameAbout,
  deadlinePack,
  feedbackBy,
  nextWatch,
  overdueAfter,
  type Watch,
  watchAcknowledgement,
  watchFeedback,
} from './deadlines.rules.js';

const raw = JSON.parse(readFileSync(new URL('../../data/policies/deadlines.json', import.meta.url), 'utf8')) as Record<
  string,
  unknown
>;
const pack = deadlinePack(raw);

describe('the deadlines of a report', () => {
  it.each([
    ['2025-03-01', '2025-03-08'],
    ['2025-12-28', '2026-01-04'],
    ['2024-02-25', '2024-03-03'],
  ])('acknowledge what came on %s by %s', (day, by) => expect(acknowledgeBy(pack, day)).toBe(by));

  it.each([
    ['2025-03-08', '2025-06-08', '2025-09-08'],
    ['2025-11-30', '2026-02-28', '2026-05-30'],
    ['2023-11-30', '2024-02-29', '2024-05-30'],
    ['2024-02-29', '2024-05-29', '2024-08-29'],
    ['2025-10-31', '2026-01-31', '2026-04-30'],
    ['2025-08-31', '2025-11-30', '2026-02-28'],
  ])('give feedback on what was acknowledged on %s by %s, extended by %s', (day, by, extended) => {
    expect([feedbackBy(pack, day), feedbackBy(pack, day, true)]).toEqual([by, extended]);
  });

  it.each([
    'acknowledgeDays',
    'remindAcknowledgeAfterDays',
    'feedbackMonths',
    'extendedFeedbackMonths',
    'remindFeedbackDaysBefore',
    'id',
    'effectiveFrom',
  ])('refuse a pack without %s, naming it', (field) => {
    expect(() => deadlinePack({ ...raw, [field]: undefined })).toThrow(
      expect.objectContaining({ code: 'bad_policy', details: { field } }),
    );
  });

  it.each([
    ['remindAcknowledgeAfterDays', 7],
    ['extendedFeedbackMonths', 3],
    ['feedbackMonths', 2.5],
  ])('refuse a pack whose %s is %d', (field, value) => {
    expect(() => deadlinePack({ ...raw, [field]: value })).toThrow(field);
  });
});

describe('what is watched', () => {
  it('is reminded of on day 4, missed after day 7; then 15 days before the feedback, and when that is missed', () => {
    const due = { acknowledgeBy: '2025-03-08', feedbackBy: '2025-06-08' };
    const all: Watch[] = [];
    let watch: Watch | undefined = watchAcknowledgement(pack, '2025-03-01');
    for (; watch; watch = nextWatch(pack, watch, due)) all.push(watch);
    expect(all).toEqual([
      { day: '2025-03-05', deadline: 'acknowledgement', kind: 'reminder' },
      { day: '2025-03-09', deadline: 'acknowledgement', kind: 'missed' },
      { day: '2025-05-24', deadline: 'feedback', kind: 'reminder' },
      { day: '2025-06-09', deadline: 'feedback', kind: 'missed' },
    ]);
  });

  it('leaves a reminder out whose day is past', () => {
    expect(watchFeedback(pack, '2025-06-08', '2025-05-25')).toMatchObject({ day: '2025-06-09', kind: 'missed' });
    expect(watchFeedback(pack, '2025-06-08', '2025-05-23')).toMatchObject({ day: '2025-05-24', kind: 'reminder' });
  });

  it('comes about in the order of the days, and ends', () => {
    const days = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2000-01-01', n));
    fc.assert(
      fc.property(days, (received) => {
        const by = acknowledgeBy(pack, received);
        const due = { acknowledgeBy: by, feedbackBy: feedbackBy(pack, by) };
        const seen: string[] = [];
        let watch: Watch | undefined = watchAcknowledgement(pack, received);
        for (; watch; watch = nextWatch(pack, watch, due)) seen.push(watch.day);
        expect(seen).toEqual([...seen].sort());
        expect(seen).toHaveLength(4);
      }),
    );
  });

  const file = {
    watch: watchAcknowledgement(pack, '2025-03-01'),
    acknowledgeBy: '2025-03-08',
    feedbackBy: '2025-06-08',
  };

  it.each([
    ['2025-03-04', 0, '2025-03-05'],
    ['2025-03-05', 1, '2025-03-09'],
    ['2025-03-08', 1, '2025-03-09'],
    ['2025-03-09', 2, '2025-05-24'],
    ['2025-06-08', 3, '2025-06-09'],
    ['2026-01-01', 4, undefined],
  ])('by %s has come about %i times, next on %s', (today, times, next) => {
    const result = cameAbout(pack, file, today);
    expect([result.happened.length, result.next?.day]).toEqual([times, next]);
  });

  it('is nothing where nothing is watched any more', () => {
    expect(cameAbout(pack, { ...file, watch: null }, '2030-01-01')).toEqual({ happened: [], next: undefined });
  });
});

describe('what is overdue', () => {
  it.each([
    [null, { missed: ['acknowledgement'] }, ['acknowledgement']],
    [['acknowledgement'], { missed: ['feedback'] }, ['acknowledgement', 'feedback']],
    [['acknowledgement'], { missed: ['acknowledgement'] }, ['acknowledgement']],
    [['acknowledgement', 'feedback'], { kept: 'acknowledgement' }, ['feedback']],
    [['feedback'], { kept: 'feedback' }, null],
    [undefined, { kept: 'feedback' }, null],
  ] as const)('%p after %p is %p', (before, change, after) => {
    expect(overdueAfter(before, change)).toEqual(after);
  });
});
