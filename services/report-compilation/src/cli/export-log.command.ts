import 'reflect-metadata';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import mongoose from 'mongoose';
import { RuleError } from '@aiqyn/contracts/rule-error';
import { type Command, needed } from '@aiqyn/platform/cli';
import type { NationalReport } from '../national-report/editions/national-report.schema.js';

export const exportLog: Command = {
  does: 'writes the sealed log of an edition for an auditor: all events and the secret of their salts',
  help: `npm run -s report -- export-log --report NATIONAL_REPORT_ID --out FILE

Reads Kafka, not what the service made of it. Needs the settings of the service (MONGODB_URI, KAFKA_BROKERS …). Whoever has the file
can tell of each leaf which event it is: it is for auditors.`,
  options: { report: { type: 'string' }, out: { type: 'string' } },
  async run(values) {
    // Only now: these need the settings of a service, the other commands none.
    const [{ kafkaClient, loadConfig, PlatformConfig, readLog }, { factOf }, { COUNTED }, contracts] =
      await Promise.all([
        import('@aiqyn/platform'),
        import('../facts/fact.rules.js'),
        import('../numbers/define-metrics/registers.js'),
        import('@aiqyn/contracts'),
      ]);
    const config = loadConfig(PlatformConfig);
    await mongoose.connect(config.MONGODB_URI, { dbName: config.MONGODB_DB ?? 'aiqyn_report_compilation' });
    const report = await mongoose.connection
      .db!.collection<NationalReport>('national_reports')
      .findOne({ _id: needed(values, 'report') });
    await mongoose.disconnect();
    if (!report?.snapshot) throw new RuleError('not_found', 'there is no sealed edition of this id');
    const { ends, secret } = report.snapshot;
    const end = new Map(ends.map(({ topic, partition, endOffset }) => [`${topic}/${partition}`, endOffset]));
    const counted = new Set(COUNTED.map((contract) => contracts.declarationOf(contract).type));
    const out = createWriteStream(needed(values, 'out'), { mode: 0o600 });
    out.write(`${JSON.stringify({ secret })}\n`);
    const seen = new Set<string>();
    await readLog(
      kafkaClient(config, 'export-log'),
      [...new Set(ends.map(({ topic }) => config.TOPIC_PREFIX + topic))],
      `${config.TOPIC_PREFIX}report-compilation.export-log-${process.pid}-${Date.now()}`,
      ({ envelope, contract, data, place }) => {
        const topic = `${envelope.type.slice(0, envelope.type.indexOf('.'))}.events`;
        if (!counted.has(envelope.type) || place.offset >= (end.get(`${topic}/${place.partition}`) ?? 0)) return;
        const { _id, ...fact } = factOf(envelope, { ...Object.assign(new contract(), data) }, place);
        if (seen.has(_id)) return;
        seen.add(_id);
        out.write(`${JSON.stringify({ topic, id: _id, ...fact })}\n`);
      },
    );
    out.end();
    await finished(out);
    return `${seen.size} events of the sealed log in ${needed(values, 'out')}`;
  },
};
