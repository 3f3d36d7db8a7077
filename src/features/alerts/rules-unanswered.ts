/** Who hears when a concern is not answered in time. Pure. */
import type { AlertId } from '../../kernel/ids.ts'
import { dayInWords, timeInWords, toLocal } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { dueAt } from '../../policy/clock-time.ts'
import { findStep } from '../../policy/pathways.ts'
import type { Profile, WhenUnanswered } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { ChasedAccount } from '../accounts/model.ts'
import { answeringRoles } from '../challenges/rules.ts'
import type { AlertToSend, RoleHolder } from '../concerns/model.ts'
import { type NewId, sourceText } from '../concerns/rules.ts'
import type { LateStep } from '../pathways/index.ts'
import type { LookRound, OpenConcern, RunningClock } from './model.ts'

type Kind = Extract<AlertToSend['kind'], 'second-alert' | 'find-dsl' | 'untriaged' | 'undecided' | 'account-due' | 'not-seen'>

/** What a school is, as far as telling somebody of its concerns goes. */
export interface ToldSchool {
  readonly name: string
  readonly fileRoles: readonly RoleId[]
}

/** The roles that hear of what is not answered, answer it, or may have it by the route. */
export function listeningRoles(profile: Profile): RoleId[] {
  return [
    ...new Set([
      ...profile.pathways.flatMap(({ steps }) => steps.flatMap(step => step.late?.tell ?? [])),
      ...profile.unanswered.flatMap(rule => [...rule.tell, ...rule.ask]),
      ...answeringRoles(profile.challenge),
      ...profile.routes.welfare.steps.flatMap(step => step.roles),
    ]),
  ]
}

function rulesOn(profile: Profile, on: WhenUnanswered['on']): readonly WhenUnanswered[] {
  return profile.unanswered.filter(rule => rule.on === on)
}

/** Of these roles whoever is there; where nobody of any is, all of them: a message that waits is better than none. Nobody twice. */
function hearers(roles: readonly RoleId[], round: LookRound, concern: OpenConcern): readonly RoleHolder[] {
  const eligible = roles.flatMap(role =>
    round.listeners.filter(holder => holder.role === role && !concern.excluded.includes(holder.adultId)),
  )
  const there = eligible.filter(holder => !holder.absent)
  const all = there.length > 0 ? there : eligible
  return all.filter((holder, index) => all.findIndex(other => other.adultId === holder.adultId) === index)
}

/** These, and first whoever has it now. */
function withOwner(all: readonly RoleHolder[], round: LookRound, concern: OpenConcern): readonly RoleHolder[] {
  const owner = round.listeners.find(holder => holder.adultId === concern.ownerId && !concern.excluded.includes(holder.adultId))
  return owner && !all.some(holder => holder.adultId === owner.adultId) ? [owner, ...all] : all
}

function alertTo(profile: Profile, rule: WhenUnanswered, holder: RoleHolder, kind: Kind, newId: NewId): AlertToSend {
  return {
    id: newId<AlertId>(),
    adultId: holder.adultId,
    role: holder.role,
    kind,
    step: 0,
    rule: `unanswered.${rule.on}`,
    says: rule.says,
    source: sourceText(profile, rule.source),
  }
}

/** Past the time to acknowledge it: those who had it are told a second time, and somebody is asked to find one of the team. */
export function alertsPastAcknowledging(
  profile: Profile,
  round: LookRound,
  concern: OpenConcern,
  justTold: readonly string[],
  newId: NewId,
): readonly AlertToSend[] {
  const holding = rulesOn(profile, 'acknowledgement').filter(
    ({ prompts }) => prompts === undefined || prompts.some(prompt => concern.prompts.includes(prompt)),
  )
  return holding.flatMap(rule => [
    ...hearers(rule.tell, round, concern)
      .filter(holder => concern.told.includes(holder.adultId) && !justTold.includes(holder.adultId))
      .map(holder => alertTo(profile, rule, holder, 'second-alert', newId)),
    ...hearers(rule.ask, round, concern).map(holder => alertTo(profile, rule, holder, 'find-dsl', newId)),
  ])
}

export interface ToldOf {
  readonly concern: OpenConcern
  readonly alerts: readonly AlertToSend[]
}

/** "2 concerns at Ashwood School were not triaged by 5pm on Friday 20 November 2026." */
function numberInWords(count: number, school: ToldSchool, dueAt: Instant): string {
  const { date, time } = toLocal(dueAt)
  const by = time === '23:59' ? `on ${dayInWords(date)}` : `by ${timeInWords(time)} on ${dayInWords(date)}`
  return `${count === 1 ? '1 concern' : `${count} concerns`} at ${school.name} ${count === 1 ? 'was' : 'were'} not triaged ${by}.`
}

/**
 * Concerns whose time for triage has run out. Whoever opens files is told of each; whoever does not is given one alert with the
 * number of those that they are not outside, and nothing to open.
 */
export function alertsPastTriage(
  profile: Profile,
  school: ToldSchool,
  round: LookRound,
  breached: readonly RunningClock[],
  newId: NewId,
): readonly ToldOf[] {
  const late = breached.flatMap(clock => {
    const concern = clock.name === 'triage' ? round.concerns.find(({ id }) => id === clock.concernId) : undefined
    return concern ? [{ concern, dueAt: clock.dueAt }] : []
  })
  const numbered = new Set<string>()
  return late.map(({ concern, dueAt: due }) => ({
    concern,
    alerts: rulesOn(profile, 'triage').flatMap(rule => {
      const told = hearers(rule.tell, round, concern)
      // Where everybody who is to hear of it is away, whoever has it meanwhile hears of it too.
      const all = told.every(holder => holder.absent) ? withOwner(told, round, concern) : told
      return all.flatMap(holder => {
        const alert = alertTo(profile, rule, holder, 'untriaged', newId)
        const opens =
          !told.includes(holder) ||
          round.listeners.some(other => other.adultId === holder.adultId && school.fileRoles.includes(other.role))
        if (opens) return [alert]
        if (numbered.has(holder.adultId)) return []
        numbered.add(holder.adultId)
        const count = late.filter(other => !other.concern.excluded.includes(holder.adultId)).length
        return [{ ...alert, says: numberInWords(count, school, due) }]
      })
    }),
  }))
}

/** Children who were to be seen by now and have not been, as far as anybody has written. */
export function alertsPastSeeing(
  profile: Profile,
  round: LookRound,
  breached: readonly RunningClock[],
  newId: NewId,
): readonly ToldOf[] {
  return breached.flatMap(clock => {
    const concern = clock.name === 'child-seen' ? round.concerns.find(({ id }) => id === clock.concernId) : undefined
    if (!concern) return []
    const alerts = rulesOn(profile, 'child-seen').flatMap(rule =>
      hearers(rule.tell, round, concern).map(holder => alertTo(profile, rule, holder, 'not-seen', newId)),
    )
    return [{ concern, alerts }]
  })
}

const undecidedStates: readonly OpenConcern['state'][] = ['unreached', 'new', 'acknowledged', 'triaged']

/** Concerns for which nobody has decided anything by the time that the school gives, each said once. */
export function alertsPastDecision(profile: Profile, round: LookRound, now: Instant, newId: NewId): readonly ToldOf[] {
  return round.concerns
    .filter(concern => undecidedStates.includes(concern.state) && !concern.isReferred && !concern.undecidedTold)
    .flatMap(concern => {
      const alerts = rulesOn(profile, 'decision').flatMap(rule => {
        const due = rule.within && dueAt(rule.within, concern.recordedAt, profile.calendar)
        if (!due || now <= due) return []
        return hearers(rule.tell, round, concern).map(holder => alertTo(profile, rule, holder, 'undecided', newId))
      })
      return alerts.length > 0 ? [{ concern, alerts }] : []
    })
}

/** An account that is not written when it is chased: whoever is to write it, whoever has the concern, and those who hear of it. */
export function alertsOfAccount(
  profile: Profile,
  round: LookRound,
  concern: OpenConcern,
  account: ChasedAccount,
  newId: NewId,
): readonly AlertToSend[] {
  // Of somebody without an account the paper is attached by whoever typed the concern.
  const writers = [account.adultId ?? account.reporterId].filter(id => id !== null)
  return rulesOn(profile, 'account').flatMap(rule => {
    const team = withOwner(hearers(rule.tell, round, concern), round, concern)
    const all = [
      ...writers.map(adultId =>
        alertTo(profile, rule, { adultId, role: 'teacher', name: '', absent: false }, 'account-due', newId),
      ),
      ...team.map(holder => alertTo(profile, rule, holder, 'account-due', newId)),
    ]
    return all.filter(
      (alert, index) =>
        !concern.excluded.includes(alert.adultId) && all.findIndex(other => other.adultId === alert.adultId) === index,
    )
  })
}

/** What the policy asks for and nobody has done in time: those whom the pathway names hear of it. */
export function alertsOfStep(
  profile: Profile,
  round: LookRound,
  concern: OpenConcern,
  step: LateStep,
  newId: NewId,
): readonly AlertToSend[] {
  const rule = findStep(profile, step.pathway, step.step)
  const late = rule?.step.late
  if (!late) return []
  return hearers(late.tell, round, concern).map(holder => ({
    id: newId<AlertId>(),
    adultId: holder.adultId,
    role: holder.role,
    kind: 'step-late',
    step: 0,
    rule: `pathways.${step.pathway}-${step.step}`,
    says: 'What the policy asks for at once is not done, as far as anybody has written.',
    source: sourceText(profile, late.source),
  }))
}
