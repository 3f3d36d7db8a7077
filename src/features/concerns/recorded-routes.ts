import { ok, type Result, refused } from '../../kernel/result.ts'
import type { FieldError } from '../../web/components/index.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import { conflict, invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, route } from '../../web/http/route.ts'
import { findOnDutyNow } from '../cover/index.ts'
import { judgeScan, keepScan, openScan } from './evidence.ts'
import { words } from './form-schema.ts'
import { evidencePage } from './pages/evidence-page.tsx'
import { recordedPage } from './pages/recorded-page.tsx'
import { notOpenedPage } from './pages/scan-state.tsx'
import { type EvidenceKind, evidenceKinds, type RecordedConcern } from './recorded-model.ts'
import { findEvidence, findEvidenceOf, findRecordedConcern } from './recorded-store.ts'

async function ownConcern(request: Request): Promise<RecordedConcern> {
  const concern = await findRecordedConcern(request, request.params['concernId'] ?? '')
  if (!concern) throw new NotFound()
  return concern
}

const recorded = route({
  method: 'GET',
  path: '/concerns/:concernId/recorded',
  action: 'concern.own',
  audit: 'concern.own-opened',
  handle: async request => {
    const concern = await ownConcern(request)
    request.permit(concern.access)
    request.note({ event: 'concern.own-opened', subjectKind: 'concern', subject: concern.id })
    return page(recordedPage(request, concern, await findOnDutyNow(request)))
  },
})

const circumstancesMax = 5000

/** What is attached; a thing that a child gave of their own accord says how that came about. */
function readWhat(form: FormValues): Result<{ readonly kind: EvidenceKind; readonly circumstances: string }, FieldError[]> {
  const kind = evidenceKinds.find(one => one === form.text('kind'))
  if (!kind) return refused([{ field: 'kind', says: 'Select what it is.' }])
  if (kind !== 'child-item') return ok({ kind, circumstances: '' })
  const read = words('How it came about', circumstancesMax).safeParse(form.text('circumstances'))
  if (!read.success) return refused(read.error.issues.map(issue => ({ field: 'circumstances', says: issue.message })))
  if (read.data === '')
    return refused([{ field: 'circumstances', says: 'Enter how it came about: who began it, where, and what the child said.' }])
  return ok({ kind, circumstances: read.data })
}

const attachForm = route({
  method: 'GET',
  path: '/concerns/:concernId/evidence',
  action: 'concern.add-to-own',
  audit: 'concern.own-opened',
  handle: async request => {
    const concern = await ownConcern(request)
    const permit = request.permit(concern.access)
    const scans = await findEvidenceOf(request, permit, concern.id)
    return page(evidencePage(request, concern, scans, []))
  },
})

const attach = route({
  method: 'POST',
  path: '/concerns/:concernId/evidence',
  action: 'concern.add-to-own',
  audit: 'concern.added-to',
  multipart: true,
  handle: async request => {
    const concern = await ownConcern(request)
    const permit = request.permit(concern.access)
    const file = request.files.find(one => one.field === 'scan')
    const judged = await judgeScan(file)
    const what = readWhat(request.form)
    if (!judged.ok || !what.ok || !file || concern.attachmentsLocked) {
      const errors: FieldError[] = [
        ...(what.ok ? [] : what.refusal),
        ...(judged.ok ? [] : [{ field: 'scan', says: judged.refusal }]),
        ...(concern.attachmentsLocked
          ? [
              {
                field: 'scan',
                says: 'Nothing can be attached to this concern: it is about images, and nobody keeps or copies them.',
              },
            ]
          : []),
      ]
      const scans = await findEvidenceOf(request, permit, concern.id)
      return invalid(evidencePage(request, concern, scans, errors))
    }
    await keepScan(request, permit, concern, what.value, file, judged.value.mediaType)
    return redirect(`/concerns/${concern.id}/evidence`)
  },
})

/** One scan as a download, by the reporter's ground or by the team's. */
function download(path: string, action: 'concern.own' | 'concern.read') {
  return route({
    method: 'GET',
    path,
    action,
    audit: 'attachment.opened',
    handle: async request => {
      const scan = await findEvidence(request, request.params['concernId'] ?? '', request.params['attachmentId'] ?? '')
      if (!scan) throw new NotFound()
      const permit = request.permit(scan.access)
      const file = openScan(request, permit, scan, `${scan.kind}-${scan.id.slice(-6)}`)
      if (!file) return conflict(notOpenedPage(request, scan))
      request.note({
        event: 'attachment.opened',
        subjectKind: 'concern',
        subject: scan.concernId,
        facts: { attachment: scan.id },
      })
      return file
    },
  })
}

/** What whoever recorded a concern sees of it right afterwards, and the scans kept with it. */
export const recordedRoutes = [
  recorded,
  attachForm,
  attach,
  download('/concerns/:concernId/evidence/:attachmentId', 'concern.own'),
  download('/concerns/:concernId/evidence/:attachmentId/team', 'concern.read'),
]
