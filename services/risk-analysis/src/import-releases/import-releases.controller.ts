import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { IsIn } from 'class-validator';
import { RELEASE_ORIGINS, type ReleaseOrigin } from '@aiqyn/contracts';
import { type Caller, Can, From, Problem } from '@aiqyn/platform';
import { type Entry, type ImportReport, ReleaseImport } from './release-import.js';

export class ImportQuery {
  /** `generated` marks releases that no publisher published; figures keep the two apart. */
  @IsIn(RELEASE_ORIGINS) origin: ReleaseOrigin;
}

/** Registries hand in OCDS 1.1: a release package as JSON, or one release a line as NDJSON. */
@Controller('v1/procurement/releases')
export class ImportReleasesController {
  constructor(private readonly releases: ReleaseImport) {}

  /** Good releases are kept; each refused one is named with its line (or place in the package) and the reason. */
  @Post()
  @HttpCode(200)
  @Can('release:import')
  import(@Body() body: unknown, @Query() query: ImportQuery, @From() caller: Caller): Promise<ImportReport> {
    return this.releases.run(typeof body === 'string' ? linesOf(body) : entriesOf(body), query.origin, caller);
  }
}

function linesOf(text: string): Entry[] {
  return text.split('\n').flatMap((raw, i) => {
    if (raw.trim() === '') return [];
    try {
      return [{ line: i + 1, release: JSON.parse(raw) as unknown }];
    } catch {
      return [{ line: i + 1 }];
    }
  });
}

function entriesOf(body: unknown): Entry[] {
  const releases = (body as { releases?: unknown } | null)?.releases;
  if (!Array.isArray(releases)) {
    throw new Problem(
      400,
      'not_a_release_package',
      'send an OCDS release package: an object with an array `releases`',
      {
        fields: [{ field: 'releases', problem: 'must be an array' }],
      },
    );
  }
  return releases.map((release: unknown, i) => ({ line: i + 1, release }));
}
