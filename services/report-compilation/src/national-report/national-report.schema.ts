import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { Figure } from './figures.rules.js';
import type { ReportStep } from './release-order.rules.js';

export const NATIONAL_REPORTS = 'national_reports';
export const FIGURE_SOURCES = 'figure_sources';

/** A figure as the report stores it: the value and how many events are behind it; which ones, `figure_sources` says. */
export type StoredFigure = Omit<Figure, 'sources'> & { readonly events: number };

export interface Step {
  readonly step: ReportStep;
  readonly actor: string;
  readonly day: string;
}

@Schema({ collection: NATIONAL_REPORTS, strict: 'throw', versionKey: false, _id: false })
export class NationalReport implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: Number, required: true }) year: number;
  @Prop({ type: Number, required: true }) edition: number;
  @Prop({ type: String, required: true }) state: ReportStep;
  @Prop({ type: [Object], required: true }) history: Step[];
  @Prop({ type: [Object], required: true }) figures: StoredFigure[];
}

export const NationalReportSchema = SchemaFactory.createForClass(NationalReport).index(
  { year: 1, edition: 1 },
  { unique: true },
);

/** The events behind one figure of one report, in order, a thousand a row so that no row outgrows its limit. */
@Schema({ collection: FIGURE_SOURCES, strict: 'throw', versionKey: false, _id: false })
export class FigureSources {
  /** `<report id>/<figure key>/<part>`, parts from 00000. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) reportId: string;
  @Prop({ type: String, required: true }) key: string;
  @Prop({ type: Number, required: true }) part: number;
  @Prop({ type: [String], required: true }) facts: string[];
}

export const FigureSourcesSchema = SchemaFactory.createForClass(FigureSources).index({ reportId: 1, key: 1, part: 1 });
