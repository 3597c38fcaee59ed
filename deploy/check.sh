#!/usr/bin/env bash
# Checks what an operator applies: the chart with each set of values (helm lint, template, kubernetes-validate --strict), the
# alerts and their tests (promtool). Fetches what is missing once into .aiqyn/cache/tools: helm by Go, kubernetes-validate by pip, promtool out
# of Debian's package. Nothing is installed on the machine.
set -euo pipefail
cd "$(dirname "$0")"
KUBERNETES=1.34
HELM_VERSION=v3.22.0
VALIDATE_VERSION=1.37.0
cache=$PWD/../.aiqyn/cache/tools
mkdir -p "$cache"
say() { printf '%s\n' "$*"; }
need() { command -v "$1" >/dev/null || { say "check: $1 is needed to fetch $2, or have $2 on PATH"; exit 2; }; }

helm=$(command -v helm || true)
if [ -z "$helm" ]; then
  helm=$cache/helm
  if [ ! -x "$helm" ]; then need go helm; say "fetching helm $HELM_VERSION (two minutes, once)"; GOBIN=$cache go install "helm.sh/helm/v3/cmd/helm@$HELM_VERSION" 2>"$cache/helm.log" || { tail -n 5 "$cache/helm.log"; exit 1; }; fi
fi
promtool=$(command -v promtool || true)
if [ -z "$promtool" ]; then
  promtool=$cache/prometheus/usr/bin/promtool
  if [ ! -x "$promtool" ]; then
    need apt-get promtool; say 'fetching promtool'
    (cd "$cache" && { apt-get download -qq prometheus 2>/dev/null || { apt-get update -qq && apt-get download -qq prometheus; }; } && dpkg -x prometheus_*.deb prometheus && rm prometheus_*.deb)
  fi
fi
validate=$cache/python/bin/kubernetes-validate
if [ ! -x "$validate" ]; then need python3 kubernetes-validate; say 'fetching kubernetes-validate'; python3 -m venv "$cache/python"; "$cache/python/bin/pip" install -q "kubernetes-validate==$VALIDATE_VERSION"; fi

rendering=$(mktemp -d); trap 'rm -rf "$rendering"' EXIT
for values in helm/values/*.yaml; do
  name=$(basename "$values" .yaml)
  "$helm" lint --quiet --strict --kube-version "$KUBERNETES" helm/aiqyn -f "$values"
  "$helm" template aiqyn helm/aiqyn --kube-version "$KUBERNETES" -f "$values" >"$rendering/$name.yaml"
  # Custom resources have no schema here: a real API server with their definitions is asked by helm/server-dry-run.sh.
  "$validate" --strict -k "$KUBERNETES" --quiet "$rendering/$name.yaml" 2>&1 | grep -v "Couldn't find schema for kind \(Kafka\|KafkaNodePool\|KafkaTopic\|KafkaUser\|ScaledObject\|TriggerAuthentication\|PodMonitor\) " >"$rendering/faults" || true
  if [ -s "$rendering/faults" ]; then cat "$rendering/faults"; exit 1; fi
  say "helm $name: $(grep -c '^kind:' "$rendering/$name.yaml") objects, clean"
done
# A secret as a value, and a check that takes everything, would prove nothing.
if "$helm" template aiqyn helm/aiqyn --kube-version "$KUBERNETES" -f helm/values/one-node.yaml --set services.reporting.env.RECEIPT_PEPPER=x >/dev/null 2>&1; then say 'a secret as a value was taken'; exit 1; fi
sed 's/terminationGracePeriodSeconds/terminationGraceSeconds/' "$rendering/one-node.yaml" >"$rendering/wrong.yaml"
if "$validate" --strict -k "$KUBERNETES" --quiet "$rendering/wrong.yaml" >/dev/null 2>&1; then say 'a field that is none was taken'; exit 1; fi
"$promtool" check rules observe/alerts.yaml | tail -n 2
(cd observe && "$promtool" test rules alerts.test.yaml)
say 'what an operator applies is clean'
