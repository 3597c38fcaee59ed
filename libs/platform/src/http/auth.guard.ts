import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jwtVerify } from 'jose';
import type { PlatformConfig } from '../config.js';
import { tellRequest } from '../observe/trace.js';
import { CONFIG } from '../tokens.js';
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

/** Checks the bearer token against the issuer's keys (RS256, ES256 or EdDSA only) and the policy; default deny. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly keys: IssuerKeys;

  constructor(
    @Inject(CONFIG) private readonly config: PlatformConfig,
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
      throw new Problem(403, 'forbidden', `this needs the permission ${permission ?? 'of nobody'}`);
    }
    Object.assign(request, { subject, permission });
    tellRequest();
    return true;
  }

  private async authenticate(request: FastifyRequest, reply: FastifyReply): Promise<Subject> {
    const refuse = (): never => {
      void reply.header('www-authenticate', 'Bearer');
      // One answer for missing, expired, forged and foreign tokens.
      throw new Problem(401, 'unauthenticated', 'a valid bearer token of the issuer is needed');
    };
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (!token) return refuse();
    try {
      const { payload } = await jwtVerify(token, this.keys.find, {
        issuer: this.config.OIDC_ISSUER,
        audience: this.config.OIDC_AUDIENCE,
        algorithms: ['RS256', 'ES256', 'EdDSA'],
      });
      const texts = (claim: unknown): string[] =>
        Array.isArray(claim) ? claim.filter((one) => typeof one === 'string') : [];
      if (!payload.sub) return refuse();
      return {
        id: payload.sub,
        roles: texts(payload['roles']),
        ...(payload['regions'] === undefined ? {} : { regions: texts(payload['regions']) }),
        ...(typeof payload['department'] === 'string' ? { department: payload['department'] } : {}),
      };
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      // A token that is wrong is the caller's; an issuer that does not answer is ours.
      if (code.startsWith('ERR_J') && code !== 'ERR_JWKS_TIMEOUT') return refuse();
      throw new Problem(503, 'issuer_unavailable', 'the identity issuer does not answer');
    }
  }
}
