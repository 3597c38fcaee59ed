import { Controller, Post } from '@nestjs/common';
import { type Caller, Can, From } from '@aiqyn/platform';
import { Outliers } from './outliers.js';

/** Who stands out among all: R024, R025, R038, R048, R058. */
@Controller('v1/outliers')
export class TellOutliersController {
  constructor(private readonly outliers: Outliers) {}

  /** Takes a snapshot of the fences now, and judges everybody by it. After a crash in between a timer goes on. */
  @Post()
  @Can('outlier:tell')
  tell(@From() caller: Caller): Promise<{ snapshot: string; processes: number; outliers: number }> {
    return this.outliers.tell(caller.id);
  }
}
