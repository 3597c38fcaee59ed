import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { Tx } from '@aiqyn/platform';
import { type ActText, actText, type Language } from '../read-act/act-text.rules.js';
import { ACT_TEXTS, type DraftAct, StoredText, type TextVersion } from './draft-act.schema.js';

export interface ToldText {
  readonly language: Language;
  readonly text: string;
}

const keyOf = (actId: string, textVersion: number, language: Language): string => `${actId}/${textVersion}/${language}`;

/** The texts of acts: kept apart from their expertise, in NFC, with the hash that opinions name. */
@Injectable()
export class ActTexts {
  constructor(@InjectModel(StoredText.name) private readonly texts: Model<StoredText>) {}

  /** Reads what came in; throws RuleError `empty_text`, `text_too_long` or `other_language`. */
  read(told: readonly ToldText[]): ActText[] {
    return told.map(({ language, text }) => actText(text, language));
  }

  store(tx: Tx, actId: string, textVersion: number, texts: readonly ActText[], day: string): TextVersion {
    const rows = texts.map(({ language, text }) => {
      const sha256 = createHash('sha256').update(text).digest('hex');
      tx.insert(ACT_TEXTS, { _id: keyOf(actId, textVersion, language), text, sha256 });
      return { language, sha256, characters: text.length };
    });
    return { textVersion, day, texts: rows };
  }

  /** The texts of one version of an act. */
  async of({ _id, versions }: Pick<DraftAct, '_id' | 'versions'>, textVersion: number): Promise<ActText[]> {
    const { texts } = versions.find((one) => one.textVersion === textVersion)!;
    const ids = texts.map(({ language }) => keyOf(_id, textVersion, language));
    const rows = await Promise.all(ids.map((id) => this.texts.findOne({ _id: { $eq: id } }).lean<StoredText>()));
    return texts.map(({ language }, i) => actText(rows[i]!.text, language));
  }
}
