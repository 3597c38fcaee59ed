import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import type { PlatformConfig } from '../config.js';

/** Milliseconds for the discovery document. */
const PATIENCE = 5_000;
/** Milliseconds between two looks for a key that is not known: whoever makes up keys must not make us flood the issuer. */
const COOLDOWN = 5_000;

/**
 * The issuer's public keys, fetched when the first token comes and again for a key that is not known yet, so that the
 * issuer can change its keys while services run. Where they lie is a setting, or stands in the discovery document (OpenID
 * Connect Discovery 1.0, section 4), which is read once; an issuer that did not answer is asked again by the next token.
 */
export class IssuerKeys {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly config: Pick<PlatformConfig, 'OIDC_ISSUER' | 'OIDC_JWKS_URI'>) {}

  readonly find: JWTVerifyGetKey = async (header, token) => {
    this.keys ??= this.locate();
    try {
      return await (
        await this.keys
      )(header, token);
    } catch (error) {
      if (error instanceof IssuerSilent) this.keys = undefined;
      throw error;
    }
  };

  private async locate(): Promise<JWTVerifyGetKey> {
    const address = new URL(this.config.OIDC_JWKS_URI ?? (await this.discovered()));
    return createRemoteJWKSet(address, { cooldownDuration: COOLDOWN });
  }

  private async discovered(): Promise<string> {
    const { OIDC_ISSUER } = this.config;
    try {
      const address = `${OIDC_ISSUER}/.well-known/openid-configuration`;
      const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
      const { issuer, jwks_uri: keys } = (await answer.json()) as { issuer?: string; jwks_uri?: string };
      if (issuer !== OIDC_ISSUER || !keys) throw new Error(`${address} is not the document of this issuer`);
      return keys;
    } catch (error) {
      throw new IssuerSilent('the issuer does not say where its keys lie', { cause: error });
    }
  }
}

/** The issuer did not say where its keys are; whoever asks next tries again. */
class IssuerSilent extends Error {}
