import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { INDEX_FILES, type IndexFile } from './index-file.rules.js';

export class ImportIndex {
  /** Which index the file is of. */
  @IsIn(INDEX_FILES) series: IndexFile;
  /** The file as text, in the columns of data/indices; left out: the file that ships with the service. */
  @IsOptional() @IsString() @MaxLength(1_000_000) csv?: string;
  /** The publication that states it, where that is not the edition itself: 2025-full, 2025-corrected. */
  @IsOptional() @Matches(/^20\d\d[A-Za-z0-9.-]{0,40}$/) vintage?: string;
}
