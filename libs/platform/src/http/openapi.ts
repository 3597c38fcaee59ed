import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';

/** Serves OpenAPI 3.1 at `/openapi.json` and a page at `/docs`; the bodies' schemas come from the same DTO classes that check them. */
export function serveOpenApi(app: NestFastifyApplication, service: string, dtos: readonly Type[]): void {
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle(`Aiqyn ${service}`)
      .setVersion('1')
      .setOpenAPIVersion('3.1.0')
      .addBearerAuth()
      .build(),
  );
  document.components ??= {};
  document.components.schemas ??= {};
  for (const dto of dtos) {
    document.components.schemas[dto.name] = {
      ...targetConstructorToSchema(dto, { classValidatorMetadataStorage: getMetadataStorage() }),
      additionalProperties: false,
    } as never;
  }
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json', yamlDocumentUrl: 'openapi.yaml' });
}
