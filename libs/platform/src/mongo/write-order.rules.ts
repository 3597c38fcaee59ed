/** One write of a transaction. */
export interface Write {
  readonly kind: 'insert' | 'update' | 'delete';
  /** The id of its row; undefined when it names the row otherwise. */
  readonly row: string | undefined;
  /** The transaction fails when no row fits. */
  readonly mustMatch: boolean;
}

interface Group<W extends Write> {
  readonly kind: Write['kind'];
  readonly mustMatch: boolean;
  readonly writes: W[];
  /** The rows that it writes; undefined when one of its writes does not name its row. */
  rows: Set<string> | undefined;
}

/**
 * The writes of one collection as few groups, each of which the driver sends as one command: it begins a new one wherever an
 * insert, an update and a delete follow each other. What a row is written with keeps its order. Beyond that a write goes ahead
 * only of inserts, which free no unique value, or when it is a delete, which takes none. Writes that must match stand apart: only
 * then does the server's sum of matches tell whether one failed.
 */
export function groupWrites<W extends Write>(writes: readonly W[]): W[][] {
  const groups: Group<W>[] = [];
  for (const write of writes) {
    const { kind, row, mustMatch } = write;
    let target: Group<W> | undefined;
    for (let i = groups.length - 1; i >= 0; i -= 1) {
      const group = groups[i]!;
      if (group.kind === kind && group.mustMatch === mustMatch) target = group;
      const apart = row !== undefined && group.rows !== undefined && !group.rows.has(row);
      if (!apart || !(group.kind === 'insert' || kind === 'delete')) break;
    }
    if (!target) groups.push((target = { kind, mustMatch, writes: [], rows: new Set() }));
    target.writes.push(write);
    if (row !== undefined) target.rows?.add(row);
    else target.rows = undefined;
  }
  return groups.map((group) => group.writes);
}
