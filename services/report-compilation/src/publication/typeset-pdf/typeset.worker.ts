import { parentPort } from 'node:worker_threads';
import { RuleError } from '@aiqyn/contracts/rule-error';
import { drawCharts } from '../draw-charts/draw-chart.js';
import { frameWords } from '../frame-words/shipped-words.js';
import type { Answer, Job } from './typesetter.js';
import { typesetPdf } from './typeset-pdf.js';

const port = parentPort!;

async function answer(job: Job): Promise<Answer> {
  try {
    if (job.kind === 'charts') return { charts: await drawCharts(job.model, job.language, frameWords[job.language]) };
    return { pdf: await typesetPdf(job.model, job.language, job.attachments) };
  } catch (error) {
    const { name, message } = error as Error;
    return {
      failed: { name, message, ...(error instanceof RuleError ? { code: error.code, details: error.details } : {}) },
    };
  }
}

port.on('message', (job: Job | 'end') => {
  // The port holds the thread alive; a thread that ends by itself writes its CPU profile, one that is terminated does not.
  if (job === 'end') port.close();
  else
    void answer(job).then((one) => {
      port.postMessage(one, 'pdf' in one ? [one.pdf.buffer as ArrayBuffer] : []);
    });
});
