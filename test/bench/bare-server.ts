import { fastify } from 'fastify';
import mongoose from 'mongoose';

/** What the accept figure is compared with: Fastify and one durable insert a request, nothing else. */
const [uri, port] = process.argv.slice(2);
const client = await new mongoose.mongo.MongoClient(uri!, { maxPoolSize: 50 }).connect();
const rows = client.db('bench_bare').collection('reports', { writeConcern: { w: 'majority', journal: true } });
const app = fastify();
app.post('/v1/reports', async (request, reply) => {
  await rows.insertOne({ ...(request.body as object) });
  return reply.code(201).send({ ok: true });
});
app.get('/health/ready', () => ({ ok: true }));
await app.listen({ port: Number(port), host: '127.0.0.1' });
