import type { Permit } from '../../access/index.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'
import { type Answer, answersOfRecording } from '../questions/index.ts'
import type { ConcernState, OnBehalfReason } from './model.ts'
import type {
  EvidenceKind,
  EvidenceListing,
  EvidenceRow,
  NextStep,
  RecordedConcern,
  Scanned,
  ToldPerson,
} from './recorded-model.ts'

interface Row {
  readonly id: ConcernId
  readonly reference: string
  readonly state: ConcernState
  readonly recorded_at: Instant
  readonly urgent: boolean
  readonly stub: boolean
  readonly on_behalf_reason: OnBehalfReason | null
  readonly acknowledged_at: Instant | null
  readonly reporter_id: AdultId | null
  readonly written_by: AdultId | null
  readonly excluded: AdultId[]
  readonly said_unreachable: boolean
  readonly receipt_only: boolean
  readonly attachments_locked: boolean
  readonly answers: Answer[]
  readonly parents_held: boolean
  readonly progress: { told: ToldPerson[]; clocks: NextStep[]; acknowledgedBy: string | null } | null
}

const findRecorded = {
  name: 'concern_recorded_own',
  text: `select id, reference, state, recorded_at, urgent, stub, on_behalf_reason, acknowledged_at, reporter_id, written_by, excluded, receipt_only, attachments_locked, own_concern_progress(id) as progress,
      exists (select from fallback_step f where f.school_id = $1 and f.concern_id = $2 and f.by_id = scope_adult() and f.kind = 'pressed') as said_unreachable,
      ${answersOfRecording} as answers,
      exists (select from parent_hold h where h.school_id = $1 and h.concern_id = c.id and h.lifted_at is null) as parents_held
    from concern c where school_id = $1 and id = $2`,
}

const asInstant = (text: string | null) => (text === null ? null : (new Date(text).toISOString() as Instant))

/** Who has a concern and what comes next; ids and times, so no permit: the caller asks for one with its access facts. */
export async function findRecordedConcern(work: Work, id: string): Promise<RecordedConcern | undefined> {
  const [row] = await work.tx.run<Row>(findRecorded, [work.school.id, id])
  if (!row?.progress) return undefined
  return {
    id: row.id,
    reference: row.reference,
    state: row.state,
    recordedAt: row.recorded_at,
    urgent: row.urgent,
    stub: row.stub,
    onBehalfReason: row.on_behalf_reason,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.progress.acknowledgedBy,
    saidUnreachable: row.said_unreachable,
    receiptOnly: row.receipt_only,
    attachmentsLocked: row.attachments_locked,
    answers: row.answers,
    parentsHeld: row.parents_held,
    told: row.progress.told.map(person => ({ ...person, toldAt: new Date(person.toldAt).toISOString() as Instant })),
    next: row.progress.clocks.map(clock => ({ ...clock, dueAt: asInstant(clock.dueAt), metAt: asInstant(clock.metAt) })),
    access: {
      schoolId: work.school.id,
      excluded: row.excluded,
      reporterId: row.reporter_id ?? undefined,
      writtenBy: row.written_by ?? undefined,
    },
  }
}

export interface EvidenceToAdd {
  readonly id: string
  readonly concernId: ConcernId
  readonly kind: EvidenceKind
  readonly circumstances: string
  readonly mediaType: string
  readonly sizeBytes: number
  readonly digest: Buffer
  readonly sealed: Buffer
  readonly addedBy: AdultId
}

const insertEvidence = {
  name: 'attachment_insert',
  text: `insert into attachment (school_id, id, concern_id, kind, media_type, size_bytes, digest, sealed, added_by, added_at, reporter_id, excluded, circumstances)
    select $1, $2, c.id, $4, $5, $6, $7, $8, $9, $10, $9, c.excluded, $11 from concern c where c.school_id = $1 and c.id = $3 and not c.attachments_locked`,
}

export async function addEvidence(work: Work, _permit: Permit<'concern.add-to-own'>, evidence: EvidenceToAdd): Promise<void> {
  await work.tx.run(insertEvidence, [
    work.school.id,
    evidence.id,
    evidence.concernId,
    evidence.kind,
    evidence.mediaType,
    evidence.sizeBytes,
    evidence.digest,
    evidence.sealed,
    evidence.addedBy,
    work.now,
    evidence.circumstances,
  ])
}

/** How the scanning of an attachment stands, as columns of a query and as fields of a JSON object. */
export const scanColumns = 'scan_state as "scanState", scan_says as "scanSays", attachment_opens(scan_state) as opens'
export const scanFields = `'scanState', scan_state, 'scanSays', scan_says, 'opens', attachment_opens(scan_state)`

interface EvidenceData extends Scanned {
  readonly id: string
  readonly concern_id: ConcernId
  readonly kind: EvidenceKind
  readonly media_type: string
  readonly size_bytes: number
  readonly added_at: Instant
  readonly sealed: Buffer | null
  readonly reporter_id: AdultId | null
  readonly written_by: AdultId | null
  readonly excluded: AdultId[]
  readonly readers: AdultId[]
}

const findOne = {
  name: 'attachment_find',
  text: `select t.id, t.concern_id, t.kind, t.media_type, t.size_bytes, t.added_at, attachment_content(t.concern_id, t.id) as sealed, t.reporter_id, c.written_by, c.excluded, c.readers, ${scanColumns}
    from attachment t join concern c on c.school_id = t.school_id and c.id = t.concern_id where t.school_id = $1 and t.concern_id = $2 and t.id = $3`,
}

/** One scan with its access facts; the caller asks for the permit before it opens the seal. */
export async function findEvidence(work: Work, concernId: string, id: string): Promise<EvidenceRow | undefined> {
  const [row] = await work.tx.run<EvidenceData>(findOne, [work.school.id, concernId, id])
  return (
    row && {
      id: row.id,
      concernId: row.concern_id,
      kind: row.kind,
      mediaType: row.media_type,
      sizeBytes: row.size_bytes,
      addedAt: row.added_at,
      sealed: row.sealed,
      scanState: row.scanState,
      scanSays: row.scanSays,
      opens: row.opens,
      access: {
        schoolId: work.school.id,
        id: row.concern_id,
        excluded: row.excluded,
        readers: row.readers,
        reporterId: row.reporter_id ?? undefined,
        writtenBy: row.written_by ?? undefined,
      },
    }
  )
}

const listAll = {
  name: 'attachment_list',
  text: `select id, kind, media_type as "mediaType", size_bytes as "sizeBytes", added_at as "addedAt", circumstances, ${scanColumns} from attachment where school_id = $1 and concern_id = $2 order by added_at, id`,
}

/** The scans kept with a concern, without their content. */
export async function findEvidenceOf(
  work: Work,
  _permit: Permit<'concern.own'> | Permit<'concern.add-to-own'> | Permit<'concern.read'>,
  concernId: string,
): Promise<readonly EvidenceListing[]> {
  return work.tx.run<EvidenceListing>(listAll, [work.school.id, concernId])
}
