import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { DeliverNotices } from './deliver-notices.js';
import { Mail } from './mail.js';
import { NoticePolicies } from './notice-policies.js';
import { Notice, NoticeSchema } from './notice.schema.js';
import { NoticesController } from './notices.controller.js';
import { OnFactsToTell } from './on-facts-to-tell.js';

/** What is overdue, late or escalated is told to a position. */
@Module({
  imports: [MongooseModule.forFeature([{ name: Notice.name, schema: NoticeSchema }])],
  controllers: [NoticesController, OnFactsToTell],
  providers: [NoticePolicies, Mail, DeliverNotices],
})
export class NoticesModule {}
