import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Can } from '@aiqyn/platform';
import { Comment } from '../comments/comment.schema.js';
import { Consultations } from '../consultations/consultations.js';

/** Comments that say almost the same, the largest cluster first: how many they are, in which languages, how many wait for an answer. */
@Controller('v1/consultations')
export class ClustersController {
  constructor(
    @InjectModel(Comment.name) private readonly rows: Model<Comment>,
    private readonly consultations: Consultations,
  ) {}

  @Get(':id/clusters')
  @Can('comment:read')
  async clusters(@Param('id', ParseUUIDPipe) id: string): Promise<object> {
    const { clusteredDay } = await this.consultations.of(id);
    const items = await this.rows.aggregate<object>([
      { $match: { consultationId: id, cluster: { $exists: true } } },
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: '$cluster',
          count: { $sum: 1 },
          waiting: { $sum: { $cond: [{ $in: ['$state', ['received', 'restored', 'appealed']] }, 1, 0] } },
          languages: { $addToSet: '$language' },
          unitIds: { $addToSet: { $arrayElemAt: ['$anchors.unitId', 0] } },
          text: { $first: '$text' },
        },
      },
      { $match: { count: { $gt: 1 } } },
      { $sort: { count: -1, _id: 1 } },
      { $limit: 200 },
      { $project: { _id: 0, cluster: '$_id', count: 1, waiting: 1, languages: 1, unitIds: 1, text: 1 } },
    ]);
    return { ...(clusteredDay ? { clusteredDay } : {}), items };
  }
}
