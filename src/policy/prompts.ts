/** What may have prompted a concern; the ids are the same everywhere, a profile gives them its own names and chooses among them. */
export const promptIds = [
  'disclosure',
  'injury',
  'appearance',
  'behaviour',
  'witnessed',
  'absence',
  'online',
  'images',
  'fgm-known',
  'fgm-suspected',
  'radicalisation',
  'exploitation',
  'domestic-abuse',
  'suicidal',
  'private-fostering',
  'sexual-violence',
  'sexual-harassment',
  'bullying',
  'search',
  'other',
] as const
export type PromptId = (typeof promptIds)[number]
