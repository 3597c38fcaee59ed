import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Readable as NodeReadable } from 'node:stream';
import mongoose, { type mongo } from 'mongoose';

const bucket = (db: mongo.Db): mongo.GridFSBucket => new mongoose.mongo.GridFSBucket(db, { bucketName: 'packages' });

/** Stores the files of a build; what an earlier, cut off try of the same build left is removed first. */
export async function keepPackage(
  db: mongo.Db,
  buildId: string,
  files: ReadonlyMap<string, Uint8Array>,
  stored: (done: number) => void,
): Promise<void> {
  const packages = bucket(db);
  for await (const { _id } of packages.find({ 'metadata.build': buildId })) await packages.delete(_id);
  let done = 0;
  for (const [path, bytes] of files) {
    const upload = packages.openUploadStream(`${buildId}/${path}`, { metadata: { build: buildId, path } });
    await pipeline(NodeReadable.from([bytes]), upload);
    done += 1;
    if (done % 10 === 0) stored(done);
  }
}

/** A file of a build as a stream; undefined when the build has no such file. */
export async function fileOf(
  db: mongo.Db,
  buildId: string,
  path: string,
): Promise<{ readonly stream: Readable; readonly bytes: number } | undefined> {
  const packages = bucket(db);
  const [file] = await packages
    .find({ filename: `${buildId}/${path}` })
    .limit(1)
    .toArray();
  return file ? { stream: packages.openDownloadStream(file._id), bytes: file.length } : undefined;
}
