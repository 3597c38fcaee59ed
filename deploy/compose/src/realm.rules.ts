import type { Client } from '@aiqyn/local';

/** The claims that services read (libs/platform/src/http/auth.guard.ts), as one scope that each client has. */
const SCOPE = {
  name: 'aiqyn',
  protocol: 'openid-connect',
  attributes: { 'include.in.token.scope': 'false' },
  protocolMappers: [
    mapper('roles', 'oidc-usermodel-realm-role-mapper', { 'claim.name': 'roles', multivalued: 'true' }),
    mapper('department', 'oidc-usermodel-attribute-mapper', {
      'user.attribute': 'department',
      'claim.name': 'department',
    }),
    mapper('regions', 'oidc-usermodel-attribute-mapper', {
      'user.attribute': 'regions',
      'claim.name': 'regions',
      multivalued: 'true',
    }),
    mapper('audience', 'oidc-audience-mapper', { 'included.custom.audience': 'aiqyn' }),
  ],
};

function mapper(name: string, protocolMapper: string, config: Record<string, string>): object {
  return {
    ...{ name, protocolMapper, protocol: 'openid-connect' },
    config: { 'access.token.claim': 'true', 'jsonType.label': 'String', ...config },
  };
}

/** Attributes of persons are set by the administrators of the realm; nobody gives himself a department. */
const PROFILE = {
  attributes: [{ name: 'username' }, { name: 'email' }, { name: 'firstName' }, { name: 'lastName' }],
  unmanagedAttributePolicy: 'ADMIN_EDIT',
};

/**
 * A realm of Keycloak (26): every role of the platform, and one client per department and role with a service account.
 * Persons are added by the administrators, with the same roles and a `department`.
 */
export function realmOf(clients: readonly Client[], secretOf: (client: string) => string): Record<string, unknown> {
  return {
    realm: 'aiqyn',
    enabled: true,
    // Tokens of offices are short-lived: a withdrawn right is gone after ten minutes.
    accessTokenLifespan: 600,
    bruteForceProtected: true,
    roles: { realm: [...new Set(clients.flatMap(({ roles }) => roles))].sort().map((name) => ({ name })) },
    clientScopes: [SCOPE],
    defaultDefaultClientScopes: [SCOPE.name],
    components: {
      'org.keycloak.userprofile.UserProfileProvider': [
        { providerId: 'declarative-user-profile', config: { 'kc.user.profile.config': [JSON.stringify(PROFILE)] } },
      ],
    },
    clients: clients.map(({ id, does }) => ({
      clientId: id,
      description: does,
      secret: secretOf(id),
      serviceAccountsEnabled: true,
      standardFlowEnabled: false,
      directAccessGrantsEnabled: false,
      publicClient: false,
      defaultClientScopes: ['basic', SCOPE.name],
    })),
    users: clients.map(({ id, roles, department }) => ({
      username: `service-account-${id}`,
      enabled: true,
      serviceAccountClientId: id,
      realmRoles: roles,
      attributes: { department: [department] },
    })),
  };
}
