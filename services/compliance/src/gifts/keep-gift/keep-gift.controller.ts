import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { type Caller, Can, From, IsBin, IsDay } from '@aiqyn/platform';
import { IsDocumentNumber } from '../../people/fields.dto.js';
import { GiftMoves, type Moved } from '../gift-case/gift-moves.js';
import { organisationOnly } from '../../people/own-body.rules.js';
import { logged } from './custody.rules.js';

export class MoveCustody {
  @IsDay() day: string;
  @IsDocumentNumber() actNumber: string;
  @IsBin() holderBin: string;
}

/** Who holds a gift of the state fund, from act to act. */
@Controller('v1/gifts')
export class KeepGiftController {
  constructor(private readonly moves: GiftMoves) {}

  @Post(':id/custody')
  @HttpCode(200)
  @Can('gift:keep')
  move(@Param('id', ParseUUIDPipe) id: string, @Body() body: MoveCustody, @From() caller: Caller): Promise<Moved> {
    organisationOnly(body.holderBin, 'holderBin');
    return this.moves.step(id, caller, ({ state, custody = [] }, today) => ({
      set: { custody: logged(state, custody, { ...body, by: caller.id }, today) },
    }));
  }
}
