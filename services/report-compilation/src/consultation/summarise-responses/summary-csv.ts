import { stringify } from 'csv-stringify/sync';
import type { Language } from '../../report-model/report-model.rules.js';
import { inLanguage, type SummaryTexts, wordOf } from './summary-page.rules.js';
import type { Summary } from './summary.rules.js';

const COLUMNS = [
  ...['unit', 'unitId', 'unitText', 'receipt', 'language', 'comment', 'decision', 'ground', 'citation', 'reason'],
  ...['newVersion', 'newUnits', 'newText', 'standsAt'],
] as const;

/**
 * The summary as a table, a line a comment (RFC 4180, UTF-8 with a mark so that spreadsheets read it as such). A cell that a spreadsheet
 * would take for a formula begins with an apostrophe.
 */
export function summaryCsv(summary: Summary, lang: Language, texts: SummaryTexts): string {
  const lines = summary.rows.flatMap(({ unitId, number, text, groups }) =>
    groups.flatMap(({ outcome, comments, moderationGround, reason, ground, changed }) => {
      const kindOfGround = moderationGround ?? ground?.kind;
      const said = reason && inLanguage(reason, lang)?.text;
      const units = changed?.units ?? [];
      const newText = units.map((one) => (one.text ? one.text[lang] : wordOf(texts, 'removed'))).join('\n');
      return comments.map((comment) => [
        ...[number, unitId, text[lang], comment.receiptNumber, comment.language, comment.text ?? ''],
        ...[wordOf(texts, `outcome.${outcome}`), kindOfGround ? wordOf(texts, `ground.${kindOfGround}`) : ''],
        ...[ground?.citation ?? '', said ?? '', changed ? String(changed.documentVersion) : ''],
        ...[units.map((one) => one.unitId).join(' '), newText, comment.standsAt ?? wordOf(texts, 'orphan')],
      ]);
    }),
  );
  const head = COLUMNS.map((key) => wordOf(texts, `col.${key}`));
  const form = { bom: true, escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ } as const;
  return stringify([head, ...lines], form);
}
