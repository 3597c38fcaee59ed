import { Controller, Get, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, trusted } from 'mongoose';
import { Answers, NotFound, Public } from '@aiqyn/platform';
import { LogEntry, TreeHead } from './log.schema.js';
import { LogKey } from './log-key.js';
import { consistencyRanges, inclusionRanges, joined, perfectIn, type Range } from './merkle.rules.js';
import { type Head, LatestHead } from './transparency.answer.js';
import { ConsistencyQuery, EntriesQuery, HeadQuery, HeadsQuery, InclusionQuery } from './transparency.dto.js';
import type { Inclusion } from './verify-receipt.js';

const PAGE = 1_000;
const HEADS = 200;

const shown = ({ _id, number, day, root, checkpoint }: TreeHead): Head => ({
  ...{ treeSize: _id, number, day },
  ...{ rootHash: root, checkpoint },
});

/** The transparency log as anybody may read it: it has hashes only. */
@Public()
@Controller('v1/transparency')
export class TransparencyController {
  constructor(
    @InjectModel(LogEntry.name) private readonly entries: Model<LogEntry>,
    @InjectModel(TreeHead.name) private readonly heads: Model<TreeHead>,
    private readonly key: LogKey,
  ) {}

  /** The latest signed tree head, or that of a size; 404 while there is none. */
  @Get('tree-head')
  @Answers(LatestHead)
  async treeHead(@Query() { size }: HeadQuery): Promise<LatestHead> {
    return { ...shown(await this.headOf(size)), key: this.key.verifier };
  }

  /** All signed heads, oldest first. */
  @Get('tree-heads')
  async treeHeads(@Query() { after }: HeadsQuery): Promise<{ heads: Head[] }> {
    const rows = await this.heads
      .find({ _id: trusted({ $gt: after }) })
      .sort({ _id: 1 })
      .limit(HEADS)
      .lean<TreeHead[]>();
    return { heads: rows.map(shown) };
  }

  /** Leaves in order, each with the root of the tree that ends in it. */
  @Get('entries')
  async list(
    @Query() { start, end }: EntriesQuery,
  ): Promise<{ start: number; entries: { leaf: string; root: string }[] }> {
    const rows = await this.entries
      .find({ _id: trusted({ $gte: start, $lt: Math.min(end, start + PAGE) }) })
      .sort({ _id: 1 })
      .lean<LogEntry[]>();
    return { start, entries: rows.map(({ leaf, root }) => ({ leaf, root })) };
  }

  @Get('consistency')
  async consistency(
    @Query() { first, second }: ConsistencyQuery,
  ): Promise<{ first: number; second: number; proof: string[] }> {
    if (second > (await this.headOf())._id && first <= second) throw new NotFound();
    const ranges = consistencyRanges(first, second);
    return { first, second, proof: await this.hashes(ranges) };
  }

  /** The proof of a leaf in the latest tree; 404 when it is unknown or its day is not over. */
  @Get('inclusion')
  async inclusion(@Query() { leaf }: InclusionQuery): Promise<Inclusion> {
    const entry = await this.entries.findOne({ leaf: { $eq: leaf } }).lean<LogEntry>();
    if (!entry) throw new NotFound();
    const { _id: treeSize, checkpoint } = await this.headOf();
    const proof = await this.hashes(inclusionRanges(entry._id, treeSize));
    return { leaf, index: entry._id, treeSize, proof, checkpoint };
  }

  private async headOf(size?: number): Promise<TreeHead> {
    const head = await this.heads
      .findOne(size === undefined ? {} : { _id: { $eq: size } })
      .sort({ _id: -1 })
      .lean<TreeHead>();
    if (!head) throw new NotFound();
    return head;
  }

  /** The hash of each subtree, from the entries that complete its parts. */
  private async hashes(ranges: readonly Range[]): Promise<string[]> {
    const parts = ranges.map(perfectIn);
    const wanted = parts.flat().map((kept) => kept.entry);
    const rows = await this.entries.find({ _id: trusted({ $in: wanted }) }).lean<LogEntry[]>();
    const byIndex = new Map(rows.map((row) => [row._id, row]));
    return parts.map((list) =>
      joined(
        list.map(({ entry, height }) => {
          const row = byIndex.get(entry);
          const hash = height === 0 ? row?.leaf : row?.nodes[height - 1];
          if (!hash) throw new Error(`the transparency log misses entry ${entry}`);
          return hash;
        }),
      ),
    );
  }
}
