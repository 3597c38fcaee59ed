import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { RuleError } from '@aiqyn/contracts';
import { fuzz, FUZZ_TIMEOUT } from '@aiqyn/platform/testing';
import { lock, unlock } from '../case-keys/lock.rules.js';
import { channelKeyPair, type KeyPair, open, seal, type Sealed } from './sealing.js';

const place = { caseId: '7b0c2a52-7a9f-4d0b-9f2c-0d9a5f3f5e11', field: 'narrative' };
const at = { rowId: place.caseId, field: place.field };
const TEXT = 'Әкімдікте пара сұрады: 50 000 ₸';

/** The failures of what does not fit: of HPKE (`@hpke/core`), and of base64url. */
const EXPECTED = new Set(['OpenError', 'DecapError', 'DeserializeError', 'InvalidParamError', 'InvalidCharacterError']);

describe('a sealed envelope, given anything', () => {
  let keys: KeyPair;
  let sealed: Sealed;
  beforeAll(async () => {
    keys = await channelKeyPair();
    sealed = await seal(keys.publicKey, place, TEXT, 'client');
  });

  it(
    'opens as it was or not at all',
    async () => {
      await fuzz([Buffer.from(`${sealed.enc}.${sealed.ciphertext}`)], async (input) => {
        const [enc = '', ciphertext = ''] = input.toString('latin1').split('.');
        try {
          expect(await open(keys.privateKey, place, { enc, ciphertext })).toBe(TEXT);
        } catch (error) {
          if (!EXPECTED.has((error as Error).name)) throw error;
        }
      });
    },
    FUZZ_TIMEOUT,
  );

  it(
    'unlocks as it was or is called damaged',
    async () => {
      const key = randomBytes(32);
      const locked = lock(key, randomBytes(12), at, sealed);
      await fuzz([locked], (input) => {
        try {
          expect(unlock(key, at, input)).toEqual(sealed);
        } catch (error) {
          if (!(error instanceof RuleError && error.code === 'damaged')) throw error;
        }
      });
    },
    FUZZ_TIMEOUT,
  );
});
