import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { PageQuery } from '@aiqyn/platform';

const STATUSES = ['draft', 'active', 'retired'] as const;

export class DefinitionQuery extends PageQuery {
  @IsOptional() @IsIn(STATUSES) status?: (typeof STATUSES)[number];
}

export class VersionPath {
  @Matches(/^[A-Z0-9-]{1,20}$/) code: string;
  @IsInt() @Min(1) @Max(1_000_000) @Type(() => Number) version: number;
}
