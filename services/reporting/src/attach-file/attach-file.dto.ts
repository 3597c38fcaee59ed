import { IsPart, shown } from '@aiqyn/platform';
import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsUUID, Max, Min, ValidateBy } from 'class-validator';
import { CHUNK_COUNTS, isChunkCount } from '../sealing/padding.rules.js';
import { SealedByClient } from '../sealing/sealed.dto.js';
import { ReceiptQuestion } from '../track-report/track-report.dto.js';

const IsChunkCount = (): PropertyDecorator =>
  applyDecorators(
    shown({ type: 'integer', enum: CHUNK_COUNTS }),
    ValidateBy({
      name: 'isChunkCount',
      validator: {
        validate: (value: unknown) => typeof value === 'number' && isChunkCount(value),
        defaultMessage: () => '$property must be the number of chunks of a padded file (see sealing/padding.rules.ts)',
      },
    }),
  );

export class BeginAttachment extends ReceiptQuestion {
  /** Chosen by the client: what it seals is bound to it. The same again goes on with the upload. */
  @IsUUID('4') attachmentId: string;
  /** FileHeader of sealing/files.ts, sealed to the channel as `attachment/<attachmentId>` of the report. */
  @IsPart(() => SealedByClient) header: SealedByClient;
  @IsChunkCount() chunks: number;
}

/** The address of a chunk. */
export class ChunkPlace {
  @IsUUID('4') id: string;
  @IsInt() @Min(0) @Max(1_000_000) @Type(() => Number) no: number;
}

export class CompleteAttachment {
  @IsChunkCount() chunks: number;
}
