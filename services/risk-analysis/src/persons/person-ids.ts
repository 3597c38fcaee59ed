import { personId } from '@aiqyn/contracts';
import { CONFIG } from '@aiqyn/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { RiskAnalysisConfig } from '../config.js';
import { isEntrepreneur, nameWords } from './name-words.rules.js';
import { keyedRecord, keyedWord } from './person-id.rules.js';

/** Ids of persons: the service stores and publishes these, never an individual identification number. */
@Injectable()
export class PersonIds {
  constructor(@Inject(CONFIG) private readonly config: RiskAnalysisConfig) {}

  of(iin: string): string {
    return personId(this.config.PERSON_KEY, iin);
  }

  /** The names of organisations that may be kept as they are: none that is the name of a person. */
  publicNames(names: readonly string[]): string[] {
    return names.filter((name) => !isEntrepreneur(name));
  }

  /** A name as the keyed hashes of its words, sorted: enough to compare it, not to read it. */
  words(name: string): string[] {
    return nameWords(name)
      .map((word) => keyedWord(this.config.PERSON_KEY, 'word', word))
      .sort();
  }

  /** A day of birth, or its month or year where no more is known: hashes of year, month and day, as far as they are told, joined by dots. */
  born(day: string): string {
    const told = [4, 7, 10].filter((end) => end <= day.length).map((end) => day.slice(0, end));
    return told.map((part) => keyedWord(this.config.PERSON_KEY, 'born', part)).join('.');
  }

  record(source: string, record: string): string {
    return keyedRecord(this.config.PERSON_KEY, source, record);
  }
}
