import { IsIn, Matches } from 'class-validator';
import { IsDay } from '@aiqyn/platform';
import { IsDocumentNumber } from '../../people/fields.dto.js';
import { IsRequirementCode } from '../self-assess/self-assess.dto.js';
import { REJECTIONS } from './evidence-states.rules.js';

export class RequestEvidence {
  @IsRequirementCode() requirement: string;
  /** A word of the catalogue; which ones the requirement has the rule says. */
  @Matches(/^[a-z][a-z-]{0,39}$/) kind: string;
}

/** The document itself stays with the organisation. */
export class EvidenceTold {
  /** The day that it speaks of. */
  @IsDay() effectiveDay: string;
  @IsDocumentNumber() documentNumber: string;
  @Matches(/^[0-9a-f]{64}$/) sha256: string;
}

export class SubmitEvidence extends EvidenceTold {
  @IsRequirementCode() requirement: string;
  @Matches(/^[a-z][a-z-]{0,39}$/) kind: string;
}

export class RejectEvidence {
  @IsIn(REJECTIONS) reason: (typeof REJECTIONS)[number];
}
