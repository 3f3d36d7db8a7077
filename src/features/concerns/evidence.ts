import { createHash } from 'node:crypto'
import { fileTypeFromBuffer } from 'file-type'
import type { Actor, Permit } from '../../access/index.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { SentReply } from '../../web/http/reply.ts'
import type { UploadedFile } from '../../web/http/route.ts'
import type { Work } from '../../work/work.ts'
import { meetByScan } from '../accounts/index.ts'
import type { EvidenceKind, EvidenceRow, RecordedConcern } from './recorded-model.ts'
import { addEvidence } from './recorded-store.ts'
import { isPlainScan } from './scan-content.ts'

/** The only files that are taken: scans of paper. */
const endings: Readonly<Record<string, string>> = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg' }

/** What a scan is by its own first bytes, or why it is not taken. The name it came under is never believed. */
export async function judgeScan(file: UploadedFile | undefined): Promise<Result<{ readonly mediaType: string }, string>> {
  if (!file || file.content.length === 0) return refused('Choose the scan of the paper.')
  if (file.tooLarge) return refused('The file must be smaller than 10 MB. Scan it in black and white, or in parts.')
  const type = await fileTypeFromBuffer(file.content)
  if (!type || !(type.mime in endings))
    return refused('The file must be a PDF, PNG or JPEG. Scan the paper again as one of these.')
  if (!isPlainScan(type.mime, file.content))
    return refused('The file holds more than a scan, or is not whole. Scan the paper again as a PDF, PNG or JPEG.')
  return ok({ mediaType: type.mime })
}

const sealedFor = (schoolId: string) => `school:${schoolId}`
const boundTo = (id: string) => `attachment:${id}`

/** Keeps a scan with its concern, sealed under the school's key and bound to its own id. */
export async function keepScan(
  work: Work<Actor>,
  permit: Permit<'concern.add-to-own'>,
  { id: concernId, attachmentsLocked }: Pick<RecordedConcern, 'id' | 'attachmentsLocked'>,
  what: { readonly kind: EvidenceKind; readonly circumstances: string },
  file: UploadedFile,
  mediaType: string,
): Promise<Result<string, 'attachments-locked'>> {
  // Nobody keeps or copies images of children, and a scan of one would be one.
  if (attachmentsLocked) return refused('attachments-locked')
  const id = newId<string>()
  await addEvidence(work, permit, {
    id,
    concernId,
    ...what,
    mediaType,
    sizeBytes: file.content.length,
    digest: createHash('sha256').update(file.content).digest(),
    sealed: work.sealing.seal(sealedFor(work.school.id), boundTo(id), file.content),
    addedBy: work.someone.adultId,
  })
  // What a child gave is not the account of whoever told of it.
  if (what.kind !== 'child-item') meetByScan(work, permit, concernId, id)
  work.note({
    event: 'concern.added-to',
    subjectKind: 'concern',
    subject: concernId,
    facts: { attachment: id, kind: what.kind, bytes: file.content.length },
  })
  work.send({ kind: 'scan', concernId })
  return ok(id)
}

/** What is sealed under a scan's id. */
export function unsealScan(work: Work, id: string, sealed: Buffer): Buffer {
  return work.sealing.open(sealedFor(work.school.id), boundTo(id), sealed)
}

/** A scan as it came in, under a name that says nothing of the child; undefined where it is not opened. */
export function openScan(
  work: Work,
  _permit: Permit<'concern.own' | 'concern.read'>,
  scan: Pick<EvidenceRow, 'id' | 'sealed' | 'mediaType'>,
  called: string,
): Extract<SentReply, { kind: 'file' }> | undefined {
  if (scan.sealed === null) return undefined
  const name = `${called}.${endings[scan.mediaType] ?? 'bin'}`
  return { kind: 'file', name, mediaType: scan.mediaType, content: unsealScan(work, scan.id, scan.sealed) }
}
