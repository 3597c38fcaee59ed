import { runService } from '@aiqyn/platform';
import { riskAnalysis } from './service.js';

await runService(riskAnalysis);
