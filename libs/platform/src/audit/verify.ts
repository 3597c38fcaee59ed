import mongoose from 'mongoose';
import { SERVICES } from '@aiqyn/contracts';
import { verifyAudit } from './audit.js';

/** `npm run audit:verify [-- --json]`: checks the hash chain of each service's audit log and names the first bad entry. */
const waiting = (rows: number): string => (rows > 0 ? `; ${rows} commits wait for their seal` : '');
const uri = process.env['MONGODB_URI'];
if (!uri) {
  console.error('MONGODB_URI: the connection string of the databases is needed');
  process.exit(2);
}
const client = await new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 5_000 })
  .connect()
  .catch((error: Error) => {
    console.error(`MongoDB does not answer: ${error.message}`);
    process.exit(2);
  });
const verdicts = await Promise.all(
  SERVICES.map(async (service) => ({
    service,
    ...(await verifyAudit(client.db(process.env['MONGODB_DB'] ?? `aiqyn_${service.replaceAll('-', '_')}`))),
  })),
);
await client.close();
if (process.argv.includes('--json')) console.log(JSON.stringify(verdicts));
else {
  for (const v of verdicts) {
    console.log(
      `${v.service.padEnd(20)} ${v.intact ? `intact, ${v.entries} entries` : `BROKEN at entry ${v.firstBad}`}${waiting(v.waiting)}`,
    );
  }
}
process.exit(verdicts.every((v) => v.intact) ? 0 : 1);
