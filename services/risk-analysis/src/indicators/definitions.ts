import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { Policies } from '../policies/policies.js';
import { type IndicatorDefinition, indicatorDefinition } from './definition.rules.js';
import { DEFINITIONS, type StoredDefinition } from './definition.schema.js';

/** A stored version as the rules take it. */
export const definitionOf = ({ definition, status, author, approver }: StoredDefinition): IndicatorDefinition =>
  indicatorDefinition({ ...definition, status, author, approver: approver ?? `not ${author}` });

/** The definitions in force: what is shipped, and in place of it what two persons put in force here. */
@Injectable()
export class Definitions {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly policies: Policies,
  ) {}

  /** One version of each code. Read each time, in the transaction that judges by them: another replica may have changed them. */
  async inForce(session?: mongo.ClientSession): Promise<readonly IndicatorDefinition[]> {
    const stored = await this.connection
      .db!.collection<StoredDefinition>(DEFINITIONS)
      .find({ status: 'active' }, session ? { session } : {})
      .toArray();
    const ours = new Map(stored.map((row) => [row.code, definitionOf(row)]));
    return this.policies.indicators.map((shipped) => ours.get(shipped.code) ?? shipped);
  }
}
