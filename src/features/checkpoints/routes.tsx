import { z } from 'zod'
import type { Actor } from '../../access/index.ts'
import { readCheckpoint } from '../../audit/checkpoint.ts'
import { dateInWords, localDate } from '../../kernel/london-time.ts'
import { parsePlainDate } from '../../kernel/plain-date.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { conflict, invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { mayOpen, pageFor } from '../../web/page.tsx'
import { nameRecipient, stopSending } from './commands.ts'
import { AuditPage } from './pages/audit-page.tsx'
import { CheckpointPage } from './pages/checkpoint-page.tsx'
import { findCheckpoint, listCheckpoints, listRecipients } from './store.ts'

type AnyRequest = Request<'checkpoint.read', Actor> | Request<'checkpoint.send', Actor>

const nightsShown = 30

async function auditPage(request: AnyRequest, typed: string, errors: FieldErrors): Promise<string> {
  const permit = request.permit()
  const nights = await listCheckpoints(request, permit, nightsShown)
  const recipients = await listRecipients(request, permit)
  return pageFor(
    request,
    { title: 'The audit trail', errors },
    <AuditPage
      nights={nights}
      recipients={recipients}
      today={localDate(request.now)}
      maySend={mayOpen(request.someone, 'checkpoint.send')}
      typed={typed}
      errors={errors}
      formToken={request.formToken}
      newCommandKey={request.newCommandKey}
    />,
  )
}

const refusals = {
  'of-the-school':
    'This address belongs to somebody who works at the school. Name somebody outside it: whoever works here may one day be the person that the trail has to be kept from.',
  'named-already': 'This address is named already.',
} as const

const open = route({
  method: 'GET',
  path: '/audit',
  action: 'checkpoint.read',
  audit: 'checkpoints.opened',
  handle: async request => page(await auditPage(request, '', [])),
})

const print = route({
  method: 'GET',
  path: '/audit/checkpoints/:day',
  action: 'checkpoint.read',
  audit: 'checkpoint.opened',
  handle: async request => {
    const permit = request.permit()
    const day = parsePlainDate(request.params['day'] ?? '')
    const made = day && (await findCheckpoint(request, permit, day))
    const checkpoint = made && readCheckpoint(made.content)
    if (!checkpoint) throw new NotFound()
    request.note({ event: 'checkpoint.opened', facts: { day: checkpoint.day } })
    return page(
      pageFor(
        request,
        {
          title: `Checkpoint of ${dateInWords(checkpoint.day)}`,
          back: { href: '/audit', text: 'The audit trail' },
          printedAbout: request.school.name,
        },
        <CheckpointPage checkpoint={checkpoint} school={request.school.name} />,
      ),
    )
  },
})

const name = route({
  method: 'POST',
  path: '/audit/recipients',
  action: 'checkpoint.send',
  audit: 'checkpoint.recipient-named',
  handle: async request => {
    request.permit()
    const reading = new FormReading(request.form)
    const address = reading.line('address', 'Enter an e-mail address')
    if (address !== '' && !z.email().safeParse(address).success)
      reading.fault('address', 'Enter an e-mail address in the right form, like name@example.org')
    if (reading.errors.length > 0) return invalid(await auditPage(request, address, reading.errors))
    const named = await nameRecipient(request, address)
    if (named.ok) return redirect('/audit')
    return conflict(await auditPage(request, address, [{ field: 'address', says: refusals[named.refusal] }]))
  },
})

const stop = route({
  method: 'POST',
  path: '/audit/recipients/:recipientId/end',
  action: 'checkpoint.send',
  audit: 'checkpoint.recipient-ended',
  handle: async request => {
    request.permit()
    if (!(await stopSending(request, request.params['recipientId'] ?? ''))) throw new NotFound()
    return redirect('/audit')
  },
})

/** The audit trail as evidence: its checkpoints, to whom they go, and one to print. */
export const checkpointRoutes: readonly Route[] = [open, print, name, stop]
