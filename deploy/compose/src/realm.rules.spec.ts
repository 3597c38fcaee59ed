import { describe, expect, it } from '@jest/globals';
import { CLIENTS } from '@aiqyn/local';
import { realmOf } from './realm.rules.js';

interface Realm {
  readonly roles: { readonly realm: readonly { readonly name: string }[] };
  readonly clients: readonly {
    readonly clientId: string;
    readonly secret: string;
    readonly standardFlowEnabled: boolean;
    readonly directAccessGrantsEnabled: boolean;
  }[];
  readonly users: readonly {
    readonly serviceAccountClientId: string;
    readonly realmRoles: readonly string[];
    readonly attributes: { readonly department: readonly string[] };
  }[];
}

const realm = realmOf(CLIENTS, (client) => `secret of ${client}`) as unknown as Realm;

describe('the realm of an installation', () => {
  it.each(CLIENTS)('gives $id its roles and its department, and a secret of its own', ({ id, roles, department }) => {
    const account = realm.users.find((user) => user.serviceAccountClientId === id)!;
    expect(account.realmRoles).toEqual(roles);
    expect(account.attributes.department).toEqual([department]);
    expect(realm.clients.find(({ clientId }) => clientId === id)!.secret).toBe(`secret of ${id}`);
  });

  it('declares each role that an account has', () => {
    const declared = new Set(realm.roles.realm.map(({ name }) => name));
    expect(realm.users.flatMap(({ realmRoles }) => realmRoles).filter((role) => !declared.has(role))).toEqual([]);
  });

  it('lets nobody log in as a department with a password or in a browser', () => {
    const open = realm.clients.filter((client) => client.standardFlowEnabled || client.directAccessGrantsEnabled);
    expect(open).toEqual([]);
  });
});
