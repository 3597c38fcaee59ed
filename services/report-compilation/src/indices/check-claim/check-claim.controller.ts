import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Public } from '@aiqyn/platform';
import { CheckClaim } from './check-claim.dto.js';
import { Claims } from './claims.js';

@Controller('v1/indices/claims')
export class CheckClaimController {
  constructor(private readonly claims: Claims) {}

  @Post('check')
  @HttpCode(200)
  @Public()
  check(@Body() body: CheckClaim): Promise<object> {
    return this.claims.check(body);
  }
}
