import { IsIn } from 'class-validator';
import { IsDocumentNumber } from '../../people/fields.dto.js';
import { DENIALS, GROUNDS } from './exemption.rules.js';

export class ClaimExemption {
  @IsIn(GROUNDS) ground: (typeof GROUNDS)[number];
  @IsDocumentNumber() documentNumber: string;
}

export class DenyExemption {
  @IsIn(DENIALS) reason: (typeof DENIALS)[number];
}
