import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { addDays, dayStartUtc, type Deduction, OrderIssuedV1 } from '@aiqyn/contracts';
import { Clock, create, load, NotFound, Timers, type Tx } from '@aiqyn/platform';
import { OrganisationMoves } from '../organisation/organisation-moves.js';
import { OrganisationPolicies } from '../organisation/organisation-policies.js';
import { endsDay } from '../score-compliance/score.rules.js';
import { type Order, ORDERS } from './order.schema.js';
import { orderIdOf } from './order-states.rules.js';

const LATE = 'order-late';
const ENDED = 'deduction-ended';

/** The strengthened responsibility of the sector: what was decided against somebody of an organisation costs it points, and leads to an order. */
@Injectable()
export class Orders {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly clock: Clock,
    private readonly organisations: OrganisationMoves,
    private readonly policies: OrganisationPolicies,
    timers: Timers,
  ) {
    timers.on(LATE, async (data, { tx }) => {
      const order = await load<Order>(tx, this.connection, ORDERS, String(data['orderId']));
      if (order.state !== 'issued' || order.dueDay !== data['dueDay']) return;
      const organisation = await this.organisations.load(tx, order.organisationBin).catch((error: unknown) => {
        // Nobody registered it yet: there is nobody whose lateness could be told.
        if (error instanceof NotFound) return undefined;
        throw error;
      });
      if (organisation) await this.organisations.missed(tx, organisation, 'order', order._id, order.dueDay);
    });
    timers.on(ENDED, (data, { tx }) => {
      const organisationBin = String(data['organisationBin']);
      tx.audit({ actor: ENDED, action: 'organisation:regrade', resource: organisationBin, outcome: 'done' });
      return this.organisations.regrade(tx, organisationBin, 'deduction-ended', String(data['causeId']));
    });
  }

  /**
   * Issues the order of a cause and lowers the grade, once, also when the organisation is registered only later: then the points count
   * from its first assessment on.
   */
  async issue(
    tx: Tx,
    told: { organisationBin: string; cause: Deduction; causeId: string; day: string },
  ): Promise<void> {
    const { organisationBin, cause, causeId, day } = told;
    const _id = orderIdOf(organisationBin, cause, causeId);
    const rows = this.connection.db!.collection<Order>(ORDERS);
    if (await rows.findOne({ _id: { $eq: _id } }, { session: tx.session })) return;
    const issuedDay = this.clock.today();
    const catalogue = this.policies.on(issuedDay);
    const facts = {
      ...{ organisationBin, cause, causeId, day, endsDay: endsDay(catalogue, day), catalogue: catalogue.id },
      ...{ points: catalogue.scoring.deductions[cause], dueDay: addDays(issuedDay, catalogue.terms.orderDays) },
    };
    const event = Object.assign(new OrderIssuedV1(), { orderId: _id, ...facts });
    create(tx, ORDERS, { _id, ...facts, state: 'issued', issuedDay }, event);
    this.watch(tx, _id, facts.dueDay);
    if (facts.endsDay > issuedDay) tx.schedule(ENDED, _id, dayStartUtc(facts.endsDay), { organisationBin, causeId });
    tx.audit({ actor: 'orders', action: 'order:issue', resource: _id, outcome: 'done', reason: cause });
    await this.organisations.regrade(tx, organisationBin, cause, causeId);
  }

  /** Begins the term to carry an order out, or ends it. */
  watch(tx: Tx, orderId: string, dueDay: string | undefined): void {
    tx.cancel(LATE, orderId);
    if (dueDay) tx.schedule(LATE, orderId, dayStartUtc(addDays(dueDay, 1)), { orderId, dueDay });
  }
}
