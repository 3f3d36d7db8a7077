import type { Actor } from '../../../access/index.ts'
import {
  Button,
  Checkboxes,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Textarea,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { childrenOf, chosenIds, type FormContext, openSearch } from '../form-reading.ts'
import { isTicked, Line } from './form-parts.tsx'
import { RingFirst, roleTitle } from './ringing.tsx'

function WhichChild({ context, errors }: { readonly context: FormContext; readonly errors: FieldErrors }) {
  const { form, facts } = context
  const search = openSearch(form.text('find-child'), childrenOf(context))
  const chosen = chosenIds(form, 'child').flatMap(id => facts.chosen.filter(child => child.childId === id))
  return (
    <>
      <Line context={context} errors={errors} name="find-child" label="Which child?" hint="A name, or who it is" width={20} />
      {(chosen.length > 0 || (search && facts.found.length > 0)) && (
        <Checkboxes
          name="child"
          idPrefix="found-child"
          look="small"
          legend="Choose the child"
          items={[...chosen, ...facts.found.filter(child => !chosen.some(one => one.childId === child.childId))].map(child => ({
            value: child.childId,
            label: child.name,
            hint: child.says || undefined,
          }))}
          values={chosen.map(child => child.childId)}
        />
      )}
      {search && facts.found.length > 0 && (
        <Checkboxes
          name="child-unlisted"
          look="small"
          items={[{ value: 'yes', label: `None of these: send “${search}” as I wrote it` }]}
          values={isTicked(form, 'child-unlisted') ? ['yes'] : []}
        />
      )}
      {chosen.length === 0 && !search && (
        <Checkboxes
          name="child-unknown"
          look="small"
          items={[{ value: 'yes', label: 'I do not know who it is' }]}
          values={isTicked(form, 'child-unknown') ? ['yes'] : []}
        />
      )}
    </>
  )
}

/** Two lines under urgency, to be finished afterwards; below the numbers to ring. */
export function urgentPage(request: Request<'concern.record', Actor>, context: FormContext, errors: FieldErrors): string {
  const { profile, facts, form } = context
  const members = facts.team.filter((member, index) => facts.team.findIndex(other => other.adultId === member.adultId) === index)
  return pageFor(
    request,
    { title: 'Two lines now, the rest later', errors, quickExit: true },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">Two lines now, the rest later</h1>
      <RingFirst profile={profile} now={context.now} onDuty={context.onDuty} helpHref={context.helpHref} />
      {/* The concern's id is the key: however often it is pressed, it is one concern. */}
      <Form action="/concerns/urgent" formToken={request.formToken} commandKey={context.draftId}>
        <input type="hidden" name="concern-id" value={context.draftId} />
        <WhichChild context={context} errors={errors} />
        <Textarea
          name="seen"
          label="What is happening, and where is the child now?"
          rows={3}
          value={form.text('seen')}
          error={findError(errors, 'seen')}
          attributes={{ dir: 'auto' }}
        />
        {members.length > 0 && (
          <Checkboxes
            name="told"
            look="small"
            legend="I have just told, by voice"
            legendSize="s"
            items={members.map(member => ({
              value: member.adultId,
              label: `${member.name}, ${roleTitle(profile, member.role)}`,
            }))}
            values={form.all('told')}
          />
        )}
        <Button preventDoubleClick>Send these lines now</Button>
      </Form>
      <p class="govuk-body">
        It goes to the safeguarding team at once, as urgent. You finish the record when the child is safe. If somebody has rung
        the emergency number, the next page has the place to write the call down.
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href="/concerns/new">
          Write everything now instead
        </a>
      </p>
    </>,
  )
}
