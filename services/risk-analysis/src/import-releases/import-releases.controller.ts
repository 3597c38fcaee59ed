import { Readable } from 'node:stream';
import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Min } from 'class-validator';
import { RELEASE_ORIGINS, type ReleaseOrigin } from '@aiqyn/contracts';
import { Answers, type Caller, Can, From, Problem, Takes } from '@aiqyn/platform';
import { type Line, linesOf } from '../read-release/lines.js';
import type { Entry } from '../read-release/take-stream.js';
import { ImportedReleases } from './import-releases.answer.js';
import { ReleaseImport } from './release-import.js';

export class ImportQuery {
  /** `generated` marks releases that no publisher published; figures keep the two apart. */
  @IsIn(RELEASE_ORIGINS) origin: ReleaseOrigin;
  /** The line with which to begin, to go on after an interruption. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) from: number = 1;
}

/** Only its shape: each release is judged by itself, and the answer names those that are refused. */
const PACKAGE = {
  type: 'object',
  anyOf: [
    { properties: { releases: { type: 'array' } }, required: ['releases'] },
    { properties: { records: { type: 'array' } }, required: ['records'] },
    { required: ['ocid'] },
  ],
};

/** Registries hand in OCDS 1.1: a package or a release as JSON, or one release a line as NDJSON of any length. */
@Controller('v1/procurement/releases')
export class ImportReleasesController {
  constructor(private readonly releases: ReleaseImport) {}

  /** Good releases are kept; each refused one is named with its line (or place in the package) and the reason. */
  @Post()
  @HttpCode(200)
  @Can('release:import')
  @Answers(ImportedReleases)
  @Takes({ 'application/json': PACKAGE, 'application/x-ndjson': {} })
  import(
    @Body() body: unknown,
    @Query() { origin, from }: ImportQuery,
    @From() caller: Caller,
  ): Promise<ImportedReleases> {
    return this.releases.run(body instanceof Readable ? entriesOfLines(body, from) : [entriesOf(body)], origin, caller);
  }
}

/** Each line as JSON, from a line on. */
export async function* entriesOfLines(stream: Readable, from: number): AsyncGenerator<Entry[]> {
  for await (const lines of linesOf(stream as AsyncIterable<Buffer>))
    yield lines.filter((l) => l.no >= from).flatMap(entriesOfLine);
}

/** A line is a release, or a package of some: those have its number. */
function entriesOfLine({ no: line, text }: Line): Entry[] {
  if (text === undefined) return [{ line, refusal: 'line_too_long' }];
  try {
    const value = JSON.parse(text) as unknown;
    return (packed(value) ?? [value]).map((one) => ({ line, value: one }));
  } catch {
    return [{ line, refusal: 'not_json' }];
  }
}

/** The releases of a release package, or the compiled ones of a record package; undefined of anything else. */
function packed(value: unknown): unknown[] | undefined {
  const { releases, records } = (value ?? {}) as { releases?: unknown; records?: unknown };
  const compiled = (record: unknown): unknown => (record as { compiledRelease?: unknown } | null)?.compiledRelease;
  if (Array.isArray(releases)) return releases as unknown[];
  return Array.isArray(records) ? records.map((record) => compiled(record) ?? null) : undefined;
}

/** A release package, a record package (its compiled releases), or one release. */
function entriesOf(body: unknown): Entry[] {
  const { ocid } = (body ?? {}) as { ocid?: unknown };
  const all = packed(body) ?? (ocid !== undefined ? [body] : undefined);
  if (!all) {
    throw new Problem(
      400,
      'not_a_release_package',
      'send an OCDS release package (an array `releases`), a record package (`records`), or a release',
      { fields: [{ field: 'releases', problem: 'must be an array' }] },
    );
  }
  return all.map((release, i) => ({ line: i + 1, value: release ?? null }));
}
