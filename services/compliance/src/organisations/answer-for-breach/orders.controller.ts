import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { addDays, OrderMovedV1 } from '@aiqyn/contracts';
import {
  type Caller,
  Can,
  change,
  Clock,
  Commands,
  type Doc,
  From,
  NotFound,
  type Page,
  pageById,
  PageQuery,
} from '@aiqyn/platform';
import { IsDocumentNumber } from '../../people/fields.dto.js';
import { anotherPerson } from '../../people/steps.rules.js';
import { known, type Who } from '../../people/known-row.js';
import { mayKnow } from '../../people/own-body.rules.js';
import { OrganisationPolicies } from '../organisation/organisation-policies.js';
import { Order, ORDERS } from './order.schema.js';
import { moveOrder, type OrderState } from './order-states.rules.js';
import { Orders } from './orders.js';

export class AnswerOrder {
  @IsDocumentNumber() documentNumber: string;
}

/** An organisation answers an order, and somebody of another one sees whether that removes the cause. */
@Controller('v1')
export class OrdersController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(Order.name) private readonly rows: Model<Order>,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly orders: Orders,
    private readonly policies: OrganisationPolicies,
  ) {}

  @Get('organisations/:id/orders')
  @Can('organisation:read')
  list(@Param('id') id: string, @Query() query: PageQuery, @From() caller: Caller): Promise<Page<object>> {
    if (!mayKnow(caller.subject?.department, { organisationBin: id })) throw new NotFound();
    return pageById(this.rows, query, { filter: { organisationBin: id }, hide: ['events'] });
  }

  @Post('orders/:id/answer')
  @HttpCode(200)
  @Can('organisation:assess')
  answer(@Param('id') id: string, @Body() body: AnswerOrder, @From() caller: Caller): Promise<object> {
    return this.step(id, caller, 'own', (_, day) => ({
      ...{ to: 'answered', dueDay: undefined },
      set: { answer: { day, by: caller.id, ...body } },
    }));
  }

  @Post('orders/:id/closing')
  @HttpCode(200)
  @Can('organisation:review')
  close(@Param('id') id: string, @From() caller: Caller): Promise<object> {
    return this.step(id, caller, 'another', ({ answer }) => {
      anotherPerson(caller.id, [answer?.by], 'than who answered closes');
      return { to: 'closed', dueDay: undefined, set: { closedBy: caller.id } };
    });
  }

  /** The answer does not remove the cause: the order stands, with a new term. */
  @Post('orders/:id/return')
  @HttpCode(200)
  @Can('organisation:review')
  sendBack(@Param('id') id: string, @From() caller: Caller): Promise<object> {
    return this.step(id, caller, 'another', ({ answer }, day) => {
      anotherPerson(caller.id, [answer?.by], 'than who answered sends it back');
      const dueDay = addDays(day, this.policies.on(day).terms.orderDays);
      return { to: 'issued', dueDay, set: { dueDay } };
    });
  }

  private step(
    id: string,
    caller: Caller,
    who: Who,
    decide: (order: Order, day: string) => { to: OrderState; dueDay: string | undefined; set: Doc },
  ): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const order = await known<Order>(tx, this.connection, ORDERS, id, caller, (row) => row.organisationBin, who);
      const { organisationBin } = order;
      const day = this.clock.today();
      const { to, dueDay, set } = decide(order, day);
      const state = moveOrder(order.state, to);
      this.orders.watch(tx, id, dueDay);
      tx.audit({ actor: caller.id, action: caller.permission!, resource: id, outcome: 'done', reason: state });
      const event = Object.assign(new OrderMovedV1(), { orderId: id, organisationBin, day, state });
      return { orderId: id, state, version: change(tx, ORDERS, order, { ...set, state }, event) };
    });
  }
}
