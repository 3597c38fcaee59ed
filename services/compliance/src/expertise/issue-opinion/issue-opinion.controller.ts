import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { IsIn, Matches } from 'class-validator';
import type { Connection } from 'mongoose';
import { ActFindingPublishedV1, ActFindingWithdrawnV1, ActOpinionIssuedV1 } from '@aiqyn/contracts';
import { type Aggregate, again, type Caller, Can, From, put } from '@aiqyn/platform';
import { anotherPerson } from '../../people/steps.rules.js';
import { ActMoves, type Moved } from '../draft-acts/act-moves.js';
import { Reasoned } from '../draft-acts/fields.dto.js';
import { confirmed, published, riskIndex, withdrawn } from '../draft-acts/findings.rules.js';

export const OPINION_NUMBERS = 'opinion-numbers';

const VERDICTS = ['approved', 'returned'] as const;

export class ReviewOpinion extends Reasoned {
  @IsIn(VERDICTS) verdict: (typeof VERDICTS)[number];
}

interface Numbers extends Aggregate {
  readonly last: number;
}

/** A second person approves the opinion, which gets its number and is published. */
@Controller('v1/draft-acts')
export class IssueOpinionController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly moves: ActMoves,
  ) {}

  @Post(':id/review')
  @HttpCode(200)
  @Can('act:review')
  review(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { verdict, reason }: ReviewOpinion,
    @From() caller: Caller,
  ): Promise<Moved> {
    // Two opinions of the same moment ask for the same number: the later asks again.
    return again(() =>
      this.moves.step(id, caller, async (act, day, tx) => {
        if (act.state !== 'in-review') return { to: 'issued' };
        anotherPerson(caller.id, [act.expert, act.submitted?.by], 'than the expert reviews the opinion');
        const review = { day, by: caller.id, verdict, reason };
        if (verdict === 'returned') return { to: 'in-expertise', set: { review } };
        // A later round has the number of the first.
        if (act.opinion) return { to: 'issued', set: { review } };
        const year = day.slice(0, 4);
        const numbers = this.connection.db!.collection<Numbers>(OPINION_NUMBERS);
        const row = await numbers.findOne({ _id: year }, { session: tx.session });
        const last = (row?.last ?? 0) + 1;
        put(tx, OPINION_NUMBERS, row ?? undefined, { _id: year, last });
        const opinionNumber = `${year}-${last}`;
        return {
          to: 'issued',
          set: { review, opinion: { opinionNumber, day, by: caller.id } },
          answer: { opinionNumber },
        };
      }),
    );
  }

  @Post(':id/publication')
  @HttpCode(200)
  @Can('act:review')
  publish(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<Moved> {
    return this.moves.step(id, caller, (act, day) => {
      const { _id: actId, state, opinion, authorityBin, actType, catalogue, versions } = act;
      if (state !== 'issued') return { to: 'awaiting-response' };
      const { textVersion } = versions.at(-1)!;
      // A later round publishes what it found itself.
      const said = confirmed(act.findings).filter((one) => one.textVersion === textVersion);
      const { index, band } = riskIndex(act.findings);
      const critical = said.filter(({ severity }) => severity === 'critical').length;
      const facts = { actId, day, opinionNumber: opinion!.opinionNumber, authorityBin, actType, catalogue };
      const issued = { ...facts, findings: said.length, critical, riskIndex: index, riskBand: band };
      const events = said.map(({ findingId, code: factor, severity, origin }) =>
        Object.assign(new ActFindingPublishedV1(), { actId, findingId, day, factor, severity, origin, authorityBin }),
      );
      return {
        to: said.length > 0 ? 'awaiting-response' : 'responded',
        set: { opinion: { ...opinion!, publishedDay: day, textVersion } },
        events: [Object.assign(new ActOpinionIssuedV1(), issued), ...events],
        answer: { opinionNumber: opinion!.opinionNumber, findings: said.length },
      };
    });
  }

  /** Takes a finding back that proved wrong, while the authority has not answered it. */
  @Post(':id/findings/:findingId/withdrawal')
  @HttpCode(200)
  @Can('act:review')
  takeBack(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('findingId', ParseUUIDPipe) findingId: string,
    @Body() { reason }: Reasoned,
    @From() caller: Caller,
  ): Promise<Moved> {
    return this.moves.step(id, caller, (act, day) => {
      const findings = withdrawn(act.findings, findingId, reason, caller.id);
      const known = published(act.findings, act.opinion?.textVersion).find((one) => one.findingId === findingId);
      const facts = { actId: act._id, findingId, day, factor: known?.code };
      return { set: { findings }, events: known ? [Object.assign(new ActFindingWithdrawnV1(), facts)] : [] };
    });
  }
}

export class OpinionPath {
  @Matches(/^\d{4}-\d{1,6}$/) number: string;
}
