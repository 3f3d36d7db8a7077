import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Beside, Details, findError, Textarea } from '../../../web/components/index.ts'
import type { ConcernFacts } from '../model.ts'
import type { ChildKnown, ConcernContent } from '../page-model.ts'
import { revisionOf } from '../rules.ts'
import { ReferAfterTheCall } from './after-the-call.tsx'
import { concernTitle } from './concern-page.tsx'
import { FormFrame, type FormFrameProps, FormHead } from './form-frame.tsx'
import { Known } from './known.tsx'
import { PolicyAsks, QuestionsHeld } from './policy-asks.tsx'
import { Reported } from './reported.tsx'
import { TriageQuestions } from './triage-questions.tsx'

export interface TriagePageProps extends FormFrameProps {
  readonly profile: Profile
  readonly now: Instant
  readonly concern: ConcernFacts
  readonly content: ConcernContent
  readonly known: readonly ChildKnown[]
  readonly opensFiles: boolean
}

/** What is known beside what came in; the urgent questions before all others. */
export function TriagePage(props: TriagePageProps): VNode {
  const { profile, now, concern, content, known, form, errors } = props
  return (
    <>
      <FormHead caption={`${concernTitle(concern)}, ${concern.reference}`} title="Triage" errors={errors} notice={props.notice} />
      <QuestionsHeld concern={concern} mayAnswer />
      <ReferAfterTheCall concern={concern} profile={profile} now={now} />
      <Beside
        asideLabel="What is already known"
        aside={<Known profile={profile} now={now} concern={concern} known={known} mayEnterMarks={props.opensFiles} />}
      >
        <Details summary="What was reported" isOpen>
          <Reported profile={profile} now={now} concern={concern} content={content} isTeam opensFiles={props.opensFiles} />
        </Details>
        <PolicyAsks profile={profile} concern={concern} now={now} mayAnswer />
        <FormFrame frame={props} revision={revisionOf(concern)} save="Save and decide" cancelHref={`/concerns/${concern.id}`}>
          <input type="hidden" name="started" value={form.text('started') || now} />
          <TriageQuestions profile={profile} concern={concern} content={content} form={form} errors={errors} />
          <Textarea
            name="rationale"
            label="Why you judge it so"
            labelSize="s"
            hint="What you weighed, what you checked and what you do not know yet."
            value={form.text('rationale')}
            error={findError(errors, 'rationale')}
          />
        </FormFrame>
      </Beside>
    </>
  )
}
