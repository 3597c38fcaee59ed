import { afterEach, describe, expect, it } from '@jest/globals';
import { sampleReport } from '../sample/sample-report.js';
import { Typesetter } from './typesetter.js';
import { typesetPdf } from './typeset-pdf.js';

const BUILT = new URL('../../../dist/publication/typeset-pdf/typeset.worker.js', import.meta.url);
const script = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`);
const model = sampleReport({ sections: 1, rowsPerTable: 5 });
const open: Typesetter[] = [];
const typesetter = (options: { script?: URL; patience?: number } = {}): Typesetter => {
  const one = new Typesetter({ script: BUILT, ...options });
  open.push(one);
  return one;
};

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe('the typesetter', () => {
  it('makes the same bytes in its thread as in this one, job after job', async () => {
    const one = typesetter();
    const [kk, ru, charts] = await Promise.all([one.pdf(model, 'kk'), one.pdf(model, 'ru'), one.charts(model, 'en')]);
    expect(Buffer.compare(kk, await typesetPdf(model, 'kk'))).toBe(0);
    expect(Buffer.compare(ru, await typesetPdf(model, 'ru'))).toBe(0);
    expect(Object.keys(charts)).toEqual(['s0.areas']);
  });

  it('brings a refusal out of its thread as what it is, and goes on', async () => {
    const one = typesetter();
    const odd = { ...model, title: { ...model.title, kk: 'Баяндама ☃' } };
    await expect(one.pdf(odd, 'kk')).rejects.toMatchObject({ name: 'RuleError', code: 'glyph_missing' });
    await expect(one.pdf({ ...model, title: (() => 1) as never }, 'kk')).rejects.toThrow();
    expect((await one.pdf(model, 'en')).length).toBeGreaterThan(10_000);
  });

  it('starts another thread after a crash; only the job under way is lost', async () => {
    // Dies at the first job of each thread that is told to.
    const code = `import { parentPort } from 'node:worker_threads';
      parentPort.on('message', (job) => job === 'end' ? parentPort.close() : job.language === 'kk' ? process.exit(3) : parentPort.postMessage({ pdf: new Uint8Array([7]) }));`;
    const one = typesetter({ script: script(code) });
    const answers = await Promise.allSettled([one.pdf(model, 'ru'), one.pdf(model, 'kk'), one.pdf(model, 'en')]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((answers[1] as PromiseRejectedResult).reason).toMatchObject({
      name: 'TypesetterCrashed',
      message: 'the thread ended with code 3',
    });
  });

  it('gives a job up that takes too long', async () => {
    const one = typesetter({
      script: script(
        `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { for (;;); });`,
      ),
      patience: 200,
    });
    await expect(one.pdf(model, 'kk')).rejects.toThrow('more than 200 ms');
  });

  it('refuses what waits when it is closed, and every job after', async () => {
    const one = typesetter();
    const jobs = Promise.allSettled([one.pdf(model, 'kk'), one.pdf(model, 'ru')]);
    await one.close();
    expect((await jobs).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(one.pdf(model, 'kk')).rejects.toThrow('was closed');
    await one.close();
  });
});
