import { cleanJpeg } from './jpeg.rules.js';
import { cleanPng } from './png.rules.js';
import { broken, type Content, Refusal } from './refusal.js';
import { unzipped, zipped } from './zip.rules.js';

/** Parts that tell who, when and with what; dropped with what refers to them. */
const DROPPED: readonly [RegExp, string][] = [
  [/^docProps\/core\.xml$/, 'office.core-properties'],
  [/^docProps\/app\.xml$/, 'office.application'],
  [/^docProps\/custom\.xml$/, 'office.custom-properties'],
  [/^docProps\/thumbnail\./, 'office.thumbnail'],
  [/^docMetadata\//, 'office.labels'],
  [/^customXml\//, 'office.custom-xml'],
  [/^word\/people\.xml$/, 'office.people'],
  [/^xl\/persons\//, 'office.people'],
  [/^xl\/printerSettings\//, 'office.printer'],
  [/^ppt\/printerSettings\//, 'office.printer'],
  [/^xl\/revisions\//, 'office.revisions'],
  [/^xl\/connections\.xml$/, 'office.local-paths'],
  [/^_xmlsignatures\//, 'office.signatures'],
  [/^(?!(word|xl|ppt|_rels)\/|\[Content_Types\]\.xml$)/, 'office.other-parts'],
];
/** What carries programs. */
const MACROS = /vbaProject|vbaData|(^|\/)macrosheets\/|(^|\/)activeX\//i;
const XML = /\.(xml|rels|vml)$/i;

/** Attributes of marks of who wrote when, whatever the prefix; the values are replaced where the schema wants one. */
const ATTRIBUTES: readonly [RegExp, string, string][] = [
  [/\s(?:[\w.-]+:)?rsid\w*=("[^"]*"|'[^']*')/g, '', 'office.session-ids'],
  [/(\s(?:[\w.-]+:)?author=)("(?!Author")[^"]*"|'[^']*')/g, '$1"Author"', 'office.authors'],
  [/(\s(?:[\w.-]+:)?initials=)("[^"]+"|'[^']*')/g, '$1""', 'office.authors'],
  [
    /(\s(?:[\w.-]+:)?(?:userId|providerId|displayName|userName|lastModifiedBy)=)("[^"]+"|'[^']*')/g,
    '$1""',
    'office.authors',
  ],
];
const element = (names: string): RegExp =>
  new RegExp(`<((?:\\w+:)?(?:${names}))\\b[^>]*?(?:\\/>|>[\\s\\S]*?<\\/\\1>)`, 'g');
/** Elements that only tell: ids that stay with a document from version to version, where it lay, where its letters' names came from. */
const ELEMENTS: readonly [RegExp, string][] = [
  [element('rsids|docId|revisionPtr'), 'office.session-ids'],
  [element('absPath|mailMerge'), 'office.local-paths'],
  [element('fileSharing'), 'office.authors'],
  [element('attachedTemplate|docVars'), 'office.template'],
];
/** Of Word's marks of changes and comments only: elsewhere a date is content. */
const WORD_DATES = /\s(?:[\w.-]+:)(?:date|dateUtc)=("[^"]*"|'[^']*')/g;
const COMMENT_DATES = /\s(?:dt|dT|created|modified)=("[^"]*"|'[^']*')/g;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
const encoder = new TextEncoder();

function textOf(bytes: Uint8Array): string {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw broken('office document');
  }
  // An entity could spell what is looked for.
  if (/<!(DOCTYPE|ENTITY)/i.test(text) || /^<\?xml[^>]*encoding=["'](?!utf-?8)/i.test(text))
    throw broken('office document');
  return text;
}

/** Text with each match replaced, noting the name when there was one. */
function without(text: string, what: RegExp, by: string, name: string, removed: Set<string>): string {
  const after = text.replace(what, by);
  if (after !== text) removed.add(name);
  return after;
}

/** The path of a relationship's target, from the part that it belongs to. */
function targetOf(rels: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const path = rels
    .replace(/_rels\/[^/]*$/, '')
    .split('/')
    .slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.') path.push(step);
  }
  return path.join('/');
}

/** Relationships without those to dropped parts; what lies on somebody's disk or server is not fetched any more. */
function cleanRels(name: string, text: string, gone: ReadonlySet<string>, removed: Set<string>): [string, string[]] {
  const ids: string[] = [];
  const after = text.replace(/<(?:\w+:)?Relationship\s[^>]*?\/?>/g, (element) => {
    const value = (attribute: string): string =>
      new RegExp(`\\s${attribute}=(?:"([^"]*)"|'([^']*)')`)
        .exec(element)
        ?.slice(1)
        .find((v) => v !== undefined) ?? '';
    const external = value('TargetMode') === 'External';
    const type = value('Type');
    if (external && /\/attachedTemplate$/.test(type)) removed.add('office.template');
    else if (!external && gone.has(targetOf(name, value('Target')))) removed.add('office.references');
    else if (external && !/\/hyperlink$/.test(type) && value('Target') !== 'about:blank') {
      removed.add('office.external-references');
      return element.replace(/\sTarget=("[^"]*"|'[^']*')/, ' Target="about:blank"');
    } else if (external && /^(file:|\\\\|[a-z]:[\\/])/i.test(value('Target'))) {
      removed.add('office.local-paths');
      return element.replace(/\sTarget=("[^"]*"|'[^']*')/, ' Target="about:blank"');
    } else return element;
    ids.push(value('Id'));
    return '';
  });
  return [after, ids];
}

function cleanXml(name: string, text: string, ids: readonly string[], removed: Set<string>): string {
  let after = without(text, /<!--[\s\S]*?-->/g, '', 'office.xml-comments', removed);
  for (const [what, label] of ELEMENTS) after = without(after, what, '', label, removed);
  for (const [what, by, label] of ATTRIBUTES) after = without(after, what, by, label, removed);
  if (name.startsWith('word/')) after = without(after, WORD_DATES, '', 'office.dates', removed);
  if (/comment/i.test(name)) {
    after = without(after, COMMENT_DATES, '', 'office.dates', removed);
    after = without(after, /(<(?:\w+:)?author>)(?!Author<)[^<]*/g, '$1Author', 'office.authors', removed);
  }
  if (/commentAuthors|authors\.xml$/.test(name))
    after = without(after, /(\sname=)("(?!Author")[^"]*"|'[^']*')/g, '$1"Author"', 'office.authors', removed);
  // What pointed to a part that is gone; a document with such a pointer is "repaired" or refused.
  for (const id of ids)
    after = after.replace(new RegExp(`\\s(?:\\w+:)?id=(?:"${id}"|'${id}')(?=[^<>]*>)`, 'g'), (found, at: number) =>
      /<(?:\w+:)?pageSetup\b[^<>]*$/.test(after.slice(0, at)) ? '' : found,
    );
  return after;
}

function cleanMedia(name: string, bytes: Uint8Array, removed: Set<string>): Uint8Array {
  const clean = bytes[0] === 0xff ? cleanJpeg : bytes[0] === 0x89 ? cleanPng : undefined;
  if (!clean)
    throw new Refusal(
      'cannot_be_cleaned',
      `the document holds ${name.split('/').at(-1)!.split('.').at(-1)!} content, which cannot be looked into`,
    );
  const picture = clean(bytes);
  for (const one of picture.removed) removed.add(one);
  return picture.bytes;
}

/**
 * A Word, Excel or PowerPoint document (ECMA-376) without what tells who wrote it, when, where and with what; pictures in it are
 * cleaned as well. Names of authors of comments and changes become "Author". Throws Refusal.
 */
export function cleanOoxml(bytes: Uint8Array): Content {
  const parts = unzipped(bytes);
  const removed = new Set<string>();
  const names = Object.keys(parts);
  const types = parts['[Content_Types].xml'];
  if (!types) throw broken('office document');
  if (names.some((name) => MACROS.test(name)) || /macroEnabled|vbaProject/i.test(textOf(types)))
    throw new Refusal('macros', 'the document holds programs (macros): save it as one without');
  const gone = new Map(
    names.flatMap((name) => {
      const why = DROPPED.find(([path]) => path.test(name));
      return why ? [[name, why[1]] as const] : [];
    }),
  );
  for (const why of gone.values()) removed.add(why);
  const kept = names.filter((name) => !gone.has(name));
  const rels = new Map<string, string[]>();
  const out: Record<string, Uint8Array> = {};
  const goneNames = new Set(gone.keys());
  for (const name of kept.filter((n) => n.endsWith('.rels'))) {
    const [text, ids] = cleanRels(name, textOf(parts[name]!), goneNames, removed);
    rels.set(name.replace(/_rels\/([^/]*)\.rels$/, '$1'), ids);
    out[name] = encoder.encode(text);
  }
  // In the order of their names: that of the program that wrote them would tell which one it was.
  for (const name of kept.filter((n) => !n.endsWith('.rels')).sort()) {
    const part = parts[name]!;
    if (name === '[Content_Types].xml')
      out[name] = encoder.encode(
        textOf(part).replace(
          /<(?:\w+:)?Override\b[^>]*?PartName=["']\/([^"']*)["'][^>]*?\/>/g,
          (element, path: string) => (goneNames.has(path) ? '' : element),
        ),
      );
    else if (XML.test(name)) out[name] = encoder.encode(cleanXml(name, textOf(part), rels.get(name) ?? [], removed));
    else out[name] = cleanMedia(name, part, removed);
  }
  return {
    bytes: zipped(Object.fromEntries(Object.entries(out).sort(byContentTypesFirst))),
    removed: [...removed].sort(),
  };
}

/** Sniffers, and some readers, look for it at the beginning. */
function byContentTypesFirst([a]: [string, unknown], [b]: [string, unknown]): number {
  const first = (name: string): string => (name === '[Content_Types].xml' ? '' : name);
  return first(a) < first(b) ? -1 : 1;
}
