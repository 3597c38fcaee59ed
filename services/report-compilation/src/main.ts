import { runService } from '@aiqyn/platform';
import { reportCompilation } from './service.js';

await runService(reportCompilation);
