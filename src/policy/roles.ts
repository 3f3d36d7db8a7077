/** The role ids, the same at every school; a profile maps its own titles to these. */
export const roleIds = [
  'teacher', 'teaching-assistant', 'support-staff', 'receptionist', 'supply', 'contractor', 'volunteer', 'trainee', 'governor',
  'trustee', 'dsl', 'deputy-dsl', 'headteacher', 'deputy-headteacher', 'senior-leader', 'designated-teacher', 'senco',
  'mental-health-lead', 'attendance-lead', 'online-safety-lead', 'it-manager', 'record-keeper', 'data-protection-officer',
  'prevent-contact', 'safeguarding-governor', 'chair-of-governors', 'director-of-education', 'chief-executive',
  'chief-operating-officer', 'chair-of-trustees', 'trust-safeguarding-lead', 'central-staff', 'human-resources',
  'system-administrator',
] as const
export type RoleId = (typeof roleIds)[number]
