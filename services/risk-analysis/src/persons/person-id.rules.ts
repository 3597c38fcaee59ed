import { createHmac } from 'node:crypto';

/** A keyed hash of something told of a person (a word of a name, a day of birth), 16 hexadecimal digits: two can be compared, none can be read. */
export const keyedWord = (key: string, kind: string, word: string): string =>
  createHmac('sha256', Buffer.from(key, 'base64url')).update(`${kind}\n${word}`).digest('hex').slice(0, 16);

/** A keyed id of what a source calls by a name of its own, 32 hexadecimal digits: such a name may be that of a person. */
export const keyedRecord = (key: string, source: string, record: string): string =>
  createHmac('sha256', Buffer.from(key, 'base64url')).update(`record\n${source}\n${record}`).digest('hex').slice(0, 32);
