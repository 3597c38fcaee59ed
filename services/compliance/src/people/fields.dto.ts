import { Matches, ValidateIf } from 'class-validator';

/** The number of an act or document; twelve digits alone could be a person's. */
export const IsDocumentNumber = (): PropertyDecorator => Matches(/^(?!\d{12}$)[A-Za-z0-9/-]{1,40}$/);

/** The field may be left out; a null is refused, since rows and events hold none. */
export const MayBeMissing = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);
