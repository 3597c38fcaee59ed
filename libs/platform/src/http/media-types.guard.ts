import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { TAKES } from './openapi/sends.js';
import { Problem } from './problem.js';

/** What a page of another origin may send without asking first, and our servers could read; JSON is not among them. */
const WITHOUT_ASKING = new Set(['text/plain', 'application/x-www-form-urlencoded']);

/** Takes a form or a text only where the route says so (`@Takes`): what is meant as JSON must come as JSON. */
@Injectable()
export class MediaTypesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const { headers, method } = context.switchToHttp().getRequest<FastifyRequest>();
    // What asks changes nothing, and its body is not looked at.
    if (method === 'GET' || method === 'HEAD') return true;
    const type = (headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
    if (!WITHOUT_ASKING.has(type)) return true;
    const taken = this.reflector.get<Readonly<Record<string, object>> | undefined>(TAKES, context.getHandler());
    if (taken && type in taken) return true;
    throw new Problem(415, 'unsupported_media_type', 'send application/json');
  }
}
