import { KZ_REGIONS } from '@aiqyn/contracts';
import type { ModeratedComment } from '../../consultation/moderate-comment/moderation-log.js';
import type { ShownAnswer, VisibleComment } from '../../consultation/follow-comment/tell-comments.js';
import { COMMENTER_KINDS } from '../../consultation/comments/commenter.rules.js';
import type { ConsultationState } from '../../consultation/consultations/consultation-states.rules.js';
import type { Unit } from '../../consultation/documents/units.rules.js';
import { inLanguage } from '../../consultation/summarise-responses/summary-page.rules.js';
import { OUTCOMES, type Summary } from '../../consultation/summarise-responses/summary.rules.js';
import { escapeHtml as h } from '../../publication/render-page/html.rules.js';
import { dayText } from '../../report-model/number-text.rules.js';
import { LANGUAGES, type Localised } from '../../report-model/report-model.rules.js';
import { languageNames } from '../page-frame/language-names.rules.js';
import { facts, section, sitePage, siteTable, textOf } from '../page-frame/page-frame.rules.js';
import type { Say } from '../site-words/site-words.rules.js';

export interface ShownConsultation {
  readonly id: string;
  readonly titles: Localised;
  readonly state: ConsultationState;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly documentId: string;
  readonly documentVersion: number;
}

interface Pages<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

/** What a person typed into the form for a comment, and why it was not taken. */
export interface RefusedComment {
  readonly typed: Readonly<Record<string, string>>;
  readonly code: string;
  readonly field?: string;
}

export interface ConsultationView extends ShownConsultation {
  readonly units: readonly Unit[];
  readonly counts: ReadonlyMap<string, number>;
  readonly comments: Pages<VisibleComment>;
  readonly log: Pages<ModeratedComment>;
  /** Once it is closed. */
  readonly summary?: Pick<Summary, 'outcomes'>;
  readonly refused?: RefusedComment;
}

const daysTold = (say: Say, { firstDay, lastDay }: ShownConsultation): string =>
  say.t('consultation.days', { first: dayText(firstDay, say.language), last: dayText(lastDay, say.language) });

/** All consultations, page by page. */
export function consultationsPage(say: Say, told: Pages<ShownConsultation & { readonly comments: number }>): string {
  const rows = told.items.map((one) => [
    `<a href="${say.href(`consultations/${one.id}`)}">${say.of(one.titles)}</a>`,
    ...[say.choice('consultation', one.state), daysTold(say, one), String(one.comments)],
  ]);
  const columns = (['col.document', 'col.state', 'col.days', 'col.comments'] as const).map((key) => say.t(key));
  const caption = say.t('consultations.title');
  const table =
    rows.length === 0
      ? `<p>${say.t('consultations.none')}</p>`
      : siteTable(say, { id: 'consultation-list', caption, columns, rows, numeric: [3] });
  const next = told.nextCursor
    ? `<p><a rel="next" href="${say.href(`consultations?cursor=${encodeURIComponent(told.nextCursor)}`)}">${say.t('consultations.next')}</a></p>`
    : '';
  return sitePage(say, {
    ...{ title: textOf(caption), path: 'consultations', data: '/v1/consultations' },
    body: `<section id="list"><p>${say.t('consultations.intro')}</p>${table}${next}</section>\n${section('status', say.t('status.title'), statusForm(say))}`,
  });
}

export const statusForm = (say: Say): string =>
  `<form method="post" action="${say.href('comments/status')}"><p><label for="receipt">${say.t('receipt.number')}</label><input id="receipt" name="receiptNumber" required maxlength="40" inputmode="numeric" autocomplete="off" aria-describedby="receipt-hint"><span class="hint" id="receipt-hint">${say.t('status.hint')}</span></p><button>${say.t('status.ask')}</button></form>`;

/** An answer to a comment as everybody reads it. */
export function answerTold(say: Say, { day, decision, reason, ground }: ShownAnswer): string {
  const said = inLanguage(reason, say.language);
  const words = said ? `<p class="said" lang="${said.lang}">${h(said.text)}</p>` : '';
  const why = ground ? `<p class="note">${say.answer(`ground.${ground.kind}`)}: ${h(ground.citation)}</p>` : '';
  return `<div class="told"><p class="note">${say.t('comment.answer', { day: textOf(h(dayText(day, say.language))) })}: <strong>${say.answer(`outcome.${decision}`)}</strong></p>${words}${why}</div>`;
}

function commentTold(say: Say, { commentId, language, text, state, madeOn, answer }: VisibleComment): string {
  const quote = madeOn.quote ? `<blockquote lang="${madeOn.quote.language}">${h(madeOn.quote.text)}</blockquote>` : '';
  return `<li id="comment-${h(commentId)}"><p class="note">${say.t('comment.on', { number: madeOn.number })} · ${say.choice('comment', state)}</p>${quote}<p class="said" lang="${language}">${h(text)}</p>${answer ? answerTold(say, answer) : ''}</li>`;
}

const options = (list: readonly (readonly [value: string, words: string])[], chosen: string): string =>
  list
    .map(([value, words]) => `<option value="${h(value)}"${value === chosen ? ' selected' : ''}>${words}</option>`)
    .join('');

const FIELDS: Readonly<
  Record<string, 'form.unit' | 'form.quote' | 'form.text' | 'form.kind' | 'form.region' | 'form.language'>
> = {
  unitId: 'form.unit',
  quote: 'form.quote',
  text: 'form.text',
  kind: 'form.kind',
  region: 'form.region',
  language: 'form.language',
};

function commentForm(say: Say, { id, state, units, refused }: ConsultationView): string {
  const why = refused
    ? `<div class="told refused" id="refused" role="alert"><h3>${say.t('refused.title')}</h3><p>${
        refused.code === 'invalid_input'
          ? say.t('refused.invalid_input', { field: textOf(say.t(FIELDS[refused.field ?? ''] ?? 'form.text')) })
          : say.choice('refused', refused.code)
      }</p></div>`
    : '';
  if (state !== 'open') return `${why}<p>${say.t('form.closed')}</p>`;
  const typed = (name: string): string => refused?.typed[name] ?? '';
  const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
  const select = (
    name: string,
    key: (typeof FIELDS)[string],
    list: readonly (readonly [string, string])[],
    chosen: string,
  ): string =>
    `<p><label for="c-${name}">${say.t(key)}</label><select id="c-${name}" name="${name}">${options(list, chosen)}</select></p>`;
  const regions = KZ_REGIONS.map((region) => [region, say.group('region', region)] as const);
  return `${why}<p>${say.t('form.how')}</p><form method="post" action="${say.href(`consultations/${id}/comments`)}">
${select(
  'unitId',
  'form.unit',
  units.map(({ unitId, number, text }) => [unitId, h(`${number}. ${short(text[say.language])}`)] as const),
  typed('unitId'),
)}
<p><label for="c-quote">${say.t('form.quote')}</label><input id="c-quote" name="quote" maxlength="2000" value="${h(typed('quote'))}"></p>
<p><label for="c-text">${say.t('form.text')}</label><textarea id="c-text" name="text" required minlength="3" maxlength="8000" aria-describedby="c-text-hint">
${h(typed('text'))}</textarea><span class="hint" id="c-text-hint">${say.t('form.text-hint')}</span></p>
${select(
  'language',
  'form.language',
  LANGUAGES.map((one) => [one, languageNames[one]] as const),
  typed('language') || say.language,
)}
${select(
  'kind',
  'form.kind',
  COMMENTER_KINDS.map((kind) => [kind, say.choice('who', kind)] as const),
  typed('kind') || 'anonymous',
)}
${select('region', 'form.region', [['', say.t('form.region-none')] as const, ...regions], typed('region'))}
<button>${say.t('form.send')}</button></form>`;
}

function logTold(say: Say, { id, log, units }: ConsultationView): string {
  if (log.items.length === 0) return `<p>${say.t('log.none')}</p>`;
  const rows = log.items.map(({ commentId, unitId, steps }) => [
    `<code>${h(commentId.slice(0, 8))}</code>`,
    h(units.find((unit) => unit.unitId === unitId)?.number ?? unitId),
    steps
      .map(
        ({ day, to, ground }) =>
          `${h(day)}: ${say.choice('comment', to)}${ground ? ` (${say.answer(`ground.${ground}`)})` : ''}`,
      )
      .join('<br>'),
  ]);
  const columns = (['col.comment', 'col.unit', 'col.moves'] as const).map((key) => say.t(key));
  const more = log.nextCursor
    ? `<p><a href="${h(`/v1/consultations/${id}/moderation-log`)}">${say.t('log.more', { n: rows.length })}</a></p>`
    : '';
  return siteTable(say, { id: 'moderation-list', caption: say.t('log.title'), columns, rows }) + more;
}

function summaryTold(say: Say, id: string, { outcomes }: Pick<Summary, 'outcomes'>): string {
  const rows = OUTCOMES.filter((one) => outcomes[one] > 0).map((one) => [
    say.answer(`outcome.${one}`),
    String(outcomes[one]),
  ]);
  const columns = [say.t('col.outcome'), say.t('col.count')];
  const at = (format: string): string => h(`/v1/consultations/${id}/summary?format=${format}&lang=${say.language}`);
  return `${siteTable(say, { id: 'outcome-list', caption: say.t('summary.title'), columns, rows, numeric: [1] })}<ul class="acts"><li><a href="${at('html')}">${say.t('summary.page')}</a></li><li><a href="${at('csv')}">${say.t('summary.csv')}</a></li></ul>`;
}

/** One consultation: the text, who said what to it, how to comment, what was hidden, and in the end what was answered. */
export function consultationPage(say: Say, told: ConsultationView): string {
  const { id, titles, state, documentId, documentVersion, units, counts, comments, summary } = told;
  const about: [string, string][] = [
    [say.t('col.state'), say.choice('consultation', state)],
    [say.t('col.days'), daysTold(say, told)],
    [
      say.t('consultation.version'),
      `<a href="${h(`/v1/policy-documents/${documentId}/versions/${documentVersion}`)}">${documentVersion}</a>`,
    ],
  ];
  const text = units.map(
    ({ unitId, number, text: words }) =>
      `<li id="unit-${h(unitId)}"><strong>${h(number)}</strong> ${say.of(words)} <span class="note">${say.t('consultation.unit-comments', { n: counts.get(unitId) ?? 0 })}</span></li>`,
  );
  const next = comments.nextCursor
    ? `<p><a rel="next" href="${say.href(`consultations/${id}?cursor=${encodeURIComponent(comments.nextCursor)}`)}#comments">${say.t('consultation.next')}</a></p>`
    : '';
  const said =
    comments.items.length === 0
      ? `<p>${say.t('consultation.no-comments')}</p>`
      : `<ul class="list">${comments.items.map((one) => commentTold(say, one)).join('\n')}</ul>${next}`;
  const body = [
    `<section id="about">${facts(about)}</section>`,
    ...(summary ? [section('summary', say.t('summary.title'), summaryTold(say, id, summary))] : []),
    section('units', say.t('consultation.units'), `<ol class="units">${text.join('\n')}</ol>`),
    section('comments', say.t('consultation.comments'), said),
    section('comment', say.t('form.title'), commentForm(say, told)),
    section('status', say.t('status.title'), statusForm(say)),
    section('log', say.t('log.title'), logTold(say, told)),
  ];
  return sitePage(say, {
    ...{ title: titles[say.language], path: `consultations/${id}`, data: `/v1/consultations/${id}` },
    body: body.join('\n'),
  });
}

/** Shows a receipt number, once. */
export const receiptPage = (
  say: Say,
  id: string,
  { receiptNumber, receivedDay }: { readonly receiptNumber: string; readonly receivedDay: string },
): string =>
  sitePage(say, {
    title: textOf(say.t('receipt.title')),
    path: `consultations/${id}`,
    body: section(
      'receipt-told',
      say.t('receipt.number'),
      `<p class="receipt" id="receipt-number">${h(receiptNumber)}</p><p>${say.t('receipt.keep')}</p>${facts([[say.t('comment.received-day'), h(dayText(receivedDay, say.language))]])}<p><a href="${say.href(`consultations/${id}`)}">${say.t('form.back')}</a></p>`,
    ),
  });

export interface ToldStatus {
  readonly state: string;
  readonly receivedDay: string;
  readonly text?: string;
  readonly ground?: string | undefined;
  readonly appealBy?: string;
  readonly answer?: ShownAnswer;
}

/** What became of a comment; nothing was found when `told` is left out. */
export function statusPage(say: Say, told?: ToldStatus): string {
  const day = (one: string): string => h(dayText(one, say.language));
  const found = told
    ? `<section id="told">${facts([
        [say.t('comment.state'), say.choice('comment', told.state)],
        [say.t('comment.received-day'), day(told.receivedDay)],
        ...(told.ground ? [[say.t('comment.ground'), say.answer(`ground.${told.ground}`)] as const] : []),
        ...(told.appealBy ? [[say.t('comment.appeal-by'), day(told.appealBy)] as const] : []),
        ...(told.text === undefined ? [] : [[say.t('comment.text'), `<p class="said">${h(told.text)}</p>`] as const]),
      ])}${told.answer ? answerTold(say, told.answer) : ''}</section>`
    : `<section id="told"><div class="told refused" role="alert"><p>${say.t('status.not-found')}</p></div></section>`;
  return sitePage(say, {
    ...{ title: textOf(say.t('status.title')), path: 'consultations' },
    body: `${found}\n<section id="status">${statusForm(say)}</section>`,
  });
}
