/** Registers that the team keeps over all concerns, for supervision. */
import { FormReading } from '../../web/http/form-reading.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { page } from '../../web/http/reply.ts'
import { type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { readRegisterAsked } from './not-referred-forms.ts'
import { listNotReferred } from './not-referred-store.ts'
import { NotReferredPage, registerInWords } from './pages/not-referred-page.tsx'
import { WithoutFilePage } from './pages/without-file-page.tsx'
import { listWithoutFile } from './without-file-store.ts'

const rowsMax = 200

const notReferred = route({
  method: 'GET',
  path: '/not-referred',
  action: 'not-referred.open',
  audit: 'not-referred.opened',
  handle: async request => {
    const permit = request.permit()
    const form = FormValues.of(request.query)
    const reading = new FormReading(form)
    const asked = readRegisterAsked(reading, form)
    const found = await listNotReferred(request, permit, asked, rowsMax + 1)
    const rows = found.slice(0, rowsMax)
    request.note({
      event: 'not-referred.opened',
      facts: { from: asked.from ?? null, to: asked.to ?? null, agency: asked.agency ?? null, rows: rows.length },
    })
    return page(
      pageFor(
        request,
        {
          title: 'Not referred',
          errors: reading.errors,
          quickExit: true,
          printedAbout: `Not referred: ${registerInWords(request.profile, asked, rows.length)}`,
        },
        <NotReferredPage
          profile={request.profile}
          now={request.now}
          form={form}
          errors={reading.errors}
          asked={asked}
          rows={rows}
          isCut={found.length > rowsMax}
        />,
      ),
    )
  },
})

const withoutFile = route({
  method: 'GET',
  path: '/without-file',
  action: 'without-file.open',
  audit: 'without-file.opened',
  handle: async request => {
    const found = await listWithoutFile(request, request.permit(), rowsMax + 1)
    const rows = found.slice(0, rowsMax)
    request.note({ event: 'without-file.opened', facts: { concerns: rows.map(({ id }) => id) } })
    return page(
      pageFor(
        request,
        {
          title: 'Concerns in nobody’s file',
          quickExit: true,
          printedAbout: `Concerns in nobody’s file: ${rows.length}`,
        },
        <WithoutFilePage rows={rows} now={request.now} isCut={found.length > rowsMax} />,
      ),
    )
  },
})

export const registerRoutes: readonly Route[] = [notReferred, withoutFile]
