/** From what was typed about a referral to what is recorded, or to the sentences that say what is missing. */

import type { ReferralId } from '../../kernel/ids.ts'
import { localDate, toInstant, toLocal } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { Profile } from '../../policy/profile.ts'
import { mailboxBeside, otherAuthority, type Way, type Where, waysTo, whereTo } from '../../policy/where-to.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import { type ConcernChild, FormReader } from '../triage/index.ts'
import { agencies, consents, type NewReferral, type NewStep, type Referral, type ReferralStep } from './model.ts'
import { escalationOf, reviewDayOf, writingOwed, writtenNeedsOf } from './rules.ts'
import { readWay, type WayRead } from './way.ts'

/** What has been said so far of a referral that is being made: it grows from page to page. */
export interface Asked {
  readonly child: ConcernChild | undefined
  readonly agency: (typeof agencies)[number] | undefined
  /** The authority that was said here because the child's is not known; `another` where no policy holds it. */
  readonly said: string | undefined
  readonly locality: string | undefined
  /** The statuses that the child has today. */
  readonly statuses: readonly string[]
}

export function readAsked(form: FormValues, children: readonly ConcernChild[]): Asked {
  const only = children.length === 1 ? children[0] : undefined
  return {
    child: children.find(child => child.childId === form.text('child')) ?? only,
    agency: agencies.find(agency => agency === form.text('agency')),
    said: form.text('authority') || undefined,
    locality: form.text('locality') || undefined,
    statuses: [],
  }
}

/** Where it would go, as far as is known; undefined before child and agency are said. */
export function whereOf(profile: Profile, asked: Asked): Where | undefined {
  const { child, agency, said, locality } = asked
  if (!child || !agency) return undefined
  const home = child.homeAuthority ?? said
  if (home === otherAuthority) return { kind: 'type' }
  const where = whereTo(profile, agency, home, child.locality ?? locality)
  // Help that is not social care's goes by its one way as soon as the part of the authority is known.
  const [way] = agency === 'social-care' ? [] : waysOf(profile, asked)
  if (where.kind !== 'found' || !way?.to) return where
  const { askLocality: _known, ...found } = where
  return {
    ...found,
    name: way.to.who,
    contact: way.to.key,
    contacts: [way.to, ...where.contacts.slice(0, 1)],
    ...mailboxBeside(way.to),
  }
}

/** The ways that a request may take which is not urgent, as far as is known. */
export function waysOf(profile: Profile, { child, agency, said, locality, statuses }: Asked): readonly Way[] {
  if (!child || !agency) return []
  return waysTo(profile, agency, child.homeAuthority ?? said, child.locality ?? locality, statuses)
}

/** The part of the authority that was said, by itself or by one of its wards. */
function localitySaid(profile: Profile, { child, said, locality }: Asked): string | undefined {
  if (locality === undefined) return undefined
  const places = profile.referrals.find(({ authority }) => authority === (child?.homeAuthority ?? said))?.localities ?? []
  return places.find(({ id, wards }) => id === locality || wards.includes(locality))?.id ?? locality
}

/** The consent of the parents, and whom it goes to. */
export function readReferral(profile: Profile, form: FormValues, asked: Asked, now: Instant): Result<NewReferral, FieldErrors> {
  const reader = new FormReader(form, now)
  const where = whereOf(profile, asked)
  if (!asked.child) reader.wrong('child', 'Select the child.')
  if (!asked.agency) reader.wrong('agency', 'Select the agency.')
  if (where?.kind === 'ask') reader.wrong('authority', 'Select the authority where the child lives.')
  const way: WayRead = asked.agency ? readWay(reader, asked.agency, waysOf(profile, asked)) : {}
  const typed = where?.kind === 'type' ? reader.line('destination', 'The name', 'Enter whom it goes to.') : ''
  const number = where?.kind === 'type' ? reader.line('destination-number', 'The number') : ''
  const consent = reader.choice('consent', consents, 'Select whether the parents agree.')
  const consentSays = reader.words(
    'consent-says',
    'The reason',
    consent === undefined || consent === 'given' ? undefined : 'Write why it goes ahead without the parents’ agreement.',
  )
  const asks = reader.words('asks', 'What you ask for', 'Write what you are worried about and what you ask for.')
  const neededOn = reader.date('needed', 'The day', 'past')
  const after = form.text('again')
  const because = reader.words('again-because', 'The reason', after === '' ? undefined : 'Write why you refer again.')
  const newEvidence = reader.words('new-evidence', 'What is new')
  if (reader.errors.length > 0 || !asked.child || !asked.agency || !where || where.kind === 'ask' || !consent)
    return refused(reader.errors)
  const said = asked.said === otherAuthority ? undefined : asked.said
  return ok({
    childId: asked.child.childId,
    agency: asked.agency,
    authority: asked.child.homeAuthority ?? said ?? null,
    locality: asked.child.locality ?? localitySaid(profile, asked) ?? null,
    learnsHome:
      (asked.child.homeAuthority === null && said !== undefined) ||
      (asked.child.locality === null && asked.locality !== undefined),
    destination: way.to?.who ?? (where.kind === 'found' ? where.name : [typed, number].filter(Boolean).join(', ')),
    destinationContact: way.to?.key ?? (where.kind === 'found' ? where.contact : null),
    ...(neededOn ? { neededOn } : {}),
    ...(way.urgent === undefined ? {} : { urgent: way.urgent }),
    ...(way.channel === undefined ? {} : { channel: way.channel }),
    ...(way.attached === undefined ? {} : { attached: way.attached }),
    consent,
    consentSays,
    asks,
    ...(after === '' ? {} : { again: { after: after as ReferralId, because, newEvidence } }),
  })
}

/** What each step asks. */
export interface StepQuestions {
  readonly title: string
  readonly withWhom?: { readonly label: string; readonly missing: string }
  /** What post they hold, where the policy has the answer asked for. */
  readonly role?: { readonly label: string; readonly missing: string }
  readonly says: { readonly label: string; readonly hint?: string; readonly missing: string }
  readonly outcome?: { readonly label: string; readonly missing: string }
  readonly asksReference?: true
  readonly asksDisagreement?: true
  readonly save: string
}

export const stepQuestions: Readonly<Record<ReferralStep, StepQuestions>> = {
  phoned: {
    title: 'Record the telephone call',
    withWhom: { label: 'Whom you spoke with', missing: 'Enter the name of the person you spoke with.' },
    says: {
      label: 'What was said',
      hint: 'What you told them, what they advised or decided, and what they will do by when.',
      missing: 'Write what was said.',
    },
    asksReference: true,
    save: 'Save the call',
  },
  written: {
    title: 'Record the written referral',
    says: { label: 'What was sent, and how', hint: 'Which form, where to, and who has a copy.', missing: 'Write what was sent.' },
    asksReference: true,
    save: 'Save',
  },
  chased: {
    title: 'Record that you asked for the answer',
    withWhom: { label: 'Whom you asked', missing: 'Enter the name of the person you asked.' },
    role: { label: 'Their role', missing: 'Enter their role, such as duty social worker.' },
    says: { label: 'What was said', missing: 'Write what was said.' },
    save: 'Save',
  },
  answered: {
    title: 'Record the answer',
    withWhom: { label: 'Who answered', missing: 'Enter the name of the person who answered.' },
    outcome: { label: 'What the agency decided', missing: 'Enter what the agency decided.' },
    says: { label: 'Their reasons, and what happens next', missing: 'Write the reasons and what happens next.' },
    asksReference: true,
    asksDisagreement: true,
    save: 'Save the answer',
  },
  escalated: {
    title: 'Take it further',
    withWhom: { label: 'Whom you spoke with or wrote to', missing: 'Enter the name of the person you spoke with or wrote to.' },
    says: { label: 'What you said, and what was answered', missing: 'Write what you said and what was answered.' },
    save: 'Save',
  },
  concluded: {
    title: 'Conclude this referral',
    outcome: { label: 'What came of it', missing: 'Enter what came of it.' },
    says: { label: 'Why nothing more is awaited', missing: 'Write why nothing more is awaited.' },
    save: 'Conclude it',
  },
}

function readMoment(reader: FormReader, now: Instant): Instant {
  const on = reader.date('on', 'The day', 'past')
  const time = reader.time('time')
  if (!on && !time) return now
  const at = toInstant(on ?? localDate(now), time ?? toLocal(now).time)
  if (at > now && reader.errors.length === 0) reader.wrong('time', 'The time must be in the past.')
  return at
}

export function readStep(
  profile: Profile,
  referral: Referral,
  kind: ReferralStep,
  form: FormValues,
  now: Instant,
): Result<NewStep, FieldErrors> {
  const reader = new FormReader(form, now)
  const asks = stepQuestions[kind]
  const stages = escalationOf(profile, referral.authority).map(({ stage }) => String(stage))
  const stage =
    kind === 'escalated' && stages.length > 0
      ? Number(reader.choice('stage', stages, 'Select how far you take it.') ?? 0)
      : referral.stage + (kind === 'escalated' ? 1 : 0)
  const withWhom = asks.withWhom ? reader.line('with-whom', 'The name', asks.withWhom.missing) : ''
  const role = asks.role ? reader.line('role', 'The role', asks.role.missing) : ''
  const outcome = asks.outcome ? reader.line('outcome', 'The outcome', asks.outcome.missing) : ''
  const reference = asks.asksReference ? reader.line('reference', 'The reference') : ''
  const needs = kind === 'written' ? writtenNeedsOf(profile, referral) : []
  if (needs.includes('reference') && reference === '') reader.wrong('reference', 'Enter the reference that the portal gave.')
  const review = reviewDayOf(profile, referral, kind)
  const missingDay = review === 'needed' ? 'Enter the day on which you ask what came of it.' : undefined
  const followUpOn = review === 'none' ? undefined : reader.date('follow-up', 'The day', 'future', missingDay)
  const says = reader.words('says', 'The text', asks.says.missing)
  const placeRisks = needs.includes('place-risks')
    ? reader.words('place-risks', 'The text', 'Write what is known of harm outside the home, or that nothing is known.')
    : ''
  const attached = needs.includes('assessment')
    ? reader.line('attached', 'The assessment', 'Enter which assessment went with it, or that none is held.')
    : ''
  const unwrittenBecause =
    kind === 'concluded' && writingOwed(referral)
      ? reader.words('unwritten', 'The reason', 'Record the written referral first, or write why none is due.')
      : ''
  const agrees = asks.asksDisagreement
    ? reader.choice('agrees', ['yes', 'no'] as const, 'Select whether this answer meets the child’s need.')
    : 'yes'
  const at = readMoment(reader, now)
  if (reader.errors.length > 0) return refused(reader.errors)
  return ok({
    kind,
    at,
    withWhom: [withWhom, role].filter(Boolean).join(', '),
    says,
    outcome,
    reference,
    disagrees: agrees === 'no',
    stage,
    placeRisks,
    attached,
    unwrittenBecause,
    ...(followUpOn ? { followUpOn } : {}),
  })
}
