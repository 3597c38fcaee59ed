import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type JWTVerifyResult, jwtVerify } from 'jose';
import type { PlatformConfig } from '../config.js';
import type { Logger } from '../observe/logger.js';
import { tellRequest } from '../observe/trace.js';
import { CONFIG, LOGGER } from '../tokens.js';
import { may, type Permission, type Subject } from './access.rules.js';
import { IssuerKeys } from './issuer-keys.js';
import { Problem } from './problem.js';

export const PUBLIC = 'aiqyn:public';
const CAN = 'aiqyn:can';

/** Opens a route to everybody; every other route needs a token and `@Can`. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true);

/** The permission that a route needs. */
export const Can = (permission: Permission): MethodDecorator => SetMetadata(CAN, permission);

export interface AuthenticatedRequest extends FastifyRequest {
  subject?: Subject;
  permission?: Permission;
}

/**
 * Whether a token that says what it is was made for asking an API: an ID token or a logout token of the same issuer may carry our
 * audience. RFC 9068 says it in the header, Keycloak in a claim; issuers that say nothing are taken at their audience.
 */
const isForAccess = (header: string | undefined, claim: unknown): boolean =>
  [undefined, 'jwt', 'at+jwt', 'application/at+jwt'].includes(header?.toLowerCase()) &&
  (claim === undefined || claim === 'Bearer');

/** Checks the bearer token against the issuer's keys (RS256, ES256 or EdDSA only) and the policy; default deny. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly keys: IssuerKeys;

  constructor(
    @Inject(CONFIG) private readonly config: PlatformConfig,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly reflector: Reflector,
  ) {
    this.keys = new IssuerKeys(config);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Events come from our own topics; a guard for requests would reject them for ever.
    if (context.getType() !== 'http') return true;
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets)) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const subject = await this.authenticate(request, context.switchToHttp().getResponse<FastifyReply>());
    const permission = this.reflector.get<Permission | undefined>(CAN, context.getHandler());
    if (!permission || !may(subject, permission)) {
      this.logger.warn({ subject: subject.id, permission, route: request.routeOptions.url }, 'not permitted');
      throw new Problem(403, 'forbidden', `this needs the permission ${permission ?? 'of nobody'}`);
    }
    Object.assign(request, { subject, permission });
    tellRequest();
    return true;
  }

  private async authenticate(request: FastifyRequest, reply: FastifyReply): Promise<Subject> {
    const refuse = (reason: string): never => {
      void reply.header('www-authenticate', 'Bearer');
      // Never the token, nor whom it names: nobody vouches for that. A citizen sends none, so that no line tells of one.
      if (request.headers.authorization !== undefined)
        this.logger.warn({ reason, route: request.routeOptions.url }, 'token refused');
      // One answer for missing, expired, forged and foreign tokens.
      throw new Problem(401, 'unauthenticated', 'a valid bearer token of the issuer is needed');
    };
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (!token) return refuse('no_bearer_token');
    const { payload, protectedHeader } = await this.verify(token).catch((error: unknown) => {
      const code = (error as { code?: string }).code ?? '';
      // A token that is wrong is the caller's; an issuer that does not answer is ours.
      if (code.startsWith('ERR_J') && code !== 'ERR_JWKS_TIMEOUT') return refuse(code);
      throw new Problem(503, 'issuer_unavailable', 'the identity issuer does not answer');
    });
    if (!isForAccess(protectedHeader.typ, payload['typ'])) return refuse('not_for_access');
    if (!payload.sub) return refuse('no_subject');
    const texts = (claim: unknown): string[] =>
      Array.isArray(claim) ? claim.filter((one) => typeof one === 'string') : [];
    return {
      id: payload.sub,
      roles: texts(payload['roles']),
      ...(payload['regions'] === undefined ? {} : { regions: texts(payload['regions']) }),
      ...(typeof payload['department'] === 'string' ? { department: payload['department'] } : {}),
    };
  }

  private verify(token: string): Promise<JWTVerifyResult> {
    const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = this.config;
    return jwtVerify(token, this.keys.find, { issuer, audience, algorithms: ['RS256', 'ES256', 'EdDSA'] });
  }
}
