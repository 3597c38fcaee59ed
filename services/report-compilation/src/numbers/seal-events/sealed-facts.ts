import type { mongo } from 'mongoose';
import type { FactRow } from '../../facts/fact.rules.js';
import { FACTS } from '../../facts/fact.schema.js';
import { leafOf, saltOf } from './leaf.rules.js';
import { endsOf, isSealed, type PlacedLeaf, type SealedEnd, topicOf } from './snapshot.rules.js';

export interface SealedFact {
  readonly fact: FactRow;
  readonly salt: string;
  readonly placed: PlacedLeaf;
}

/** Every event that a snapshot holds with its salt and leaf, in no order; `read` is told how many facts of how many were looked at. */
export async function* sealedFacts(
  db: mongo.Db,
  { ends, secret }: { readonly ends: readonly SealedEnd[]; readonly secret: string },
  read: (done: number, of: number) => void,
): AsyncGenerator<SealedFact> {
  const sealed = endsOf(ends);
  const facts = db.collection<FactRow>(FACTS);
  const of = await facts.estimatedDocumentCount();
  let done = 0;
  for await (const fact of facts.find({}, { batchSize: 5_000 })) {
    done += 1;
    if (done % 10_000 === 0) read(done, of);
    const { _id, type, partition, offset } = fact;
    if (!isSealed(sealed, type, partition, offset)) continue;
    const salt = saltOf(secret, _id);
    const leaf = leafOf({ id: _id, ...fact }, salt);
    yield { fact, salt, placed: { topic: topicOf(type), partition, offset, leaf } };
  }
}
