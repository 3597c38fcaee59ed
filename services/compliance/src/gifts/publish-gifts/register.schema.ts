import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Version } from './register.rules.js';

export const REGISTER = 'gift_register';

/** What the log says in public of a gift. Made of events only, so that it can be made again. */
@Schema({ collection: REGISTER, strict: 'throw', versionKey: false, _id: false })
export class RegisterRow {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Array, required: true }) versions: Version[];
}

export const RegisterSchema = SchemaFactory.createForClass(RegisterRow);

/** Adds a version in the place of its number, so that what is told late does not stand last. */
export const adds = (version: Version) => ({
  $push: { versions: { $each: [version], $sort: { version: 1 as const } } },
});
