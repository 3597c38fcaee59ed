# Images of Aiqyn. From the root of the repository:
#   docker build -f deploy/docker/service.Dockerfile --build-arg SERVICE=reporting --target service -t aiqyn/reporting .
#   docker build -f deploy/docker/service.Dockerfile --target tools -t aiqyn/tools .
# No feature of BuildKit, so that each builder takes it.
ARG NODE_IMAGE=node:24-bookworm-slim

# What is copied before the sources: `npm ci` runs again only when a dependency changed.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json package-lock.json ./
COPY libs/contracts/package.json libs/contracts/
COPY libs/platform/package.json libs/platform/
COPY libs/client/package.json libs/client/
COPY services/reporting/package.json services/reporting/
COPY services/risk-analysis/package.json services/risk-analysis/
COPY services/compliance/package.json services/compliance/
COPY services/report-compilation/package.json services/report-compilation/
COPY deploy/local/package.json deploy/local/
COPY deploy/compose/package.json deploy/compose/
COPY deploy/backup/package.json deploy/backup/
COPY test/package.json test/

FROM manifests AS workspace
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run -s build

# Everything that an operator runs beside the services: secrets of an installation, topics and rights, backup, the demo year.
FROM workspace AS tools
ENV NODE_ENV=development
ENTRYPOINT ["node", "--disable-warning=TimeoutNegativeWarning"]

FROM manifests AS production
ARG SERVICE
RUN npm ci --ignore-scripts --omit=dev --workspace services/${SERVICE} --no-audit --no-fund \
 && npm sbom --package-lock-only --omit dev --workspace services/${SERVICE} --sbom-format cyclonedx > sbom.json \
 && find node_modules \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete \
 && mkdir -p services/${SERVICE}/node_modules libs/contracts/node_modules

FROM ${NODE_IMAGE} AS service
ARG SERVICE
ARG REVISION=unknown
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="aiqyn-${SERVICE}" \
      org.opencontainers.image.description="Event-driven platform for national anti-corruption agencies: ${SERVICE}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production PORT=3000 NODE_OPTIONS=--disable-warning=TimeoutNegativeWarning
WORKDIR /app
COPY --from=production /app/package.json /app/sbom.json ./
COPY --from=production /app/node_modules node_modules
COPY --from=production /app/libs/contracts/node_modules libs/contracts/node_modules
COPY --from=production /app/services/${SERVICE}/node_modules services/${SERVICE}/node_modules
COPY --from=workspace /app/libs/contracts/package.json libs/contracts/
COPY --from=workspace /app/libs/contracts/dist libs/contracts/dist
COPY --from=workspace /app/libs/contracts/data libs/contracts/data
COPY --from=workspace /app/libs/contracts/schemas libs/contracts/schemas
COPY --from=workspace /app/libs/platform/package.json libs/platform/
COPY --from=workspace /app/libs/platform/dist libs/platform/dist
COPY --from=workspace /app/services/${SERVICE}/package.json services/${SERVICE}/
COPY --from=workspace /app/services/${SERVICE}/dist services/${SERVICE}/dist
COPY --from=workspace /app/services/${SERVICE}/data services/${SERVICE}/data
WORKDIR /app/services/${SERVICE}
RUN install -d -o 10001 -g 10001 /app/compiled
# A number, so that a cluster can see that it is not root.
USER 10001:10001
# What V8 makes of the modules, by the user that will read it: a root that is read-only cannot keep it later.
ENV NODE_COMPILE_CACHE=/app/compiled
RUN node dist/main.js --openapi > /dev/null
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node is process 1 and ends in order on SIGTERM: no shell and no init between.
ENTRYPOINT ["node", "dist/main.js"]
