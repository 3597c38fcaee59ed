import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Type } from 'class-transformer';
import { IsInt, Matches, Max, Min } from 'class-validator';
import { type Model, trusted } from 'mongoose';
import { Can, NotFound, type Page, pageById, PageQuery, Public } from '@aiqyn/platform';
import { PolicyDocument } from '../documents/document.schema.js';
import { Documents } from '../documents/documents.js';
import { countsOf, diffOf } from '../documents/version-diff.rules.js';

export class DiffQuery {
  @IsInt() @Min(1) @Max(100_000) @Type(() => Number) from: number;
  @IsInt() @Min(1) @Max(100_000) @Type(() => Number) to: number;
}

export class VersionPath {
  @Matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) id: string;
  @Matches(/^[1-9]\d{0,4}$/) version: string;
}

/** What everybody sees of a document: its published versions, without who drafted or published them. */
function shown({ _id, kind, titles, versions, published, adopted }: PolicyDocument): object {
  return {
    ...{ documentId: _id, kind, titles, published },
    ...(adopted ? { adopted: { day: adopted.day, documentVersion: adopted.documentVersion } } : {}),
    versions: versions
      .filter((one) => one.published)
      .map(({ documentVersion, sha256, units, published: step }) => ({
        ...{ documentVersion, sha256, units, publishedDay: step!.day },
      })),
  };
}

/** Documents with what their versions say and how these differ; drafts for those who work on them. */
@Controller('v1/policy-documents')
export class ReadDocumentController {
  constructor(
    @InjectModel(PolicyDocument.name) private readonly rows: Model<PolicyDocument>,
    private readonly documents: Documents,
  ) {}

  @Get()
  @Public()
  async list(@Query() query: PageQuery): Promise<Page<object>> {
    const filter = { published: trusted({ $exists: true }) };
    const { items, nextCursor } = (await pageById(this.rows, query, { filter })) as Page<PolicyDocument>;
    return { items: items.map(shown), ...(nextCursor ? { nextCursor } : {}) };
  }

  @Get(':id')
  @Public()
  async read(@Param('id', ParseUUIDPipe) id: string): Promise<object> {
    return shown(await this.published(id));
  }

  @Get(':id/versions/:version')
  @Public()
  async version(@Param() { id, version }: VersionPath): Promise<object> {
    const documentVersion = Number(version);
    await this.published(id, documentVersion);
    return { documentId: id, documentVersion, units: await this.documents.units(id, documentVersion) };
  }

  /** Unit by unit: added, removed, changed, same. */
  @Get(':id/diff')
  @Public()
  async diff(@Param('id', ParseUUIDPipe) id: string, @Query() { from, to }: DiffQuery): Promise<object> {
    await this.published(id, from, to);
    return this.compared(id, from, to);
  }

  @Get(':id/draft')
  @Can('policy:read-draft')
  async draft(@Param('id', ParseUUIDPipe) id: string): Promise<object> {
    const { _id, events: _, ...document } = await this.documents.of(id);
    const documentVersion = document.versions.length;
    return { documentId: _id, ...document, units: await this.documents.units(id, documentVersion) };
  }

  @Get(':id/draft-diff')
  @Can('policy:read-draft')
  async draftDiff(@Param('id', ParseUUIDPipe) id: string, @Query() { from, to }: DiffQuery): Promise<object> {
    return this.compared(id, from, to);
  }

  private async compared(documentId: string, from: number, to: number): Promise<object> {
    const diff = diffOf(await this.documents.units(documentId, from), await this.documents.units(documentId, to));
    return { documentId, from, to, counts: countsOf(diff), units: diff };
  }

  /** Throws NotFound when it, or one of these versions, is not published. */
  private async published(id: string, ...numbers: number[]): Promise<PolicyDocument> {
    const document = await this.documents.of(id);
    const all = document.versions.filter((one) => one.published).map((one) => one.documentVersion);
    if (all.length === 0 || numbers.some((one) => !all.includes(one))) throw new NotFound();
    return document;
  }
}
