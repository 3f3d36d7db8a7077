import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { NewTransfer, Transfer } from './model.ts'

type MovePermit = Permit<'pupil.move'> | Permit<'transfer.keep'>

const by = ({ someone }: MovePermit): AdultId | null => (someone.kind === 'adult' ? someone.adultId : null)

const insert = {
  name: 'transfer_insert',
  text: `insert into transfer (school_id, id, child_id, direction, other_school, destination, moment, moves_on, opened_at, opened_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
}

/** Opens the way of a file. Without reading back: the office may open it and sees nothing of it. */
export async function insertTransfer(work: Work, permit: MovePermit, transfer: NewTransfer): Promise<void> {
  const { id, childId, direction, otherSchool, destination, moment, movesOn } = transfer
  await work.tx.run(insert, [
    work.school.id,
    id,
    childId,
    direction,
    otherSchool,
    destination,
    moment,
    movesOn,
    work.now,
    by(permit),
  ])
}

const columns = `id, child_id as "childId", direction, ${utcText('sent_at')} as "sentAt", ${utcText('received_at')} as "receivedAt", ${utcText('receipt_at')} as "receiptAt"`

const open = {
  name: 'transfer_open',
  text: `select ${columns} from transfer where school_id = $1 and child_id = $2 and direction = $3 and ended_at is null
    and (direction = 'out' or received_at is null) and receipt_at is null order by opened_at desc, id desc limit 1 for update`,
}

/** The way that a file of this child is on, if any. */
export async function findOpenTransfer(
  work: Work,
  _permit: Permit<'transfer.keep'>,
  childId: ChildId,
  direction: 'out' | 'in',
): Promise<Transfer | undefined> {
  return (await work.tx.run<Transfer>(open, [work.school.id, childId, direction]))[0]
}

const sent = {
  name: 'transfer_sent',
  text: 'update transfer set sent_at = $3, sent_by = $4, sent_to = $5 where school_id = $1 and id = $2',
}
const received = {
  name: 'transfer_received',
  text: 'update transfer set received_at = $3, received_by = $4 where school_id = $1 and id = $2',
}
const receipt = {
  name: 'transfer_receipt',
  text: 'update transfer set receipt_at = $3, receipt_by = $4 where school_id = $1 and id = $2',
}
const end = {
  name: 'transfer_end',
  text: 'update transfer set ended_at = $3, ended_because = $4 where school_id = $1 and id = $2',
}

export async function saveSent(work: Work, permit: Permit<'transfer.keep'>, id: string, sentTo: string): Promise<void> {
  await work.tx.run(sent, [work.school.id, id, work.now, by(permit), sentTo])
}

export async function saveReceived(work: Work, permit: Permit<'transfer.keep'>, id: string): Promise<void> {
  await work.tx.run(received, [work.school.id, id, work.now, by(permit)])
}

export async function saveReceipt(work: Work, permit: Permit<'transfer.keep'>, id: string): Promise<void> {
  await work.tx.run(receipt, [work.school.id, id, work.now, by(permit)])
}

export async function saveEnded(work: Work, _permit: Permit<'transfer.keep'>, id: string, because: string): Promise<void> {
  await work.tx.run(end, [work.school.id, id, work.now, because])
}
