import { runTool } from '@aiqyn/platform/cli';
import { attach } from './attach.js';
import { follow, submit } from './citizen.js';
import { form } from './form.js';
import { handOver, openHandovers } from './handover.js';
import { channelKeys } from './keys.js';
import { openCase, reply } from './office.js';
import { openFile } from './open-file.js';
import { reward } from './reward.js';
import { verifyReceipt } from './verify-receipt.command.js';

/** A new sub-command is a file of its own and a line here. */
await runTool('npm run -s reporting --', {
  ...{ submit, form, follow, attach, 'channel-keys': channelKeys, 'open-case': openCase, 'open-file': openFile },
  ...{ reply, 'hand-over': handOver, 'open-handovers': openHandovers, reward, 'verify-receipt': verifyReceipt },
});
