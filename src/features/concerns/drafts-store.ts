import type { Permit } from '../../access/index.ts'
import type { AdultId, ConcernId, DraftId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'

export interface DraftRow {
  readonly id: DraftId
  readonly version: number
  readonly startedAt: Instant
  readonly savedAt: Instant
  readonly sealed: Buffer
}

interface Row {
  readonly id: DraftId
  readonly version: number
  readonly started_at: Instant
  readonly saved_at: Instant
  readonly sealed: Buffer
}

function draftOf(row: Row): DraftRow {
  return { id: row.id, version: row.version, startedAt: row.started_at, savedAt: row.saved_at, sealed: row.sealed }
}

/** Where the words under this id stand: a draft of one's own, a concern already recorded from it, both or neither. */
export interface DraftStanding {
  readonly draft: DraftRow | undefined
  readonly recorded: ConcernId | undefined
}

const lookUp = `select (select id from concern where school_id = $1 and id = $3 and (reporter_id = $2 or written_by = $2)) as recorded,
  d.id, d.version, d.started_at, d.saved_at, d.sealed
  from (select 1) as one left join draft d on d.school_id = $1 and d.adult_id = $2 and d.id = $3`
const find = { name: 'draft_find', text: lookUp }
const findLocked = {
  name: 'draft_lock',
  text: `with locked as (select id, version, started_at, saved_at, sealed from draft where school_id = $1 and adult_id = $2 and id = $3 for update)
    select (select id from concern where school_id = $1 and id = $3 and (reporter_id = $2 or written_by = $2)) as recorded, locked.*
    from (select 1) as one left join locked on true`,
}

/** The draft under this id, if it is this person's own. Locked until the commit where it is about to be saved. */
export async function findDraft(
  work: Work,
  _permit: Permit<'draft.own'> | Permit<'concern.record'>,
  adultId: AdultId,
  id: string,
  options: { readonly toSave: boolean } = { toSave: false },
): Promise<DraftStanding> {
  const [row] = await work.tx.run<Row & { recorded: ConcernId | null }>(options.toSave ? findLocked : find, [
    work.school.id,
    adultId,
    id,
  ])
  return { draft: row?.id ? draftOf(row) : undefined, recorded: row?.recorded ?? undefined }
}

const findOwn = {
  name: 'draft_list_own',
  text: `select id, version, started_at, saved_at, ''::bytea as sealed from draft where school_id = $1 and adult_id = $2 and form = 'concern' order by saved_at desc limit 50`,
}

export async function findDraftsOf(work: Work, _permit: Permit<'draft.own'>, adultId: AdultId): Promise<readonly DraftRow[]> {
  const rows = await work.tx.run<Row>(findOwn, [work.school.id, adultId])
  return rows.map(draftOf)
}

const insert = {
  name: 'draft_insert',
  text: `insert into draft (school_id, adult_id, id, form, sealed, version, started_at, saved_at) values ($1, $2, $3, 'concern', $4, 1, $5, $5)
    on conflict (school_id, id) do nothing returning version`,
}
const update = {
  name: 'draft_update',
  text: `update draft set sealed = $4, version = version + 1, saved_at = $5 where school_id = $1 and adult_id = $2 and id = $3 returning version`,
}

/** Writes the draft; undefined where the id is somebody else's. */
export async function writeDraft(
  work: Work,
  _permit: Permit<'draft.own'> | Permit<'concern.record'>,
  adultId: AdultId,
  id: string,
  sealed: Buffer,
  isNew: boolean,
): Promise<number | undefined> {
  const [row] = await work.tx.run<{ version: number }>(isNew ? insert : update, [work.school.id, adultId, id, sealed, work.now])
  return row?.version
}
