import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { IsIn, IsInt, Matches, Min } from 'class-validator';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { Catalogues } from '../draft-acts/catalogues.js';
import { ActMoves, type Moved, type Step } from '../draft-acts/act-moves.js';
import { ActTexts } from '../draft-acts/act-texts.js';
import type { DraftAct } from '../draft-acts/draft-act.schema.js';
import { Reasoned } from '../draft-acts/fields.dto.js';
import { added, allJudged, type Finding, judged } from '../draft-acts/findings.rules.js';
import { type Language, LANGUAGES } from '../read-act/act-text.rules.js';

export class AssignExpert {
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/) expert: string;
}

export class AddFinding extends Reasoned {
  @Matches(/^[A-Z]{4}-\d{2}$/) code: string;
  @IsIn(LANGUAGES) language: Language;
  /** In characters of the text in NFC. */
  @IsInt() @Min(0) start: number;
  /** Exclusive. */
  @IsInt() @Min(1) end: number;
}

/** An expert judges every candidate and adds what no rule sees. */
@Controller('v1/draft-acts')
export class ExamineActController {
  constructor(
    private readonly moves: ActMoves,
    private readonly texts: ActTexts,
    private readonly catalogues: Catalogues,
  ) {}

  @Post(':id/expert')
  @HttpCode(200)
  @Can('act:triage')
  assign(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { expert }: AssignExpert,
    @From() caller: Caller,
  ): Promise<Moved> {
    return this.moves.step(id, caller, ({ state }) => ({
      set: { expert },
      ...(state === 'screened' ? { to: 'in-expertise' } : onlyWhile(state)),
    }));
  }

  @Post(':id/findings/:findingId/confirmation')
  @HttpCode(200)
  @Can('act:examine')
  confirm(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('findingId', ParseUUIDPipe) findingId: string,
    @Body() { reason }: Reasoned,
    @From() caller: Caller,
  ): Promise<Moved> {
    return this.judge(id, findingId, 'confirmed', reason, caller);
  }

  @Post(':id/findings/:findingId/rejection')
  @HttpCode(200)
  @Can('act:examine')
  reject(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('findingId', ParseUUIDPipe) findingId: string,
    @Body() { reason }: Reasoned,
    @From() caller: Caller,
  ): Promise<Moved> {
    return this.judge(id, findingId, 'rejected', reason, caller);
  }

  @Post(':id/findings')
  @HttpCode(200)
  @Can('act:examine')
  add(@Param('id', ParseUUIDPipe) id: string, @Body() body: AddFinding, @From() caller: Caller): Promise<Moved> {
    const { code, language, start, end, reason } = body;
    return this.asExpert(id, caller, async (act) => {
      const factor = (await this.catalogues.of(act.catalogue!)).factors.get(code);
      if (!factor)
        throw new RuleError('unknown_factor', `catalogue ${act.catalogue} has no ${code}`, { field: 'code' });
      const { textVersion } = act.versions.at(-1)!;
      const text = (await this.texts.of(act, textVersion)).find((one) => one.language === language);
      if (!text) throw new RuleError('other_language', 'the act has no text in that language', { field: 'language' });
      const article = text.articles.find((one) => one.start <= start && start < one.end);
      if (end <= start || end > text.text.length || !article) {
        throw new RuleError('no_such_place', 'start and end are a place within an article of the text', {
          field: 'start',
        });
      }
      const finding: Finding = {
        ...{ findingId: randomUUID(), code, severity: factor.severity, textVersion, language, article: article.number },
        ...{
          start,
          end,
          quote: text.text.slice(start, end),
          origin: 'expert',
          status: 'confirmed',
          reason,
          by: caller.id,
        },
      };
      return { set: { findings: added(act.findings, finding) }, answer: { findingId: finding.findingId } };
    });
  }

  /** Hands the opinion to a second person; every candidate has its verdict. */
  @Post(':id/submission')
  @HttpCode(200)
  @Can('act:examine')
  submit(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<Moved> {
    return this.moves.step(id, caller, (act, day) => {
      if (act.state === 'in-expertise') {
        ownWork(act, caller);
        allJudged(act.findings);
      }
      return { to: 'in-review', set: { submitted: { day, by: caller.id } } };
    });
  }

  private judge(
    id: string,
    findingId: string,
    verdict: 'confirmed' | 'rejected',
    reason: string,
    caller: Caller,
  ): Promise<Moved> {
    return this.asExpert(id, caller, ({ findings }) => ({
      set: { findings: judged(findings, findingId, verdict, reason, caller.id) },
    }));
  }

  private asExpert(id: string, caller: Caller, decide: (act: DraftAct) => Step | Promise<Step>): Promise<Moved> {
    return this.moves.step(id, caller, (act) => {
      onlyWhile(act.state);
      ownWork(act, caller);
      return decide(act);
    });
  }
}

/** Throws RuleError `illegal_state` unless the expert is at work. */
function onlyWhile(state: DraftAct['state']): object {
  if (state !== 'in-expertise') {
    throw new RuleError('illegal_transition', `in "${state}" nothing is examined`, { allowed: ['in-expertise'] });
  }
  return {};
}
/** Throws RuleError `not_assigned` for an expert whose act it is not. */
function ownWork({ expert }: DraftAct, { id }: Caller): void {
  if (expert !== id) throw new RuleError('not_assigned', 'the act is assigned to another expert');
}
