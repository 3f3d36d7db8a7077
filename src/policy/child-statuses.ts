/** What a policy may say of a child's standing: the product keeps these and no others, so that no rule waits for one that nobody can give. */

/** Legal and support statuses of a child, in the order in which a header shows them. */
export const childStatuses = [
  'child-protection-plan',
  'looked-after',
  'child-in-need',
  'early-help-plan',
  'private-fostering',
  'previously-looked-after',
  'care-leaver',
  'young-carer',
  'education-health-care-plan',
  'special-educational-needs',
  'neurodevelopmental-condition',
  'medical-condition',
  'disabled-childrens-service',
] as const

/** Kinds of plan that the school keeps for a child. */
export const planKinds = ['early-help', 'monitoring', 'safety', 'risk-assessment'] as const
