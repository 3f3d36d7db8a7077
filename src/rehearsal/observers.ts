import type { Instant } from '../kernel/plain-date.ts'
import { doubtOf } from '../policy/contact-doubts.ts'
import { isOpenAt } from '../policy/contact-hours.ts'
import type { CitedSource, Tell } from './model.ts'
import type { Stage } from './stage.ts'
import { listAlerts, listNotices, listUnreached } from './stage-store.ts'

/** A telling as it lies in the database: what has not been there before belongs to the step. */
export interface Observed {
  readonly id: string
  readonly tell: Tell
}

/** Looks at what the commands have written and gives everything that anybody has been told so far. */
export type Observer = (stage: Stage) => Promise<readonly Observed[]>

/** Alerts that reach nobody at that moment: they lie there until somebody is back. */
const notTold = ['for-return']

const alerts: Observer = async stage =>
  (await listAlerts(stage.admin, stage.schoolId))
    .filter(alert => !notTold.includes(alert.kind) && !alert.knewAlready)
    .map(alert => ({
      id: alert.id,
      tell: {
        person: stage.keyOf(alert.adultId),
        role: alert.role,
        how: alert.kind === 'find-dsl' ? 'asked-to-find-dsl' : 'alert',
        kind: alert.kind,
        ref: stage.refOf(alert.concernId),
        rule: alert.rule,
        says: alert.says,
        source: stage.citeText(alert.source),
      },
    }))

/** As what somebody hears of a duty: the role that the notice names, or the first of those that they hold. */
function roleTold(stage: Stage, adultId: string, role: string | null): string | undefined {
  return role ?? stage.people.get(stage.keyOf(adultId) ?? '')?.roles[0]
}

const notices: Observer = async stage =>
  (await listNotices(stage.admin, stage.schoolId)).map(notice => ({
    id: notice.id,
    tell: {
      person: stage.keyOf(notice.adultId),
      role: roleTold(stage, notice.adultId, notice.role) ?? null,
      how: 'notice',
      kind: notice.topic,
      ref: null,
      about: stage.keyOf(notice.childId),
      rule: notice.rule ?? `notice.${notice.topic}`,
      says: notice.says,
      source: stage.citeText(notice.source),
    },
  }))

/** What the contact is called by everybody: without the authority whose it is. */
export function outsideName(contact: string): string {
  return contact.slice(contact.indexOf('.') + 1)
}

interface OutsideShown {
  readonly contact: string
  /** The route or chain that leads to nobody inside. */
  readonly route: string | undefined
  readonly shownTo: 'recorded' | 'reported'
  readonly source: CitedSource
}

/** Whoever recorded or reported something that nobody inside can be given is shown this contact. */
export function outsideTell(stage: Stage, id: string, { contact, route, shownTo, source }: OutsideShown) {
  const found = stage.profile.contacts[contact]
  return {
    id: `${id} ${contact}`,
    tell: {
      person: null,
      outside: outsideName(contact),
      contact,
      ...(found ? { service: [found.who, found.phone, doubtOf(found)].filter(Boolean).join(', ') } : {}),
      how: 'shown',
      kind: 'outside',
      ref: stage.refOf(id),
      rule: `routing.${route}-outside`,
      says: `Nobody inside who may be given it can be reached; whoever ${shownTo} it is shown whom to turn to outside.`,
      source,
    },
  }
}

/** The line for the night is not rung while the front door answers. */
function isSparedBy({ profile }: Stage, contact: string, at: Instant): boolean {
  const destination = profile.referrals.find(({ outOfHours }) => outOfHours === contact)
  const frontDoor = destination && profile.contacts[destination.frontDoor]
  return frontDoor !== undefined && isOpenAt(frontDoor, at) === true
}

/** Where a concern can be given to nobody inside, whoever recorded it is shown whom to turn to outside. */
const outside: Observer = async stage => {
  const { welfare } = stage.profile.routes
  const last = welfare.steps.at(-1)
  return (await listUnreached(stage.admin, stage.schoolId)).flatMap(({ id, recordedAt }) =>
    welfare.outside
      .filter(contact => !isSparedBy(stage, contact, recordedAt))
      .map(contact => {
        const source = last ? stage.cite(stage.profile.contacts[contact]?.source ?? last.source) : {}
        return outsideTell(stage, id, { contact, route: welfare.id, shownTo: 'recorded', source })
      }),
  )
}

/** Everything that may show that somebody was told. */
export const observers: readonly Observer[] = [alerts, notices, outside]
