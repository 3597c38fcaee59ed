import { RuleError } from '@aiqyn/contracts/rule-error';
import type { Language, ReportModel } from '../../report-model/report-model.rules.js';
import { drawCharts } from '../draw-charts/draw-chart.js';
import { frameWords } from '../frame-words/shipped-words.js';
import { compileTypst, TEMPLATE } from './compile-typst.js';
import { refuseUnknownGlyphs } from './glyphs.rules.js';
import { type Attachment, printDocument } from './print-document.rules.js';
import { shippedFonts } from './shipped-fonts.js';
import { asTwoStandards } from './two-standards.js';

const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * An edition in one language as one PDF that is PDF/UA-1 and PDF/A-3a, with the files of its data package inside. Same model, same
 * attachments, same bytes. It takes the thread that it runs in: that of the report's worker.
 */
export async function typesetPdf(
  model: ReportModel,
  language: Language,
  attachments: readonly Attachment[] = [],
  template = TEMPLATE,
): Promise<Uint8Array> {
  const names = attachments.map(({ name }) => name);
  const bad = names.find((one, i) => !FILE_NAME.test(one) || names.indexOf(one) !== i);
  if (bad !== undefined)
    throw new RuleError('attachment_name', `an attachment cannot be called “${bad}”: a plain file name, once`, {
      field: bad,
    });

  const drawn = await drawCharts(model, language, frameWords[language]);
  const ids = Object.keys(drawn);
  const charts = Object.fromEntries(ids.map((id, i) => [id, { file: `${i}.svg`, alt: drawn[id]!.alt }]));
  const document = printDocument(model, language, frameWords[language], charts, attachments);
  const written = ids.map((id) => [...drawn[id]!.svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text!));
  refuseUnknownGlyphs({ document, charts: written }, shippedFonts().coverage);

  const encode = new TextEncoder();
  const files = new Map<string, Uint8Array>([
    ['document.json', encode.encode(JSON.stringify(document))],
    ...ids.map((id, i): [string, Uint8Array] => [`charts/${i}.svg`, encode.encode(drawn[id]!.svg)]),
    ...attachments.map(({ bytes }, i): [string, Uint8Array] => [`attachments/${i}`, bytes]),
  ]);
  return asTwoStandards(compileTypst(files, template), shippedFonts().names);
}
