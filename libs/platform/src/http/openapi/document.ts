import type { Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { COMPONENTS } from './answers.js';
import { describe, type Operation } from './operations.js';
import { SchemasOf } from './schemas.js';

type Paths = Record<string, Record<string, Operation>>;

/**
 * Serves OpenAPI 3.1 at `/openapi.json` and a page at `/docs`. What it says of bodies, queries, headers, tokens and refusals is read
 * off the decorators that check them, never written a second time.
 */
export function serveOpenApi(app: NestFastifyApplication, service: string, dtos: readonly Type[]): void {
  const document = openApiOf(app, service, dtos);
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json', yamlDocumentUrl: 'openapi.yaml' });
}

/** Addresses and schemas stand in the order of their names, so that two documents differ only where the code does. */
export function openApiOf(app: NestFastifyApplication, service: string, dtos: readonly Type[]): OpenAPIObject {
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle(`Aiqyn ${service}`)
      .setVersion('1')
      .setOpenAPIVersion('3.1.0')
      .addBearerAuth()
      .build(),
    { operationIdFactory: (controller, method) => `${controller}.${method}` },
  );
  const schemas = new SchemasOf();
  dtos.forEach((dto) => schemas.refTo(dto));
  const controllers = new Map(
    [...app.get(ModulesContainer).values()].flatMap((m) =>
      [...m.controllers.values()].map(({ metatype }) => [metatype!.name, metatype as Type] as const),
    ),
  );
  const paths = document.paths as unknown as Paths;
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      // Nest numbers the operations of a handler with several addresses: `Pages.read[1]`.
      const [name = '', handler = ''] = operation.operationId.replace(/\[\d+\]$/, '').split('.');
      const controller = controllers.get(name);
      if (controller) describe(operation, { method, path, controller, handler }, schemas);
    }
  }
  document.components = {
    ...document.components,
    ...COMPONENTS,
    schemas: byName({ ...schemas.all, ...schemas.ofAnswers.all, ...COMPONENTS.schemas }),
  };
  document.paths = byName(document.paths);
  return document;
}

const byName = <T>(all: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
