{{- define "aiqyn.labels" -}}
app.kubernetes.io/name: {{ .service }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/part-of: aiqyn
app.kubernetes.io/version: {{ .root.Values.image.tag | default .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{- define "aiqyn.selector" -}}
app.kubernetes.io/name: {{ .service }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "aiqyn.name" -}}
{{ printf "%s-%s" .root.Release.Name .service | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "aiqyn.image" -}}
{{ .root.Values.image.prefix }}{{ .service }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{- define "aiqyn.brokers" -}}
{{- if .Values.kafka.operator.enabled -}}
{{ .Release.Name }}-kafka-bootstrap:9093
{{- else -}}
{{ required "kafka.brokers: host:port, separated by commas" .Values.kafka.brokers }}
{{- end -}}
{{- end }}

{{/* Secret that holds the authority of the brokers; empty for the system's. */}}
{{- define "aiqyn.caSecret" -}}
{{- if .Values.kafka.operator.enabled -}}{{ .Release.Name }}-cluster-ca-cert{{- else -}}{{ .Values.kafka.tls.caSecret.name }}{{- end -}}
{{- end }}

{{- define "aiqyn.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "aiqyn.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{/* How the brokers are reached, but for the password. */}}
{{- define "aiqyn.kafkaEnv" -}}
- { name: KAFKA_BROKERS, value: {{ include "aiqyn.brokers" .root | quote }} }
- { name: KAFKA_TLS, value: {{ ternary "on" "off" (or .root.Values.kafka.operator.enabled .root.Values.kafka.tls.enabled) | quote }} }
{{- if include "aiqyn.caSecret" .root }}
- { name: KAFKA_CA_FILE, value: /etc/aiqyn/kafka-ca/ca.crt }
{{- end }}
{{- if .user }}
- { name: KAFKA_USERNAME, value: {{ .user | quote }} }
{{- end }}
{{- end }}

{{/* The same for who makes topics, rights and backups. */}}
{{- define "aiqyn.kafkaAdminEnv" -}}
{{- $admin := .Values.kafka.admin -}}
{{ include "aiqyn.kafkaEnv" (dict "root" . "user" (required "kafka.admin.username: a super user of the broker" $admin.username)) }}
- name: KAFKA_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ $admin.passwordSecret.name }}, key: {{ $admin.passwordSecret.key }} } }
{{- end }}

{{- define "aiqyn.volumes" -}}
- { name: tmp, emptyDir: { sizeLimit: 1Gi } }
{{- with include "aiqyn.caSecret" . }}
- name: kafka-ca
  secret:
    secretName: {{ . }}
    items: [{ key: {{ if $.Values.kafka.operator.enabled }}ca.crt{{ else }}{{ $.Values.kafka.tls.caSecret.key }}{{ end }}, path: ca.crt }]
{{- end }}
{{- end }}

{{- define "aiqyn.mounts" -}}
- { name: tmp, mountPath: /tmp }
{{- if include "aiqyn.caSecret" . }}
- { name: kafka-ca, mountPath: /etc/aiqyn/kafka-ca, readOnly: true }
{{- end }}
{{- end }}

{{/* Settings of a service: the plain ones, then references to secrets. */}}
{{- define "aiqyn.env" -}}
{{- $root := .root -}}
{{- $service := .service -}}
{{- with .root.Values -}}
- { name: NODE_ENV, value: production }
- { name: PORT, value: {{ .defaults.port | quote }} }
- { name: LOG_LEVEL, value: {{ .defaults.logLevel }} }
- { name: MONGODB_DB, value: aiqyn_{{ $service | replace "-" "_" }} }
- { name: OIDC_ISSUER, value: {{ required "identity.issuer: the https address of the issuer" .identity.issuer | quote }} }
- { name: OIDC_AUDIENCE, value: {{ .identity.audience | quote }} }
{{- with .identity.jwksUri }}
- { name: OIDC_JWKS_URI, value: {{ . | quote }} }
{{- end }}
{{- end }}
{{ include "aiqyn.kafkaEnv" (dict "root" $root "user" (ternary $service "" (or $root.Values.kafka.scram $root.Values.kafka.operator.enabled))) }}
{{- range $name, $value := .settings.env }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- range $name, $from := .settings.secrets }}
{{- if and (eq $name "KAFKA_PASSWORD") $root.Values.kafka.operator.enabled }}
- { name: KAFKA_PASSWORD, valueFrom: { secretKeyRef: { name: {{ $service }}, key: password } } }
{{- else if or (ne $name "KAFKA_PASSWORD") $root.Values.kafka.scram }}
- { name: {{ $name }}, valueFrom: { secretKeyRef: { name: {{ $from.name }}, key: {{ $from.key }} } } }
{{- end }}
{{- end }}
{{- end }}
