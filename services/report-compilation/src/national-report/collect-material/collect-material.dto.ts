import { IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { IsBin, IsDay } from '@aiqyn/platform';
import { ReportPath } from '../editions/report-path.dto.js';

export class RequestMaterial {
  @IsBin() body: string;
  @Matches(/^[a-z][a-z0-9-]{0,63}$/) section: string;
  /** The last day of the law's term for collecting when it is left out. */
  @IsOptional() @IsDay() dueDay?: string;
}

export class MaterialPath extends ReportPath {
  @Matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/) materialId: string;
}

export class DeliverMaterial {
  @Matches(/^[0-9a-f]{64}$/) sha256: string;
}

export class WaiveMaterial {
  @IsString() @MinLength(10) @MaxLength(2_000) ground: string;
}
