import type { Actor, Permit } from '../../access/index.ts'
import { invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, route } from '../../web/http/route.ts'
import { findOwnTask, type OwnTask } from '../accounts/index.ts'
import { markAlertsSeen } from '../alerts/index.ts'
import { parseFirstHand, writeFirstHand } from './first-hand.ts'
import { firstHandPage } from './pages/first-hand-page.tsx'

interface Asked {
  readonly task: OwnTask
  readonly written: string | null
  readonly permit: Permit<'account.write-own'>
}

/** The account of the path, if it is this person who is asked for it. */
async function openAsked(request: Request<'account.write-own', Actor>): Promise<Asked> {
  const found = await findOwnTask(request, request.someone.adultId, request.params['concernId'] ?? '')
  if (!found) throw new NotFound()
  return { task: found.task, written: found.written, permit: request.permit(found.access) }
}

const form = route({
  method: 'GET',
  path: '/concerns/:concernId/first-hand',
  action: 'account.write-own',
  audit: 'account.asked-opened',
  handle: async request => {
    const asked = await openAsked(request)
    await markAlertsSeen(request, asked.task.concernId)
    request.note({ event: 'account.asked-opened', subjectKind: 'concern', subject: asked.task.concernId })
    return page(firstHandPage(request, { ...asked, errors: [] }))
  },
})

const write = route({
  method: 'POST',
  path: '/concerns/:concernId/first-hand',
  action: 'account.write-own',
  audit: 'account.written',
  handle: async request => {
    const asked = await openAsked(request)
    const path = `/concerns/${asked.task.concernId}/first-hand`
    if (asked.written !== null) return redirect(path)
    const parsed = parseFirstHand(request.form)
    if (!parsed.ok) return invalid(firstHandPage(request, { ...asked, errors: parsed.refusal }))
    await writeFirstHand(request, asked.permit, asked.task.concernId, parsed.value)
    return redirect(path)
  },
})

/** What somebody who saw or heard it is asked to write, and nothing else of the concern. */
export const firstHandRoutes = [form, write]
