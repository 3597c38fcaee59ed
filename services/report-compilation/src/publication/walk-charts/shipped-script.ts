import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Its name in a package, beside the pages. */
export const SCRIPT_FILE = 'charts.js';

/** `walk-charts.ts` with its rules as one file, which `npm run build` makes; the same from src and from dist. */
export const chartsScript: Uint8Array = readFileSync(new URL(`../../../dist/${SCRIPT_FILE}`, import.meta.url));

/** Tells one script from that of the next version of the service. */
export const scriptVersion = createHash('sha256').update(chartsScript).digest('hex').slice(0, 12);
