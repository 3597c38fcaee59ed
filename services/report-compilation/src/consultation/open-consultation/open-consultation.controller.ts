import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import type { Model } from 'mongoose';
import {
  type Caller,
  Can,
  change,
  Clock,
  Commands,
  create,
  From,
  IsDay,
  type Page,
  pageById,
  PageQuery,
  Public,
} from '@aiqyn/platform';
import { beginsAs, CONSULTATION_STATES, type ConsultationState } from '../consultations/consultation-states.rules.js';
import { Consultation, CONSULTATIONS } from '../consultations/consultation.schema.js';
import { Consultations, movedEvent } from '../consultations/consultations.js';
import { POLICY_DOCUMENTS } from '../documents/document.schema.js';
import { mayConsult } from '../documents/document-order.rules.js';
import { Documents } from '../documents/documents.js';
import { ConsultationPolicies } from '../policies/consultation-policies.js';

export class OpenConsultation {
  @IsUUID() documentId: string;
  @IsInt() @Min(1) @Max(100_000) documentVersion: number;
  @IsDay() firstDay: string;
  @IsDay() lastDay: string;
}

export class ConsultationsQuery extends PageQuery {
  @IsOptional() @IsIn(CONSULTATION_STATES) state?: ConsultationState;
}

const shown = (row: Consultation): object => {
  const { _id, documentId, documentVersion, state, firstDay, lastDay, comments, policy, version } = row;
  return {
    ...{ consultationId: _id, documentId, documentVersion, state, firstDay, lastDay, comments, policy, version },
    ...(row.closed ? { closedDay: row.closed.day } : {}),
  };
};

/** A consultation is opened over the published version of a document, and can be looked at by everybody. */
@Controller('v1/consultations')
export class OpenConsultationController {
  constructor(
    @InjectModel(Consultation.name) private readonly rows: Model<Consultation>,
    private readonly commands: Commands,
    private readonly consultations: Consultations,
    private readonly documents: Documents,
    private readonly policies: ConsultationPolicies,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Can('consultation:open')
  open(@Body() body: OpenConsultation, @From() caller: Caller): Promise<object> {
    const { documentId, documentVersion, firstDay, lastDay } = body;
    const _id = randomUUID();
    return this.commands.run(caller, async (tx) => {
      const day = this.clock.today();
      const pack = this.policies.on(day);
      const state = beginsAs(pack, firstDay, lastDay, day);
      const document = await this.documents.changed(tx, documentId);
      mayConsult(document, documentVersion);
      const opened = { day, by: caller.id };
      const policy = pack.id;
      const row = { _id, documentId, documentVersion, state, firstDay, lastDay, policy, opened, comments: 0, steps: 0 };
      create(tx, CONSULTATIONS, row, movedEvent(row, state, day));
      change(tx, POLICY_DOCUMENTS, document, { consultation: { consultationId: _id, receiving: true } });
      this.consultations.watch(tx, row);
      tx.audit({ actor: caller.id, action: 'consultation:open', resource: _id, outcome: 'done' });
      return { consultationId: _id, state, firstDay, lastDay, version: 1 };
    });
  }

  @Get()
  @Public()
  async list(@Query() query: ConsultationsQuery): Promise<Page<object>> {
    const filter = query.state ? { state: query.state } : {};
    const { items, nextCursor } = (await pageById(this.rows, query, { filter })) as Page<Consultation>;
    return { items: items.map(shown), ...(nextCursor ? { nextCursor } : {}) };
  }

  @Get(':id')
  @Public()
  async read(@Param('id', ParseUUIDPipe) id: string): Promise<object> {
    return shown(await this.consultations.of(id));
  }
}
