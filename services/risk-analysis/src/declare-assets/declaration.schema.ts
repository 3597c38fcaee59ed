import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Declared, Member, Sections } from './declaration.rules.js';
import type { FactKind } from './register-fact.rules.js';

export const DECLARATIONS = 'declarations';
export const REGISTER_FACTS = 'register_facts';
export const ENRICHMENT_LOCKS = 'enrichment_locks';

/** A version of a declaration; all are kept, the highest of a year counts. */
@Schema({ collection: DECLARATIONS, strict: 'throw', versionKey: false, _id: false })
export class Declaration implements Declared {
  /** `<person>-<year>-<version>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) personId: string;
  @Prop({ type: Number, required: true }) year: number;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: String, required: true }) currency: string;
  @Prop({ type: String, required: true }) bodyBin: string;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, required: true }) region: string;
  @Prop({ type: Object, required: true }) sections: Sections;
  @Prop({ type: [Object], required: true }) household: Member[];
  /** Of the content: whether the same version came again. */
  @Prop({ type: String, required: true }) hash: string;
  @Prop({ type: String, required: true }) receivedDay: string;
  /** Persons and assets that registers may tell something of. */
  @Prop({ type: [String], required: true }) concerns: string[];
}

export const DeclarationSchema = SchemaFactory.createForClass(Declaration)
  .index({ personId: 1, year: 1, version: -1 })
  .index({ concerns: 1 });

/** What a registry told; the highest version of a key counts. */
@Schema({ collection: REGISTER_FACTS, strict: 'throw', versionKey: false, _id: false })
export class RegisterFact {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: String, required: true }) kind: FactKind;
  @Prop({ type: String }) personId?: string;
  @Prop({ type: String }) assetId?: string;
  @Prop({ type: Number }) year?: number;
  @Prop({ type: Number }) toYear?: number;
  @Prop({ type: Number }) amount?: number;
  @Prop({ type: Number }) low?: number;
  @Prop({ type: Number }) high?: number;
  @Prop({ type: String }) day?: string;
  @Prop({ type: String }) source?: string;
}

export const RegisterFactSchema = SchemaFactory.createForClass(RegisterFact)
  .index({ personId: 1 }, { sparse: true })
  .index({ assetId: 1 }, { sparse: true });

/**
 * One row for each person and asset that a check reads. Who hands in something touches the rows that it is about, so that two
 * arriving at once come one after the other and the second sees the first.
 */
@Schema({ collection: ENRICHMENT_LOCKS, strict: 'throw', versionKey: false, _id: false })
export class EnrichmentLock {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) n: number;
}

export const EnrichmentLockSchema = SchemaFactory.createForClass(EnrichmentLock);
