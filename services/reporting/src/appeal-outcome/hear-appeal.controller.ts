import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { AppealDecidedV1, CaseMovedV1 } from '@aiqyn/contracts';
import { type Caller, Can, change, Clock, Commands, From } from '@aiqyn/platform';
import type { MovedCase } from '../cases/case-moves.js';
import { CaseKeys } from '../case-keys/case-keys.js';
import { CASES } from '../cases/case.schema.js';
import { loadCase } from '../cases/case-access.js';
import { reopened } from '../close-case/reopened.js';
import { Policies } from '../policies/policies.js';
import type { Sealed } from '../sealing/sealing.js';
import { HearAppeal } from './appeal.dto.js';
import { heard, wayBack } from './appeal.rules.js';
import { type AppealText, APPEALS } from './appeal.schema.js';

type ShownAppeal = Omit<AppealText, 'text'> & { readonly text: Sealed };

/** Another person than who decided hears the appeal; an allowed one takes the case back into triage. */
@Controller('v1/cases')
export class HearAppealController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly keys: CaseKeys,
    private readonly commands: Commands,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /** All appeals of a case, sealed; each look is audited. */
  @Get(':id/appeals')
  @Can('appeal:hear')
  list(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<{ items: ShownAppeal[] }> {
    return this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      tx.audit({ actor: caller.id, action: 'appeal:read', resource: id, outcome: 'done' });
      const rows = this.connection.db!.collection<AppealText>(APPEALS);
      const found = await rows
        .find({ caseId: { $eq: id } }, { session: tx.session })
        .sort({ day: 1, _id: 1 })
        .toArray();
      if (found.length === 0) return { items: [] };
      const key = await this.keys.of(file);
      return { items: found.map((one) => ({ ...one, text: key.unlock(`appeal/${one._id}`, one.text) })) };
    });
  }

  @Post(':id/appeal-decision')
  @HttpCode(200)
  @Can('appeal:hear')
  decide(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { outcome }: HearAppeal,
    @From() caller: Caller,
  ): Promise<MovedCase> {
    return this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      const day = this.clock.today();
      const appeal = heard(file, outcome, { by: caller.id, day });
      const decided = Object.assign(new AppealDecidedV1(), { caseId: id, day, outcome });
      const way = outcome === 'allowed' ? wayBack(file.state) : [];
      const moves = way.map((to, i) =>
        Object.assign(new CaseMovedV1(), {
          ...{ caseId: id, day, from: way[i - 1] ?? file.state, to, reason: 'appeal-allowed' },
        }),
      );
      const state = way.at(-1) ?? file.state;
      const set = outcome === 'allowed' ? reopened(this.policies.deadlines, file, day) : {};
      const version = change(tx, CASES, file, { ...set, state, appeal }, decided, ...moves);
      tx.audit({ actor: caller.id, action: 'appeal:hear', resource: id, outcome: 'done', reason: outcome });
      return { caseId: id, state, version };
    });
  }
}
