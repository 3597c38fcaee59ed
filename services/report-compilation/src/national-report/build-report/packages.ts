import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { buffer } from 'node:stream/consumers';
import { Readable as NodeReadable } from 'node:stream';
import mongoose, { type mongo } from 'mongoose';
import { sha256 } from './manifest.rules.js';

const bucket = (db: mongo.Db): mongo.GridFSBucket => new mongoose.mongo.GridFSBucket(db, { bucketName: 'packages' });

/**
 * Stores the files of a build. One that an earlier, cut off try stored is the same and stays: a second process that still works on
 * what was given up for dead must never take away what is served by then.
 */
export async function keepPackage(
  db: mongo.Db,
  buildId: string,
  files: ReadonlyMap<string, Uint8Array>,
  stored: (done: number) => void,
): Promise<void> {
  const packages = bucket(db);
  let done = 0;
  for (const [path, bytes] of files) {
    const filename = `${buildId}/${path}`;
    const hash = sha256(bytes);
    if ((await packages.find({ filename, 'metadata.sha256': hash }).limit(1).toArray()).length === 0) {
      const upload = packages.openUploadStream(filename, { metadata: { build: buildId, path, sha256: hash } });
      await pipeline(NodeReadable.from([bytes]), upload);
    }
    done += 1;
    if (done % 10 === 0) stored(done);
  }
}

/** A file of a build as a stream, of this content where its hash is told; undefined when the build has no such file. */
export async function fileOf(
  db: mongo.Db,
  buildId: string,
  path: string,
  hash?: string,
): Promise<{ readonly stream: Readable; readonly bytes: number } | undefined> {
  const packages = bucket(db);
  const [file] = await packages
    .find({ filename: `${buildId}/${path}`, ...(hash === undefined ? {} : { 'metadata.sha256': hash }) })
    .limit(1)
    .toArray();
  return file ? { stream: packages.openDownloadStream(file._id), bytes: file.length } : undefined;
}

/** The whole of a small file of a build. */
export async function contentOf(db: mongo.Db, buildId: string, path: string): Promise<Buffer | undefined> {
  const file = await fileOf(db, buildId, path);
  return file && buffer(file.stream);
}
