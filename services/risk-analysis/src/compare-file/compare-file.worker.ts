import { parentPort, workerData } from 'node:worker_threads';
import type { UnitTable } from '@aiqyn/contracts';
import { AREA_UNKNOWN } from './compare-file.rules.js';
import { hashOf, project } from '../import-releases/release.rules.js';
import { type IndicatorDefinition, isOfProcess, settingsOn } from '../indicators/definition.rules.js';
import { judgeAll } from '../indicators/signal.rules.js';
import { contributionOf } from '../judge-portfolio/contribution.rules.js';
import type { Computed, Piece } from './compare-file.rules.js';

const { definitions, day, unit } = workerData as {
  definitions: readonly IndicatorDefinition[];
  day: string;
  unit: UnitTable;
};
const alone = definitions.filter(isOfProcess);
const settings = settingsOn(definitions, day);

/** What the service computes of one line, by the same rules. */
function compute({ no, text }: Piece[number]): Computed {
  let release: unknown;
  try {
    release = JSON.parse(text ?? '');
  } catch {
    return { no, refusal: text === undefined ? 'line_too_long' : 'not_json' };
  }
  const projection = project(release, { origin: 'published', areaOf: () => AREA_UNKNOWN });
  if ('code' in projection) return { no, refusal: projection.code };
  const { ocid, date } = projection;
  const process = { ocid, areaCode: AREA_UNKNOWN, origin: 'published' as const, release, day };
  const { outcomes } = judgeAll(alone, new Map(), process, unit);
  return {
    no,
    ocid,
    date,
    hash: hashOf(JSON.stringify(release)),
    outcomes,
    contribution: contributionOf(release, settings),
  };
}

parentPort!.on('message', (piece: Piece) => parentPort!.postMessage(piece.map(compute)));
