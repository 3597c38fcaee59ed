import { IsInt, IsString, Min } from 'class-validator';
import { IsDay } from '@aiqyn/platform';

/** A signed tree head: how many reports the log has, and the one hash under which all of them stand. */
export class Head {
  @IsInt() @Min(0) treeSize: number;
  @IsInt() @Min(1) number: number;
  @IsDay() day: string;
  @IsString() rootHash: string;
  @IsString() checkpoint: string;
}

export class LatestHead extends Head {
  /** Who signs it. */
  @IsString() key: string;
}
