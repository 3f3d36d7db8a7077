/** What is owed when something happens to a pupil, and how long records are kept, in words. */
import { durationInWords } from './duration.ts'
import { whoInWords } from './duty-values.ts'
import { type PolicyValue, value } from './policy-value.ts'
import type { Destination, Profile, PupilMoment, PupilRule, RetentionRule } from './profile.ts'

const momentNames: Readonly<Record<PupilMoment, string>> = {
  leaving: 'A pupil leaves',
  joined: 'A pupil joins',
  'file-sent': 'A file was sent',
  'file-received': 'A file has come',
  absence: 'A pupil is absent',
  'private-fostering': 'A pupil may be privately fostered',
  'private-fostering-talk': 'The family of a privately fostered pupil was spoken with',
  encompass: 'The police send a notice of domestic abuse',
  'plan-opened': 'A plan is opened',
  'status-started': 'A status of a pupil begins',
  monitoring: 'Filtering or monitoring shows something',
  'unsuitable-material': 'Somebody meets unsuitable material: its address',
  search: 'A pupil is searched',
}

const destinationNames: Readonly<Record<Destination, string>> = {
  school: 'another school',
  independent: 'an independent school',
  college: 'a college',
  'home-education': 'home education',
  missing: 'missing from education',
  abroad: 'abroad',
  died: 'died',
}

const recordNames: Readonly<Record<RetentionRule['of'], string>> = {
  'sexual-abuse': 'Records that bear on sexual abuse',
  'last-known-school': 'The file of a child for whom this is the last school known',
}

function condition({ when }: PupilRule): string {
  if (!when) return ''
  const words = (list: readonly string[]) => list.map(one => one.replaceAll('-', ' ')).join(', ')
  const parts = [
    when.authorised === undefined ? undefined : when.authorised ? 'with permission' : 'without permission',
    when.absentDays === undefined ? undefined : `for ${when.absentDays} school days in a row or more`,
    when.moment === undefined ? undefined : when.moment === 'in-year' ? 'during the year' : 'at the new term',
    when.statuses && `who has or had the status ${words(when.statuses)}`,
    when.plans && `of the kind ${words(when.plans)}`,
  ].flatMap(part => part ?? [])
  return parts.length === 0 ? '' : `, ${parts.join(', ')}`
}

function pupilValue(profile: Profile, rule: PupilRule): PolicyValue {
  const { on, tell, asks, unsettled } = rule
  const late = unsettled ? ` Only where it is not settled ${durationInWords(unsettled)}.` : ''
  const who = tell
    ? `${tell.tell === 'all' ? 'Told' : 'Told, the first who is there'}: ${whoInWords(profile, tell.roles)}.${late} `
    : ''
  const asked = asks ? ` Asked: ${asks.replaceAll('-', ' ')}.` : ''
  return value('pupils', rule.rule, `${momentNames[on]}${condition(rule)}`, `${who}${rule.says}${asked}`, rule, rule.rule)
}

/** Who hears of what happens to a pupil, and what becomes of records in the end. */
export function pupilValues(profile: Profile): readonly PolicyValue[] {
  const { lastKnown } = profile
  return [
    ...profile.pupilEvents.map(rule => pupilValue(profile, rule)),
    ...profile.absencePatterns.map(({ id, says, absences, schoolDays, unexplained, tell, ...cited }) =>
      value(
        'pupils',
        `absence-patterns.${id}`,
        `Absent ${absences} times${unexplained ? ' without explanation' : ''} within ${schoolDays} school days`,
        `A concern is drafted. ${tell.tell === 'all' ? 'Told' : 'Told, the first who is there'}: ${whoInWords(profile, tell.roles)}. ${says}`,
        cited,
        `absence-patterns.${id}`,
      ),
    ),
    ...profile.retention.map(rule =>
      value(
        'retention',
        rule.of,
        recordNames[rule.of],
        `Kept ${rule.years} years from ${rule.from === 'birth' ? 'the day of birth' : 'the day of the record'}, then reviewed. ${rule.says}`,
        { source: rule.source, ...(rule.standing ? { standing: rule.standing } : {}), reading: rule.reading },
        `retention.${rule.id}`,
      ),
    ),
    ...(lastKnown
      ? [
          value(
            'retention',
            'last known',
            'This stays the last school known',
            `Where a pupil goes to: ${lastKnown.destinations.map(one => destinationNames[one]).join('; ')}. ${lastKnown.says}`,
            lastKnown,
          ),
        ]
      : []),
  ]
}
