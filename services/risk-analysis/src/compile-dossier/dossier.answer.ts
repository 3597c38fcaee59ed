import { IsString, Matches } from 'class-validator';

export class CompiledDossier {
  @IsString() dossierId: string;
  /** Changes when anything does that the dossier was made of. */
  @Matches(/^[0-9a-f]{64}$/) inputsHash: string;
}
