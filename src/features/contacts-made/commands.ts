import type { Actor, Permit } from '../../access/index.ts'
import type { ActionId, AdultId, AlertId } from '../../kernel/ids.ts'
import { localDate, toLocal } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { type AlertToSend, alertsOf, rolesOnRoute, routeOf, tellOf } from '../concerns/index.ts'
import { settleByReferral } from '../pathways/index.ts'
import { findRoleHolders } from '../role-holders/index.ts'
import { type NewEmergencyCall, type NewFamilyContact, serviceNames, type TouchedConcern } from './model.ts'
import { actionAfter, isEarly, subjectsOf } from './rules.ts'
import { type EntryOfContact, insertActionAfter, insertCall, insertContact } from './store.ts'

function entriesAt(concern: TouchedConcern, at: Instant, kind: EntryOfContact['kind'], heading: string): EntryOfContact[] {
  const { date, time } = toLocal(at)
  return subjectsOf(concern).map(({ childId, involvement }) => ({
    id: newId<string>(),
    childId,
    kind,
    heading,
    happenedOn: date,
    happenedAtTime: time,
    involvement,
  }))
}

const alertTo = (adultId: AdultId, more: Pick<AlertToSend, 'kind' | 'rule' | 'says' | 'source' | 'role'>): AlertToSend => ({
  id: newId<AlertId>(),
  adultId,
  step: 0,
  ...more,
})

/** Keeps that the emergency number was rung, and gives whoever has the concern the rest to do. */
export async function recordEmergencyCall(
  work: Work<Actor>,
  permit: Permit<'agency-call.own'> | Permit<'agency-call.record'>,
  concern: TouchedConcern,
  call: NewEmergencyCall,
): Promise<void> {
  const by = work.someone.adultId
  const actionId = newId<ActionId>()
  const [subject] = subjectsOf(concern)
  const dueOn = localDate(work.now)
  const action = { id: actionId, childId: subject?.childId ?? null, says: actionAfter(call), dueOn, by }
  const ownerId = await insertActionAfter(work, permit, concern, action)
  const alerts =
    ownerId && ownerId !== by
      ? [
          alertTo(ownerId, {
            role: 'dsl',
            kind: 'action',
            rule: 'concerns.emergency-call',
            says: 'The emergency number was rung about a concern that you have. What to do is among your own actions.',
            source: 'Whoever is given an action is told of it',
          }),
        ]
      : []
  const id = newId<string>()
  const entries = [
    ...entriesAt(concern, call.at, 'contact', `Emergency call: ${serviceNames[call.service].toLowerCase()}`),
    ...(ownerId ? entriesAt(concern, work.now, 'action', 'Action set').slice(0, 1) : []),
  ]
  await insertCall(work, permit, { id, concern, by, alerts, entries, call, actionId: ownerId ? actionId : null })
  if (call.service === 'police')
    await settleByReferral(
      work,
      permit,
      { id: concern.id, excluded: concern.access.excluded ?? [] },
      { agency: 'police', at: call.at, withWhom: serviceNames[call.service], reference: call.incident },
    )
  work.note({
    event: 'agency-call.recorded',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { call: id, service: call.service, at: call.at, action: ownerId ? actionId : null, owner: ownerId },
  })
  if (ownerId)
    work.note({
      event: 'action.set',
      subjectKind: 'action',
      subject: actionId,
      facts: { concern: concern.id, owner: ownerId, due: dueOn },
    })
  tellOf(work, concern.id, alerts)
}

/** Whoever has the concern, where they may still know of it; else whoever the school's route leads to. */
async function tellOfEarly(work: Work<Actor>, concern: TouchedConcern): Promise<readonly AlertToSend[]> {
  const excluded = concern.access.excluded ?? []
  const holders = await findRoleHolders(work, rolesOnRoute(work.profile))
  const owner = holders.find(holder => holder.adultId === concern.ownerId && !holder.absent && !excluded.includes(holder.adultId))
  const alerts = owner
    ? [
        alertTo(owner.adultId, {
          role: owner.role,
          kind: 'early-contact',
          rule: 'concerns.early-contact',
          says: 'A parent was spoken with before the safeguarding team had advised.',
          source: 'Whoever has a concern hears of a talk with a parent that came first',
        }),
      ]
    : alertsOf(work.profile, routeOf(work.profile, { holders }, excluded), 'early-contact', newId)
  return alerts.filter(alert => alert.adultId !== work.someone.adultId)
}

/** Keeps a talk with a parent; one that came before the team's advice is kept all the same, marked, and told to whoever has the concern. */
export async function recordFamilyContact(
  work: Work<Actor>,
  permit: Permit<'family-contact.own'> | Permit<'family-contact.record'>,
  concern: TouchedConcern,
  contact: NewFamilyContact,
): Promise<void> {
  const early = isEarly(contact, concern)
  const alerts = early ? await tellOfEarly(work, concern) : []
  const id = newId<string>()
  const heading = early ? 'Parent contacted before DSL advice' : 'Parent contacted'
  const entries = entriesAt(concern, contact.at, 'parents', heading)
  await insertContact(work, permit, { id, concern, by: work.someone.adultId, alerts, entries, contact, early })
  work.note({
    event: 'family-contact.recorded',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { contact: id, at: contact.at, how: contact.how, early },
  })
  tellOf(work, concern.id, alerts)
}
