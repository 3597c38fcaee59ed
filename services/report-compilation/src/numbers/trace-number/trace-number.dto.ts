import { Matches } from 'class-validator';
import { ReportPath } from '../../national-report/editions/report-path.dto.js';

export class NumberPath extends ReportPath {
  @Matches(/^[A-Za-z0-9][A-Za-z0-9.-]{0,149}$/) number: string;
}

export class ProvenEvent {
  /** `<service>/<event id>`, as the list of events names it. */
  @Matches(/^[a-z-]{1,40}\/[A-Za-z0-9._:#-]{1,150}$/) event: string;
}
