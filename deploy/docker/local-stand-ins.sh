#!/usr/bin/env bash
# Makes what compose.yaml needs beside the services on a machine that reaches no image registry, under the public names, for tests
# here, never to be pushed: keycloak/keycloak:26.4.7 out of Maven's and Debian's packages; and apache/kafka:4.3.0, where it is a
# stand-in itself, starts again on a folder that it formatted, as the public one does. Needs docker, mvn, debian:bookworm-slim.
set -euo pipefail
VERSION=${1:-26.4.7}
TAG=keycloak/keycloak:$VERSION
if docker run --rm --entrypoint grep apache/kafka:4.3.0 -q '^set -e$' /etc/kafka/docker/run; then
  printf 'FROM apache/kafka:4.3.0\nUSER root\nRUN sed -i "/^set -e$/d" /etc/kafka/docker/run\nUSER appuser\n' |
    DOCKER_BUILDKIT=0 docker build -q -t apache/kafka:4.3.0 - >/dev/null
  echo 'mended apache/kafka:4.3.0'
fi
if docker image inspect "$TAG" >/dev/null 2>&1; then echo "$TAG is there"; exit 0; fi
context=$(mktemp -d); trap 'rm -rf "$context"' EXIT
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  "-Dartifact=org.keycloak:keycloak-quarkus-dist:$VERSION:zip" "-DoutputDirectory=$context"
python3 -m zipfile -e "$context/keycloak-quarkus-dist-$VERSION.zip" "$context"
rm "$context"/*.zip; mv "$context/keycloak-$VERSION" "$context/keycloak"; chmod 755 "$context"/keycloak/bin/*.sh
cat >"$context/Dockerfile" <<'D'
FROM debian:bookworm-slim
RUN mkdir -p /usr/share/man/man1 && apt-get update && apt-get install -y openjdk-17-jre-headless && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 1000 --gid 0 --home-dir /opt/keycloak keycloak
COPY --chown=1000:0 keycloak /opt/keycloak
USER 1000
RUN /opt/keycloak/bin/kc.sh build --health-enabled=true && mkdir -p /opt/keycloak/data/h2 /opt/keycloak/data/import
EXPOSE 8080
ENTRYPOINT ["/opt/keycloak/bin/kc.sh"]
D
DOCKER_BUILDKIT=0 docker build --network host -q -t "$TAG" "$context"
echo "made $TAG"
