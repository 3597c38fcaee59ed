import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Parser } from '@asyncapi/parser';
import { describe, expect, it } from '@jest/globals';
import { asyncApiPage } from './asyncapi-page.js';
import {
  allEvents,
  asyncApi,
  breakingChanges,
  classifications,
  type JsonSchema,
  schemaOf,
  violations,
} from './index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const committed = new Map(
  readdirSync(`${root}/schemas`).map((file) => [
    file.slice(0, -'.json'.length),
    JSON.parse(readFileSync(`${root}/schemas/${file}`, 'utf8')) as JsonSchema,
  ]),
);

describe('what may travel', () => {
  it.each(allEvents().map((e) => [e.declaration.type, e] as const))(
    '%s declares what each field is',
    (_, { contract }) => {
      const schema = schemaOf(contract);
      expect([...classifications(contract).keys()].sort()).toEqual(Object.keys(schema.properties).sort());
      for (const [name, whole] of Object.entries(schema.properties)) {
        const field = (whole['items'] ?? whole) as Record<string, unknown>;
        // A text without a closed list or a pattern could carry a sentence, and a sentence a name.
        const bounded = field['type'] !== 'string' || 'enum' in field || 'pattern' in field;
        expect({ name, bounded }).toEqual({ name, bounded: true });
        if (typeof field['pattern'] === 'string')
          expect(new RegExp(field['pattern']).test('Асқар said so')).toBe(false);
      }
    },
  );

  it('publishes the acts of a citizen by the day', () => {
    const received = allEvents().find((e) => e.declaration.type === 'reporting.report.received.v1');
    expect(received?.declaration.time).toBe('day');
  });
});

describe('compatibility', () => {
  it.each(allEvents().map((e) => [e.declaration.type, e] as const))(
    '%s still fits its committed schema',
    (type, { contract }) => {
      const before = committed.get(type);
      expect(
        before ? breakingChanges(before, schemaOf(contract)) : [`${type}: no committed schema, run npm run schemas`],
      ).toEqual([]);
      expect(schemaOf(contract)).toEqual(before);
    },
  );

  it('names the field that a change would break', () => {
    const before = schemaOf(allEvents().find((e) => e.declaration.type === 'reporting.report.received.v1')!.contract);
    const { region: _, ...rest } = before.properties;
    expect(breakingChanges(before, { ...before, properties: rest })).toContainEqual(
      expect.stringMatching(/^region: removed/),
    );
    expect(breakingChanges(before, { ...before, required: [...before.required, 'allegedAmount'] })).toEqual([
      'allegedAmount: newly required, though older events lack it',
    ]);
  });

  it('keeps no schema of an event that is declared nowhere', () => {
    expect([...committed.keys()].sort()).toEqual(allEvents().map((e) => e.declaration.type));
  });
});

describe('the AsyncAPI document', () => {
  it('is the committed one, and valid AsyncAPI 3', async () => {
    const document = asyncApi();
    expect(JSON.parse(readFileSync(`${root}/asyncapi.json`, 'utf8'))).toEqual(document);
    const { diagnostics } = await new Parser().parse(JSON.stringify(document));
    expect(diagnostics.filter((d) => Number(d.severity) === 0).map((d) => `${d.path.join('.')} ${d.message}`)).toEqual(
      [],
    );
  });
});

describe('the page of events', () => {
  const page = asyncApiPage(asyncApi());

  it('is the committed one (npm run schemas)', () => {
    expect(readFileSync(`${root}/docs/events.html`, 'utf8') === page).toBe(true);
  });

  it('tells of every event and every field of it', () => {
    for (const { declaration, contract } of allEvents()) {
      const [, about] = page.split(`<details id="${declaration.type}">`);
      for (const name of Object.keys(schemaOf(contract).properties))
        expect(about?.slice(0, about.indexOf('</details>'))).toContain(`<code>${name}</code>`);
    }
  });

  it('takes nothing from elsewhere and lets no text become markup', () => {
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(/);
    const info = { title: '<b>&"', description: '' };
    expect(asyncApiPage({ info, channels: {}, components: { messages: {} } })).toContain(
      '<h1>&lt;b&gt;&amp;&quot;</h1>',
    );
  });
});

describe('reading an event', () => {
  const { contract } = allEvents().find((e) => e.declaration.type === 'compliance.gift.overdue.v1')!;
  const event = { giftId: 'g1', day: '2025-03-09', handOverBy: '2025-03-08' };

  it('lets a consumer pass a field that a newer producer added, and a producer not', () => {
    expect(violations(contract, { ...event, extra: 1 }, 'consumer')).toEqual([]);
    expect(violations(contract, { ...event, extra: 1 }, 'producer')).toEqual(['extra additionalProperties']);
  });

  it('names the field and the rule, never the value', () => {
    expect(violations(contract, { ...event, day: 'Айгүл, ул. Абая 5' }, 'consumer')).toEqual(['day pattern']);
  });
});
