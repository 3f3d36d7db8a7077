import { authorise, type Worker } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import { clocksStartedBy } from '../../policy/clocks.ts'
import type { Work } from '../../work/work.ts'
import { clockToStart, type RoleHolder, tellOf } from '../concerns/index.ts'
import { answererAlert } from './commands.ts'
import type { OpenChallenge } from './model.ts'
import { nextAnswerer } from './rules.ts'
import { findOpenChallenges, savePassed } from './store.ts'

function isThere(adultId: AdultId | null, challenge: OpenChallenge, holders: readonly RoleHolder[]): boolean {
  return adultId !== null && !challenge.excluded.includes(adultId) && holders.some(holder => holder.adultId === adultId)
}

/**
 * Gives every challenge that nobody answered in time, or whose answerer may not answer any more, to the next of the profile's steps.
 * Where nobody is left it stays overdue on every list. Running it twice changes nothing the second time.
 */
export async function passChallengesOn(work: Work<Worker>, holders: readonly RoleHolder[]): Promise<number> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const rules = work.profile.challenge
  let passed = 0
  for (const challenge of await findOpenChallenges(work, permit)) {
    const isLate = challenge.dueAt !== null && work.now > challenge.dueAt
    if (!isLate && isThere(challenge.toId, challenge, holders)) continue
    const next = nextAnswerer(rules, holders, challenge)
    if (!next) continue
    const [started] = clocksStartedBy(work.profile, { event: 'concern.challenged', at: work.now })
    const clock = started && clockToStart(work.profile, started, next.holder.adultId, null, newId)
    const alerts = [answererAlert(work, next)]
    const { adultId } = next.holder
    await savePassed(work, permit, challenge, {
      adultId,
      alerts,
      dueAt: clock?.dueAt ?? null,
      clockId: challenge.clockId,
      isLate,
    })
    work.note({
      event: 'challenge.passed-on',
      subjectKind: 'concern',
      subject: challenge.concernId,
      facts: { challenge: challenge.id, from: challenge.toId, to: adultId, late: isLate },
    })
    tellOf(work, challenge.concernId, alerts)
    passed += 1
  }
  return passed
}
