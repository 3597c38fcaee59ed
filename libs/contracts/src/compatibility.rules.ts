import type { JsonSchema } from './schema.js';

/**
 * What a change of a committed schema would break, one line per field; empty when every event already in the log and
 * every consumer already running still works. A breaking change needs a new version in a new file.
 */
export function breakingChanges(committed: JsonSchema, now: JsonSchema): string[] {
  const broken: string[] = [];
  for (const [name, before] of Object.entries(committed.properties)) {
    const after = now.properties[name];
    if (!after) {
      broken.push(`${name}: removed, though it is in events already published`);
      continue;
    }
    for (const keyword of ['type', 'pattern', 'minimum', 'maximum', 'format']) {
      if (JSON.stringify(before[keyword]) !== JSON.stringify(after[keyword]))
        broken.push(`${name}: ${keyword} changed`);
    }
    const gone = ((before['enum'] as unknown[] | undefined) ?? []).filter(
      (v) => !((after['enum'] as unknown[] | undefined) ?? []).includes(v),
    );
    if (gone.length > 0) broken.push(`${name}: no longer allows ${gone.join(', ')}`);
    if (committed.required.includes(name) && !now.required.includes(name)) {
      broken.push(`${name}: no longer required, though consumers rely on it`);
    }
  }
  for (const name of now.required) {
    if (!committed.required.includes(name)) broken.push(`${name}: newly required, though older events lack it`);
  }
  return broken;
}
