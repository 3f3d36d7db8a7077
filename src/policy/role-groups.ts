import type { RoleId } from './roles.ts'

/** Words that stand for several roles where a policy says what everybody of a kind owes. */
export const roleGroups = {
  'all-staff': [
    'teacher',
    'teaching-assistant',
    'support-staff',
    'receptionist',
    'supply',
    'contractor',
    'trainee',
    'dsl',
    'deputy-dsl',
    'headteacher',
    'deputy-headteacher',
    'senior-leader',
    'designated-teacher',
    'senco',
    'mental-health-lead',
    'attendance-lead',
    'online-safety-lead',
    'it-manager',
    'record-keeper',
    'data-protection-officer',
    'prevent-contact',
    'central-staff',
    'human-resources',
  ],
  'all-leaders': ['headteacher', 'deputy-headteacher', 'senior-leader', 'dsl', 'deputy-dsl'],
  'all-governors': ['governor', 'trustee', 'safeguarding-governor', 'chair-of-governors', 'chair-of-trustees'],
} as const satisfies Readonly<Record<string, readonly RoleId[]>>
export type RoleGroup = keyof typeof roleGroups
export const roleGroupIds = Object.keys(roleGroups) as [RoleGroup, ...RoleGroup[]]

/** The roles that these names mean, each once. */
export function rolesMeant(names: readonly (RoleId | RoleGroup)[]): RoleId[] {
  return [...new Set(names.flatMap(name => (isGroup(name) ? roleGroups[name] : [name])))]
}

function isGroup(name: RoleId | RoleGroup): name is RoleGroup {
  return Object.hasOwn(roleGroups, name)
}
