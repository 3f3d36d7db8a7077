/** What West Park's policy asks at each triage besides what every school is asked, as short as it is taken. */
export const presentation = {
  'answer-presentation-physical': 'as-usual',
  'answer-presentation-emotional': 'as-usual',
} as const
