/** What is missing of the meetings with the parents of each child. Pure. */
import type { ChildId } from '../../kernel/ids.ts'
import type { ConcernChild } from '../triage/index.ts'
import type { Arrangement, FamilyMeeting, MeetingLack, NewFamilyMeeting } from './model.ts'

type Part = ConcernChild['involvement']

/** What a meeting with the parents of a child of this part lacks; empty where it is complete. */
export function lacksOf(meeting: NewFamilyMeeting, part: Part): readonly MeetingLack[] {
  const isHarmed = part === 'subject'
  return [
    ...(isHarmed && !meeting.childPresent && meeting.absentBecause === '' ? (['child-or-reason'] as const) : []),
    ...(meeting.arrangements === '' ? (['arrangements'] as const) : []),
    ...(isHarmed && meeting.wishes === '' ? (['wishes'] as const) : []),
    ...(part === 'alleged' && meeting.education === '' ? (['education'] as const) : []),
    ...(meeting.nextSteps === '' ? (['next-steps'] as const) : []),
  ]
}

/** The children for whom something is arranged and with whose parents nobody has met completely since it was set. */
export function meetingsMissing(
  children: readonly Pick<ConcernChild, 'childId' | 'involvement'>[],
  arrangements: readonly Arrangement[],
  meetings: readonly FamilyMeeting[],
): readonly ChildId[] {
  return children
    .filter(({ childId, involvement }) => {
      if (!arrangements.some(arrangement => arrangement.childId === childId)) return false
      return !meetings.some(meeting => meeting.childId === childId && lacksOf(meeting, involvement).length === 0)
    })
    .map(({ childId }) => childId)
}

export const lackNames: Readonly<Record<MeetingLack, string>> = {
  'child-or-reason': 'whether the child was there or why not',
  arrangements: 'what is arranged',
  wishes: 'what the child and the parents wish',
  education: 'what it means for the child’s education',
  'next-steps': 'what happens next',
}
