#!/usr/bin/env bash
# Asks a real API server whether it would take each rendering of the chart: server-dry-run.sh FOLDER_OF_CRDS
# Beyond CI, by hand, since building one takes eight minutes. Needs helm, kubectl, etcd and kube-apiserver on PATH (or in
# HELM, KUBECTL, ETCD, KUBE_APISERVER); starts the last two in a folder of their own and ends them.
set -euo pipefail
cd "$(dirname "$0")"
crds=$(realpath "${1:?folder with the CRDs of Strimzi, KEDA and the Prometheus operator}")
state=$(mktemp -d); pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait || true; rm -rf "$state"' EXIT
openssl genrsa -out "$state/sa.key" 2048 2>/dev/null
echo 'dry-run,admin,admin,system:masters' >"$state/tokens.csv"
"${ETCD:-etcd}" --data-dir "$state/etcd" --listen-client-urls http://127.0.0.1:22379 --advertise-client-urls http://127.0.0.1:22379 \
  --listen-peer-urls http://127.0.0.1:22380 >"$state/etcd.log" 2>&1 & pids+=($!)
"${KUBE_APISERVER:-kube-apiserver}" --etcd-servers http://127.0.0.1:22379 --secure-port 26443 --cert-dir "$state/certs" \
  --service-account-issuer https://localhost --service-account-key-file "$state/sa.key" --service-account-signing-key-file "$state/sa.key" \
  --service-cluster-ip-range 10.96.0.0/16 --token-auth-file "$state/tokens.csv" --authorization-mode AlwaysAllow \
  --disable-admission-plugins ServiceAccount >"$state/apiserver.log" 2>&1 & pids+=($!)
kubectl() { command "${KUBECTL:-kubectl}" --server https://127.0.0.1:26443 --insecure-skip-tls-verify --token dry-run "$@"; }
for _ in $(seq 60); do kubectl get --raw /readyz >/dev/null 2>&1 && break; sleep 0.5; done
kubectl get --raw /readyz >/dev/null || { tail -n 5 "$state/apiserver.log"; exit 1; }
kubectl create namespace default >/dev/null 2>&1 || true
kubectl apply --server-side -f "$crds" >/dev/null
kubectl wait --for condition=established --timeout 30s crd --all >/dev/null
for values in values/*.yaml; do
  "${HELM:-helm}" template aiqyn aiqyn --kube-version "${KUBE_VERSION:-1.34}" -f "$values" >"$state/rendering.yaml"
  echo "$values: $(kubectl apply --dry-run=server -f "$state/rendering.yaml" | grep -c 'server dry run') objects taken"
done
# A server that takes everything would prove nothing.
sed 's/terminationGracePeriodSeconds/terminationGraceSeconds/' "$state/rendering.yaml" >"$state/wrong.yaml"
if kubectl apply --dry-run=server --validate=strict -f "$state/wrong.yaml" >"$state/refused" 2>&1; then echo 'a field that is none was taken'; exit 1; fi
echo "a field that is none is refused: $(grep -o 'unknown field "[^"]*"' "$state/refused" | head -n 1)"
