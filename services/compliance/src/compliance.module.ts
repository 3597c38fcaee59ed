import { Module } from '@nestjs/common';
import { GiftsModule } from './gifts/gifts.module.js';
import { GoalsModule } from './goals/goals.module.js';

@Module({ imports: [GiftsModule, GoalsModule] })
export class ComplianceModule {}
