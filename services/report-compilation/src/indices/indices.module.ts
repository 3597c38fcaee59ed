import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CheckClaimController } from './check-claim/check-claim.controller.js';
import { CheckClaim } from './check-claim/check-claim.dto.js';
import { Claims } from './check-claim/claims.js';
import { ImportIndexController } from './import-index/import-index.controller.js';
import { ImportIndex } from './import-index/import-index.dto.js';
import { IndexPolicies } from './index-values/index-policies.js';
import { IndexRecord, IndexRecordSchema } from './index-values/index-record.schema.js';
import { IndexTables } from './index-values/index-tables.js';
import { KnownSeries } from './read-index/known-series.js';
import { ReadIndexController } from './read-index/read-index.controller.js';

/** What comes in over HTTP; told in the OpenAPI document. */
export const INDICES_DTOS = [ImportIndex, CheckClaim];

/** The standing of the country in international indices, with what is not certain about it. */
@Module({
  imports: [MongooseModule.forFeature([{ name: IndexRecord.name, schema: IndexRecordSchema }])],
  controllers: [ImportIndexController, ReadIndexController, CheckClaimController],
  providers: [IndexPolicies, IndexTables, Claims, KnownSeries],
  exports: [Claims, KnownSeries],
})
export class IndicesModule {}
