/** Other words under which a status of a child may be written, by the product's own. */
const otherWords: Readonly<Record<string, string>> = {
  'child-protection': 'child-protection-plan',
  cp: 'child-protection-plan',
  cpp: 'child-protection-plan',
  cin: 'child-in-need',
  'child-in-need-plan': 'child-in-need',
  lac: 'looked-after',
  'looked-after-child': 'looked-after',
  'in-care': 'looked-after',
  'early-help': 'early-help-plan',
  send: 'special-educational-needs',
  sen: 'special-educational-needs',
  'sen-support': 'special-educational-needs',
  autism: 'neurodevelopmental-condition',
  autistic: 'neurodevelopmental-condition',
  'health-need': 'medical-condition',
  'medical-need': 'medical-condition',
  ehcp: 'education-health-care-plan',
  'education-health-and-care-plan': 'education-health-care-plan',
  'privately-fostered': 'private-fostering',
}

/** A status as the product names it. */
export function statusNamed(text: string): string {
  return otherWords[text] ?? text
}
