import type { VNode } from 'preact'
import type { Visitor } from '../../access/index.ts'
import { type ConcernId, isUuid } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import { isReference, referenceOf } from '../../kernel/reference.ts'
import { newId } from '../../platform/identifiers.ts'
import type { WorryBox } from '../../policy/profile.ts'
import { isUrgentWorry, promptsOfWorry } from '../../policy/worry-box.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  Panel,
  Radios,
  Textarea,
} from '../../web/components/index.ts'
import { FormReader } from '../../web/http/form-reader.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { conflict, invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, visitorRoute } from '../../web/http/route.ts'
import { visitorPageFor } from '../../web/page.tsx'
import { recordConcern } from './commands.ts'
import { describedChildId } from './form-fields.ts'
import type { NewConcern } from './model.ts'
import { Contacts, contactsToRing } from './pages/ringing.tsx'

type BoxRequest = Request<'concern.record', Visitor>

function boxOf(request: BoxRequest): WorryBox {
  request.permit()
  const box = request.profile.worryBox
  if (!box) throw new NotFound()
  return box
}

/** For whoever cannot wait: said before anything is written, and again when it is sent. */
function IfItCannotWait({ request, box }: { readonly request: BoxRequest; readonly box: WorryBox }): VNode {
  const { contacts } = request.profile
  const toRing = box.contacts.filter(key => contacts[key]?.phone)
  return (
    <>
      <p class="govuk-body">
        <strong>
          If you are in danger now, ring{' '}
          <a class="govuk-link" href="tel:999">
            999
          </a>
          .
        </strong>{' '}
        {box.says}
      </p>
      {toRing.length > 0 && <Contacts contacts={contactsToRing(request.profile, toRing, request.now)} />}
      {box.contacts.map(key => {
        const { web, who } = contacts[key] ?? {}
        return (
          web && (
            <p class="govuk-body">
              <a class="govuk-link" href={`https://${web}`} rel="noopener noreferrer">
                {who}: {web}
              </a>
            </p>
          )
        )
      })}
    </>
  )
}

function boxPage(request: BoxRequest, form: FormValues, errors: FieldErrors): string {
  const box = boxOf(request)
  const id = form.text('worry-id')
  return visitorPageFor(
    request,
    { title: box.name, errors, quickExit: true },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">{box.name}</h1>
      <IfItCannotWait request={request} box={box} />
      <Form action={`/worry/${request.school.visitorToken}`} formToken={request.formToken} attributes={{ autocomplete: 'off' }}>
        <input type="hidden" name="worry-id" value={isUuid(id) ? id : newId<string>()} />
        <Textarea
          name="says"
          label="What are you worried about?"
          labelSize="s"
          rows={6}
          value={form.text('says')}
          error={findError(errors, 'says')}
        />
        <Textarea
          name="wish"
          label="What would you like to happen? (optional)"
          labelSize="s"
          rows={2}
          value={form.text('wish')}
          error={findError(errors, 'wish')}
        />
        <Radios
          name="place"
          legend="Where does it happen? (optional)"
          legendSize="s"
          value={form.text('place')}
          items={box.places.map(({ id: value, name }) => ({ value, label: name }))}
        />
        <Input
          name="name"
          label="Your name (optional)"
          labelSize="s"
          hint="With your name somebody can come and talk with you."
          value={form.text('name')}
          error={findError(errors, 'name')}
          width={20}
        />
        <Button preventDoubleClick>Send</Button>
      </Form>
    </>,
  )
}

const open = visitorRoute({
  method: 'GET',
  path: '/worry/:visitorToken',
  action: 'concern.record',
  audit: 'concern.form-opened',
  handle: async request => page(boxPage(request, FormValues.empty(), [])),
})

interface Told {
  readonly says: string
  readonly wish: string
  readonly name: string
}

/** A worry as a concern: the writer's words, the child whom nobody knows yet, and where it happens. */
function worryOf(request: BoxRequest, box: WorryBox, id: string, told: Told): NewConcern {
  const { says, wish, name } = told
  const place = box.places.find(one => one.id === request.form.text('place'))
  const childId = describedChildId(id, 1)
  const given = name === '' ? 'Somebody' : name
  return {
    id: id as ConcernId,
    reporter: { kind: 'visitor', name: name === '' ? 'No name given' : name, contact: box.name },
    children: [{ childId, involvement: 'subject' }],
    newChildren: [{ childId, givenName: given, familyName: '', description: `Wrote in: ${box.name}`, standing: 'unidentified' }],
    adults: [],
    happenedOn: localDate(request.now),
    happenedAtTime: null,
    happenedSays: '',
    location: place?.name ?? '',
    urgent: isUrgentWorry(box, `${says} ${wish}`),
    stub: false,
    category: null,
    prompts: promptsOfWorry(request.profile, place),
    voiceTold: null,
    came: 'worry-box',
    account: {
      childWords: wish === '' ? says : `${says}\n\nWhat I would like to happen: ${wish}`,
      seen: '',
      opinion: '',
      done: '',
    },
    marks: [],
  }
}

const send = visitorRoute({
  method: 'POST',
  path: '/worry/:visitorToken',
  action: 'concern.record',
  audit: 'concern.form-opened',
  handle: async request => {
    const box = boxOf(request)
    const reader = new FormReader(request.form, request.now)
    const says = reader.words('says', 'What you write', 'Write what you are worried about.')
    const wish = reader.words('wish', 'What you would like to happen')
    const name = reader.line('name', 'Your name')
    const id = request.form.text('worry-id')
    if (reader.errors.length > 0 || !isUuid(id)) return invalid(boxPage(request, request.form, reader.errors))
    const worry = worryOf(request, box, id, { says, wish, name })
    const recorded = await recordConcern(request, worry)
    const reference = recorded.ok ? recorded.value.reference : referenceOf(worry.id)
    if (!recorded.ok && recorded.refusal.code !== 'already-recorded') throw new Error(`refused: ${recorded.refusal.code}`)
    return redirect(`/worry/${request.school.visitorToken}/done/${reference}`)
  },
  giveBack: async request => {
    request.permit()
    const again = 'It has not been sent: the page was open for long. Send it again.'
    // Where there is no box, nobody is told so by a form that came without a token.
    if (!request.profile.worryBox) return conflict(visitorPageFor(request, { title: again }, <p class="govuk-body">{again}</p>))
    return conflict(boxPage(request, request.form, [{ field: 'says', says: again }]))
  },
})

const done = visitorRoute({
  method: 'GET',
  path: '/worry/:visitorToken/done/:reference',
  action: 'concern.record',
  audit: 'concern.form-opened',
  handle: async request => {
    const box = boxOf(request)
    const reference = request.params['reference'] ?? ''
    if (!isReference(reference)) throw new NotFound()
    return page(
      visitorPageFor(
        request,
        { title: 'Thank you for telling us', quickExit: true },
        <>
          <Panel title="Thank you for telling us">
            Reference <strong>{reference}</strong>
          </Panel>
          <IfItCannotWait request={request} box={box} />
        </>,
      ),
    )
  },
})

/** The box into which pupils write a worry, where the school has one. */
export const worryBoxRoutes = [open, send, done]
