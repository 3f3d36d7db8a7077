import type { ComponentChildren } from 'preact'
import type { Action, Actor } from '../../../access/index.ts'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  DateInput,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  Radios,
  Select,
  Textarea,
} from '../../../web/components/index.ts'
import { dateError, dateValues } from '../../../web/http/form-dates.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { type ChildRecord, statusKinds } from '../model.ts'
import type { FoundChildren } from '../queries.ts'
import { foundDetail, foundSays } from './find-page.tsx'
import { authorityName, childName, statusNames } from './words.ts'

type PageRequest = Request<Action, Actor>

export interface PartForm {
  readonly child: ChildRecord
  readonly typed: FormValues
  readonly errors: FieldErrors
  /** Where the form goes. */
  readonly action: string
}

interface FrameProps extends PartForm {
  readonly title: string
  readonly save: string
  readonly children: ComponentChildren
}

function framed(request: PageRequest, { child, errors, action, title, save, children }: FrameProps): string {
  const back = `/children/${child.id}/details`
  return pageFor(
    request,
    { title, errors, back: { href: back, text: childName(child) } },
    <>
      <ErrorSummaryFor errors={errors} />
      <span class="govuk-caption-l">{childName(child)}</span>
      <h1 class="govuk-heading-l">{title}</h1>
      <Form action={action} formToken={request.formToken} commandKey={request.newCommandKey()}>
        {children}
        <ButtonGroup>
          <Button preventDoubleClick>{save}</Button>
          <a class="govuk-link" href={back}>
            Cancel
          </a>
        </ButtonGroup>
      </Form>
    </>,
  )
}

/** Somebody to ring first, or somebody who must not be contacted. */
export function contactFormPage(request: PageRequest, form: PartForm & { readonly isNew: boolean }): string {
  const { typed, errors } = form
  const input = (name: string, label: string, more: object = {}) => (
    <Input name={name} label={label} value={typed.text(name)} error={findError(errors, name)} autocomplete="off" {...more} />
  )
  return framed(request, {
    ...form,
    title: form.isNew ? 'Add a contact' : 'Change a contact',
    save: form.isNew ? 'Add contact' : 'Save',
    children: (
      <>
        {input('name', 'Name')}
        {input('relation', 'Who they are to the child', { hint: 'For example: mother, foster carer, uncle', width: 20 })}
        {input('phone', 'Telephone', { type: 'tel', width: 20 })}
        {input('email', 'Email', { type: 'email' })}
        {input('priority', 'Order in which to ring', { hint: '1 is rung first', inputmode: 'numeric', width: 2 })}
        <Checkboxes
          name="barred"
          items={[
            {
              value: 'yes',
              label: 'This person must not be contacted',
              conditional: (
                <Textarea
                  name="barred-reason"
                  label="Why"
                  hint="For example: what a court, the police or social care has said"
                  rows={3}
                  value={typed.text('barred-reason')}
                  error={findError(errors, 'barred-reason')}
                />
              ),
            },
          ]}
          values={typed.all('barred')}
          error={findError(errors, 'barred')}
        />
      </>
    ),
  })
}

/** Asks once more before a contact is taken off the list. */
export function contactEndPage(
  request: PageRequest,
  form: PartForm & { readonly name: string; readonly barred: boolean },
): string {
  return framed(request, {
    ...form,
    title: `Remove ${form.name}?`,
    save: 'Remove contact',
    children: (
      <p class="govuk-body">
        {form.barred
          ? 'Nobody will be warned any more that this person must not be contacted.'
          : 'Nobody will find this person here any more.'}{' '}
        The record keeps that they stood here until now.
      </p>
    ),
  })
}

/** Another place where the child lives or stays. */
export function addressFormPage(request: PageRequest, form: PartForm): string {
  const { child, typed, errors } = form
  const current = child.addresses.filter(address => address.endsOn === null)
  return framed(request, {
    ...form,
    title: 'Add an address',
    save: 'Add address',
    children: (
      <>
        <Textarea name="address" label="Address" rows={3} value={typed.text('address')} error={findError(errors, 'address')} />
        <Input
          name="says"
          label="Who lives there, or when the child stays there"
          value={typed.text('says')}
          error={findError(errors, 'says')}
        />
        <DateInput
          id="starts"
          namePrefix="starts"
          legend="Since when?"
          values={dateValues(typed, 'starts')}
          error={dateError(errors, 'starts')}
        />
        {current.length > 0 && (
          <Checkboxes
            name="replaces"
            legend="Does it replace one of these?"
            hint="Leave them unticked if the child lives in both places."
            items={current.map(address => ({ value: address.id, label: address.address }))}
            values={typed.all('replaces')}
          />
        )}
      </>
    ),
  })
}

/** A plan or status with its dates and social worker. */
export function statusFormPage(request: PageRequest, form: PartForm & { readonly isNew: boolean }): string {
  const { typed, errors } = form
  const authorities = request.profile.referrals.map(({ authority }) => ({
    value: authority,
    text: authorityName(request.profile, authority),
  }))
  return framed(request, {
    ...form,
    title: form.isNew ? 'Add a status' : 'Change a status',
    save: form.isNew ? 'Add status' : 'Save',
    children: (
      <>
        {form.isNew ? (
          <Radios
            name="status"
            legend="Status"
            items={statusKinds.map(kind => ({ value: kind, label: statusNames[kind] }))}
            value={typed.text('status')}
            error={findError(errors, 'status')}
          />
        ) : (
          <p class="govuk-body govuk-!-font-weight-bold">
            {statusNames[statusKinds.find(kind => kind === typed.text('status')) ?? 'child-in-need']}
          </p>
        )}
        <DateInput
          id="starts"
          namePrefix="starts"
          legend="Since when?"
          values={dateValues(typed, 'starts')}
          error={dateError(errors, 'starts')}
        />
        <DateInput
          id="ends"
          namePrefix="ends"
          legend="Last day (leave empty while it holds)"
          values={dateValues(typed, 'ends')}
          error={dateError(errors, 'ends')}
        />
        <Select
          name="authority"
          label="Authority"
          items={[{ value: '', text: 'None or not known' }, ...authorities]}
          value={typed.text('authority')}
          error={findError(errors, 'authority')}
        />
        <Input
          name="worker-name"
          label="Social worker or lead professional"
          value={typed.text('worker-name')}
          error={findError(errors, 'worker-name')}
          autocomplete="off"
        />
        <Input
          name="worker-phone"
          label="Their telephone"
          type="tel"
          width={20}
          value={typed.text('worker-phone')}
          error={findError(errors, 'worker-phone')}
          autocomplete="off"
        />
      </>
    ),
  })
}

/** Finding and choosing a brother or sister, without a script. */
export function siblingPage(
  request: PageRequest,
  form: Omit<PartForm, 'typed'> & { readonly q: string; readonly found: FoundChildren },
): string {
  const { child, errors, q, found } = form
  const others = found.children.filter(one => one.id !== child.id && !child.siblings.some(sibling => sibling.id === one.id))
  const back = `/children/${child.id}/details`
  return pageFor(
    request,
    { title: 'Add a brother or sister', errors, back: { href: back, text: childName(child) } },
    <>
      <ErrorSummaryFor errors={errors} />
      <span class="govuk-caption-l">{childName(child)}</span>
      <h1 class="govuk-heading-l">Add a brother or sister</h1>
      <form method="get" action={`/children/${child.id}/siblings/new`}>
        <Input
          name="q"
          label="Name"
          hint="The beginning of any of their names"
          type="search"
          value={q}
          width={20}
          autocomplete="off"
        />
        <Button look="secondary">Find</Button>
      </form>
      <p class="govuk-body" role="status">
        {foundSays(q, found)}
      </p>
      {others.length > 0 && (
        <Form action={form.action} formToken={request.formToken} commandKey={request.newCommandKey()}>
          <input type="hidden" name="q" value={q} />
          <Radios
            name="sibling"
            legend="Who is it?"
            items={others.map(one => ({ value: one.id, label: childName(one), hint: foundDetail(one) }))}
            error={findError(errors, 'sibling')}
          />
          <Button preventDoubleClick>Add</Button>
        </Form>
      )}
    </>,
  )
}
