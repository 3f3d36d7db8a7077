import { authorise, type Permit, type Worker } from '../../access/index.ts'
import type { AdultId, AlertId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import { dueAt as dueOf } from '../../policy/clock-time.ts'
import { chainFor } from '../../policy/conduct.ts'
import type { Work } from '../../work/work.ts'
import { noteAlerts, noteCase } from './commands.ts'
import type { CaseFacts, ConductAlertToSend, ConductSchoolFacts } from './model.ts'
import { choosingFacts, giveBy, rolesOnConduct, sourceLine } from './rules.ts'
import { findRunningLado, getSchoolFacts, listOpenCases, listTold, saveBreached, saveOwner, savePass } from './store.ts'

type Watching = Permit<'conduct.watch'>

/**
 * Looks after the cases of a school without reading a word of them: gives those that reached nobody to whoever may have them now,
 * hands those that somebody took in the absence of another to that other when they are back, and tells whoever the policy names
 * that one has not been opened or that a contact with the LADO is late.
 */
export async function watchConduct(work: Work<Worker>): Promise<void> {
  const permit = authorise(work.someone, 'conduct.watch', { schoolId: work.school.id })
  for (const { caseId, name, dueAt } of await saveBreached(work, permit))
    noteCase(work, 'clock.breached', caseId, { clock: name, due: dueAt })
  for (const found of await listOpenCases(work, permit)) {
    const about = found.subjects.flatMap(id => id ?? [])
    const facts = await getSchoolFacts(work, found.id, rolesOnConduct(work.profile), about)
    const moved = (await handBack(work, permit, found, facts)) || (await giveAgain(work, permit, found, facts))
    if (!moved) await tellOfSilence(work, permit, found, facts)
  }
}

/** Where the policy has it so, whoever the chain leads to first, and was out, is handed the case when they are back. */
async function handBack(work: Work, permit: Watching, found: CaseFacts, facts: ConductSchoolFacts): Promise<boolean> {
  const back = found.readers.find(
    ({ adultId, because }) =>
      because === 'for-return' && facts.holders.some(holder => holder.adultId === adultId && !holder.absent),
  )
  if (!back) return false
  const chain = work.profile.conduct.chains.find(({ key }) => key === found.chain)
  if (!chain?.handsBack) return false
  const step = chain.steps.find(({ roles }) => roles.includes(back.role))
  if (!step) return false
  const alert: ConductAlertToSend = {
    id: newId<AlertId>(),
    adultId: back.adultId,
    role: back.role,
    kind: 'handed-over',
    rule: 'conduct.handed-back',
    says: step.says,
    source: sourceLine(work.profile, step.source),
  }
  await savePass(work, permit, found.id, {
    managerId: back.adultId,
    state: found.state === 'unreached' ? 'new' : found.state,
    readers: [{ adultId: back.adultId, role: back.role, because: 'handed-over', rule: alert.rule }],
    alerts: [alert],
  })
  noteCase(work, 'conduct.passed-on', found.id, { to: back.adultId, because: 'returned' })
  noteAlerts(work, found.id, [alert])
  return true
}

/** A case that nobody has, or whose last reader holds the role no longer, is walked along its chain again. */
async function giveAgain(work: Work, permit: Watching, found: CaseFacts, facts: ConductSchoolFacts): Promise<boolean> {
  const there = (adultId: AdultId) => facts.holders.some(holder => holder.adultId === adultId && !holder.absent)
  const has = found.readers.filter(({ because }) => because !== 'shared' && because !== 'for-return')
  if (found.state === 'unreached') {
    const back = has.find(({ adultId }) => there(adultId))
    if (back) {
      // Told while they were out: it is theirs now, and they have been told.
      await savePass(work, permit, found.id, { managerId: back.adultId, state: 'new', readers: [], alerts: [] })
      return true
    }
  } else if (has.length > 0) return false
  const chain = chainFor(
    work.profile.conduct,
    choosingFacts(facts, {
      kind: found.kind,
      believed: found.level && found.level !== 'neither' ? found.level : found.believed,
      conflict: found.conflict,
    }),
  )
  const given = giveBy(work.profile, chain, facts, found.excluded, 'handed-over', newId)
  if (given.state === 'unreached' || given.managerId === null)
    return found.state !== 'unreached' && leavesNobody(work, permit, found)
  await savePass(work, permit, found.id, { ...given, chain: chain.key, state: found.openedAt ? 'open' : 'new' })
  noteCase(work, 'conduct.passed-on', found.id, {
    to: given.managerId,
    because: found.state === 'unreached' ? 'unreached' : 'left',
  })
  noteAlerts(work, found.id, given.alerts)
  return true
}

/** Whoever had it has left and nobody is there to have it: whoever reported it is shown whom to turn to outside, and it is theirs to ring. */
async function leavesNobody(work: Work, permit: Watching, found: CaseFacts): Promise<true> {
  await savePass(work, permit, found.id, { state: 'unreached', readers: [], alerts: [] })
  const owner = found.reporterId !== null && !found.excluded.includes(found.reporterId) ? found.reporterId : null
  saveOwner(work, permit, found.id, owner)
  noteCase(work, 'conduct.unreached', found.id)
  return true
}

/** Tells whoever the policy names that something waits, and nothing of it; each once. */
async function tellOfSilence(work: Work, permit: Watching, found: CaseFacts, facts: ConductSchoolFacts): Promise<void> {
  const rules = work.profile.conduct.unanswered.filter(({ chains }) => chains.length === 0 || chains.includes(found.chain))
  const told = await listTold(work, permit, found.id)
  const lado = await findRunningLado(work, permit, found.id)
  for (const rule of rules) {
    const isOpenQuestion = rule.on === 'unopened' ? found.openedAt === null && found.state !== 'unreached' : lado !== undefined
    if (!isOpenQuestion) continue
    const after = rule.within
      ? dueOf(rule.within, rule.on === 'unopened' ? found.recordedAt : (lado?.basisAt ?? found.recordedAt), work.profile.calendar)
      : (lado?.dueAt ?? null)
    if (after === null || work.now <= after) continue
    const id = `conduct.${rule.on === 'unopened' ? 'unopened' : 'lado-overdue'}`
    const alerts = facts.holders
      .filter(
        (holder, index) =>
          rule.tell.includes(holder.role) &&
          !found.excluded.includes(holder.adultId) &&
          !found.readers.some(({ adultId }) => adultId === holder.adultId) &&
          !told.some(one => one.adultId === holder.adultId && one.rule === id) &&
          facts.holders.findIndex(other => other.adultId === holder.adultId && rule.tell.includes(other.role)) === index,
      )
      .map(
        (holder): ConductAlertToSend => ({
          id: newId<AlertId>(),
          adultId: holder.adultId,
          role: holder.role,
          kind: rule.on === 'unopened' ? 'unanswered' : 'overdue',
          rule: id,
          says: rule.says,
          source: sourceLine(work.profile, rule.source),
        }),
      )
    if (alerts.length === 0) continue
    await savePass(work, permit, found.id, { readers: [], alerts })
    noteCase(work, 'conduct.unanswered', found.id, { rule: id })
    noteAlerts(work, found.id, alerts)
  }
}
