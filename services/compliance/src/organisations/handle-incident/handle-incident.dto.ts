import { IsBoolean, IsIn } from 'class-validator';
import { IsDay } from '@aiqyn/platform';
import { IsDocumentNumber } from '../../people/fields.dto.js';
import { INCIDENT_KINDS } from './incident-states.rules.js';

export class ReportIncident {
  @IsIn(INCIDENT_KINDS) kind: (typeof INCIDENT_KINDS)[number];
}

export class TriageIncident {
  @IsIn(['inquiry', 'unfounded']) outcome: 'inquiry' | 'unfounded';
}

export class DecideIncident {
  @IsIn(['confirmed', 'unfounded']) outcome: 'confirmed' | 'unfounded';
  /** Whether somebody who had to report it hid it. */
  @IsBoolean() concealed: boolean;
  @IsBoolean() signsOfCrime: boolean;
}

export class NotifyBody {
  @IsDay() notifiedDay: string;
  @IsDocumentNumber() receiptNumber: string;
}

export class PlanRemedy {
  @IsDocumentNumber() documentNumber: string;
  @IsDay() dueDay: string;
}
