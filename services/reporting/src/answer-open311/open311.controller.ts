import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { REPORT_CATEGORIES } from '@aiqyn/contracts';
import { Public } from '@aiqyn/platform';
import { openOrClosed } from '../cases/case-states.rules.js';
import { ReceiptHolders } from '../receipt/receipt-holders.js';
import { ReceiptQuestion } from '../track-report/track-report.dto.js';

/**
 * The two states and the services of Open311 GeoReport v2, for systems of cities that speak it. Every service is a
 * `blackbox`: nothing of a report is public, and its holder asks with the receipt code, in a body and not in an address.
 */
@Public()
@Controller('v1/open311')
export class Open311Controller {
  constructor(private readonly holders: ReceiptHolders) {}

  @Get('services.json')
  services(): object[] {
    return REPORT_CATEGORIES.map((code) => ({
      service_code: code,
      service_name: code,
      description: 'a report of corruption; see /docs',
      metadata: false,
      type: 'blackbox',
      group: 'anti-corruption',
      keywords: '',
    }));
  }

  @Post('requests.json')
  @HttpCode(200)
  async requests(@Body() { receiptCode }: ReceiptQuestion): Promise<object[]> {
    const own = await this.holders.caseOf(receiptCode);
    const { state, category, receivedDay, feedbackBy, feedback } = await this.holders.leadOf(own);
    return [
      {
        service_request_id: own._id,
        service_code: category,
        status: openOrClosed(state),
        status_notes: feedback ?? state,
        requested_datetime: `${receivedDay}T00:00:00+05:00`,
        expected_datetime: `${feedbackBy}T00:00:00+05:00`,
      },
    ];
  }
}
