import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ReportStep, TRANSITIONS } from '@aiqyn/report-compilation/national-report/editions/release-order.rules';
import { draftReport, STEPS, type StepName, takeStep, takeSteps } from './harness/national-report.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const SERVICE = 'report-compilation';
/** The command by which each state is reached; a draft is begun, and a correction is published, by another edition. */
const COMMANDS = {
  collected: 'collection',
  assessed: 'assessment',
  compiled: 'compilation',
  consulted: 'hearing',
  approved: 'approval',
  submitted: 'submission',
  published: 'publication',
} as const satisfies Partial<Record<ReportStep, StepName>>;
const reached = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[];
const states = Object.keys(TRANSITIONS) as ReportStep[];

describe('the order of release over HTTP', () => {
  let platform: TestPlatform;
  let id: string;
  const row = () =>
    platform.environment
      .database(SERVICE)
      .collection<{ _id: string; state: string }>('national_reports')
      .findOne({ _id: id });
  const give = async (name: StepName, subject?: string): Promise<Answer> => {
    const [role, , body] = STEPS.find((step) => step[1] === name)!;
    const headers = { authorization: `Bearer ${await platform.issuer.token(subject ?? role, [role])}` };
    return platform.call(SERVICE, `/v1/national-reports/${id}/${name}`, {
      ...{ method: 'POST', headers },
      ...(body ? { body } : {}),
    });
  };
  /** Commands that are refused leave the row as it is, to the last field. */
  const refused = async (name: StepName, subject?: string): Promise<unknown[]> => {
    const before = await row();
    const { status, body } = await give(name, subject);
    expect(await row()).toEqual(before);
    return [status, body.code as unknown, body.allowed as unknown];
  };

  beforeAll(async () => {
    platform = await startPlatform('report-order', [SERVICE], { LEASE_SECONDS: '3', SESSION_TIMEOUT_MS: '6000' });
    platform.setClock('2026-01-20T06:00:00Z');
    id = await draftReport(platform, 2025);
  }, 120_000);
  afterAll(() => platform?.stop());

  it.each(states)(
    'refuses in %s every command that does not lead on from it, and names those that do',
    async (state) => {
      const way: Partial<Record<ReportStep, () => Promise<unknown>>> = {
        submitted: () => takeStep(platform, id, 'submission'),
        corrected: async () => {
          const first = id;
          id = await draftReport(platform, 2025, { corrects: first, ground: 'a word was wrong' });
          await takeSteps(platform, id, 'collection', 'publication');
          id = first;
        },
      };
      const command = COMMANDS[state as keyof typeof COMMANDS] as StepName | undefined;
      if (way[state]) await way[state]();
      else if (command) expect((await takeStep(platform, id, command)).status).toBeLessThan(300);
      expect((await row())!.state).toBe(state);
      const onward: readonly ReportStep[] = TRANSITIONS[state];
      const illegal = reached.filter((to) => !onward.includes(to));
      expect(illegal.length).toBeGreaterThanOrEqual(reached.length - onward.length);
      for (const to of illegal)
        expect({ to, refused: await refused(COMMANDS[to]) }).toEqual({
          ...{ to, refused: [409, 'illegal_transition', onward] },
        });
      // A receipt is of a submission, and recorded once.
      if (state !== 'submitted') expect((await refused('submission-receipt'))[1]).toBe('illegal_transition');
      else {
        expect((await give('submission-receipt')).status).toBe(200);
        expect(await refused('submission-receipt')).toEqual([409, 'already_done', undefined]);
      }
      // Whoever took a step, or wrote, and holds the office of a later one besides.
      const writer = await platform.issuer.token('writer', ['editor']);
      const words = { kk: 'Соңғы сөз', ru: 'Последнее слово', en: 'The last word' };
      if (state === 'draft')
        expect(
          (
            await platform.call(SERVICE, `/v1/national-reports/${id}/texts/conclusion.text`, {
              ...{ method: 'PUT', body: words, headers: { authorization: `Bearer ${writer}` } },
            })
          ).status,
        ).toBe(200);
      const taken = ['editor', 'writer', ...(['approved', 'submitted'].includes(state) ? ['approver'] : [])];
      const next = { consulted: 'approval', approved: 'submission', submitted: 'publication' } as const;
      if (state in next)
        for (const person of [...taken, ...(state === 'submitted' ? ['submitter'] : [])])
          expect({ person, refused: await refused(next[state as keyof typeof next], person) }).toEqual({
            ...{ person, refused: [409, 'same_person', undefined] },
          });
    },
    180_000,
  );
});
