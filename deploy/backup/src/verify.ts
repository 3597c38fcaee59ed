import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashFile, readDocuments, type StoredFile, Tally } from './files/documents.js';
import { filesOf, type Manifest, readManifest } from './manifest.js';

/** Reads every file of a backup; names those that are not what was written. */
export async function verifyBackup(
  dir: string,
  key?: Buffer,
): Promise<{ readonly manifest: Manifest; readonly faults: readonly string[] }> {
  const manifest = readManifest(dir, key);
  const faults: string[] = [];
  for (const stored of filesOf(manifest)) {
    const fault = await faultOf(dir, stored, key);
    if (fault) faults.push(`${stored.file}: ${fault}`);
  }
  return { manifest, faults };
}

async function faultOf(dir: string, stored: StoredFile, key?: Buffer): Promise<string | undefined> {
  const path = join(dir, stored.file);
  if (!existsSync(path)) return 'is missing';
  if ((await hashFile(path)) !== stored.sha256) return 'is not what was written (sha256)';
  const tally = new Tally();
  for await (const document of readDocuments(dir, stored.file, key)) tally.add(document);
  const { sha256 } = tally.sum();
  return tally.documents === stored.documents && sha256 === stored.content.sha256
    ? undefined
    : `holds ${tally.documents} documents, not the ${stored.documents} that were written`;
}
