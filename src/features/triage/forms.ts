/** From what was typed to what is recorded, or to the sentences that say what is missing. */
import type { AdultId, ChildId, ClockId } from '../../kernel/ids.ts'
import { localDate, toInstant, toLocal } from '../../kernel/london-time.ts'
import { type Instant, parseInstant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { latestReview } from '../../policy/between-children.ts'
import type { Choice } from '../../policy/clocks.ts'
import type { Profile } from '../../policy/profile.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReader } from '../../web/http/form-reader.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import { questionsAt, readAnswers, withAdded } from '../questions/index.ts'
import {
  type ConcernFacts,
  choices,
  type NewClosure,
  type NewDecision,
  type NewParentContact,
  type NewTriage,
  parentOutcomes,
  urgentAnswers,
  type WithholdingAdvice,
} from './model.ts'
import { readNotReferred, reasonFieldOf } from './not-referred-forms.ts'
import { childrenNow, endableClocks, frameworksFor, isDangerous, isReferring, routesToConsider } from './rules.ts'
import { withheldRuleOf } from './withheld.ts'

export interface FormContext {
  readonly form: FormValues
  readonly profile: Profile
  readonly concern: ConcernFacts
  readonly now: Instant
}

type Read<T> = Result<T, FieldErrors>

/** The questions that are asked first, with the sentence where one is left out. */
export const urgentQuestions = [
  { field: 'immediate-risk', asks: 'Is a child at immediate risk?', danger: 'yes' },
  { field: 'safe-to-go-home', asks: 'Is it safe for the child to go home today?', danger: 'no' },
  { field: 'medical', asks: 'Does a child need medical help?', danger: 'yes' },
  { field: 'police', asks: 'Are the police needed?', danger: 'yes' },
] as const

/** One category is the main one by itself; of several one has to be said. */
function readMain(reader: FormReader, categories: readonly string[]): string | null {
  const typed = reader.form.text('main-category')
  const [only, ...more] = categories
  if (typed !== '' && !categories.includes(typed)) {
    if (only !== undefined) reader.wrong('main-category', 'The main category must be one of those that you selected.')
    return null
  }
  if (only === undefined || more.length === 0) return only ?? null
  if (typed === '') reader.wrong('main-category', 'Select which category is the main one.')
  return typed === '' ? null : typed
}

/** When the form was opened, as it carries it: not before the concern was recorded, and not in the future. */
function startedAt(form: FormValues, concern: ConcernFacts, now: Instant): Instant | null {
  const started = parseInstant(form.text('started'))
  return started !== undefined && started >= concern.recordedAt && started <= now ? started : null
}

export function readTriage({ form, profile, concern, now }: FormContext): Read<NewTriage> {
  const reader = new FormReader(form, now)
  const [immediateRisk, safeToGoHome, medical, police] = urgentQuestions.map(({ field, asks }) =>
    reader.choice(field, urgentAnswers, `Answer “${asks}”. If you cannot know yet, say so.`),
  )
  const urgent = { immediateRisk, safeToGoHome, medical, police }
  const isAnswered = immediateRisk !== undefined && safeToGoHome !== undefined && medical !== undefined && police !== undefined
  const dangerous = isAnswered && isDangerous({ immediateRisk, safeToGoHome, medical, police })
  const urgentSays = reader.words(
    'urgent-says',
    'What was done about it',
    dangerous ? 'Write what was done about the danger, with names and times.' : undefined,
  )
  const known = profile.concern.triageCategories.map(option => option.id)
  const categories = reader.several('categories', known, 'Select categories from the list.')
  if (known.length > 0 && categories.length === 0 && !reader.errors.some(error => error.field === 'categories'))
    reader.wrong('categories', 'Select at least one category.')
  const mainCategory = readMain(reader, categories)
  const answers = readAnswers(reader, questionsAt(profile, 'triage'), { categories, prompts: concern.prompts })
  const levels = frameworksFor(profile, concern).flatMap(framework =>
    framework.levels.map(level => ({ framework: framework.authority, id: level.id })),
  )
  const chosen = levels.find(level => `${level.framework}.${level.id}` === form.text('level'))
  if (!chosen) reader.wrong('level', 'Select a level of need.')
  const rationale = reader.words('rationale', 'The reasons', 'Write why you judge it so.')
  if (reader.errors.length > 0 || !chosen || !isAnswered) return refused(reader.errors)
  return ok({
    ...urgent,
    immediateRisk,
    safeToGoHome,
    medical,
    police,
    urgentSays,
    categories: withAdded(profile, categories, answers),
    mainCategory,
    startedAt: startedAt(form, concern, now),
    framework: chosen.framework,
    levelId: chosen.id,
    rationale,
    answers,
  })
}

/** The categories by which a decision is asked its questions: those of triage or, where it is judged with the decision, those selected beside it. */
export function categoriesJudged(profile: Profile, concern: Pick<ConcernFacts, 'triage'>, form: FormValues): readonly string[] {
  const known = profile.concern.triageCategories.map(({ id }) => id)
  return concern.triage?.categories ?? form.all('categories').filter(id => known.includes(id))
}

/** Danger and level with the decision, from one form; each field has one sentence. */
export function readAtOnce(context: FormContext): Read<{ readonly triage: NewTriage; readonly decision: NewDecision }> {
  const triage = readTriage(context)
  const decision = readDecision(context)
  if (triage.ok && decision.ok) return ok({ triage: triage.value, decision: decision.value })
  const errors = [...(triage.ok ? [] : triage.refusal), ...(decision.ok ? [] : decision.refusal)]
  return refused(errors.filter((error, index) => errors.findIndex(({ field }) => field === error.field) === index))
}

export function readDecision({ form, profile, concern, now }: FormContext): Read<NewDecision> {
  const reader = new FormReader(form, now)
  const categories = categoriesJudged(profile, concern, form)
  const choice = reader.choice('choice', choices, 'Select what you decide.')
  const considered = reader.several('considered', routesToConsider, 'Select routes from the list.') as Choice[]
  const rationale = reader.words('rationale', 'The rationale', 'Write why you decide so.')
  const answers = readAnswers(reader, questionsAt(profile, 'decision'), { categories, prompts: concern.prompts })
  const notReferringBecause = reader.words(
    'not-referring',
    'Why it is not referred',
    choice !== undefined && !isReferring(choice)
      ? 'Write why it is not referred to social care. Not referring is a decision too.'
      : undefined,
  )
  const others = (profile.notReferred?.agencies ?? []).filter(({ id }) => id !== 'social-care')
  const notReferred = readNotReferred(reader, others)
  const contradicted = notReferred.find(({ agency }) => agency === choice)
  if (contradicted)
    reader.wrong(reasonFieldOf(contradicted.agency), 'You decided to turn to them. Take this out, or decide otherwise.')
  const adviceFrom = reader.words('advice', 'The advice')
  const isLast = choice === 'no-further-action'
  const nextLookOn = reader.date(
    'next-look',
    'The day',
    'future',
    // Left empty, the policy's own last day is taken.
    isLast || !choice || latestReview(profile, categories, choice, now)
      ? undefined
      : 'Enter the day on which somebody looks at it again.',
  )
  if (reader.errors.length > 0 || !choice) return refused(reader.errors)
  return ok({
    choice,
    rationale,
    answers,
    notReferringBecause: choice === 'refer' ? '' : notReferringBecause,
    notReferred,
    considered,
    adviceFrom,
    nextLookOn: nextLookOn ?? null,
  })
}

/** Of social care, who supports it that parents are not told of a referral: all of it, or null. */
function readAdvice(reader: FormReader, now: Instant): WithholdingAdvice | null {
  const by = reader.line('advised-by', 'The name')
  const role = reader.line('advised-role', 'The role', by === '' ? undefined : 'Enter their role.')
  const on = reader.date('advised', 'The day', 'past')
  const time = reader.time('advised-time')
  const at = on || time ? toInstant(on ?? localDate(now), time ?? toLocal(now).time) : now
  if (at > now && reader.errors.length === 0) reader.wrong('advised-time', 'The time must be in the past.')
  return by === '' || role === '' ? null : { by, role, at }
}

export function readParents({ form, profile, concern, now }: FormContext): Read<NewParentContact> {
  const reader = new FormReader(form, now)
  const children = childrenNow(concern).map(child => child.childId)
  const only = children.length === 1 ? children[0] : undefined
  const childId: ChildId | undefined = only ?? reader.choice('child', children, 'Select whose parents.')
  const outcome = reader.choice('outcome', parentOutcomes, 'Select whether the parents were told.')
  const who = reader.line(
    'who',
    'The name',
    outcome === 'told' ? 'Enter who was told.' : outcome === 'advice-sought' ? 'Enter who gives advice.' : undefined,
  )
  const missing = {
    told: 'Write what they were told and what they said.',
    'not-told': 'Write why they are not told.',
    'advice-sought': 'Write what you asked and what was advised.',
  } as const
  const says = reader.words('says', 'What was said', outcome ? missing[outcome] : 'Write what was said, or why not.')
  const isWithheld = outcome === 'not-told' && withheldRuleOf(profile, concern) !== undefined
  const advice = isWithheld ? readAdvice(reader, now) : null
  if (reader.errors.length > 0 || !childId || !outcome) return refused(reader.errors)
  return ok({
    childId,
    outcome,
    who,
    says,
    ...(isWithheld ? { approvedBy: (form.text('approved-by') || null) as AdultId | null, advice } : {}),
  })
}

export function readClosure({ form, profile, concern, now }: FormContext): Read<NewClosure> {
  const reader = new FormReader(form, now)
  const summary = reader.words('summary', 'The summary', 'Write in a few sentences what it was about.')
  const outcome = reader.words('outcome', 'The outcome', 'Write what came of it for the child.')
  const rationale = reader.words('rationale', 'The rationale', 'Write why it can close.')
  const notReferred = readNotReferred(reader, profile.notReferred?.agencies ?? [])
  const running: readonly string[] = endableClocks(concern).map(clock => clock.id)
  const endedClocks = reader.several('end-clock', running, 'Select clocks that are running.') as ClockId[]
  return reader.errors.length > 0 ? refused(reader.errors) : ok({ summary, outcome, rationale, notReferred, endedClocks })
}
