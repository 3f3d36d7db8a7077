/** What the school's policy asks besides, of whoever records a concern. */
import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { EmergencyBox, type SummaryRow, WarningText } from '../../../web/components/index.ts'
import { answerRows, fieldOf, groupsByPrompt, QuestionGroups, questionsAt, ringingAnswers } from '../../questions/index.ts'
import type { FormContext } from '../form-reading.ts'
import type { NewConcern } from '../model.ts'
import { Heading, type SectionProps } from './form-parts.tsx'
import { Contacts, emergencyContacts } from './ringing.tsx'

/** Questions that what was chosen above makes matter; the others stay folded, and nobody needs to look at them. */
export function AskedSection({ context, errors }: SectionProps): VNode | null {
  const { form, profile, now } = context
  const questions = questionsAt(profile, 'recording')
  if (questions.length === 0) return null
  return (
    <>
      <Heading>What our policy asks as well</Heading>
      <QuestionGroups
        groups={groupsByPrompt(questions)}
        openers={profile.concern.prompts}
        chosen={form.all('prompt')}
        form={form}
        errors={errors}
        ringing={
          <>
            <p class="govuk-body">
              <strong>Ring now. Finish this page afterwards.</strong>
            </p>
            <Contacts contacts={emergencyContacts(profile, now)} />
          </>
        }
      />
    </>
  )
}

/** The answers as the page before sending shows them, each with a way to change it. */
export function askedRows(
  concern: Pick<NewConcern, 'answers'>,
  { profile }: Pick<FormContext, 'profile'>,
  change: (field: string, hidden: string) => Pick<SummaryRow, 'actions'>,
): SummaryRow[] {
  const answers = concern.answers ?? []
  return questionsAt(profile, 'recording').flatMap(question => {
    const given = answers.filter(answer => answer.question === question.id)
    return answerRows(profile, given).map(row => ({ ...row, ...change(fieldOf(question), question.asks) }))
  })
}

/** For whoever reported it: nobody speaks with the parents yet. */
export function DoNotTellParents({ concern }: { readonly concern: { readonly parentsHeld: boolean } }): VNode | null {
  if (!concern.parentsHeld) return null
  return <WarningText>Do not speak with the parents. Nobody does until the DSL says so.</WarningText>
}

/** Whom to ring, where an answer says that a child may be in danger now. */
export function RingBecause({
  profile,
  now,
  answers,
}: {
  readonly profile: Profile
  readonly now: Instant
  readonly answers: NewConcern['answers']
}): VNode | null {
  const because = ringingAnswers(profile, answers ?? [])
  if (because.length === 0) return null
  return (
    <EmergencyBox id="ring-because" title="A child may be in danger now: ring first" contacts={emergencyContacts(profile, now)}>
      <p>You answered: {because.join('; ')}. The safeguarding team is asked first whether the police are needed.</p>
    </EmergencyBox>
  )
}
