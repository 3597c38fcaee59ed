import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { ActRegisteredV1, addWorkingDays, RuleError } from '@aiqyn/contracts';
import { type Caller, Can, Clock, Commands, create, From, NotFound, type Page, pageById } from '@aiqyn/platform';
import { mayKnow, mayTell, ownBody } from '../../people/own-body.rules.js';
import { ActMoves, type Moved } from '../draft-acts/act-moves.js';
import { ActPolicies } from '../draft-acts/act-policies.js';
import { ActTexts } from '../draft-acts/act-texts.js';
import { DraftAct, DRAFT_ACTS } from '../draft-acts/draft-act.schema.js';
import { published } from '../draft-acts/findings.rules.js';
import { ActsQuery, RegisterAct } from './register-act.dto.js';

/** Throws RuleError `doubled_language` when a language stands twice. */
export function onceEach(texts: readonly { readonly language: string }[]): void {
  const twice = texts.find(({ language }, i) => texts.findIndex((one) => one.language === language) !== i);
  if (twice) throw new RuleError('doubled_language', `there are two texts of "${twice.language}"`, { field: 'texts' });
}

/** A draft act comes in with its dossier and its texts, and can be looked at. */
@Controller('v1/draft-acts')
export class RegisterActController {
  constructor(
    @InjectModel(DraftAct.name) private readonly acts: Model<DraftAct>,
    private readonly commands: Commands,
    private readonly moves: ActMoves,
    private readonly texts: ActTexts,
    private readonly policies: ActPolicies,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Can('act:register')
  register(@Body() body: RegisterAct, @From() caller: Caller): Promise<Moved> {
    const { texts: told, titles, dossier, ...facts } = body;
    mayTell(caller.subject?.department, body.authorityBin);
    onceEach(told);
    const texts = this.texts.read(told);
    const actId = randomUUID();
    return this.commands.run(caller, (tx) => {
      const day = this.clock.today();
      const versions = [this.texts.store(tx, actId, 1, texts, day)];
      const { terms, calendar } = this.policies;
      const dueDay = addWorkingDays(calendar, day, terms.workingDays.registered);
      const registered = { day, by: caller.id };
      const row = { ...facts, titles: { ...titles }, dossier: { ...dossier }, versions, registered, findings: [] };
      const { authorityBin, actType, areaCode } = body;
      const area = areaCode === undefined ? {} : { areaCode };
      const languages = texts.map(({ language }) => language);
      const event = Object.assign(new ActRegisteredV1(), { actId, day, authorityBin, actType, languages, ...area });
      create(tx, DRAFT_ACTS, { _id: actId, state: 'registered', ...row, policy: terms.id, dueDay }, event);
      this.moves.watch(tx, actId, dueDay);
      tx.audit({ actor: caller.id, action: 'act:register', resource: actId, outcome: 'done' });
      return { actId, state: 'registered', dueDay, version: 1 };
    });
  }

  @Get()
  @Can('act:read')
  list(@Query() query: ActsQuery, @From() caller: Caller): Promise<Page<object>> {
    const own = ownBody(caller.subject?.department);
    const filter = { ...(own ? { authorityBin: own } : {}), ...(query.state ? { state: query.state } : {}) };
    return pageById(this.acts, query, { filter, hide: ['events', 'findings'] });
  }

  @Get(':id')
  @Can('act:read')
  async read(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    const act = await this.acts.findOne({ _id: { $eq: id } }).lean<DraftAct>();
    if (!act || !mayKnow(caller.subject?.department, { organisationBin: act.authorityBin })) throw new NotFound();
    const { _id: actId, events: _, findings, ...shown } = act;
    if (!ownBody(caller.subject?.department)) return { actId, ...shown, findings };
    // What an expert thinks is the office's own until it is published.
    const upTo = act.opinion?.textVersion;
    return { actId, ...shown, ...(upTo === undefined ? {} : { findings: published(findings, upTo) }) };
  }
}
