import { Controller, Get, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, trusted } from 'mongoose';
import { type Caller, Can, Commands, From, NotFound, type Page, pageById, PageQuery } from '@aiqyn/platform';
import { CaseKeys } from '../case-keys/case-keys.js';
import { Case } from '../cases/case.schema.js';
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
    @InjectModel(Case.name) private readonly cases: Model<Case>,
    private readonly bodyKeys: ReferralKeys,
    private readonly keys: CaseKeys,
  ) {}

  /** The bodies and the keys that an office seals to on its own machine. */
  @Get('referral-bodies')
  @Can('case:refer')
  bodies(): { items: ShownBody[] } {
    const items = this.policies.referralBodies.bodies.map((body) => {
      const publicKey = this.bodyKeys.byBody.get(body.code);
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
    const { items, ...page } = await pageById(this.handovers, query, { filter: { to } });
    const rows = items as Handover[];
    const files = await this.cases
      .find({ _id: trusted({ $in: rows.map((row) => row.caseId) }) }, { key: 1, purgedDay: 1 })
      .lean<Case[]>();
    const byId = new Map(files.map((file) => [file._id, file]));
    const shown = rows.map(async ({ sealed, ...row }) => {
      if (!sealed) return row;
      const key = await this.keys.of(byId.get(row.caseId)!);
      return { ...row, ...key.shown(`handover/${to}`, sealed) };
    });
    return { ...page, items: await Promise.all(shown) };
  }
}
