import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { type Caller, Can, Clock, Commands, From, NotFound } from '@aiqyn/platform';
import type { Language } from '../../report-model/report-model.rules.js';
import { type Comment, COMMENTS } from '../comments/comment.schema.js';
import { Comments } from '../comments/comments.js';
import { mayWorkOn } from '../consultations/consultation-states.rules.js';
import type { Consultation } from '../consultations/consultation.schema.js';
import { Consultations } from '../consultations/consultations.js';
import { Documents } from '../documents/documents.js';
import { diffOf, type UnitDiff } from '../documents/version-diff.rules.js';
import { ConsultationPolicies } from '../policies/consultation-policies.js';
import { AnswerComment } from './answer-comment.dto.js';
import { type Answer, readAnswer, reachedByCluster, type ToldAnswer } from './answer.rules.js';

/** Comments answered in one transaction; who answers a larger cluster says it again for the rest. */
const AT_ONCE = 1_000;

/** Each comment is answered with a reason, by itself or together with those that say almost the same; an answer may be revised. */
@Controller('v1')
export class AnswerCommentController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly comments: Comments,
    private readonly consultations: Consultations,
    private readonly documents: Documents,
    private readonly policies: ConsultationPolicies,
    private readonly clock: Clock,
  ) {}

  @Post('comments/:id/answer')
  @HttpCode(200)
  @Can('consultation:answer')
  answer(@Param('id', ParseUUIDPipe) id: string, @Body() body: AnswerComment, @From() caller: Caller): Promise<object> {
    return this.comments.step(
      id,
      caller,
      'consultation:answer',
      ['answering'],
      async (comment, day, _, consultation) => {
        const answer: Answer = { ...(await this.read(body, [comment.language], consultation)), day, by: caller.id };
        return { to: 'answered', decision: answer.decision, set: { answers: [...comment.answers, answer] } };
      },
    );
  }

  /** Reaches those that wait, and those that the cluster was answered for before; one that was answered by itself keeps its answer. */
  @Post('consultations/:id/clusters/:cluster/answer')
  @HttpCode(200)
  @Can('consultation:answer')
  answerCluster(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('cluster', ParseUUIDPipe) cluster: string,
    @Body() body: AnswerComment,
    @From() caller: Caller,
  ): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const consultation = await this.consultations.changed(tx, id);
      mayWorkOn(consultation.state, ['answering']);
      const all = await this.connection
        .db!.collection<Comment>(COMMENTS)
        .find({ consultationId: id, cluster }, { session: tx.session })
        .sort({ _id: 1 })
        .toArray();
      if (all.length === 0) throw new NotFound();
      const languages = [...new Set(all.map(({ language }) => language))];
      const told = await this.read(body, languages, consultation);
      const day = this.clock.today();
      const answer: Answer = { ...told, day, by: caller.id, cluster };
      // Said again, it goes on with those that it has not reached.
      const same = JSON.stringify(told);
      const reached = all.filter((one) => reachedByCluster(one, cluster) && !says(one, same));
      for (const comment of reached.slice(0, AT_ONCE))
        this.comments.apply(tx, comment, {
          ...{ to: 'answered', decision: answer.decision },
          set: { answers: [...comment.answers, answer] },
        });
      this.consultations.hold(tx, consultation);
      tx.audit({
        actor: caller.id,
        action: 'consultation:answer',
        resource: cluster,
        outcome: 'done',
        reason: told.decision,
      });
      const answered = Math.min(reached.length, AT_ONCE);
      return { cluster, count: all.length, answered, left: reached.length - answered };
    });
  }

  private async read(
    body: AnswerComment,
    languages: readonly Language[],
    consultation: Consultation,
  ): Promise<ToldAnswer> {
    const { documentId, documentVersion } = consultation;
    let diff: readonly UnitDiff[] | undefined;
    if (body.changed && body.changed.documentVersion > documentVersion)
      diff = await this.diff(documentId, documentVersion, body.changed.documentVersion);
    const { decision, reason, changed, ground } = body;
    const told = {
      ...{ decision, reason: { ...reason } },
      ...(changed ? { changed } : {}),
      ...(ground ? { ground } : {}),
    };
    return readAnswer(told, languages, documentVersion, () => diff, this.policies.of(consultation));
  }

  private async diff(documentId: string, from: number, to: number): Promise<readonly UnitDiff[] | undefined> {
    try {
      return diffOf(await this.documents.units(documentId, from), await this.documents.units(documentId, to));
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }
}

/** Whether its last answer says this already. */
function says({ answers }: Comment, told: string): boolean {
  const last = answers.at(-1);
  if (!last) return false;
  const { day: _day, by: _by, cluster: _cluster, ...rest } = last;
  return JSON.stringify(rest) === told;
}
