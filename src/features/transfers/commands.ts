import { authorise } from '../../access/index.ts'
import type { ChildId, ClockId } from '../../kernel/ids.ts'
import { localDate, startOfDay } from '../../kernel/london-time.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { endClocks, meetClocks, startClocks } from '../clocks/index.ts'
import { sourceText } from '../concerns/index.ts'
import { listHoldingLeaving } from '../pupil-cases/index.ts'
import {
  endReminders,
  enterOfPupil,
  findPupil,
  type PupilAsk,
  type PupilFacts,
  type PupilRefusal,
  type PupilWork,
  pupilSubject,
  runPupilClocks,
  tellOfPupil,
} from '../pupil-duties/index.ts'
import type { NewLeaving, Transfer } from './model.ts'
import { isLastKnown, isSentOn, keptUntil, reviewedAt, transferBasis } from './rules.ts'
import { findOpenTransfer, insertTransfer, saveEnded, saveReceipt, saveReceived, saveSent } from './store.ts'

export interface Moved {
  readonly id: string
  readonly asks: readonly PupilAsk[]
}
type Answer<T = Moved> = Promise<Result<T, PupilRefusal>>

const subjectOf = (id: string, childId: ChildId) => ({ kind: 'transfer', id, childId })

/** A pupil leaves: the file has a day by which it goes, or this school stays the last that keeps it. */
export async function pupilLeaving(work: PupilWork, leaving: NewLeaving): Answer {
  const pupil = await findPupil(work, leaving.childId)
  if (!pupil) return refused('no-such-child')
  const permit = authorise(work.someone, 'pupil.move', pupilSubject(work, pupil))
  const { childId, on, to, destination, moment } = leaving
  if ((await listHoldingLeaving(work, childId)).length > 0) return refused('something-first')
  const id = newId<string>()
  await insertTransfer(work, permit, { id, childId, direction: 'out', otherSchool: to, destination, moment, movesOn: on })
  if (isSentOn(destination)) {
    const at = transferBasis(leaving, work.profile.calendar)
    await runPupilClocks(work, subjectOf(id, childId), pupil, [{ name: 'file-transfer', at, facts: { moment } }])
  }
  if (isLastKnown(work.profile, destination)) keepHere(work, id, pupil)
  enterOfPupil(work, permit, pupil, { kind: 'transfer', heading: 'Leaves this school', happenedOn: on })
  const asks = await tellOfPupil(work, permit, { on: 'leaving', subject: subjectOf(id, childId), pupil, facts: { moment } })
  work.note({ event: 'pupil.leaving', subjectKind: 'child', subject: childId, facts: { transfer: id, on, destination, moment } })
  return ok({ id, asks })
}

/** The file stays here: it is looked at when the time for which it is kept is over. */
function keepHere(work: PupilWork, transferId: string, pupil: PupilFacts): void {
  const kept = keptUntil(work.profile, { born: pupil.born, lastKnownHere: true })
  if (!kept || pupil.born === null) return
  const { rule } = kept
  startClocks(work, { ...subjectOf(transferId, pupil.childId), kind: 'retention', area: 'welfare' }, [
    {
      id: newId<ClockId>(),
      name: 'retention-review',
      rule: `retention.${rule.id}`,
      says: rule.says,
      source: sourceText(work.profile, rule.source),
      standing: rule.standing ?? 'stated',
      ownerId: null,
      basisAt: startOfDay(pupil.born),
      durationUnit: 'years',
      durationCount: rule.years,
      dueAt: reviewedAt(kept),
      metAt: null,
    },
  ])
}

/** A pupil has joined: where the policy says so, the last school is asked for the file. */
export async function pupilJoined(work: PupilWork, childId: ChildId, from: string): Answer {
  const pupil = await findPupil(work, childId)
  if (!pupil) return refused('no-such-child')
  const permit = authorise(work.someone, 'pupil.move', pupilSubject(work, pupil))
  const id = newId<string>()
  const on = localDate(work.now)
  await insertTransfer(work, permit, {
    id,
    childId,
    direction: 'in',
    otherSchool: from,
    destination: null,
    moment: null,
    movesOn: on,
  })
  await runPupilClocks(work, subjectOf(id, childId), pupil, [{ name: 'incoming-file-request' }])
  enterOfPupil(work, permit, pupil, { kind: 'transfer', heading: 'Joined this school' })
  const asks = await tellOfPupil(work, permit, { on: 'joined', subject: subjectOf(id, childId), pupil })
  work.note({ event: 'pupil.joined', subjectKind: 'child', subject: childId, facts: { transfer: id } })
  return ok({ id, asks })
}

interface Opened {
  readonly transfer: Pick<Transfer, 'id' | 'sentAt'>
  readonly pupil: PupilFacts
  readonly permit: ReturnType<typeof keeping>
}

function keeping(work: PupilWork, pupil: PupilFacts) {
  return authorise(work.someone, 'transfer.keep', pupilSubject(work, pupil))
}

/** The way on which a file of this child is; a file that nobody had on its way is on it from now. */
async function openedWay(work: PupilWork, childId: ChildId, direction: 'out' | 'in'): Promise<Opened | undefined> {
  const pupil = await findPupil(work, childId)
  if (!pupil) return undefined
  const permit = keeping(work, pupil)
  const known = await findOpenTransfer(work, permit, childId, direction)
  if (known) return { transfer: known, pupil, permit }
  const id = newId<string>()
  const movesOn: PlainDate = localDate(work.now)
  const destination = direction === 'out' ? ('school' as const) : null
  await insertTransfer(work, permit, { id, childId, direction, otherSchool: '', destination, moment: null, movesOn })
  return { transfer: { id, sentAt: null }, pupil, permit }
}

/** The file was sent, separately and securely, to whoever keeps files at the next school; its receipt is awaited. */
export async function fileSent(work: PupilWork, childId: ChildId, sentTo = ''): Answer {
  const way = await openedWay(work, childId, 'out')
  if (!way) return refused('no-such-child')
  const { transfer, pupil, permit } = way
  const subject = subjectOf(transfer.id, childId)
  await saveSent(work, permit, transfer.id, sentTo)
  await meetClocks(work, subject, ['file-transfer'])
  if (transfer.sentAt === null) await runPupilClocks(work, subject, pupil, [{ name: 'transfer-receipt' }])
  enterOfPupil(work, permit, pupil, { kind: 'transfer', heading: 'File sent to the next school' })
  const asks = await tellOfPupil(work, permit, { on: 'file-sent', subject, pupil })
  work.note({ event: 'file.sent', subjectKind: 'child', subject: childId, facts: { transfer: transfer.id } })
  return ok({ id: transfer.id, asks })
}

/** A file has come from the school before: whoever the policy names hears of it. */
export async function fileReceived(work: PupilWork, childId: ChildId): Answer {
  const way = await openedWay(work, childId, 'in')
  if (!way) return refused('no-such-child')
  const { transfer, pupil, permit } = way
  const subject = subjectOf(transfer.id, childId)
  await saveReceived(work, permit, transfer.id)
  await meetClocks(work, subject, ['incoming-file-request'])
  endReminders(work, permit, transfer.id)
  enterOfPupil(work, permit, pupil, { kind: 'transfer', heading: 'File received from the school before' })
  const asks = await tellOfPupil(work, permit, { on: 'file-received', subject, pupil })
  work.note({ event: 'file.received', subjectKind: 'child', subject: childId, facts: { transfer: transfer.id } })
  return ok({ id: transfer.id, asks })
}

/** The next school has confirmed that it has the file. */
export async function receiptReceived(work: PupilWork, childId: ChildId): Answer {
  const pupil = await findPupil(work, childId)
  if (!pupil) return refused('no-such-child')
  const permit = keeping(work, pupil)
  const transfer = await findOpenTransfer(work, permit, childId, 'out')
  if (!transfer?.sentAt) return refused('nothing-sent')
  await saveReceipt(work, permit, transfer.id)
  await meetClocks(work, subjectOf(transfer.id, childId), ['transfer-receipt'])
  endReminders(work, permit, transfer.id)
  enterOfPupil(work, permit, pupil, { kind: 'transfer', heading: 'Receipt for the file' })
  work.note({ event: 'receipt.received', subjectKind: 'child', subject: childId, facts: { transfer: transfer.id } })
  return ok({ id: transfer.id, asks: [] })
}

/** Nothing goes on its way after all: the pupil stays, or the other school has said that there is no file. What runs for it ends. */
export async function endTransfer(
  work: PupilWork,
  childId: ChildId,
  direction: 'out' | 'in',
  because: string,
): Answer<undefined> {
  const pupil = await findPupil(work, childId)
  if (!pupil) return refused('no-such-child')
  const permit = keeping(work, pupil)
  if (because.trim() === '') return refused('no-outcome')
  const transfer = await findOpenTransfer(work, permit, childId, direction)
  if (!transfer) return refused('no-such-record')
  await saveEnded(work, permit, transfer.id, because)
  await endClocks(work, subjectOf(transfer.id, childId))
  endReminders(work, permit, transfer.id)
  enterOfPupil(work, permit, pupil, {
    kind: 'transfer',
    heading: direction === 'out' ? 'Stays at this school' : 'No file at the school before',
  })
  work.note({ event: 'transfer.ended', subjectKind: 'child', subject: childId, facts: { transfer: transfer.id, direction } })
  return ok(undefined)
}
