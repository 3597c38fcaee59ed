import mongoose from 'mongoose';
import { loadConfig, PlatformConfig } from '@aiqyn/platform';
import { rebuildFacts } from './rebuild-facts.js';

/** `rebuild [--verify] [--json]`: replaces the facts by what Kafka holds, or only tells whether the two are equal. */
const verify = process.argv.includes('--verify');
const config = loadConfig(PlatformConfig);
await mongoose.connect(config.MONGODB_URI, { dbName: config.MONGODB_DB ?? 'aiqyn_report_compilation' });
const outcome = await rebuildFacts(mongoose.connection.db!, {
  access: config,
  prefix: config.TOPIC_PREFIX,
  replace: !verify,
});
await mongoose.disconnect();
const equal = outcome.live.sha256 === outcome.rebuilt.sha256;
if (process.argv.includes('--json')) console.log(JSON.stringify({ ...outcome, equal }));
else {
  console.log(`read ${outcome.events} events from Kafka`);
  console.log(`live    ${outcome.live.facts} facts  sha256 ${outcome.live.sha256}`);
  console.log(`rebuilt ${outcome.rebuilt.facts} facts  sha256 ${outcome.rebuilt.sha256}`);
  console.log(
    equal ? 'equal, byte for byte' : verify ? 'NOT EQUAL' : 'they differed; the rebuilt ones are in place now',
  );
}
process.exitCode = verify && !equal ? 1 : 0;
