import { Controller, Get, Inject } from '@nestjs/common';
import { CONFIG, Public } from '@aiqyn/platform';
import { signingKey } from '../build-report/signing-key.js';
import type { ReportCompilationConfig } from '../../config.js';

/** The public key that manifests are signed with, as a JWK set: whoever verifies a package asks here, or elsewhere, once. */
@Controller('v1/signing-keys')
export class SigningKeysController {
  constructor(@Inject(CONFIG) private readonly config: ReportCompilationConfig) {}

  @Get()
  @Public()
  keys(): object {
    const { kid, x } = signingKey(this.config.REPORT_SIGNING_KEY);
    return { keys: [{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid, x }] };
  }
}
