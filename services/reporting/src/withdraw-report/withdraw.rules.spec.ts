import { describe, expect, it } from '@jest/globals';
import { withdrawal } from './withdraw.rules.js';

const contact = { enc: 'x' };

describe('a withdrawal', () => {
  it.each([
    ['keeps the contact', { contact }, false, { withdrawn: true, withdrawnDay: '2025-03-01' }],
    ['forgets it', { contact }, true, { withdrawn: true, withdrawnDay: '2025-03-01', contact: null }],
    ['has none to forget', {}, true, { withdrawn: true, withdrawnDay: '2025-03-01' }],
    ['forgets it later', { withdrawn: true, contact }, true, { withdrawn: true, contact: null }],
    ['is held', { contact, legalHold: {} }, true, 'legal_hold'],
    ['is held and forgets nothing', { contact, legalHold: {} }, false, { withdrawn: true, withdrawnDay: '2025-03-01' }],
    ['comes after the purge', { purgedDay: '2025-02-01' }, false, 'purged'],
    ['comes twice', { withdrawn: true, contact }, false, 'already_done'],
    ['forgets twice', { withdrawn: true, contact: null }, true, 'already_done'],
  ] as const)('that %s', (_, file, forget, result) => {
    const withdraw = () => withdrawal(file, forget, '2025-03-01');
    if (typeof result === 'string') expect(withdraw).toThrow(expect.objectContaining({ code: result }));
    else expect(withdraw()).toEqual(result);
  });
});
