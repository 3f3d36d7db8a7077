import type { VNode } from 'preact'
import { dayInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { internalChoices, latestReview } from '../../../policy/between-children.ts'
import { type ChoiceConsequences, whatChoiceStarts } from '../../../policy/choices.ts'
import type { Choice, ClockFacts } from '../../../policy/clocks.ts'
import type { Profile } from '../../../policy/profile.ts'
import {
  Beside,
  Checkboxes,
  DateInput,
  findError,
  InsetText,
  Radios,
  SummaryList,
  Textarea,
} from '../../../web/components/index.ts'
import { dateTyped } from '../../../web/http/form-reader.ts'
import { sourceText } from '../../concerns/index.ts'
import { Ask, isAsked, questionsAt } from '../../questions/index.ts'
import { categoriesJudged } from '../forms.ts'
import { type ConcernFacts, choices } from '../model.ts'
import type { ChildKnown, ConcernContent } from '../page-model.ts'
import {
  childrenNow,
  frameworkOf,
  isDangerous,
  isReferring,
  levelOf,
  revisionOf,
  routesToConsider,
  subjectsOf,
} from '../rules.ts'
import { dueInWords } from '../when.ts'
import { choiceNames, clockTitles, urgentAnswerNames } from '../words.ts'
import { ReferAfterTheCall } from './after-the-call.tsx'
import { concernTitle } from './concern-page.tsx'
import { FormFrame, type FormFrameProps, FormHead } from './form-frame.tsx'
import { Known } from './known.tsx'
import { NotReferredBoxes } from './not-referred.tsx'
import { childName } from './parts.tsx'
import { PolicyAsks, QuestionsHeld } from './policy-asks.tsx'
import { Ringable, RingNow, ringable } from './ring-now.tsx'
import { TriageQuestions } from './triage-questions.tsx'

export interface DecisionPageProps extends FormFrameProps {
  readonly profile: Profile
  readonly now: Instant
  readonly concern: ConcernFacts
  readonly known: readonly ChildKnown[]
  readonly clockFacts: ClockFacts
  /** Where nobody has judged it yet: what was reported, so that it is judged and decided in one. */
  readonly unjudged?: Pick<ConcernContent, 'answers'> | undefined
}

function Starts({
  starts,
  profile,
  now,
}: {
  readonly starts: ChoiceConsequences
  readonly profile: Profile
  readonly now: Instant
}): VNode {
  return (
    <ul class="govuk-list govuk-list--bullet">
      {starts.clocks.map(clock => (
        <li>
          <strong>{clockTitles[clock.clock]}</strong>: {dueInWords(clock.due, now)}, counted from{' '}
          {clock.upon === 'telephoning' ? 'the telephone call' : 'the missing answer'}. {clock.says}{' '}
          <span class="hf-meta">
            ({sourceText(profile, clock.source)}
            {clock.standing === 'setting' && '; a setting'})
          </span>
        </li>
      ))}
      {starts.alsoTold.map(told => (
        <li>
          <strong>Also told</strong>: {told.says} <span class="hf-meta">({sourceText(profile, told.source)})</span>
        </li>
      ))}
      {starts.asks.map(asks => (
        <li>{asks}</li>
      ))}
    </ul>
  )
}

/** Where a referral would go for each child whom the concern is about; an unknown home is asked for and never assumed. */
function Destinations({ profile, concern }: Pick<DecisionPageProps, 'profile' | 'concern'>): VNode {
  return (
    <>
      {subjectsOf(concern).map(child => {
        const { destination } = whatChoiceStarts(profile, 'refer', {
          at: concern.recordedAt,
          ...(child.homeAuthority ? { homeAuthority: child.homeAuthority } : {}),
          ...(child.locality ? { locality: child.locality } : {}),
        })
        if (!destination) return null
        if (destination.kind === 'ask')
          return (
            <p class="govuk-body">
              <strong>{childName(child)}</strong>: {destination.says}
            </p>
          )
        return (
          <>
            <p class="govuk-body govuk-!-margin-bottom-1">
              <strong>{childName(child)}</strong> goes to:
            </p>
            <Ringable
              contacts={[destination.frontDoor, ...(destination.outOfHours ? [destination.outOfHours] : [])].map(contact =>
                ringable(contact),
              )}
            />
          </>
        )
      })}
    </>
  )
}

function consequencesOf({ profile, now, clockFacts, concern }: DecisionPageProps, choice: Choice): ChoiceConsequences {
  const [child] = subjectsOf(concern)
  return whatChoiceStarts(profile, choice, { ...clockFacts, at: now, ...(child?.locality ? { locality: child.locality } : {}) })
}

function summaryOf(starts: ChoiceConsequences): string {
  const clocks = starts.clocks.length
  const parts = [
    clocks > 0 && `starts ${clocks} ${clocks === 1 ? 'clock' : 'clocks'}`,
    starts.alsoTold.length > 0 && 'tells others',
  ].filter(Boolean)
  return parts.length > 0 ? `This ${parts.join(' and ')}.` : 'This starts no clock and tells nobody.'
}

function Choices(props: DecisionPageProps): VNode {
  const { profile, now, form, errors } = props
  return (
    <Radios
      name="choice"
      legend="What do you decide?"
      legendSize="m"
      hint="Selecting one shows what it would start. Nothing starts before you save."
      value={form.text('choice')}
      error={findError(errors, 'choice')}
      items={choices.map(choice => {
        const starts = consequencesOf(props, choice)
        return {
          value: choice,
          label: choiceNames[choice],
          hint: summaryOf(starts),
          conditional: (
            <>
              <Starts starts={starts} profile={profile} now={now} />
              {choice === 'refer' && <Destinations {...props} />}
            </>
          ),
        }
      })}
    />
  )
}

function Judgement({ profile, concern }: DecisionPageProps): VNode | null {
  const { triage } = concern
  if (!triage) return null
  const level = levelOf(profile, triage.framework, triage.levelId)
  const threshold = frameworkOf(profile, triage.framework)?.threshold
  return (
    <SummaryList
      rows={[
        { key: 'Level of need', value: level?.name ?? triage.levelId },
        threshold !== undefined && {
          key: 'Judged by',
          value: `${threshold.title}, ${threshold.edition}${
            threshold.underReview ? '. Under review: you look at it again when a newer edition is entered.' : ''
          }`,
        },
        { key: 'Immediate risk?', value: urgentAnswerNames[triage.immediateRisk] },
        { key: 'Safe to go home?', value: urgentAnswerNames[triage.safeToGoHome] },
      ]}
    />
  )
}

/** Nobody has judged it yet: danger and level are asked here, and stand with the decision as if triage had come first. */
function JudgedHere({ profile, concern, unjudged, form, errors }: DecisionPageProps): VNode | null {
  if (!unjudged) return null
  return (
    <>
      <InsetText>
        Nobody has triaged this yet. In an emergency you answer for danger and level here and decide in one; otherwise{' '}
        <a class="govuk-link" href={`/concerns/${concern.id}/triage`}>
          triage it first
        </a>
        , beside what was reported.
      </InsetText>
      <TriageQuestions profile={profile} concern={concern} content={unjudged} form={form} errors={errors} />
    </>
  )
}

function Reasons({ profile, concern, unjudged, form, errors }: DecisionPageProps): VNode {
  const about = { categories: categoriesJudged(profile, concern, form), prompts: concern.prompts }
  return (
    <>
      <Checkboxes
        name="considered"
        legend="What else did you weigh?"
        legendSize="s"
        hint="What you select above counts by itself."
        look="small"
        values={form.all('considered')}
        error={findError(errors, 'considered')}
        items={routesToConsider.map(route => ({ value: route, label: choiceNames[route] }))}
      />
      <Textarea
        name="rationale"
        label={unjudged ? 'Why you judge and decide so' : 'Why you decide so'}
        labelSize="s"
        hint="It stands beside the choice for as long as the record is kept."
        value={form.text('rationale')}
        error={findError(errors, 'rationale')}
      />
      {questionsAt(profile, 'decision')
        .filter(question => isAsked(question, about))
        .map(question => (
          <Ask question={question} form={form} errors={errors} />
        ))}
    </>
  )
}

function NotReferring({ profile, form, errors }: DecisionPageProps): VNode {
  const referring = choices.filter(isReferring).map(choice => choiceNames[choice])
  return (
    <>
      <Textarea
        name="not-referring"
        label="Why it is not referred to social care"
        labelSize="s"
        hint={`Asked unless you select “${referring.join('” or “')}”.`}
        rows={3}
        value={form.text('not-referring')}
        error={findError(errors, 'not-referring')}
      />
      <NotReferredBoxes
        agencies={(profile.notReferred?.agencies ?? []).filter(({ id }) => id !== 'social-care')}
        legend="Anybody else whom you considered and do not refer to?"
        hint="Select each and say why. Leave it empty where there is nobody."
        form={form}
        errors={errors}
      />
    </>
  )
}

function Advice({ profile, concern, form, errors }: DecisionPageProps): VNode {
  const consultation = profile.directory?.filter(({ purpose }) => purpose === 'consultation') ?? []
  const homes = childrenNow(concern).map(child => child.homeAuthority)
  const advisers = consultation.flatMap(({ authority, contact }) => {
    const found = profile.contacts[contact]
    return found && homes.includes(authority) ? [ringable(found, found.purpose)] : []
  })
  return (
    <>
      {advisers.length > 0 && (
        <>
          <p class="govuk-body govuk-!-margin-bottom-1">If you are not sure, ask before deciding:</p>
          <Ringable contacts={advisers} />
        </>
      )}
      <Textarea
        name="advice"
        label="Advice sought, if any"
        labelSize="s"
        hint="From whom, when, what they advised and any reference."
        rows={3}
        value={form.text('advice')}
        error={findError(errors, 'advice')}
      />
    </>
  )
}

function NextLook({ profile, concern, now, form, errors }: DecisionPageProps): VNode {
  const categories = categoriesJudged(profile, concern, form)
  const internal = internalChoices
    .flatMap(choice => latestReview(profile, categories, choice, now) ?? [])
    .toSorted((a, b) => (a.on < b.on ? -1 : 1))[0]
  return (
    <DateInput
      id="next-look"
      namePrefix="next-look"
      legend="When does somebody look at it again?"
      legendSize="s"
      hint={
        internal
          ? `Where it stays with the school, by ${dayInWords(internal.on)} at the latest: left empty, that day is taken.`
          : 'Leave it empty only where nothing more is to be done and you close it now.'
      }
      values={dateTyped(form, 'next-look')}
      error={findError(errors, 'next-look-day')}
    />
  )
}

/** The choices with what each would start, before choosing. */
export function DecisionPage(props: DecisionPageProps): VNode {
  const { profile, now, concern, known, errors } = props
  const dangerous = concern.triage !== null && isDangerous(concern.triage)
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title="Decision"
        errors={errors}
        notice={props.notice}
      />
      {dangerous && <RingNow profile={profile} id="ring-now" title="You answered that a child is in danger: ring now" />}
      <QuestionsHeld concern={concern} mayAnswer />
      <ReferAfterTheCall concern={concern} profile={profile} now={now} />
      <Beside asideLabel="What is already known" aside={<Known profile={profile} now={now} concern={concern} known={known} />}>
        <PolicyAsks profile={profile} concern={concern} now={now} mayAnswer />
        <Judgement {...props} />
        <FormFrame frame={props} revision={revisionOf(concern)} save="Save the decision" cancelHref={`/concerns/${concern.id}`}>
          <JudgedHere {...props} />
          <Choices {...props} />
          <Reasons {...props} />
          <NotReferring {...props} />
          <Advice {...props} />
          <NextLook {...props} />
        </FormFrame>
      </Beside>
    </>
  )
}
