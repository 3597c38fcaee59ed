import { IsArray, IsInt, Min } from 'class-validator';
import type { ImportReport } from '../read-release/take-stream.js';

/** What became of the releases that were handed in. */
export class ImportedReleases {
  @IsInt() @Min(0) recorded: number;
  /** The same version as stored, or an older one. */
  @IsInt() @Min(0) unchanged: number;
  /** The first of them, at most a thousand, each with its line and the reason. */
  @IsArray() refused: ImportReport['refused'];
  @IsInt() @Min(0) refusedInAll: number;
  @IsInt() @Min(0) lastLine: number;
}
