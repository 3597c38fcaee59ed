import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { State } from '../judge-process/outcome.rules.js';
import type { SchemeEvidence } from './match.rules.js';

export const SCHEMES = 'schemes';
export const SCHEME_RUNS = 'scheme_runs';

/** A pattern with everybody in their place, and whether it stands. */
@Schema({ collection: SCHEMES, strict: 'throw', versionKey: false, _id: false })
export class SchemeRow implements Aggregate {
  /** Code and hash of who stands where: the same scheme has the same id. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) code: string;
  @Prop({ type: Number, required: true }) patternVersion: number;
  @Prop({ type: String, required: true }) outcome: State;
  @Prop({ type: String }) reason?: string | undefined;
  @Prop({ type: Object, required: true }) nodes: Record<string, string>;
  @Prop({ type: [String], required: true }) processes: string[];
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: Object, required: true }) evidence: SchemeEvidence | { tooLarge: string };
  /** Since when it says so, and what it said before: `to` is the day on which that ended. */
  @Prop({ type: String, required: true }) since: string;
  @Prop({ type: [Object], default: undefined }) earlier?: { outcome: State; from: string; to: string }[];
}
export const SchemeRowSchema = SchemaFactory.createForClass(SchemeRow).index({ outcome: 1, code: 1, _id: 1 });

/** One detection: by which inputs, and what came out. */
@Schema({ collection: SCHEME_RUNS, strict: 'throw', versionKey: false, _id: false })
export class SchemeRun {
  /** Hash of all inputs, the day and the versions of the patterns among them. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) day: string;
  /** Hash of all schemes. */
  @Prop({ type: String, required: true }) result: string;
  @Prop({ type: Object, required: true }) counts: { deals: number; links: number };
  @Prop({ type: [Object], required: true }) patterns: {
    code: string;
    version: number;
    outcome: State;
    reason?: string;
    schemes: number;
  }[];
  /** Schemes of this run that are written, of how many that changed: less than all after a crash, until the run is given again. */
  @Prop({ type: Number, required: true }) written: number;
  @Prop({ type: Number, required: true }) changed: number;
}
export const SchemeRunSchema = SchemaFactory.createForClass(SchemeRun);
