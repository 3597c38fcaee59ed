import { describe, expect, it } from '@jest/globals';
import { may, type Permission, PERMISSIONS } from './access.rules.js';

const permissions = Object.keys(PERMISSIONS) as Permission[];
const roles = [...new Set(Object.values(PERMISSIONS).flat())];
const cells = permissions.flatMap((permission) => roles.map((role) => [role, permission] as const));

describe('the access policy', () => {
  it.each(cells)('%s, %s', (role, permission) => {
    const allowed = (PERMISSIONS[permission] as readonly string[]).includes(role);
    expect(may({ id: 'anna', roles: [role] }, permission)).toBe(allowed);
    // A row that is confined to somebody is closed to every other, whatever the role.
    expect(may({ id: 'anna', roles: [role] }, permission, { confinedTo: 'boris' })).toBe(false);
    expect(may({ id: 'anna', roles: [role] }, permission, { confinedTo: 'anna' })).toBe(allowed);
  });

  it.each(permissions)('says no for %s to who has no role, or one that it does not know', (permission) => {
    expect(may({ id: 'anna', roles: [] }, permission)).toBe(false);
    expect(may({ id: 'anna', roles: ['admin', 'root', '*'] }, permission)).toBe(false);
  });

  // Who could do both alone would need nobody's eyes but their own.
  it.each([
    ['national-report:compile', 'national-report:approve'],
    ['national-report:approve', 'national-report:submit'],
    ['national-report:submit', 'national-report:publish'],
    ['policy:draft', 'policy:publish'],
    ['policy:draft', 'policy:adopt'],
    ['plan:freeze', 'plan:assess'],
    ['plan:assess', 'plan:assess-outside'],
    ['consultation:answer', 'consultation:close'],
    ['consultation:answer', 'comment:moderate'],
    ['case:propose', 'case:open'],
    ['case:investigate', 'case:decide'],
    ['identity:ask', 'identity:approve'],
    ['case:decide', 'reward:calculate'],
    ['reward:calculate', 'reward:approve'],
    ['reward:approve', 'reward:pay'],
    ['reward:calculate', 'reward:pay'],
    ['reward:confirm-identity', 'reward:pay'],
    ['reward:pay', 'reward:reverse'],
    ['release:import', 'area:assess'],
    ['declaration:import', 'enrichment:inquire'],
    ['enrichment:inquire', 'enrichment:decide'],
    ['gift:declare', 'gift:review'],
    ['gift:declare', 'gift:value'],
    ['gift:hand-over', 'gift:keep'],
    ['gift:value', 'gift:dispose'],
    ['gift:inquire', 'gift:decide'],
    ['gift:declare', 'gift:decide'],
    ['organisation:assess', 'organisation:review'],
    ['organisation:review', 'organisation:arbitrate'],
    ['organisation:register', 'organisation:staff'],
    ['incident:handle', 'incident:decide'],
    ['link:import', 'match:decide'],
    ['link:import', 'scheme:detect'],
  ] as const)('gives no role both %s and %s', (one, other) => {
    const both = (PERMISSIONS[one] as readonly string[]).filter((r) =>
      (PERMISSIONS[other] as readonly string[]).includes(r),
    );
    expect(both).toEqual([]);
  });
});
