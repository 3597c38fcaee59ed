import { Injectable } from '@nestjs/common';
import { Timers } from '@aiqyn/platform';
import { CaseKeys } from './case-keys.js';

/** Blocks in one transaction. */
const AT_ONCE = 20;

/**
 * Brings all keys of cases under the present key-encryption key, at the start and daily. Once none lies under an older one
 * that one can be destroyed, and with it every copy of keys that was made before.
 */
@Injectable()
export class RotateKeys {
  constructor(timers: Timers, keys: CaseKeys) {
    timers.daily('case-key-rotation', async (tx) => ((await keys.rewrap(tx, AT_ONCE)) === AT_ONCE ? 'more' : 'done'));
  }
}
