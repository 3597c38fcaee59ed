import { Readable } from 'node:stream';
import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Min } from 'class-validator';
import { type Caller, Can, From, Problem, Takes } from '@aiqyn/platform';
import { entriesOfLines } from '../import-releases/import-releases.controller.js';
import type { ImportReport } from '../read-release/take-stream.js';
import { OwnershipImport } from './ownership-import.js';

export class OwnershipQuery {
  /** The register that publishes the statements: its ids are told apart from those of others. */
  @Matches(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/) source: string;
  /** The line with which to begin, to go on after an interruption. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) from: number = 1;
}

/** Registries hand in who owns and controls whom as BODS 0.4: a JSON array, or one statement a line as NDJSON of any length. */
@Controller('v1/ownership/statements')
export class ImportOwnershipController {
  constructor(private readonly ownership: OwnershipImport) {}

  /** Good statements are kept; each refused one is named with its line (or place in the array) and the reason. */
  @Post()
  @HttpCode(200)
  @Can('link:import')
  @Takes({ 'application/json': { type: 'array' }, 'application/x-ndjson': {} })
  import(
    @Body() body: unknown,
    @Query() { source, from }: OwnershipQuery,
    @From() caller: Caller,
  ): Promise<ImportReport> {
    if (body instanceof Readable) return this.ownership.run(entriesOfLines(body, from), source, caller);
    if (!Array.isArray(body))
      throw new Problem(400, 'not_statements', 'send an array of BODS 0.4 statements, or one a line as NDJSON');
    const entries = (body as unknown[]).map((value, i) => ({ line: i + 1, value }));
    return this.ownership.run([entries], source, caller);
  }
}
