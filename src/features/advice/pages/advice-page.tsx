import type { VNode } from 'preact'
import type { Action, Actor } from '../../../access/index.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { doubtOf } from '../../../policy/contact-doubts.ts'
import type { Contact } from '../../../policy/profile.ts'
import {
  Button,
  ButtonGroup,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  phoneHref,
  Radios,
  Textarea,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { type TouchedConcern, WhenFields } from '../../contacts-made/index.ts'
import { answeringAt, answeringInWords } from '../../directory/index.ts'
import { somebodyElse } from '../forms.ts'
import { followingNames, followings } from '../model.ts'

export interface AdvicePage {
  readonly concern: TouchedConcern
  readonly contacts: readonly Contact[]
  readonly action: string
  readonly back: string
  /** Whoever decides says what they decided. */
  readonly decides: boolean
  readonly errors: FieldErrors
}

function Reach({ contact, now }: { readonly contact: Contact; readonly now: Instant }): VNode {
  const answers = answeringInWords(answeringAt(contact, now), now)
  const doubt = doubtOf(contact)
  return (
    <>
      {contact.phone && (
        <a class="govuk-link" href={phoneHref(contact.phone.split(/,|\bor\b/)[0] ?? contact.phone)}>
          {contact.phone}
        </a>
      )}{' '}
      {answers && <strong>{answers}. </strong>}
      {contact.email}
      {!contact.phone && !contact.email && !contact.web && 'No number is known here: find it before you need it.'}
      {doubt && ` ${doubt}`}
    </>
  )
}

function Whom({ page, request }: { readonly page: AdvicePage; readonly request: Request<Action, Actor> }): VNode {
  const { form, now, query } = request
  const chosen = form.has('of') ? form.text('of') : (query.get('of') ?? '')
  return (
    <Radios
      name="of"
      legend="Whom did you ask?"
      legendSize="m"
      hint="Ring first. Whoever answers now stands first."
      look="small"
      value={chosen}
      error={findError(page.errors, 'of')}
      items={[
        ...page.contacts.map(contact => ({
          value: contact.key,
          label: contact.who,
          hint: <Reach contact={contact} now={now} />,
        })),
        {
          value: somebodyElse,
          label: 'Somebody else',
          conditional: (
            <Input
              name="agency"
              label="Who is that?"
              value={form.text('agency')}
              error={findError(page.errors, 'agency')}
              attributes={{ dir: 'auto' }}
            />
          ),
        },
      ]}
    />
  )
}

function Decided({ page, request }: { readonly page: AdvicePage; readonly request: Request<Action, Actor> }): VNode {
  const { form } = request
  return (
    <>
      <Input
        name="decided"
        label="What did you decide after it?"
        labelSize="s"
        hint="For example: no referral, early help offered"
        value={form.text('decided')}
        error={findError(page.errors, 'decided')}
        attributes={{ dir: 'auto' }}
      />
      <Textarea
        name="because"
        label="Why?"
        labelSize="s"
        rows={3}
        value={form.text('because')}
        error={findError(page.errors, 'because')}
        attributes={{ dir: 'auto' }}
      />
      <Radios
        name="followed"
        legend="Is that what they advised?"
        legendSize="s"
        look="small"
        value={form.text('followed')}
        error={findError(page.errors, 'followed')}
        items={followings.map(one => ({ value: one, label: followingNames[one] }))}
      />
    </>
  )
}

/** Whom to ask about a concern now, and where what they advised is written down. */
export function advicePage(request: Request<Action, Actor>, page: AdvicePage): string {
  const { form, now } = request
  const { concern, errors, back } = page
  const area = (name: string) => ({ name, value: form.text(name), error: findError(errors, name), attributes: { dir: 'auto' } })
  return pageFor(
    request,
    { title: 'Take advice', errors, back: { href: back }, quickExit: true },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">Reference {concern.reference}</span>
        Take advice, and write it down
      </h1>
      <p class="govuk-body">
        Waiting for advice holds nothing up: if a child is in danger, refer now. You need not name the child to ask.
      </p>
      <Form action={page.action} formToken={request.formToken} commandKey={request.newCommandKey()}>
        <Whom page={page} request={request} />
        <WhenFields form={form} now={now} errors={errors} time="At what time did you ask?" />
        <Input
          {...area('with-whom')}
          label="Whom did you speak with?"
          labelSize="s"
          hint="The name or the post"
          class="govuk-!-width-two-thirds"
        />
        <Radios
          name="named"
          legend="Did you name the child?"
          legendSize="s"
          look="small"
          value={form.text('named')}
          error={findError(errors, 'named')}
          items={[
            { value: 'named', label: 'Yes' },
            { value: 'not-named', label: 'No' },
          ]}
        />
        <Textarea {...area('asked')} label="What did you ask?" labelSize="s" rows={2} />
        <Textarea {...area('says')} label="What did they advise?" labelSize="s" rows={4} />
        <Input {...area('reference')} label="Their reference, if they gave one" labelSize="s" width={20} />
        {page.decides && <Decided page={page} request={request} />}
        <ButtonGroup>
          <Button preventDoubleClick>Keep it</Button>
          <a class="govuk-link" href={back}>
            Go back without saving
          </a>
        </ButtonGroup>
      </Form>
    </>,
  )
}
