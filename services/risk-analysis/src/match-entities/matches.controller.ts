import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import { IsIn, IsOptional } from 'class-validator';
import type { Connection, Model } from 'mongoose';
import { transition } from '@aiqyn/contracts';
import {
  type Caller,
  Can,
  change,
  Clock,
  Commands,
  create,
  From,
  load,
  orConcurrent,
  type Page,
  pageById,
  PageQuery,
  Transactions,
  type Tx,
} from '@aiqyn/platform';
import { type Entity, ENTITIES, type Link, LINKS } from '../entities/entity.schema.js';
import { linkId } from '../entities/link-book.js';
import { Policies } from '../policies/policies.js';
import { Match, MATCHES } from './match.schema.js';
import { MATCH_MOVES, MATCH_STATES, type MatchState } from './match-states.rules.js';
import { type Candidate, proposalsOf } from './score.rules.js';

export class DecideMatch {
  /** `proposed` undoes what was decided. */
  @IsIn(MATCH_STATES) state: MatchState;
}

export class MatchQuery extends PageQuery {
  @IsOptional() @IsIn(MATCH_STATES) state: MatchState = 'proposed';
}

/** Pairs in one transaction. */
const AT_ONCE = 200;

/** Proposes who may be the same, and lets a person decide: nothing is merged by itself. */
@Controller('v1/matches')
export class MatchesController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(Match.name) private readonly matches: Model<Match>,
    private readonly commands: Commands,
    private readonly transactions: Transactions,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /** Compares all entities; what a person decided stays as it is, a proposal that no longer reaches the threshold goes. */
  @Post()
  @HttpCode(200)
  @Can('match:decide')
  async propose(@From() caller: Caller): Promise<{ proposed: number; changed: number }> {
    const pack = this.policies.matching;
    const found = new Map(
      proposalsOf(await this.candidates(), pack).map((p) => [linkId([p.one, p.other]), { ...p, policy: pack.id }]),
    );
    const stored = await this.connection.db!.collection<Match>(MATCHES).find().toArray();
    const before = new Map(stored.map((row) => [row._id, row]));
    const explained = ({
      score,
      fields,
      policy,
    }: Pick<Match, 'score' | 'policy'> & { fields: readonly object[] }): string =>
      JSON.stringify([score, fields, policy]);
    const changes = [...new Set([...found.keys(), ...before.keys()])].filter((id) => {
      const [now, row] = [found.get(id), before.get(id)];
      if (row && row.state !== 'proposed') return false;
      return !now || !row || explained(now) !== explained(row);
    });
    for (let i = 0; i < changes.length; i += AT_ONCE)
      await this.write((tx) => {
        for (const _id of changes.slice(i, i + AT_ONCE)) {
          const [now, row] = [found.get(_id), before.get(_id)];
          if (now && row) change(tx, MATCHES, row, { ...now });
          else if (now) create(tx, MATCHES, { _id, ...now, state: 'proposed', decisions: [] });
          else tx.remove(MATCHES, { _id, version: row!.version }, { mustMatch: true });
        }
        tx.audit({ actor: caller.id, action: 'match:propose', resource: `${changes.length} matches`, outcome: 'done' });
      });
    return { proposed: found.size, changed: changes.length };
  }

  @Get()
  @Can('entity:read')
  list(@Query() { state, ...page }: MatchQuery): Promise<Page<object>> {
    return pageById(this.matches, page, { filter: { state } });
  }

  /** Confirms or rejects a proposal, or takes that back. A confirmed pair acts as one when schemes are looked for the next time. */
  @Post(':id/decision')
  @HttpCode(200)
  @Can('match:decide')
  decide(
    @Param('id') id: string,
    @Body() { state }: DecideMatch,
    @From() caller: Caller,
  ): Promise<{ matchId: string; state: MatchState; version: number }> {
    return this.commands.run(caller, async (tx) => {
      const match = await load<Match>(tx, this.connection, MATCHES, id, caller.ifMatch);
      const to = transition(MATCH_MOVES, match.state, state);
      const decisions = [...match.decisions, { to, by: caller.id, day: this.clock.today() }];
      const version = change(tx, MATCHES, match, { state: to, decisions });
      tx.audit({ actor: caller.id, action: 'match:decide', resource: id, outcome: 'done', reason: to });
      return { matchId: id, state: to, version };
    });
  }

  private write(work: (tx: Tx) => void): Promise<void> {
    return orConcurrent(MATCHES, this.transactions.run(work));
  }

  private async candidates(): Promise<Candidate[]> {
    const db = this.connection.db!;
    const neighbours = new Map<string, Set<string>>();
    const add = (id: string, other: string): void =>
      void neighbours.set(id, (neighbours.get(id) ?? new Set<string>()).add(other));
    for await (const { from, to } of db.collection<Link>(LINKS).find({}, { projection: { from: 1, to: 1 } }))
      if (from !== null && to !== null) {
        add(from, to);
        add(to, from);
      }
    const entities = await db.collection<Entity>(ENTITIES).find().sort({ _id: 1 }).toArray();
    return entities.map((entity) => ({ ...entity, neighbours: [...(neighbours.get(entity._id) ?? [])] }));
  }
}
