import type { VNode } from 'preact'
import { dateInWords, momentInWords, timeInWords } from '../../../kernel/london-time.ts'
import { Tag, Words } from '../../../web/components/index.ts'
import type { Agreement, Explainer, Explanation, Treatment } from './model.ts'

export const explainerNames: Readonly<Record<Explainer, string>> = {
  child: 'The child',
  parent: 'A parent or carer',
  other: 'Somebody else',
}

export const treatmentNames: Readonly<Record<Treatment, string>> = {
  sought: 'Yes, it was treated or somebody asked for treatment',
  'not-sought': 'No',
  'not-known': 'Not known',
}

const treated: Readonly<Record<Treatment, string>> = {
  sought: 'Treatment was sought',
  'not-sought': 'No treatment was sought',
  'not-known': 'Whether treatment was sought is not known',
}

export const agreementNames: Readonly<Record<Agreement, string>> = {
  yes: 'Yes, it agrees',
  no: 'No, it does not',
  'not-sure': 'I am not sure',
}

const agreed: Readonly<Record<Agreement, string>> = {
  yes: 'agrees with what was said before',
  no: 'does not agree with what was said before',
  'not-sure': 'may not agree with what was said before',
}

/** Who gave an explanation, by the kind of person and what more was said of them. */
export function givenByInWords({ givenBy, givenSays }: Pick<Explanation, 'givenBy' | 'givenSays'>): string {
  if (givenSays === '') return explainerNames[givenBy]
  return givenBy === 'other' ? givenSays : `${explainerNames[givenBy]} (${givenSays})`
}

function saidInWords({ saidOn, saidAtTime, at, writtenBy }: Explanation): string {
  const by = writtenBy ? ` by ${writtenBy}` : ''
  const written = `Written down${by} ${momentInWords(at)}`
  if (saidOn === null) return `${written}.`
  return `Said ${dateInWords(saidOn)}${saidAtTime ? ` at ${timeInWords(saidAtTime)}` : ''}. ${written}.`
}

/** Whether and when an injury was treated, as one explanation has it. */
export function treatmentInWords({ treatment, treatmentSays }: Pick<Explanation, 'treatment' | 'treatmentSays'>): string {
  return treatment === null ? '' : `${treated[treatment]}${treatmentSays ? `: ${treatmentSays}` : ''}.`
}

/** The mark of a concern in which people explain an injury differently. */
export function DifferTag(): VNode {
  return <Tag colour="red">Explanations differ</Tag>
}

function One({ explanation }: { readonly explanation: Explanation }): VNode {
  const treatment = treatmentInWords(explanation)
  return (
    <div class="hf-explanation">
      <p class="govuk-body govuk-!-margin-bottom-1">
        <strong>{givenByInWords(explanation)}</strong>
        {explanation.says === '' ? ' has not said how it happened.' : ' says:'}
      </p>
      {explanation.says !== '' && <Words as="div">“{explanation.says}”</Words>}
      {treatment !== '' && <p class="govuk-body govuk-!-margin-bottom-1">{treatment}</p>}
      <p class="hf-meta govuk-!-margin-bottom-0">
        {saidInWords(explanation)}
        {explanation.agrees && (
          <>
            {' '}
            {explanation.writtenBy ?? 'Whoever wrote it down'}: <strong>{agreed[explanation.agrees]}</strong>.
          </>
        )}
      </p>
    </div>
  )
}

/** All that was said of how one injury came about, side by side. */
export function Explanations({ explanations }: { readonly explanations: readonly Explanation[] }): VNode {
  if (explanations.length === 0) return <p class="govuk-body">Nobody has said how it happened.</p>
  return (
    <div class="hf-explanations">
      {explanations.map(explanation => (
        <One explanation={explanation} />
      ))}
    </div>
  )
}
