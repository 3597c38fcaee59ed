import { describe, expect, it } from '@jest/globals';
import { assertAsDescribed } from './described.js';

const CASE = { caseId: '3f0c2c7e-5d0a-4f7e-8f53-0a4f6a1c9f10', reportId: '3f0c2c7e-5d0a-4f7e-8f53-0a4f6a1c9f10' };
const opened = { ...CASE, state: 'under-investigation', version: 4 };
const check = (body: unknown, path = `/v1/cases/${CASE.caseId}/investigation`, status = 200) =>
  assertAsDescribed('reporting', 'POST', path, status, body);

describe('an answer in an end-to-end test', () => {
  it('is one that the document describes, with fields that it may have besides', () => {
    expect(() => check({ ...opened, further: 1 })).not.toThrow();
  });

  it.each<[string, object, RegExp]>([
    ['lacks a field', { ...opened, version: undefined }, /must have required property 'version'/],
    ['has another type in it', { ...opened, version: '4' }, /\/version must be integer/],
    ['has a value of no list', { ...opened, state: 'lost' }, /\/state must be equal to one of/],
  ])('is named when it %s', (_, body, told) => {
    expect(() => check(JSON.parse(JSON.stringify(body)))).toThrow(told);
  });

  it('is not looked at when it is a refusal, or not described', () => {
    expect(() => check({ code: 'not_found' }, undefined, 404)).not.toThrow();
    expect(() => check({}, `/v1/cases/${CASE.caseId}/triage`)).not.toThrow();
  });
});
