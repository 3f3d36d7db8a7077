/** What everybody must have been trained in and have read, and what the school checks, in words. */
import { durationInWords } from './duration.ts'
import { type PolicyValue, roleTitle, value } from './policy-value.ts'
import type { Profile, ReadingDuty, RecurringDuty, ReviewDuty, SignaturePart, TrainingDuty } from './profile.ts'
import { roleGroups } from './role-groups.ts'
import type { RoleId } from './roles.ts'

const groupNames = { 'all-staff': 'all staff', 'all-governors': 'governors and trustees', 'all-leaders': 'leaders' } as const

/** Roles as people say them: all staff, rather than three and twenty posts. */
export function whoInWords(profile: Pick<Profile, 'team'>, roles: readonly RoleId[]): string {
  const groups = (['all-staff', 'all-governors', 'all-leaders'] as const).filter(group =>
    roleGroups[group].every(role => roles.includes(role)),
  )
  const named = groups.includes('all-staff') ? groups.filter(group => group !== 'all-leaders') : groups
  const covered = new Set<RoleId>(named.flatMap(group => roleGroups[group]))
  return [
    ...named.map(group => groupNames[group]),
    ...roles.filter(role => !covered.has(role)).map(role => roleTitle(profile, role)),
  ].join(', ')
}

const capital = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

/** "Within 1 year, and again within 1 year each time." */
export function timesInWords({ duration, every }: Pick<RecurringDuty, 'duration' | 'every'>): string {
  const first = duration.value.unit === 'no-time-given' ? 'no time given for the first time' : durationInWords(duration.value)
  if (!every) return `${capital(first)}; once`
  return `${capital(first)}; then again ${durationInWords(every.value)} each time`
}

function told(profile: Profile, { owner, overdueTold }: RecurringDuty): readonly string[] {
  return [
    ...(owner.length > 0 ? [`Answers for it: ${whoInWords(profile, owner)}.`] : []),
    ...(overdueTold.length > 0 ? [`Hears that it is late: ${whoInWords(profile, overdueTold)}.`] : []),
  ]
}

/** Everything that is owed at the school, whether or not it has a time. */
export function dutyValues(profile: Profile): readonly PolicyValue[] {
  const { training, reading, reviews, readingDocuments, readingChased, indirectRoles, guidance } = profile.duties
  return [
    ...training.map(duty => trainingValue(profile, duty)),
    ...(guidance ? [value('reading', 'guidance', 'The edition of the national guidance', guidance.value, guidance)] : []),
    ...reading.map(duty => readingValue(profile, duty)),
    ...readingDocuments.map(document => {
      const covers = document.covers.map(id => readingDocuments.find(one => one.id === id)?.title ?? id)
      const says = [document.title, ...(covers.length > 0 ? [`whoever reads it need not read ${covers.join('; ')}`] : [])].join(
        '; ',
      )
      return value('reading', `document ${document.id}`, 'What may be read', says, document)
    }),
    ...(readingChased
      ? [
          value(
            'reading',
            'chased',
            'What nobody confirms is chased',
            `${readingChased.after.map(durationInWords).join(', ')}: ${whoInWords(profile, readingChased.told)}`,
            readingChased,
          ),
        ]
      : []),
    ...(indirectRoles
      ? [
          value(
            'reading',
            'indirect',
            'Does not work with children directly unless it is said of one of them',
            whoInWords(profile, indirectRoles.value),
            indirectRoles,
          ),
        ]
      : []),
    ...reviews.flatMap(duty => reviewValues(profile, duty)),
  ]
}

function trainingValue(profile: Profile, duty: TrainingDuty): PolicyValue {
  const says = [
    `${capital(whoInWords(profile, duty.roles))}. ${timesInWords(duty)}.`,
    ...(duty.induction ? ['Part of the induction.'] : []),
    ...(duty.keptBy.length > 0 ? [`The record is kept by ${whoInWords(profile, duty.keptBy)}.`] : []),
    ...told(profile, duty),
  ]
  return value('training', duty.course, duty.says, says.join(' '), duty.every ?? duty.duration, duty.rule)
}

const partNames: Readonly<Record<SignaturePart, string>> = {
  received: 'received',
  read: 'read',
  understood: 'understood',
  agreed: 'agreed to',
}

function readingValue(profile: Profile, duty: ReadingDuty): PolicyValue {
  const work =
    duty.work === 'direct'
      ? ' who work with children directly'
      : duty.work === 'indirect'
        ? ' who do not work with children directly'
        : ''
  const title = profile.duties.readingDocuments.find(({ id }) => id === duty.document)?.title ?? duty.document
  const says = [
    `${capital(whoInWords(profile, duty.roles))}${work}. ${title}: signed for as ${duty.signature.map(part => partNames[part]).join(', ')}${duty.ownHand ? ', in their own hand' : ''}.`,
    `${timesInWords(duty)}.`,
    ...(duty.onReissue ? ['A new edition is read anew.'] : []),
    ...(duty.induction ? ['Part of the induction.'] : []),
    ...told(profile, duty),
  ]
  return value('reading', `${duty.clock} ${duty.document}`, duty.says, says.join(' '), duty.every ?? duty.duration, duty.rule)
}

function reviewValues(profile: Profile, duty: ReviewDuty): readonly PolicyValue[] {
  const together = duty.together.map(group => whoInWords(profile, group).replaceAll(', ', ' or ')).join(' together with ')
  const says = [
    `${timesInWords(duty)}.`,
    together === '' ? `Done by any of: ${whoInWords(profile, duty.by)}.` : `Done by ${together}.`,
    ...told(profile, duty),
  ]
  return [
    value('reviews', duty.clock, duty.says, says.join(' '), duty.every ?? duty.duration, duty.rule),
    ...(duty.warn
      ? [
          value(
            'reviews',
            `${duty.clock} warned`,
            'Told before its time',
            `${durationInWords(duty.warn.value).replace('within ', '')} before: ${whoInWords(profile, duty.warn.told)}`,
            duty.warn,
          ),
        ]
      : []),
  ]
}
