import { Controller, Get, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type Caller, Can, Commands, From, NotFound, type Page, pageById, PageQuery } from '@aiqyn/platform';
import { Policies } from '../policies/policies.js';
import { Handover } from './handover.schema.js';
import { ReferralKeys } from './referral-keys.js';

interface ShownBody {
  readonly code: string;
  readonly kk: string;
  readonly ru: string;
  readonly en: string;
  /** Missing: it can be told facts only. */
  readonly publicKey?: string;
}

/** To whom cases are handed over, and what each of them got. */
@Controller('v1')
export class HandOverController {
  constructor(
    @InjectModel(Handover.name) private readonly handovers: Model<Handover>,
    private readonly commands: Commands,
    private readonly policies: Policies,
    private readonly keys: ReferralKeys,
  ) {}

  /** The bodies and the keys that an office seals to on its own machine. */
  @Get('referral-bodies')
  @Can('case:refer')
  bodies(): { items: ShownBody[] } {
    const items = this.policies.referralBodies.bodies.map((body) => {
      const publicKey = this.keys.byBody.get(body.code);
      return { ...body, ...(publicKey ? { publicKey } : {}) };
    });
    return { items };
  }

  /** What was handed over to the body that the token's `department` names, and to no other; each look is audited. */
  @Get('handovers')
  @Can('handover:read')
  async list(@Query() query: PageQuery, @From() caller: Caller): Promise<Page<object>> {
    const to = caller.subject?.department;
    if (!to) throw new NotFound();
    await this.commands.run(caller, (tx) =>
      tx.audit({ actor: caller.id, action: 'handover:read', resource: to, outcome: 'done' }),
    );
    return pageById(this.handovers, query, { filter: { to } });
  }
}
