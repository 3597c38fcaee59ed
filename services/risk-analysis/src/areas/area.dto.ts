import { IsIn } from 'class-validator';
import { AREAS } from '@aiqyn/contracts';

export class AreaPath {
  @IsIn(AREAS) code: string;
}
