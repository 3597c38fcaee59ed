import { runService } from '@aiqyn/platform';
import { reporting } from './service.js';

await runService(reporting);
