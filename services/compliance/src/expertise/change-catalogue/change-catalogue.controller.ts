import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import { IsString, Matches, MaxLength } from 'class-validator';
import { type Connection, type Model, trusted } from 'mongoose';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, change, Clock, Commands, create, From, load } from '@aiqyn/platform';
import { anotherPerson } from '../../people/steps.rules.js';
import { ActPolicies } from '../draft-acts/act-policies.js';
import { ActTexts } from '../draft-acts/act-texts.js';
import { DraftAct } from '../draft-acts/draft-act.schema.js';
import { catalogueOf } from '../factors/catalogue.rules.js';
import { screen } from '../screen-act/screen.rules.js';
import { LoadedCatalogue, CATALOGUES } from '../draft-acts/catalogue.schema.js';
import { Catalogues } from '../draft-acts/catalogues.js';

export class LoadCatalogue {
  /** The catalogue as JSON text (form of data/expertise). */
  @IsString() @MaxLength(600_000) content: string;
}

export class CataloguePath {
  @Matches(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/) id: string;
}

/** A catalogue is data: one person loads a version and sees what it would change, another puts it in force. */
@Controller('v1/factor-catalogues')
export class ChangeCatalogueController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(LoadedCatalogue.name) private readonly loaded: Model<LoadedCatalogue>,
    @InjectModel(DraftAct.name) private readonly acts: Model<DraftAct>,
    private readonly commands: Commands,
    private readonly catalogues: Catalogues,
    private readonly texts: ActTexts,
    private readonly policies: ActPolicies,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Can('catalogue:propose')
  load(@Body() { content }: LoadCatalogue, @From() caller: Caller): Promise<object> {
    const { version, factors } = catalogueOf(this.json(content));
    if (version === this.policies.catalogue.version)
      throw new RuleError('already_done', `version ${version} is there`, { field: 'content' });
    return this.commands.run(caller, async (tx) => {
      const proposed = { day: this.clock.today(), by: caller.id };
      const there = await this.loaded
        .findOne({ _id: { $eq: version } }, { _id: 1 })
        .session(tx.session)
        .lean();
      if (there) throw new RuleError('already_done', `version ${version} is there`, { field: 'content' });
      create(tx, CATALOGUES, { _id: version, content, proposed });
      tx.audit({ actor: caller.id, action: 'catalogue:propose', resource: version, outcome: 'done' });
      return { catalogue: version, factors: factors.size };
    });
  }

  /** What a version would change in the open drafts: candidates that come and go, by act. Changes nothing. */
  @Get(':id/effect')
  @Can('act:read')
  async effect(@Param() { id }: CataloguePath): Promise<object> {
    const next = await this.catalogues.of(id);
    const open = await this.acts
      .find({ state: trusted({ $in: ['screened', 'in-expertise'] }) })
      .sort({ _id: 1 })
      .limit(200)
      .lean<DraftAct[]>();
    const acts = [];
    for (const act of open) {
      const now = await this.catalogues.of(act.catalogue!);
      const texts = await this.texts.of(act, act.versions.at(-1)!.textVersion);
      const keys = (catalogue: typeof now): Set<string> =>
        new Set(
          texts.flatMap((text) =>
            screen(text, catalogue).map(({ code, start }) => `${text.language} ${code} ${start}`),
          ),
        );
      const [before, after] = [keys(now), keys(next)];
      const [comes, goes] = [
        [...after].filter((key) => !before.has(key)),
        [...before].filter((key) => !after.has(key)),
      ];
      if (comes.length + goes.length > 0) acts.push({ actId: act._id, comes: comes.length, goes: goes.length });
    }
    return { catalogue: id, looked: open.length, changed: acts };
  }

  @Post(':id/activation')
  @HttpCode(200)
  @Can('catalogue:approve')
  activate(@Param() { id }: CataloguePath, @From() caller: Caller): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const row = await load<LoadedCatalogue>(tx, this.connection, CATALOGUES, id, caller.ifMatch);
      anotherPerson(caller.id, [row.proposed.by], 'than who loaded it puts it in force');
      if (row.activated) throw new RuleError('already_done', 'this version was put in force');
      const order =
        (await this.loaded.countDocuments({ activated: trusted({ $exists: true }) }).session(tx.session)) + 1;
      change(tx, CATALOGUES, row, { activated: { day: this.clock.today(), by: caller.id, order } });
      tx.audit({ actor: caller.id, action: 'catalogue:approve', resource: id, outcome: 'done' });
      return { catalogue: id, inForce: true };
    });
  }

  private json(content: string): unknown {
    try {
      return JSON.parse(content);
    } catch {
      throw new RuleError('bad_catalogue', 'content is no JSON', { field: 'content' });
    }
  }
}
