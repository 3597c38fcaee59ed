import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import mongoose from 'mongoose';
import { Clock } from './clock.js';
import type { PlatformConfig } from './config.js';
import { AuthGuard } from './http/auth.guard.js';
import { Commands } from './http/commands.js';
import { Health, HealthController } from './http/health.controller.js';
import { MediaTypesGuard } from './http/media-types.guard.js';
import { ProblemFilter } from './http/problem.js';
import { Parked } from './inbox/parked.js';
import { ParkedController } from './inbox/parked.controller.js';
import { GroupCommit } from './mongo/group-commit.js';
import { Transactions } from './mongo/transactions.js';
import type { Logger } from './observe/logger.js';
import { Metrics } from './observe/metrics.js';
import { Timers } from './timers/timers.js';
import { CONFIG, LOGGER, SERVICE } from './tokens.js';

// Silent loss is the default of mongoose: unknown filter keys are dropped, operators pass.
mongoose.set('strictQuery', 'throw');
mongoose.set('sanitizeFilter', true);

/** Everything cross-cutting, global: a service's modules only name what they use. */
@Global()
@Module({})
export class PlatformModule {
  static for(service: string, config: Readonly<PlatformConfig>, logger: Logger): DynamicModule {
    const grouped = {
      provide: GroupCommit,
      inject: [Transactions, Metrics],
      useFactory: (transactions: Transactions, metrics: Metrics) => {
        const commands = new GroupCommit(transactions);
        metrics.watchQueue(() => commands.queued);
        return commands;
      },
    };
    const providers = [Metrics, Transactions, grouped, Commands, Parked, Timers, Health];
    return {
      module: PlatformModule,
      imports: [
        MongooseModule.forRoot(config.MONGODB_URI, {
          dbName: config.MONGODB_DB ?? `aiqyn_${service.replaceAll('-', '_')}`,
          autoIndex: false,
          autoCreate: false,
          serverSelectionTimeoutMS: 10_000,
          socketTimeoutMS: config.MONGODB_TIMEOUT_MS,
          maxPoolSize: 50,
        }),
      ],
      controllers: [HealthController, ParkedController],
      providers: [
        ...providers,
        { provide: CONFIG, useValue: config },
        { provide: SERVICE, useValue: service },
        { provide: LOGGER, useValue: logger },
        { provide: Clock, useValue: new Clock(config.DEMO_CLOCK_FILE) },
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_GUARD, useClass: MediaTypesGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [...providers, CONFIG, SERVICE, LOGGER, Clock],
    };
  }
}
