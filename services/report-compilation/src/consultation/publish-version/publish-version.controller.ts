import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { IsInt, Max, Min } from 'class-validator';
import { PolicyAdoptedV1, PolicyVersionPublishedV1 } from '@aiqyn/contracts';
import { type Caller, Can, change, Clock, Commands, From } from '@aiqyn/platform';
import { POLICY_DOCUMENTS } from '../documents/document.schema.js';
import { mayAdopt, mayPublish } from '../documents/document-order.rules.js';
import { Documents } from '../documents/documents.js';
import { countsOf, diffOf } from '../documents/version-diff.rules.js';
import { ReanchorComments } from '../reanchor-comments/reanchor-comments.js';

export class NamedVersion {
  @IsInt() @Min(1) @Max(100_000) documentVersion: number;
}

/** Another person than who drafted it publishes a version, and adopts the one that was published last. */
@Controller('v1/policy-documents')
export class PublishVersionController {
  constructor(
    private readonly commands: Commands,
    private readonly documents: Documents,
    private readonly reanchor: ReanchorComments,
    private readonly clock: Clock,
  ) {}

  @Post(':id/publication')
  @HttpCode(200)
  @Can('policy:publish')
  publish(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { documentVersion }: NamedVersion,
    @From() caller: Caller,
  ): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const document = await this.documents.changed(tx, id, caller);
      const head = mayPublish(document, documentVersion, caller.id);
      const day = this.clock.today();
      const before = document.published === undefined ? [] : await this.documents.units(id, document.published);
      const { added, changed, removed } = countsOf(diffOf(before, await this.documents.units(id, documentVersion)));
      const { kind } = document;
      const { sha256, units } = head;
      const facts = { documentId: id, day, kind, documentVersion, units, added, changed, removed, sha256 };
      const published = { ...head, published: { day, by: caller.id } };
      const versions = document.versions.map((one) => (one === head ? published : one));
      const event = Object.assign(new PolicyVersionPublishedV1(), facts);
      const version = change(tx, POLICY_DOCUMENTS, document, { versions, published: documentVersion }, event);
      this.reanchor.begin(tx, id, documentVersion);
      tx.audit({ actor: caller.id, action: 'policy:publish', resource: id, outcome: 'done' });
      return { documentId: id, documentVersion, added, changed, removed, version };
    });
  }

  @Post(':id/adoption')
  @HttpCode(200)
  @Can('policy:adopt')
  adopt(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { documentVersion }: NamedVersion,
    @From() caller: Caller,
  ): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const document = await this.documents.changed(tx, id, caller);
      const { sha256 } = mayAdopt(document, documentVersion, caller.id);
      const day = this.clock.today();
      const { kind } = document;
      const event = Object.assign(new PolicyAdoptedV1(), { documentId: id, day, kind, documentVersion, sha256 });
      const version = change(
        tx,
        POLICY_DOCUMENTS,
        document,
        { adopted: { day, by: caller.id, documentVersion } },
        event,
      );
      tx.audit({ actor: caller.id, action: 'policy:adopt', resource: id, outcome: 'done' });
      return { documentId: id, documentVersion, adoptedDay: day, version };
    });
  }
}
