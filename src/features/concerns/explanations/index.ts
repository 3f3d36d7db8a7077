export { ExplanationFields } from './fields.tsx'
export { parseExplanation } from './form.ts'
export {
  type Explainer,
  type Explanation,
  explainers,
  type NewExplanation,
  type Treatment,
  treatments,
} from './model.ts'
export { explanationHeading, explanationsIn } from './rules.ts'
export { DifferTag, Explanations, explainerNames, givenByInWords, treatmentInWords, treatmentNames } from './shown.tsx'
export { explanationsOf, keepExplanations, whereExplanationsDiffer } from './store.ts'
