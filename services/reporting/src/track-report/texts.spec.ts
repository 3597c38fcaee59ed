import { describe, expect, it } from '@jest/globals';
import { readTexts } from './texts.js';

describe('the words of what a receipt shows', () => {
  it('are there for each state and each feedback, in three languages and no more than these', () => {
    const { kk, ru, en } = readTexts();
    expect(Object.keys(kk)).toEqual(Object.keys(en));
    expect(Object.keys(ru)).toEqual(Object.keys(en));
    expect(Object.keys(en)).toHaveLength(24);
  });
});
