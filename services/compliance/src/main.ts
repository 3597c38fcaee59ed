import { runService } from '@aiqyn/platform';
import { compliance } from './service.js';

await runService(compliance);
