import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type {
  ComplianceGrade,
  ComplianceStatus,
  IndependenceBreach,
  ReportingLine,
  ServiceState,
} from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';

export const ORGANISATIONS = 'organisations';

/** A compliance officer by keyed id, from when to when. */
export interface Officer {
  readonly id: string;
  readonly appointedDay: string;
  readonly actNumber: string;
  readonly by: string;
  readonly leftDay?: string;
  readonly reason?: string;
}

/** Where an organisation stands since its last assessment; points in hundredths. */
export interface Standing {
  readonly assessmentId: string;
  readonly day: string;
  readonly catalogue: string;
  readonly verified: number;
  readonly self: number;
  readonly grade?: ComplianceGrade;
  readonly status: ComplianceStatus;
  readonly gates: readonly string[];
  readonly deducted: number;
}

/** An organisation of the quasi-public sector; its id is its BIN. */
@Schema({ collection: ORGANISATIONS, strict: 'throw', versionKey: false, _id: false })
export class Organisation implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) state: ServiceState;
  @Prop({ type: String, required: true }) registeredDay: string;
  @Prop({ type: String, required: true }) registeredBy: string;
  @Prop({ type: Object }) officer?: Officer;
  @Prop({ type: Array }) formerOfficers?: Officer[];
  @Prop({ type: String }) reportingLine?: ReportingLine;
  /** The last day to fill the service. */
  @Prop({ type: String }) vacancyDue?: string;
  @Prop({ type: Array }) payCuts?: { day: string; actNumber: string; by: string }[];
  /** The last breach of independence that no assessment has looked at since. */
  @Prop({ type: Object }) breach?: { day: string; cause: IndependenceBreach; incidentId: string };
  /** The assessment under way. */
  @Prop({ type: String }) current?: string;
  @Prop({ type: Object }) standing?: Standing;
}

export const OrganisationSchema = SchemaFactory.createForClass(Organisation);
