import { dayInWords, momentInWords, timeInWords, toLocal } from '../../kernel/london-time.ts'
import type { Activity, ActivityKind, ActivityStanding, Unconfirmed } from './model.ts'

export const activityNames: Readonly<Record<ActivityKind, string>> = {
  trip: 'Trip',
  'out-of-hours': 'Activity outside school hours',
  closure: 'Closure or holiday',
}

export const unconfirmedSays: Readonly<Record<Unconfirmed, string>> = {
  'nobody-named': 'Nobody of the safeguarding team is named for all of it.',
  'no-telephone': 'Whoever covers it has no telephone number here.',
  'not-there': 'Whoever was named is out then, or no longer of the safeguarding team.',
}

/** "Friday 20 November 2026, 8am to 6pm"; both days where they differ. */
export function activityTimes(activity: Pick<Activity, 'startsAt' | 'endsAt'>): string {
  const [starts, ends] = [toLocal(activity.startsAt), toLocal(activity.endsAt)]
  if (starts.date === ends.date) return `${dayInWords(starts.date)}, ${timeInWords(starts.time)} to ${timeInWords(ends.time)}`
  return `${momentInWords(activity.startsAt)} to ${momentInWords(activity.endsAt)}`
}

/** An entry without cover, in a sentence. */
export function activitySays(activity: Activity, standing: ActivityStanding): string {
  const why = standing.confirmed ? '' : ` ${unconfirmedSays[standing.because]}`
  return `Unconfirmed: ${activity.title}, ${activityTimes(activity)}.${why}`
}
