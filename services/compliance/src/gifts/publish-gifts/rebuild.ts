import mongoose from 'mongoose';
import { loadConfig, PlatformConfig } from '@aiqyn/platform';
import { rebuildRegister } from './rebuild-register.js';

/** `gift-register [--verify] [--json] [--out DIR]`: puts in place what Kafka holds, or only tells whether the two are equal. */
const args = process.argv.slice(2);
const [verify, out] = [args.includes('--verify'), args.indexOf('--out')];
const dir = out < 0 ? undefined : args[out + 1];
const config = loadConfig(PlatformConfig);
await mongoose.connect(config.MONGODB_URI, { dbName: config.MONGODB_DB ?? 'aiqyn_compliance' });
const outcome = await rebuildRegister(mongoose.connection.db!, {
  access: config,
  prefix: config.TOPIC_PREFIX,
  replace: !verify,
  ...(dir ? { dir } : {}),
});
await mongoose.disconnect();
const { live, rebuilt, events } = outcome;
const equal = live.csv === rebuilt.csv && live.json === rebuilt.json;
if (args.includes('--json')) console.log(JSON.stringify({ ...outcome, equal }));
else {
  console.log(`read ${events} events from Kafka`);
  console.log(`live    csv ${live.csv}  json ${live.json}`);
  console.log(`rebuilt csv ${rebuilt.csv}  json ${rebuilt.json}`);
  console.log(equal ? 'equal, byte for byte' : verify ? 'NOT EQUAL' : 'they differed; the rebuilt one is in place now');
}
process.exitCode = verify && !equal ? 1 : 0;
