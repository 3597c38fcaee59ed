import { RuleError } from '@aiqyn/contracts';

export interface Step {
  readonly day: string;
  readonly by: string;
}

/** A version as its document knows it; what it says stands in a row of its own. */
export interface VersionHead extends Step {
  readonly documentVersion: number;
  readonly sha256: string;
  readonly units: number;
  readonly published?: Step;
}

/** What of a document these decisions look at. */
export interface DocumentFacts {
  readonly versions: readonly VersionHead[];
  readonly published?: number;
  readonly consultation?: { readonly receiving: boolean };
}

const headOf = ({ versions }: DocumentFacts, documentVersion: number): VersionHead => {
  const head = versions.find((one) => one.documentVersion === documentVersion);
  if (!head) throw new RuleError('no_such_version', 'there is no such version', { field: 'documentVersion' });
  return head;
};

function another(by: string, head: VersionHead, step: string): void {
  if (head.by === by) throw new RuleError('same_person', `another person than who drafted it ${step}`);
}

/**
 * The version that may be published: a later one than is published, by another person than who drafted it, and not while people
 * comment on the text. Throws RuleError `already_done`, `same_person`, `under_consultation`, `no_such_version`.
 */
export function mayPublish(document: DocumentFacts, documentVersion: number, by: string): VersionHead {
  const head = headOf(document, documentVersion);
  if (documentVersion <= (document.published ?? 0))
    throw new RuleError('already_done', 'this version or a later one is published');
  another(by, head, 'publishes a version');
  if (document.consultation?.receiving)
    throw new RuleError('under_consultation', 'the text stays as it is while comments on it come in');
  return head;
}

/** The version that may be adopted: the published one, when no consultation waits for its answers. */
export function mayAdopt(document: DocumentFacts, documentVersion: number, by: string): VersionHead {
  const head = headOf(document, documentVersion);
  if (documentVersion !== document.published)
    throw new RuleError('not_published', 'the version that was published last is adopted', {
      field: 'documentVersion',
    });
  another(by, head, 'adopts a version');
  if (document.consultation)
    throw new RuleError('under_consultation', 'a consultation on it is not closed; it answers every comment first');
  return head;
}

/** The version that a consultation is about; throws RuleError `not_published`, `under_consultation`. */
export function mayConsult(document: DocumentFacts, documentVersion: number): VersionHead {
  const head = headOf(document, documentVersion);
  if (documentVersion !== document.published)
    throw new RuleError('not_published', 'comments are asked on the version that was published last', {
      field: 'documentVersion',
    });
  if (document.consultation) throw new RuleError('under_consultation', 'a consultation on it is not closed');
  return head;
}
