import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { Localised, PartitionSeal, ReportNumber } from '../../report-model/report-model.rules.js';
import type { SealedEnd } from '../../numbers/seal-events/snapshot.rules.js';
import type { StoredTerms } from '../keep-terms/terms.rules.js';
import type { StoredJob } from '../build-report/job.rules.js';
import type { ReportStep } from './release-order.rules.js';

export const NATIONAL_REPORTS = 'national_reports';
export const REPORT_NUMBERS = 'report_numbers';
export const NUMBER_SOURCES = 'number_sources';

export interface Step {
  readonly step: ReportStep;
  readonly actor: string;
  readonly day: string;
  readonly ground?: string;
}

/** What an edition is made of: sealed once; roots and counts are there when the seal is finished. */
export interface StoredSnapshot {
  readonly id: string;
  readonly sealedDay: string;
  readonly ends: readonly SealedEnd[];
  /** From it come the salts of the leaves. It leaves the service with an auditor's export only. */
  readonly secret: string;
  readonly register: string;
  readonly events?: number;
  readonly root?: string;
  readonly partitions?: readonly PartitionSeal[];
  readonly withheld?: number;
}

/** The package that was made of an edition; another build is another id, so that a half-made one is never served. */
export interface StoredBuild {
  readonly id: string;
  readonly manifestSha256: string;
  /** The consultation on its draft whose responses it tells. */
  readonly consultationId?: string;
  readonly checks: Readonly<Record<string, boolean>>;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
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
  /** Texts that editors wrote in place of those of the plan, by block. */
  @Prop({ type: Object, required: true }) texts: Record<string, Localised>;
  /** Who wrote them. */
  @Prop({ type: [String] }) writers?: string[];
  /** By which days the law wants its steps; absent for a correction. */
  @Prop({ type: Object }) terms?: StoredTerms;
  /** The edition that this one corrects. */
  @Prop({ type: String }) corrects?: string;
  @Prop({ type: Object }) snapshot?: StoredSnapshot;
  @Prop({ type: Object }) build?: StoredBuild;
  @Prop({ type: Object }) job?: StoredJob;
  /** The consultation in which the public was heard, where there was one. */
  @Prop({ type: String }) consultationId?: string;
  @Prop({ type: String }) receiptNumber?: string;
}

export const NationalReportSchema = SchemaFactory.createForClass(NationalReport).index(
  { year: 1, edition: 1 },
  { unique: true },
);

/** A number as it is told, beside its true value, which no route gives out. */
@Schema({ collection: REPORT_NUMBERS, strict: 'throw', versionKey: false, _id: false })
export class StoredNumber {
  /** `<report id>/<number id>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) reportId: string;
  @Prop({ type: Object, required: true }) number: ReportNumber;
  @Prop({ type: Object }) truth?: number | string;
  @Prop({ type: Number, required: true }) sources: number;
}

export const StoredNumberSchema = SchemaFactory.createForClass(StoredNumber).index({ reportId: 1 });

/** The events behind one number of one report, in the order of their ids, a thousand a row so that no row outgrows its limit. */
@Schema({ collection: NUMBER_SOURCES, strict: 'throw', versionKey: false, _id: false })
export class NumberSources {
  /** `<report id>/<number id>/<part>`, parts from 00000. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) reportId: string;
  @Prop({ type: String, required: true }) number: string;
  @Prop({ type: Number, required: true }) part: number;
  @Prop({ type: [String], required: true }) facts: string[];
}

export const NumberSourcesSchema = SchemaFactory.createForClass(NumberSources).index({
  reportId: 1,
  number: 1,
  part: 1,
});
