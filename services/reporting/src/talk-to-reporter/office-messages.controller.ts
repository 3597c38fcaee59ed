import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { CaseMovedV1 } from '@aiqyn/contracts';
import { type Caller, Can, change, Commands, From } from '@aiqyn/platform';
import { CaseKeys } from '../case-keys/case-keys.js';
import { CaseMoves, type MovedCase } from '../cases/case-moves.js';
import { CASES } from '../cases/case.schema.js';
import { loadCase } from '../cases/case-access.js';
import type { Sealed } from '../sealing/sealing.js';
import { NO_DIALOGUE, seen, stateBefore } from './dialogue.rules.js';
import { Dialogues, type NewMessage, type ShownMessage } from './dialogues.js';
import { underChosenId } from '../cases/chosen-id.js';
import { MESSAGES } from './message.schema.js';
import { OfficeMessage } from './talk.dto.js';

interface Correspondence {
  readonly caseId: string;
  /** To open and to answer on the office's own machine. */
  /** Null when the case is purged. */
  readonly narrative: Sealed | null;
  /** `kind/version`, when it holds the answers of a form. */
  readonly form: string | null;
  readonly replyKey: string | null;
  readonly items: ShownMessage[];
}

const sealedOf = ({ messageId, sealed, copy }: OfficeMessage): NewMessage => ({
  messageId,
  sealed: { ...sealed, by: 'client' },
  ...(copy ? { copy: { ...copy, by: 'client' } } : {}),
});

/** The office's side of the dialogue: it seals and opens on its own machine, the service passes on. */
@Controller('v1/cases')
export class OfficeMessagesController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly moves: CaseMoves,
    private readonly dialogues: Dialogues,
    private readonly keys: CaseKeys,
  ) {}

  /** The sealed narrative and messages; each look is audited. */
  @Get(':id/messages')
  @Can('message:read')
  async read(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<Correspondence> {
    const file = await this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      tx.audit({ actor: caller.id, action: 'message:read', resource: id, outcome: 'done' });
      return file;
    });
    const { narrative, form, replyKey } = file;
    const shown = narrative ? (await this.keys.of(file)).unlock('narrative', narrative) : null;
    return {
      caseId: id,
      narrative: shown,
      form: form ?? null,
      replyKey: replyKey ?? null,
      items: await this.dialogues.read(file, 'office'),
    };
  }

  @Post(':id/messages/seen')
  @HttpCode(200)
  @Can('message:write')
  seen(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<{ unread: number }> {
    return this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      change(tx, CASES, file, { dialogue: seen(file.dialogue ?? NO_DIALOGUE, 'office') });
      return { unread: 0 };
    });
  }

  @Post(':id/messages')
  @Can('message:write')
  write(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: OfficeMessage,
    @From() caller: Caller,
  ): Promise<{ messageId: string; no: number }> {
    const stored = this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      const { set, event, no } = await this.dialogues.write(tx, file, 'office', sealedOf(body));
      change(tx, CASES, file, set, event);
      tx.audit({ actor: caller.id, action: 'message:write', resource: id, outcome: 'done' });
      return { messageId: body.messageId, no };
    });
    return underChosenId(MESSAGES, 'messageId', stored);
  }

  /** A question to the reporting person: the case waits for the answer; the clock of the feedback does not stop. */
  @Post(':id/questions')
  @Can('message:write')
  ask(@Param('id', ParseUUIDPipe) id: string, @Body() body: OfficeMessage, @From() caller: Caller): Promise<MovedCase> {
    const moved = this.moves.move(id, 'needs-information', caller, async (file, day, tx) => {
      const { set, event } = await this.dialogues.write(tx, file, 'office', sealedOf(body));
      const asked = { caseId: id, day, from: file.state, to: 'needs-information', reason: 'question' };
      return { set: { ...set, askedFrom: file.state }, events: [event, Object.assign(new CaseMovedV1(), asked)] };
    });
    return underChosenId(MESSAGES, 'messageId', moved);
  }

  /** Goes on without an answer. */
  @Post(':id/questions/withdrawal')
  @HttpCode(200)
  @Can('message:write')
  async withdraw(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<MovedCase> {
    return this.moves.move(
      id,
      (file) => stateBefore(file.state, file.askedFrom),
      caller,
      () => ({ set: { askedFrom: null }, reason: 'question-withdrawn' }),
    );
  }
}
