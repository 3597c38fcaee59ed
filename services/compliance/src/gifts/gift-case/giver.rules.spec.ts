import { describe, expect, it } from '@jest/globals';
import { isIin, withBinCheckDigit } from '@aiqyn/contracts';
import { judgeGiver, publicGiver, type ToldGiver } from './giver.rules.js';

const iin = withBinCheckDigit('85010130001')!;
const bin = '050540000016';

describe('the giver', () => {
  it('of this spec has the number of a person', () => expect([isIin(iin), isIin(bin)]).toEqual([true, false]));

  it.each([
    [{ kind: 'person', iin }, undefined],
    [{ kind: 'person' }, undefined],
    [{ kind: 'organisation', bin }, undefined],
    [{ kind: 'unknown' }, undefined],
    [{ kind: 'unknown', iin }, 'giver.iin'],
    [{ kind: 'organisation', bin, iin }, 'giver.iin'],
    [{ kind: 'organisation' }, 'giver.bin'],
    [{ kind: 'person', bin }, 'giver.bin'],
    [{ kind: 'organisation', bin: iin }, 'giver.bin'],
  ] as [ToldGiver, string | undefined][])('%j: %s', (giver, field) => {
    if (!field) expect(() => judgeGiver(giver)).not.toThrow();
    else expect(() => judgeGiver(giver)).toThrow(expect.objectContaining({ details: { field } }));
  });

  it('is public as an organisation only', () => {
    expect(publicGiver({ kind: 'organisation', bin })).toEqual({ giverKind: 'organisation', giverBin: bin });
    expect(publicGiver({ kind: 'person', id: 'a'.repeat(32), bin })).toEqual({ giverKind: 'person' });
  });
});
