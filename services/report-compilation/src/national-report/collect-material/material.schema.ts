import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

export const MATERIALS = 'materials';

/** What a body was asked for: who asked, until when, and what became of it. The material itself lies with the editors. */
@Schema({ collection: MATERIALS, strict: 'throw', versionKey: false, _id: false })
export class Material {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) reportId: string;
  /** Of the organisation, twelve digits. */
  @Prop({ type: String, required: true }) body: string;
  @Prop({ type: String, required: true }) section: string;
  @Prop({ type: String, required: true }) askedDay: string;
  @Prop({ type: String, required: true }) dueDay: string;
  @Prop({ type: String, required: true }) state: 'asked' | 'delivered' | 'waived';
  /** Hash of what was delivered, so that nobody can say later it was something else. */
  @Prop({ type: String }) sha256?: string;
  @Prop({ type: String }) deliveredDay?: string;
  @Prop({ type: String }) ground?: string;
  @Prop({ type: String }) by?: string;
}

export const MaterialSchema = SchemaFactory.createForClass(Material).index({ reportId: 1 });
