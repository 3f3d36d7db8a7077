import type { Instant } from '../../kernel/plain-date.ts'
import { dueAt } from '../../policy/clock-time.ts'
import { type Observer, outsideTell } from '../observers.ts'
import type { Stage } from '../stage.ts'
import { listCaseAlerts, listCases } from './conduct-store.ts'

/** Who was told of a concern about an adult; where nobody inside may have it, whom whoever reported it is shown outside. */
export const conductTellings: Observer = async stage => {
  const alerts = (await listCaseAlerts(stage.admin, stage.schoolId)).map(alert => ({
    id: alert.id,
    tell: {
      person: stage.keyOf(alert.adultId),
      role: alert.role,
      how: 'alert',
      kind: alert.kind,
      ref: stage.refOf(alert.caseId),
      rule: alert.rule,
      says: alert.says,
      source: stage.citeText(alert.source),
    },
  }))
  const outside = (await listCases(stage.admin, stage.schoolId))
    .filter(({ state }) => state === 'unreached')
    .flatMap(({ id, chain }) => {
      const found = stage.profile.conduct.chains.find(({ key }) => key === chain)
      const source = found ? stage.cite(found.source) : {}
      return (found?.outside ?? []).map(contact =>
        outsideTell(stage, id, { contact, route: found?.id, shownTo: 'reported', source }),
      )
    })
  return [...alerts, ...outside]
}

/** When somebody hears that a case has not been opened, or that the LADO has not been contacted: kept in no clock. */
export async function conductMoments(stage: Stage): Promise<readonly Instant[]> {
  const { conduct, calendar } = stage.profile
  const timed = conduct.unanswered.filter(({ within }) => within !== undefined)
  if (timed.length === 0) return []
  const cases = await listCases(stage.admin, stage.schoolId)
  return cases.flatMap(({ chain, recordedAt, openedAt, ladoSince }) =>
    timed
      .filter(({ chains }) => chains.length === 0 || chains.includes(chain))
      .flatMap(({ on, within }) => {
        const from = on === 'unopened' ? (openedAt === null ? recordedAt : null) : ladoSince
        return (from && within && dueAt(within, from, calendar)) ?? []
      }),
  )
}
