import type { Actor } from '../../access/index.ts'
import { Button, ButtonGroup, ErrorSummaryFor, type FieldErrors, Form } from '../../web/components/index.ts'
import { invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { ExplanationFields, parseExplanation, placeName, type ShownMark } from '../concerns/index.ts'
import { explainOwnInjury } from './commands.ts'
import { openOwn } from './open-own.ts'

type OwnExplanation = Awaited<ReturnType<typeof openOwn<'concern.add-to-own'>>> & { readonly mark: ShownMark }

async function openInjury(request: Request<'concern.add-to-own', Actor>, n: string): Promise<OwnExplanation> {
  const own = await openOwn(request)
  const mark = own.words.marks.find(one => String(one.n) === n)
  if (!mark) throw new NotFound()
  return { ...own, mark }
}

function earlierOf({ words, mark }: OwnExplanation) {
  return words.explanations.filter(one => one.markN === mark.n)
}

function explanationPage(request: Request<'concern.add-to-own', Actor>, own: OwnExplanation, errors: FieldErrors): string {
  const { concern, mark } = own
  return pageFor(
    request,
    { title: 'How the injury happened', errors, back: { href: `/my-concerns/${concern.id}` }, quickExit: true },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">Reference {concern.reference}</span>
        Add how somebody says it happened
      </h1>
      <p class="govuk-body">
        Injury {mark.n}: {placeName(mark.side, mark.region)}. {mark.description}
      </p>
      <Form
        action={`/my-concerns/${concern.id}/explanations/new`}
        formToken={request.formToken}
        commandKey={request.newCommandKey()}
      >
        <ExplanationFields form={request.form} errors={errors} markN={mark.n} earlier={earlierOf(own)} />
        <ButtonGroup>
          <Button preventDoubleClick>Add this</Button>
          <a class="govuk-link" href={`/my-concerns/${concern.id}`}>
            Go back without saving
          </a>
        </ButtonGroup>
      </Form>
    </>,
  )
}

const form = route({
  method: 'GET',
  path: '/my-concerns/:concernId/explanations/new',
  action: 'concern.add-to-own',
  audit: 'concern.own-opened',
  handle: async request => page(explanationPage(request, await openInjury(request, request.query.get('mark') ?? '1'), [])),
})

const add = route({
  method: 'POST',
  path: '/my-concerns/:concernId/explanations/new',
  action: 'concern.add-to-own',
  audit: 'concern.added-to',
  handle: async request => {
    const own = await openInjury(request, request.form.text('mark'))
    const parsed = parseExplanation(request.form, own.mark.n, earlierOf(own), request.now)
    if (!parsed.ok) return invalid(explanationPage(request, own, parsed.refusal))
    await explainOwnInjury(request, own.permit, own, parsed.value)
    return redirect(`/my-concerns/${own.concern.id}?explained`)
  },
})

/** A further explanation of an injury, by whoever reported it. */
export const ownExplanationRoutes: readonly Route[] = [form, add]
