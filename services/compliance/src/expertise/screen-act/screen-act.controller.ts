import { randomUUID } from 'node:crypto';
import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type Caller, Can, ConcurrentChange, From } from '@aiqyn/platform';
import { Catalogues } from '../draft-acts/catalogues.js';
import { ActMoves, type Moved } from '../draft-acts/act-moves.js';
import { ActTexts } from '../draft-acts/act-texts.js';
import { DraftAct, DRAFT_ACTS } from '../draft-acts/draft-act.schema.js';
import type { Finding } from '../draft-acts/findings.rules.js';
import type { Catalogue } from '../factors/catalogue.rules.js';
import type { ActText } from '../read-act/act-text.rules.js';
import { screen } from './screen.rules.js';

/** Candidates of all texts of a version, not yet judged. */
export const candidatesIn = (texts: readonly ActText[], catalogue: Catalogue, textVersion: number): Finding[] =>
  texts.flatMap((act) =>
    screen(act, catalogue).map(({ why: _, ...candidate }): Finding => ({
      ...candidate,
      ...{ findingId: randomUUID(), textVersion, language: act.language, origin: 'screening', status: 'candidate' },
    })),
  );

/** The texts of an act are screened by the catalogue in force. */
@Controller('v1/draft-acts')
export class ScreenActController {
  constructor(
    @InjectModel(DraftAct.name) private readonly acts: Model<DraftAct>,
    private readonly moves: ActMoves,
    private readonly texts: ActTexts,
    private readonly catalogues: Catalogues,
  ) {}

  @Post(':id/screening')
  @HttpCode(200)
  @Can('act:triage')
  async screen(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<Moved> {
    const catalogue = await this.catalogues.inForce();
    // Texts never change, so they are screened before the transaction, which it would hold up.
    const act = await this.acts.findOne({ _id: { $eq: id }, state: 'triaged' }).lean<DraftAct>();
    const { textVersion } = act?.versions.at(-1) ?? { textVersion: 0 };
    const findings = act ? candidatesIn(await this.texts.of(act, textVersion), catalogue, textVersion) : [];
    return this.moves.step(id, caller, ({ versions }) => {
      if (act && versions.length !== act.versions.length) throw new ConcurrentChange(DRAFT_ACTS);
      const answer = { catalogue: catalogue.version, candidates: findings.length };
      return { to: 'screened', set: { findings, catalogue: catalogue.version }, answer };
    });
  }
}
