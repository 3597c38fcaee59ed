import { Body, Controller, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { type Caller, From, Public } from '@aiqyn/platform';
import { SubmitComment } from './submit-comment.dto.js';
import { TakeComments } from './take-comments.js';

@Controller('v1/consultations')
export class SubmitCommentController {
  constructor(private readonly comments: TakeComments) {}

  @Post(':id/comments')
  @Public()
  submit(@Param('id', ParseUUIDPipe) id: string, @Body() body: SubmitComment, @From() caller: Caller): Promise<object> {
    return this.comments.take(id, body, caller);
  }
}
