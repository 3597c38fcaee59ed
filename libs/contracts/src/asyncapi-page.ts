/** The parts of the AsyncAPI document that the page shows. */
interface Shown {
  readonly info: { readonly title: string; readonly description: string };
  readonly channels: Readonly<
    Record<string, { readonly address: string; readonly messages: Readonly<Record<string, object>> }>
  >;
  readonly components: { readonly messages: Readonly<Record<string, Message>> };
}
interface Message {
  readonly summary: string;
  readonly headers: Schema;
  readonly payload: Schema;
}
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly [keyword: string]: unknown;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
const code = (text: string): string => `<code>${escaped(text)}</code>`;

/** What a schema says beside type and fields, as it stands there. */
function restOf({
  type: _,
  properties: __,
  required: ___,
  items,
  description: ____,
  additionalProperties: _____,
  ...rest
}: Schema): string {
  const own = Object.entries(rest).map(([keyword, value]) => {
    const values = Array.isArray(value)
      ? value.map((one) => code(String(one))).join(' ')
      : code(typeof value === 'string' ? value : JSON.stringify(value));
    return keyword === 'enum' ? values : `${escaped(keyword)} ${values}`;
  });
  return [
    ...own,
    ...(items ? [`each: ${items.type === 'object' ? '' : `${escaped(items.type ?? '')} `}${restOf(items)}`] : []),
  ].join('; ');
}

function rows(schema: Schema, prefix = ''): string[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    `<tr><td>${code(prefix + name)}</td><td>${escaped(field.type ?? '')}</td><td>${required.has(name) ? 'always' : ''}</td><td>${[escaped(field.description ?? ''), restOf(field)].filter(Boolean).join(' ')}</td></tr>`,
    ...rows(field, `${prefix}${name}.`),
    ...rows(field.items ?? {}, `${prefix}${name}[].`),
  ]);
}
const table = (schema: Schema): string =>
  `<table><thead><tr><th>field</th><th>type</th><th>there</th><th>what it may be</th></tr></thead><tbody>\n${rows(schema).join('\n')}\n</tbody></table>`;

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
table{border-collapse:collapse;width:100%;margin:.5rem 0}th,td{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top}
code{font-size:.875em;overflow-wrap:anywhere}details{margin:.5rem 0}summary{cursor:pointer}:target{outline:3px solid #0a58ca}`;

/** One page about every event, without a script and without anything from elsewhere: it is read from a disk. */
export function asyncApiPage(document: unknown): string {
  const { info, channels, components } = document as Shown;
  const [first] = Object.values(components.messages);
  const sections = Object.values(channels).map(({ address, messages }) => {
    const events = Object.keys(messages).map((type) => {
      const { summary, payload } = components.messages[type]!;
      return `<details id="${escaped(type)}"><summary>${code(type)} ${escaped(summary)}</summary>\n${table(payload)}\n</details>`;
    });
    return `<h2 id="${escaped(address)}">${code(address)}</h2>\n<p>${events.length} events.</p>\n${events.join('\n')}`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(info.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(info.title)}</h1>
<p>${escaped(info.description)} Written from <code>asyncapi.json</code> by <code>npm run schemas</code>.</p>
<nav><ul>${Object.values(channels)
    .map(
      ({ address, messages }) =>
        `<li><a href="#${escaped(address)}">${escaped(address)}</a>, ${Object.keys(messages).length} events</li>`,
    )
    .join('')}</ul></nav>
<h2 id="headers">Headers of every record</h2>
${first ? table(first.headers) : ''}
${sections.join('\n')}
</main>
</body>
</html>
`;
}
