import type { Permit } from '../../access/index.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Work } from '../../work/work.ts'
import type { ScanState } from './recorded-model.ts'

export interface ToScan {
  readonly id: string
  readonly concernId: ConcernId
  readonly sealed: Buffer
}

const take = { name: 'attachment_scan_take', text: 'select id, concern_id as "concernId", sealed from attachment_scan_take($1)' }

/** What waits longest for the scanner, and each of them once in one round. */
export async function findNextToScan(work: Work, _permit: Permit<'alert.tell'>): Promise<ToScan | undefined> {
  return (await work.tx.run<ToScan>(take, [work.now]))[0]
}

/** Whose it is, and who has been told of its concern. */
export interface ScanSettled {
  readonly concernId: ConcernId
  readonly addedBy: AdultId | null
  readonly told: readonly AdultId[]
}

const set = {
  name: 'attachment_scan_set',
  text: 'select concern_id as "concernId", added_by as "addedBy", told from attachment_scan_set($1, $2, $3, $4)',
}

/** Undefined where it goes on waiting, or somebody else has settled it. */
export async function saveScan(
  work: Work,
  _permit: Permit<'alert.tell'>,
  id: string,
  state: Exclude<ScanState, 'absent'>,
  says: string | null,
): Promise<ScanSettled | undefined> {
  return (await work.tx.run<ScanSettled>(set, [id, state, says, work.now]))[0]
}

const unscanned = { name: 'attachments_unscanned', text: 'select attachments_unscanned() as count' }

/** Says of whatever waits that there is no scanner; gives how many. */
export async function saveUnscanned(work: Work, _permit: Permit<'alert.tell'>): Promise<number> {
  return (await work.tx.run<{ count: number }>(unscanned, []))[0]?.count ?? 0
}
