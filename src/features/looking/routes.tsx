import type { Actor } from '../../access/index.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { conflict, invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { settleQuestion } from './commands.ts'
import { LookingPage } from './pages/looking-page.tsx'
import { findQuestion, listQuestions } from './store.ts'

type LookingRequest = Request<'looking.settle', Actor>

interface SentBack {
  readonly wrong?: { readonly id: string; readonly typed: string }
  readonly notice?: string
  readonly errors?: FieldErrors
}

async function lookingPage(request: LookingRequest, { wrong, notice, errors = [] }: SentBack = {}): Promise<string> {
  const all = await listQuestions(request, request.permit())
  return pageFor(
    request,
    { title: 'Looking to ask about', errors, quickExit: true },
    <LookingPage
      all={all}
      wrong={wrong}
      notice={notice}
      errors={errors}
      formToken={request.formToken}
      newCommandKey={request.newCommandKey}
    />,
  )
}

const list = route({
  method: 'GET',
  path: '/looking',
  action: 'looking.settle',
  audit: 'looking.listed',
  handle: async request => page(await lookingPage(request)),
})

const settle = route({
  method: 'POST',
  path: '/looking/:questionId',
  action: 'looking.settle',
  audit: 'looking.settled',
  handle: async request => {
    request.permit()
    const question = await findQuestion(request, request.params['questionId'] ?? '')
    if (!question) throw new NotFound()
    request.permit({ schoolId: request.school.id, id: question.id, excluded: question.excluded })
    const field = `says-${question.id}`
    const reading = new FormReading(request.form)
    const says = reading.maybeText('says')
    if (says === null && reading.errors.length === 0) reading.fault('says', 'Enter what you found.')
    if (says === null || reading.errors.length > 0) {
      const wrong = { id: question.id, typed: request.form.text('says') }
      const errors = reading.errors.map(error => ({ ...error, field }))
      return invalid(await lookingPage(request, { wrong, errors }))
    }
    const settled = await settleQuestion(request, question, says)
    if (!settled.ok) return conflict(await lookingPage(request, { notice: 'A colleague has looked into it already.' }))
    return redirect('/looking')
  },
})

/** Unusual looking, to be asked about. */
export const lookingRoutes: readonly Route[] = [list, settle]
