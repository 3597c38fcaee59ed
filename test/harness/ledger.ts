import { Controller, Module, type Type } from '@nestjs/common';
import { MongooseModule, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { GiftDeclaredV1, GiftOverdueV1, RuleError } from '@aiqyn/contracts';
import { type EventContext, On } from '@aiqyn/platform';

/** What a handler did with an event, one row each: written twice it would fail, written never it is missing. */
@Schema({ collection: 'effects', strict: 'throw', versionKey: false, _id: false })
export class Effect {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) key: string;
  @Prop({ type: Number, required: true }) sequence: number;
  @Prop({ type: Number, required: true }) order: number;
}

/** What a test wants the handler to do; shared with the module of the same process. */
export const behaviour = {
  /** Called before the effect; throws to fail. */
  before: (_event: { giftId: string }, _context: EventContext): Promise<void> | void => undefined,
};

let order = 0;

@Controller()
class OnGifts {
  @On(GiftDeclaredV1, GiftOverdueV1)
  async keep(event: GiftDeclaredV1 | GiftOverdueV1, context: EventContext): Promise<void> {
    await behaviour.before(event, context);
    const { id, subject, sequence } = context.envelope;
    context.tx.insert('effects', { _id: id, key: subject, sequence, order: (order += 1) });
  }
}

/** A second one who acts on the same event. */
@Controller()
class AlsoOnGifts {
  @On(GiftOverdueV1)
  async keep(_event: GiftOverdueV1, { tx, envelope }: EventContext): Promise<void> {
    await Promise.resolve();
    tx.insert('second_effects', { _id: envelope.id, key: envelope.subject });
  }
}

@Module({
  imports: [MongooseModule.forFeature([{ name: Effect.name, schema: SchemaFactory.createForClass(Effect) }])],
  controllers: [OnGifts, AlsoOnGifts],
})
class Ledger {}

/** A service that notes each gift event: the smallest consumer there can be. */
export const ledger: Type = Ledger;
export { RuleError };
