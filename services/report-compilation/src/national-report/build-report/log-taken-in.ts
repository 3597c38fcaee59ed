import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { RuleError } from '@aiqyn/contracts';
import { COLLECTIONS, CONFIG, kafkaClient, logEnds } from '@aiqyn/platform';
import type { ReportCompilationConfig } from '../../config.js';
import { COUNTED } from '../../numbers/define-metrics/registers.js';
import { declarationOf } from '@aiqyn/contracts';
import { type SealedEnd, topicOf } from '../../numbers/seal-events/snapshot.rules.js';

/** How long the service may need to take in what stood in the log when it was asked, in milliseconds. */
const PATIENCE = 20_000;

/** Up to where the log is taken in: an edition seals what stood there when it was asked for, and nothing is left out. */
@Injectable()
export class LogTakenIn {
  private readonly types = COUNTED.map((contract) => declarationOf(contract).type);
  private readonly topics = [...new Set(this.types.map(topicOf))].sort();

  constructor(
    @InjectConnection() private readonly connection: Connection,
    @Inject(CONFIG) private readonly config: ReportCompilationConfig,
  ) {}

  /**
   * The ends of the partitions now, once everything before them is taken in. Throws RuleError `not_caught_up` when that takes too
   * long, `events_parked` when an event that counts waits for a person.
   */
  async ends(): Promise<SealedEnd[]> {
    const prefix = this.config.TOPIC_PREFIX;
    const kafka = kafkaClient(this.config, 'report-compilation-seal');
    const ask = () =>
      logEnds(
        kafka,
        this.topics.map((topic) => prefix + topic),
        `${prefix}report-compilation`,
      );
    const wanted = await ask();
    const deadline = performance.now() + PATIENCE;
    for (let now = wanted; ; now = await ask()) {
      const behind = wanted.filter(({ end }, i) => now[i]!.taken < end);
      if (behind.length === 0) break;
      if (performance.now() > deadline)
        throw new RuleError('not_caught_up', 'the service has not taken in the log yet: try again in a minute');
      await sleep(100);
    }
    const parked = this.connection.db!.collection(COLLECTIONS.parked);
    if ((await parked.countDocuments({ type: { $in: this.types } })) > 0)
      throw new RuleError('events_parked', 'events that count wait for an operator: GET /v1/parked-events');
    return wanted.map(({ topic, partition, end }) => ({
      topic: topic.slice(prefix.length),
      ...{ partition, endOffset: end },
    }));
  }
}
