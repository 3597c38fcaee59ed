import { describe, expect, it } from '@jest/globals';
import { IsArray, IsInt, IsObject, IsOptional, IsString } from 'class-validator';
import { IsPart } from './fields.js';
import { strictValidation } from './validation.js';

class Part {
  @IsString() name: string;
  @IsOptional() @IsInt() amount?: number;
}
class Body {
  @IsString() told: string;
  @IsOptional() @IsString() mode: string = 'anonymous';
  @IsOptional() @IsInt() amount?: number;
  @IsOptional() @IsPart(() => Part) part?: Part;
  @IsOptional() @IsArray() list?: unknown[];
  @IsOptional() @IsObject() answers?: object;
}

const taken = (body: object): Promise<unknown> => strictValidation().transform(body, { type: 'body', metatype: Body });

describe('a body with a null', () => {
  it.each<[string, object, object]>([
    ['is as if the field were left out', { told: 'x', amount: null }, { told: 'x', mode: 'anonymous' }],
    ['has the default of the field', { told: 'x', mode: null }, { told: 'x', mode: 'anonymous' }],
    ['may leave out a whole part', { told: 'x', part: null }, { told: 'x', mode: 'anonymous' }],
    [
      'leaves it out of a part too',
      { told: 'x', part: { name: 'y', amount: null } },
      { told: 'x', mode: 'anonymous', part: { name: 'y' } },
    ],
    [
      'keeps what no class describes as it is',
      { told: 'x', answers: { why: null }, list: [null] },
      { told: 'x', mode: 'anonymous', answers: { why: null }, list: [null] },
    ],
  ])('%s', async (_, body, expected) => {
    expect(JSON.parse(JSON.stringify(await taken(body)))).toEqual(expected);
  });

  it('is refused where the field is needed', async () => {
    await expect(taken({ told: null })).rejects.toMatchObject({ status: 400 });
  });
});
