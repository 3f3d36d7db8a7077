import type { Actor } from '../../../access/index.ts'
import { localDate, toLocal } from '../../../kernel/london-time.ts'
import { partsOf } from '../../../kernel/plain-date.ts'
import { doubtOf } from '../../../policy/contact-doubts.ts'
import {
  Button,
  Checkboxes,
  ContactList,
  DateInput,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  Radios,
  Textarea,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { contactToRing, type RecordedConcern } from '../../concerns/index.ts'
import { consentNames, consents, type OwnWords } from '../model.ts'
import { ringableContacts } from '../rules.ts'

export interface DirectReferralPageProps {
  readonly concern: RecordedConcern
  readonly words: OwnWords
  readonly errors: FieldErrors
}

/** What a reporter writes down after ringing an agency themselves. */
export function directReferralPage(request: Request<'referral.direct', Actor>, page: DirectReferralPageProps): string {
  const { concern, words, errors } = page
  const { form, profile, now } = request
  const isFresh = !form.has('rang') && !form.has('said')
  const today = partsOf(localDate(now))
  const dateParts = isFresh
    ? { 'on-day': today.day, 'on-month': today.month, 'on-year': today.year }
    : Object.fromEntries(['day', 'month', 'year'].map(part => [`on-${part}`, form.text(`on-${part}`)]))
  const contacts = ringableContacts(
    profile,
    words.children.map(child => child.homeAuthority),
  )
  const line = (name: string) => ({ name, value: form.text(name), error: findError(errors, name), attributes: { dir: 'auto' } })
  return pageFor(
    request,
    { title: 'Record that you have rung', errors, back: { href: `/my-concerns/${concern.id}` }, quickExit: true },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">Reference {concern.reference}</span>
        Record that you have rung
      </h1>
      <p class="govuk-body">
        Ring first. Give the child's name, where the child is now, and what worries you. Then write down what was said.
      </p>
      <ContactList contacts={contacts.slice(0, 4).map(({ contact }) => contactToRing(contact, undefined, now))} />
      <Form action={`/concerns/${concern.id}/direct-referral`} formToken={request.formToken} commandKey={request.newCommandKey()}>
        {words.children.length > 1 && (
          <Checkboxes
            name="child"
            look="small"
            legend="Which children did you speak about?"
            legendSize="s"
            items={words.children.map(child => ({ value: child.childId, label: child.name }))}
            values={
              isFresh
                ? words.children.filter(child => child.involvement === 'subject').map(child => child.childId)
                : form.all('child')
            }
            error={findError(errors, 'child')}
          />
        )}
        <Radios
          name="rang"
          look="small"
          legend="Whom did you ring?"
          legendSize="s"
          items={[
            ...contacts.map(({ key, contact }) => ({
              value: key,
              label: contact.who,
              hint: [contact.phone, doubtOf(contact)].filter(Boolean).join('. '),
            })),
            {
              value: 'other',
              label: 'Somebody else',
              conditional: <Input {...line('rang-other')} label="Whom?" class="govuk-!-width-two-thirds" />,
            },
          ]}
          value={form.text('rang')}
          error={findError(errors, 'rang')}
        />
        <Input
          {...line('with-whom')}
          label="Who did you speak to?"
          hint="Their name and job, or “did not say”"
          class="govuk-!-width-two-thirds"
        />
        <DateInput
          id="on"
          namePrefix="on"
          legend="On which day?"
          legendClass="govuk-fieldset__legend--s"
          values={dateParts}
          error={findError(errors, 'on-day')}
        />
        <Input {...line('at')} label="At what time?" hint={`For example, 9:40am or ${toLocal(now).time}`} width={10} />
        {profile.directReferral && (
          <Radios
            name="because"
            look="small"
            legend="Why did you ring without the safeguarding team?"
            legendSize="s"
            hint={profile.directReferral.says}
            items={profile.directReferral.reasons.map(({ id, name, hint }) => ({ value: id, label: name, hint }))}
            value={form.text('because')}
          />
        )}
        <Radios
          name="consent"
          look="small"
          legend="Do the parents know, and do they agree?"
          legendSize="s"
          hint="Do not ask them first if that could put the child at risk. Then say so here."
          items={consents.map(value => ({ value, label: consentNames[value] }))}
          value={form.text('consent')}
          error={findError(errors, 'consent')}
        />
        <Textarea {...line('consent-says')} label="If they do not agree or were not asked: why you rang" rows={2} />
        <Textarea
          {...line('said')}
          label="What did they say, and what happens next?"
          hint="What they will do, by when, and what they asked you to do"
          rows={4}
        />
        <Input {...line('reference')} label="Their reference, if they gave one" width={20} />
        <Button>Record this</Button>
      </Form>
    </>,
  )
}
