import { Controller, Get, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { IsIn } from 'class-validator';
import { type Model, trusted } from 'mongoose';
import { Public } from '@aiqyn/platform';
import { DraftAct } from '../draft-acts/draft-act.schema.js';
import { published } from '../draft-acts/findings.rules.js';
import { type Acceptance, acceptance, type Counted } from './acceptance.rules.js';

const CUTS = { factor: 'factor', authority: 'authorityBin' } as const;

export class AcceptanceQuery {
  @IsIn(Object.keys(CUTS)) by: keyof typeof CUTS;
}

/** Whether expertise has an effect: answers and outcomes of published findings, by factor or authority. */
@Controller('v1/acceptance')
export class AcceptanceController {
  constructor(@InjectModel(DraftAct.name) private readonly acts: Model<DraftAct>) {}

  @Get()
  @Public()
  async read(@Query() { by }: AcceptanceQuery): Promise<{ by: string; items: Acceptance[] }> {
    const rows: Counted[] = [];
    const acts = this.acts
      .find(
        { 'opinion.publishedDay': trusted({ $exists: true }) },
        { authorityBin: 1, findings: 1, 'opinion.textVersion': 1 },
      )
      .lean<Pick<DraftAct, 'authorityBin' | 'findings' | 'opinion'>[]>()
      .cursor();
    for await (const { authorityBin, findings, opinion } of acts as AsyncIterable<DraftAct>) {
      for (const { code: factor, answer, outcomes } of published(findings, opinion?.textVersion)) {
        const outcome = outcomes?.at(-1)?.outcome;
        rows.push({
          factor,
          authorityBin,
          ...(answer ? { answer: answer.answer } : {}),
          ...(outcome ? { outcome } : {}),
        });
      }
    }
    return { by, items: acceptance(rows, CUTS[by]) };
  }
}
