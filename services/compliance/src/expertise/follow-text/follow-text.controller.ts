import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { ActClosedV1, ActFindingSettledV1, FINDING_OUTCOMES, RuleError } from '@aiqyn/contracts';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, trusted } from 'mongoose';
import { type Caller, Can, ConcurrentChange, From } from '@aiqyn/platform';
import { Catalogues } from '../draft-acts/catalogues.js';
import { ActMoves, type Moved } from '../draft-acts/act-moves.js';
import { ActTexts } from '../draft-acts/act-texts.js';
import { DraftAct, DRAFT_ACTS } from '../draft-acts/draft-act.schema.js';
import { ActTextTold, Reasoned } from '../draft-acts/fields.dto.js';
import { allSettled, confirmed, type Finding, type Settled } from '../draft-acts/findings.rules.js';
import type { ActText } from '../read-act/act-text.rules.js';
import { onceEach } from '../register-act/register-act.controller.js';
import { candidatesIn } from '../screen-act/screen-act.controller.js';
import { laterText, outcomeOf } from './outcome.rules.js';

/** In which a later text may come. */
const FOLLOWED = ['responded', 'overdue', 'follow-up'] as const;

export class NextText {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @Type(() => ActTextTold)
  texts: ActTextTold[];
}

/** What becomes of the findings in later texts, up to the adopted one. */
@Controller('v1/draft-acts')
export class FollowTextController {
  constructor(
    @InjectModel(DraftAct.name) private readonly acts: Model<DraftAct>,
    private readonly moves: ActMoves,
    private readonly texts: ActTexts,
    private readonly catalogues: Catalogues,
  ) {}

  /** A later text: it is screened anew, and each finding of an opinion gets its outcome. */
  @Post(':id/texts')
  @HttpCode(200)
  @Can('act:register')
  async next(@Param('id', ParseUUIDPipe) id: string, @Body() body: NextText, @From() caller: Caller): Promise<Moved> {
    onceEach(body.texts);
    const after = this.texts.read(body.texts);
    // Before the transaction, which it would hold up.
    const read = await this.acts.findOne({ _id: { $eq: id }, state: trusted({ $in: [...FOLLOWED] }) }).lean<DraftAct>();
    const followed = read && (await this.followed(read, after));
    return this.moves.step(id, caller, (act, day, tx) => {
      // From any other state the transition table refuses it.
      if (!followed) return { to: 'follow-up' };
      if (act.version !== read.version) throw new ConcurrentChange(DRAFT_ACTS);
      const { findings, fresh, textVersion } = followed;
      const version = this.texts.store(tx, act._id, textVersion, after, day);
      return {
        ...(act.state === 'follow-up' ? {} : { to: 'follow-up' as const }),
        set: { findings: [...findings, ...fresh], versions: [...act.versions, version] },
        events: confirmed(findings).map((finding) => this.settled(act, finding, day)),
        answer: { textVersion, ...counted(findings), candidates: fresh.length },
      };
    });
  }

  /** What a later text did to each finding, and the candidates that it brought; those of the text before, which nobody judged, are gone with it. */
  private async followed(
    act: DraftAct,
    after: readonly ActText[],
  ): Promise<{ readonly findings: Finding[]; readonly fresh: Finding[]; readonly textVersion: number }> {
    const absent = act.versions[0]!.texts.find(({ language }) => !after.some((one) => one.language === language));
    if (absent)
      throw new RuleError('missing_language', `the text in "${absent.language}" is missing`, { field: 'texts' });
    const textVersion = act.versions.length + 1;
    const seen = candidatesIn(after, await this.catalogues.of(act.catalogue!), textVersion);
    const before = new Map<number, ActText[]>();
    for (const { textVersion: n } of confirmed(act.findings))
      if (!before.has(n)) before.set(n, await this.texts.of(act, n));
    const later = after.map(laterText);
    const settle = (finding: Finding): Settled => {
      const ofItsLanguage = ({ language }: { readonly language: string }): boolean => language === finding.language;
      const old = before.get(finding.textVersion)!.find(ofItsLanguage)!;
      const text = later.find(({ act: { language } }) => language === finding.language)!;
      return outcomeOf(finding, old, text, seen.filter(ofItsLanguage), textVersion);
    };
    const findings = act.findings
      .filter(({ status }) => status !== 'candidate')
      .map((finding) =>
        finding.status === 'confirmed'
          ? { ...finding, outcomes: [...(finding.outcomes ?? []), settle(finding)] }
          : finding,
      );
    return { findings, fresh: freshOf(seen, findings), textVersion };
  }

  /** A new round over what the later text brought. */
  @Post(':id/round')
  @HttpCode(200)
  @Can('act:triage')
  round(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<Moved> {
    return this.moves.step(id, caller, ({ state }) => {
      // An expertise that came back from review goes on; it begins no round.
      if (state !== 'follow-up')
        throw new RuleError('illegal_transition', `in "${state}" no round begins`, { allowed: ['follow-up'] });
      return { to: 'in-expertise' };
    });
  }

  @Post(':id/adoption')
  @HttpCode(200)
  @Can('act:register')
  adopt(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<Moved> {
    return this.moves.step(id, caller, ({ versions }, day) => ({
      to: 'adopted',
      set: { adopted: { day, by: caller.id, textVersion: versions.length } },
    }));
  }

  /** Closes the expertise of an adopted act; every finding has its outcome in the adopted text. */
  @Post(':id/closure')
  @HttpCode(200)
  @Can('act:review')
  close(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<Moved> {
    return this.moves.step(id, caller, (act, day) => {
      if (act.state === 'adopted') allSettled(act.findings, act.adopted!.textVersion);
      const { _id: actId, authorityBin, actType } = act;
      const counts = counted(act.findings);
      const event = Object.assign(new ActClosedV1(), { actId, day, authorityBin, actType, ...counts });
      return { to: 'closed', set: { closedDay: day }, events: [event], answer: counts };
    });
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Can('act:register')
  withdraw(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: Reasoned,
    @From() caller: Caller,
  ): Promise<Moved> {
    return this.moves.step(id, caller, (_, day) => ({
      to: 'withdrawn',
      set: { withdrawal: { day, by: caller.id, reason } },
    }));
  }

  private settled({ _id: actId, authorityBin, areaCode }: DraftAct, finding: Finding, day: string): object {
    const { findingId, code: factor, severity, answer, outcomes } = finding;
    const { textVersion, outcome } = outcomes!.at(-1)!;
    return Object.assign(new ActFindingSettledV1(), {
      ...{ actId, findingId, day, factor, severity, textVersion, outcome, authorityBin },
      ...(answer ? { answer: answer.answer } : {}),
      ...(areaCode === undefined ? {} : { areaCode }),
    });
  }
}

/** How many confirmed findings ended in which outcome. */
function counted(findings: readonly Finding[]): Record<(typeof FINDING_OUTCOMES)[number], number> {
  const last = confirmed(findings).map(({ outcomes }) => outcomes?.at(-1)?.outcome);
  const of = (outcome: (typeof FINDING_OUTCOMES)[number]): number => last.filter((one) => one === outcome).length;
  return { removed: of('removed'), changed: of('changed'), kept: of('kept'), ignored: of('ignored') };
}

/** What the later text holds besides the places of known findings. */
function freshOf(seen: readonly Finding[], findings: readonly Finding[]): Finding[] {
  const places = confirmed(findings).flatMap((one) =>
    one.outcomes?.at(-1)?.start === undefined ? [] : [{ ...one, ...one.outcomes.at(-1)! }],
  );
  return seen.filter(
    ({ code, language, start, end }) =>
      !places.some(
        (place) => place.code === code && place.language === language && place.start < end && start < place.end,
      ),
  );
}
