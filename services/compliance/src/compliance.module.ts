import { Module } from '@nestjs/common';
import { ExpertiseModule } from './expertise/expertise.module.js';
import { GiftsModule } from './gifts/gifts.module.js';
import { GoalsModule } from './goals/goals.module.js';
import { NoticesModule } from './notices/notices.module.js';
import { OrganisationsModule } from './organisations/organisations.module.js';

@Module({ imports: [ExpertiseModule, GiftsModule, GoalsModule, NoticesModule, OrganisationsModule] })
export class ComplianceModule {}
