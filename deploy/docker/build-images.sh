#!/usr/bin/env bash
# Builds the images of the four services and of the tools: build-images.sh [VERSION] [docker build options …]
set -euo pipefail
cd "$(dirname "$0")/../.."
VERSION=${1:-latest}; shift || true
REVISION=$(git rev-parse HEAD 2>/dev/null || echo unknown)
build() { docker build -q -f deploy/docker/service.Dockerfile "$@" . >/dev/null; }
for service in reporting risk-analysis compliance report-compilation; do
  build "${@}" --target service --build-arg "SERVICE=$service" --build-arg "VERSION=$VERSION" --build-arg "REVISION=$REVISION" -t "aiqyn/$service:$VERSION"
  docker image inspect -f "aiqyn/$service:$VERSION {{.Size}}" "aiqyn/$service:$VERSION" | awk '{printf "%-36s %4.0f MB\n", $1, $2/1e6}'
done
build "${@}" --target tools -t "aiqyn/tools:$VERSION"
echo "aiqyn/tools:$VERSION"
