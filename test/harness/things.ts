import { randomUUID } from 'node:crypto';
import { Body, Controller, Module, Post, type Type } from '@nestjs/common';
import { MongooseModule, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { IsInt } from 'class-validator';
import { GiftDeclaredV1, GiftOverdueV1 } from '@aiqyn/contracts';
import { type Aggregate, type Caller, Commands, create, From, Public } from '@aiqyn/platform';
import { ledger } from './ledger.js';

/** What the suites publish about a thing: `ledger.ts` has one handler for the first event, two for the second. */
export const declared = (giftId: string): GiftDeclaredV1 =>
  Object.assign(new GiftDeclaredV1(), {
    ...{ giftId, day: '2025-03-01', knownDay: '2025-03-01', handOverBy: '2025-03-08', policy: 'KZ-GIFTS' },
  });
export const overdue = (giftId: string): GiftOverdueV1 =>
  Object.assign(new GiftOverdueV1(), { giftId, day: '2025-03-09', handOverBy: '2025-03-08' });

@Schema({ collection: 'things', strict: 'throw', versionKey: false, _id: false })
class Thing implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: Number, required: true }) n: number;
}

class MakeThing {
  @IsInt() n: number;
}

/** Writes a row and publishes an event about it, which the ledger of the same service receives. */
@Public()
@Controller('v1/things')
class Things {
  constructor(private readonly commands: Commands) {}

  @Post()
  make(@Body() { n }: MakeThing, @From() caller: Caller): Promise<{ id: string }> {
    const id = randomUUID();
    return this.commands.together(caller, (tx) => {
      create(tx, 'things', { _id: id, n }, overdue(id));
      return { id };
    });
  }
}

@Module({
  imports: [ledger, MongooseModule.forFeature([{ name: Thing.name, schema: SchemaFactory.createForClass(Thing) }])],
  controllers: [Things],
})
class ThingsModule {}

/** The smallest service that writes, sends and receives. */
export const things: Type = ThingsModule;
