import { Injectable } from '@nestjs/common';
import { PageQuery } from '@aiqyn/platform';
import type { Consultation } from '../../consultation/consultations/consultation.schema.js';
import { Consultations } from '../../consultation/consultations/consultations.js';
import { Documents } from '../../consultation/documents/documents.js';
import { TellComments } from '../../consultation/follow-comment/tell-comments.js';
import { ModerationLog } from '../../consultation/moderate-comment/moderation-log.js';
import { Summaries } from '../../consultation/summarise-responses/summaries.js';
import type { ConsultationView, ShownConsultation } from './consultation-page.rules.js';

/** Brings together what the pages of consultations show; all of it is what the API tells everybody. */
@Injectable()
export class ConsultationViews {
  constructor(
    private readonly consultations: Consultations,
    private readonly documents: Documents,
    private readonly comments: TellComments,
    private readonly moderation: ModerationLog,
    private readonly summaries: Summaries,
  ) {}

  async list(query: PageQuery): Promise<{ items: (ShownConsultation & { comments: number })[]; nextCursor?: string }> {
    const { items, nextCursor } = await this.consultations.page(query);
    const shown = await Promise.all(items.map(async (row) => ({ ...(await this.shown(row)), comments: row.comments })));
    return { items: shown, ...(nextCursor ? { nextCursor } : {}) };
  }

  /** Throws NotFound. */
  async of(id: string, query: PageQuery): Promise<ConsultationView> {
    const row = await this.consultations.of(id);
    const first = Object.assign(new PageQuery(), { limit: 200 });
    const [about, units, counts, comments, log, summary] = await Promise.all([
      this.shown(row),
      this.documents.units(row.documentId, row.documentVersion),
      this.comments.counts(id),
      this.comments.visible(id, query),
      this.moderation.log(id, first),
      row.state === 'closed' ? this.summaries.of(row, false) : undefined,
    ]);
    return { ...about, units, counts, comments, log, ...(summary ? { summary } : {}) };
  }

  private async shown(row: Consultation): Promise<ShownConsultation> {
    const { _id: id, documentId, documentVersion, state, firstDay, lastDay } = row;
    const { titles } = await this.documents.of(documentId);
    return { id, titles, state, firstDay, lastDay, documentId, documentVersion };
  }
}
