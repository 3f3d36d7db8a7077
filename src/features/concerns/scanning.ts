import { authorise, type Worker } from '../../access/index.ts'
import type { SchoolId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { ScanAnswer, Scanner } from '../../platform/clamd.ts'
import { type Work, type WorkTools, workInBackground } from '../../work/work.ts'
import { tell } from '../notices/index.ts'
import { unsealScan } from './evidence.ts'
import { findNextToScan, type ScanSettled, saveScan, saveUnscanned } from './scanning-store.ts'

const source = 'Holdfast: what a scanner finds harmful is kept as evidence and never opened'

async function tellOfRefused(work: Work<Worker>, { concernId, addedBy, told }: ScanSettled): Promise<void> {
  const about = { topic: 'attachment', urgent: false, source } as const
  if (addedBy)
    await tell(work, {
      ...about,
      says: 'The scanner found something harmful in a scan that you attached. It is kept and nobody can open it. Give the paper to the safeguarding lead, and scan it again on another machine. What you recorded has arrived as you wrote it.',
      link: `/concerns/${concernId}/evidence`,
      tells: [addedBy],
    })
  await tell(work, {
    ...about,
    says: 'The scanner found something harmful in a scan attached to a concern that you were told of. It is kept as evidence and nobody can open it. Ask for the paper.',
    link: `/concerns/${concernId}`,
    tells: told,
  })
}

async function settle(work: Work<Worker>, id: string, answer: ScanAnswer): Promise<void> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const [state, says] =
    answer.kind === 'clean'
      ? (['clean', null] as const)
      : answer.kind === 'found'
        ? (['refused', answer.name] as const)
        : (['pending', answer.why] as const)
  const settled = await saveScan(work, permit, id, state, says)
  if (!settled) return
  if (state === 'refused') await tellOfRefused(work, settled)
  work.note({
    event: 'attachment.scanned',
    subjectKind: 'concern',
    subject: settled.concernId,
    facts: { attachment: id, state, found: says },
  })
}

/** In one round; what is left waits for the next minute. */
const scansAtOnce = 500

/**
 * Has the scanner look at whatever waits for it at a school, the longest waiting first; where there is no scanner, says so of
 * it. No transaction is open while a file travels. A scanner that is away ends the round: everything stays as it is, and the
 * next round asks again. Gives how many it has answered for.
 */
export async function scanWaiting(
  tools: WorkTools,
  scanner: Scanner | undefined,
  schoolId: SchoolId,
  now: Instant,
): Promise<number> {
  if (!scanner) return sayUnscanned(tools, schoolId, now)
  for (let n = 0; n < scansAtOnce; n += 1) {
    const next = await workInBackground(tools, schoolId, now, async work => {
      const found = await findNextToScan(work, authorise(work.someone, 'alert.tell', { schoolId }))
      return { commit: true, value: found && { id: found.id, content: unsealScan(work, found.id, found.sealed) } }
    })
    if (!next) return n
    const answer = await scanner(next.content)
    await workInBackground(tools, schoolId, now, async work => ({ commit: true, value: await settle(work, next.id, answer) }))
    if (answer.kind === 'away' && answer.why !== 'too-large') return n
  }
  return scansAtOnce
}

function sayUnscanned(tools: WorkTools, schoolId: SchoolId, now: Instant): Promise<number> {
  return workInBackground(tools, schoolId, now, async work => {
    const count = await saveUnscanned(work, authorise(work.someone, 'alert.tell', { schoolId }))
    if (count > 0) work.note({ event: 'attachment.unscanned', subjectKind: 'school', subject: work.school.id, facts: { count } })
    return { commit: true, value: count }
  })
}
