import { allEvents, allTopics } from './event.js';
import { schemaOf } from './schema.js';

/** The AsyncAPI 3 document of everything that flows, derived from the registry. */
export function asyncApi(): Record<string, unknown> {
  const events = allEvents();
  const channelId = (topic: string): string => topic.replace('.', '-');
  const headers = {
    type: 'object',
    required: [
      'ce_specversion',
      'ce_id',
      'ce_type',
      'ce_source',
      'ce_time',
      'ce_subject',
      'ce_sequence',
      'content-type',
    ],
    properties: {
      ce_specversion: { const: '1.0' },
      ce_id: { type: 'string' },
      ce_type: { type: 'string' },
      ce_source: { type: 'string' },
      ce_time: { type: 'string', format: 'date-time', description: 'Midnight UTC of the day for acts of a citizen.' },
      ce_subject: { type: 'string', description: 'The aggregate id, equal to the record key.' },
      ce_sequence: { type: 'string', pattern: '^[1-9][0-9]*$' },
      'content-type': { const: 'application/json' },
      traceparent: { type: 'string' },
    },
  };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Aiqyn events',
      version: '1.0.0',
      description:
        'CloudEvents 1.0, Kafka binding, binary mode. One topic per publishing service; the record key is the aggregate id; order holds per key.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      allTopics().map((topic) => [
        channelId(topic),
        {
          address: topic,
          messages: Object.fromEntries(
            events
              .filter((e) => e.declaration.topic === topic)
              .map((e) => [e.declaration.type, { $ref: `#/components/messages/${e.declaration.type}` }]),
          ),
        },
      ]),
    ),
    operations: Object.fromEntries(
      allTopics().map((topic) => [
        `publish-${channelId(topic)}`,
        { action: 'send', channel: { $ref: `#/channels/${channelId(topic)}` } },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        events.map((e) => {
          const { $schema: _, $id: __, ...payload } = schemaOf(e.contract);
          return [
            e.declaration.type,
            { name: e.declaration.type, title: e.declaration.type, summary: e.declaration.says, headers, payload },
          ];
        }),
      ),
    },
  };
}
