import { createHmac } from 'node:crypto';

/**
 * The id of a person, 32 hexadecimal digits: the same for the same number, so that what registries tell comes together. Keyed,
 * since there are few enough numbers (twelve digits, a date of birth in them) to try them all against a plain hash. Here
 * and not in a service, since every office that is told of officials must derive it alike.
 */
export const personId = (key: string, iin: string): string =>
  createHmac('sha256', Buffer.from(key, 'base64url')).update(`person\n${iin}`).digest('hex').slice(0, 32);
