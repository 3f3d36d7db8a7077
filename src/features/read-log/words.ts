/** What was done, in words. Pure. */
import type { AuditEvent } from '../../audit/events.ts'
import type { Profile } from '../../policy/profile.ts'
import { roleName } from '../people/index.ts'
import type { LogLine } from './model.ts'

export const lookKinds = ['opened', 'wrote', 'printed', 'shared', 'searched', 'log'] as const
export type LookKind = (typeof lookKinds)[number]

/** What whoever may know that somebody looked, and not at what, reads. */
export const kindWords: Readonly<Record<LookKind, string>> = {
  opened: 'Opened something in the file',
  wrote: 'Wrote or changed something in the file',
  printed: 'Printed or downloaded something of the file',
  shared: 'Gave something of the file to somebody',
  searched: 'Searched, and found this child',
  log: 'Opened this log',
}

type Did = readonly [LookKind, string]

const inWords: Readonly<Partial<Record<AuditEvent, Did>>> = {
  'read-log.opened': ['log', 'Opened the list of who looked'],
  'read-log.printed': ['log', 'Printed the list of who looked'],
  'child.found': ['searched', 'Searched by name, and found this child'],
  'child.opened': ['opened', 'Opened the child’s details'],
  'child.added': ['wrote', 'Added the child'],
  'child.changed': ['wrote', 'Changed the child’s details'],
  'child.identified': ['wrote', 'Wrote down who the child is'],
  'child.seen': ['wrote', 'Wrote that the child was seen'],
  'file.opened': ['opened', 'Opened the file'],
  'file.printed': ['printed', 'Printed the file'],
  'file.sent': ['shared', 'Sent the file to another school'],
  'file.received': ['wrote', 'Received a file from another school'],
  'receipt.received': ['wrote', 'Recorded the receipt for the file'],
  'transfer.ended': ['wrote', 'Ended a transfer of the file'],
  'glass.opened': ['opened', 'Opened the page for breaking the glass'],
  'glass.broken': ['opened', 'Broke the glass'],
  'glass.file-opened': ['opened', 'Read the file by breaking the glass'],
  'oversight.opened': ['opened', 'Opened the case for the trust, on a ground'],
  'oversight.read': ['opened', 'Read the case for the trust'],
  'page.opened': ['opened', 'Opened a form about the child'],
  'oversight.asked': ['shared', 'Asked the trust’s safeguarding lead to look at the case'],
  'glass.reviewed': ['wrote', 'Reviewed a breaking of the glass'],
  'shares.opened': ['opened', 'Opened what is shared with colleagues'],
  'share.made': ['shared', 'Shared something with colleagues'],
  'share.ended': ['wrote', 'Ended what was shared with colleagues'],
  'share.opened': ['opened', 'Opened what was shared with them'],
  'share.read': ['opened', 'Said that they have read what was shared'],
  'note.opened': ['opened', 'Opened a note'],
  'note.written': ['wrote', 'Wrote a note'],
  'attachment.opened': ['printed', 'Downloaded an attachment of a concern'],
  'concern.recorded': ['wrote', 'Recorded a concern'],
  'concern.finished': ['wrote', 'Finished writing a concern'],
  'concern.own-opened': ['opened', 'Opened their own concern'],
  'concern.opened': ['opened', 'Opened a concern'],
  'concern.triage-opened': ['opened', 'Opened the triage of a concern'],
  'concern.acknowledged': ['wrote', 'Acknowledged a concern'],
  'concern.triaged': ['wrote', 'Triaged a concern'],
  'concern.decided': ['wrote', 'Decided about a concern'],
  'concern.added-to': ['wrote', 'Added to a concern'],
  'concern.amended': ['wrote', 'Corrected a concern'],
  'concern.reporter-told': ['wrote', 'Told whoever reported a concern'],
  'concern.moved': ['wrote', 'Moved a concern to the right file'],
  'concern.linked': ['wrote', 'Linked two concerns'],
  'concern.closed': ['wrote', 'Closed a concern'],
  'concern.reopened': ['wrote', 'Reopened a concern'],
  'concern.challenged': ['wrote', 'Challenged a decision'],
  'concern.cannot-reach': ['wrote', 'Wrote that nobody could be reached'],
  'challenge.opened': ['opened', 'Opened a challenge'],
  'challenge.answered': ['wrote', 'Answered a challenge'],
  'challenge.passed-on': ['wrote', 'Passed a challenge on'],
  'adult.excluded': ['wrote', 'Wrote who is outside a concern'],
  'account.asked-opened': ['opened', 'Opened what they were asked to write'],
  'account.written': ['wrote', 'Wrote their own account'],
  'alert.seen': ['opened', 'Saw the alert of a concern'],
  'owner.moved': ['wrote', 'Gave a concern or an action to somebody else'],
  'household.linked': ['wrote', 'Linked a concern with children of the household'],
  'household.answered': ['wrote', 'Answered about the household'],
  'pathway.opened': ['opened', 'Opened the steps of a concern'],
  'pathway.answered': ['wrote', 'Answered a step of a concern'],
  'consultation.opened': ['opened', 'Opened what they were asked about'],
  'second-look.recorded': ['wrote', 'Looked at a concern a second time'],
  'retention.flagged': ['wrote', 'Marked how long a concern is kept'],
  'reply.recorded': ['wrote', 'Recorded a reply'],
  'arrangement.made': ['wrote', 'Made an arrangement'],
  'parents.recorded': ['wrote', 'Recorded speaking with a parent'],
  'parents.held': ['wrote', 'Held back speaking with a parent'],
  'parents.hold-lifted': ['wrote', 'Lifted a hold on speaking with a parent'],
  'family-contact.recorded': ['wrote', 'Recorded a contact with the family'],
  'family-meeting.recorded': ['wrote', 'Recorded a meeting with the family'],
  'agency-call.recorded': ['wrote', 'Recorded a call with an agency'],
  'advice.recorded': ['wrote', 'Recorded advice'],
  'fallback.recorded': ['wrote', 'Recorded what was done without the DSL'],
  'fallback.seen': ['opened', 'Saw what was done without the DSL'],
  'fallback.countersigned': ['wrote', 'Countersigned what was done without the DSL'],
  'hand-back.opened': ['opened', 'Opened a hand-back'],
  'hand-back.written': ['wrote', 'Wrote a hand-back'],
  'intelligence.recorded': ['wrote', 'Recorded intelligence for the police'],
  'behaviour.recorded': ['wrote', 'Recorded behaviour'],
  'referral.opened': ['opened', 'Opened a referral'],
  'referral.made': ['shared', 'Made a referral'],
  'referral.direct': ['shared', 'Referred directly'],
  'referral.step-recorded': ['wrote', 'Recorded a step of a referral'],
  'action.set': ['wrote', 'Set an action'],
  'action.finished': ['wrote', 'Finished an action'],
  'actions.opened': ['opened', 'Opened an action'],
  'plan.opened': ['wrote', 'Began a plan'],
  'plan.read': ['opened', 'Opened a plan'],
  'plan.reviewed': ['wrote', 'Reviewed a plan'],
  'plan.closed': ['wrote', 'Closed a plan'],
  'feedback.recorded': ['wrote', 'Recorded what the child said'],
  'status.started': ['wrote', 'Recorded a status'],
  'status.ended': ['wrote', 'Ended a status'],
  'status.met': ['wrote', 'Recorded what a status asks for'],
  'attendance.opened': ['opened', 'Opened the attendance'],
  'attendance.entered': ['wrote', 'Entered attendance'],
  'trusted-adults.opened': ['opened', 'Opened the trusted adults'],
  'trusted-adult.recorded': ['wrote', 'Recorded a trusted adult'],
  'record-request.opened': ['wrote', 'Began a request for the record'],
  'record-request.reviewed': ['wrote', 'Reviewed an entry for a request for the record'],
  'record-request.answered': ['shared', 'Answered a request for the record'],
  'record-request.extended': ['wrote', 'Extended a request for the record'],
  'pupil.told': ['wrote', 'Recorded what was told of the pupil'],
  'pupil.leaving': ['wrote', 'Recorded that the pupil leaves'],
  'pupil.joined': ['wrote', 'Recorded that the pupil joined'],
  'pupil.absent': ['wrote', 'Recorded an absence'],
  'pupil-absence.notified': ['wrote', 'Told somebody of an absence'],
  'pupil-absence.ended': ['wrote', 'Ended an absence'],
  'pupil-case.opened': ['wrote', 'Began a case of the pupil'],
  'private-fostering.known': ['wrote', 'Recorded private fostering'],
  'private-fostering.talked': ['wrote', 'Spoke about private fostering'],
  'private-fostering.notified': ['shared', 'Told the authority of private fostering'],
  'encompass.received': ['wrote', 'Recorded a notice from the police'],
  'encompass.seen': ['opened', 'Saw a notice from the police'],
  'encompass.checked-in': ['wrote', 'Checked in with the child after a notice from the police'],
  'monitoring.reported': ['wrote', 'Reported what monitoring showed'],
  'monitoring.opened': ['opened', 'Opened a report of monitoring'],
  'monitoring.answered': ['wrote', 'Answered a report of monitoring'],
  'monitoring.settled': ['wrote', 'Settled a report of monitoring'],
  'monitoring.sent': ['shared', 'Sent on a report of monitoring'],
  'search.recorded': ['wrote', 'Recorded a search of the pupil'],
  'search.answered': ['wrote', 'Answered about a search of the pupil'],
  'device.decided': ['wrote', 'Decided about a device'],
  'agreement.signed': ['wrote', 'Recorded a signed agreement'],
  'absence-draft.opened': ['opened', 'Opened what the absences point to'],
  'absence-draft.settled': ['wrote', 'Settled what the absences point to'],
}

const did: Readonly<Record<string, Did | undefined>> = inWords

const aboutWords: Readonly<Record<string, string>> = {
  child: 'the child’s records',
  concern: 'a concern about the child',
  referral: 'a referral of the child',
  note: 'a note about the child',
  plan: 'a plan of the child',
  action: 'an action for the child',
  share: 'what is shared about the child',
  glass: 'a file opened by breaking the glass',
  handBack: 'a hand-back about the child',
}

/** A thing done that has no words of its own is said to have been work on the file: it is never left out. */
export function kindOf({ event }: Pick<LogLine, 'event'>): LookKind {
  return did[event]?.[0] ?? 'wrote'
}

export function didInWords(line: Pick<LogLine, 'event' | 'refused' | 'about'>): string {
  if (line.refused) return `Asked for ${aboutWords[line.about ?? ''] ?? 'something about the child'}, and was refused`
  return did[line.event]?.[1] ?? 'Worked on the file'
}

/** The same without what it was, for whoever may know that somebody looked and nothing of the file. */
export function kindInWords(line: Pick<LogLine, 'event' | 'refused'>): string {
  return line.refused ? 'Asked for something about the child, and was refused' : kindWords[kindOf(line)]
}

/** Why it was open to them; undefined in entries from before that was kept. */
export function groundInWords({ refused, event, ground }: LogLine): string | undefined {
  if (refused) return 'No ground'
  if (event === 'oversight.read') return 'Open to them for some hours'
  if (event === 'glass.broken' || event === 'glass.file-opened') return 'Broke the glass'
  switch (ground) {
    case null:
      return undefined
    case 'safeguarding team':
      return 'By appointment'
    case 'it was shared with them':
      return 'It was shared with them'
    case 'reported or wrote it':
      return 'Reported or wrote it themselves'
    case 'it is theirs to do':
      return 'It was theirs to do'
    case 'any adult of the school':
    case 'open to all':
      return 'Open to every adult of the school'
    default:
      // The roles themselves stand beside the name.
      return 'By appointment'
  }
}

export function rolesInWords(profile: Pick<Profile, 'team'>, { roles }: Pick<LogLine, 'roles'>): string {
  return roles.map(role => roleName(profile, role)).join(', ')
}
