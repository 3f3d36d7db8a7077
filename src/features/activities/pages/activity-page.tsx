import { type Actor, check } from '../../../access/index.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  Select,
  SummaryList,
  WarningText,
} from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { coverModeFields, type Duty, teamOptions } from '../../cover/index.ts'
import type { ActivityWithCover } from '../queries.ts'
import { activityNames, activityTimes, unconfirmedSays } from '../words.ts'
import { StandingTag } from './activities-page.tsx'

type EntryRequest = Request<'activity.read' | 'cover.keep', Actor>

interface Typed {
  readonly typed: FormValues
  readonly errors: FieldErrors
}

/** How one duty of the entry is done, in a few words. */
export function coverInWords(duty: Duty): string {
  const how = duty.mode === 'remote' ? `not in person: ${duty.reason ?? ''}` : 'in person'
  return [duty.name, duty.phone, how].filter(Boolean).join(', ')
}

function CoverForm({
  request,
  entry,
  typed,
  errors,
}: Typed & { readonly request: EntryRequest; readonly entry: ActivityWithCover }) {
  const { facts, activity, standing } = entry
  const team = { ...facts, appointments: facts.appointments.filter(one => request.school.fileRoles.includes(one.role)) }
  return (
    <>
      <h2 class="govuk-heading-m">{standing.covers.length > 0 ? 'Change who covers it' : 'Who covers it?'}</h2>
      <Form action={`/activities/${activity.id}/cover`} formToken={request.formToken} commandKey={request.newCommandKey()}>
        <Select
          name="adult"
          label="Of the safeguarding team"
          items={[{ value: '', text: 'Choose a person' }, ...teamOptions(team)]}
          value={typed.text('adult')}
          error={findError(errors, 'adult')}
        />
        <Input
          name="phone"
          label="Telephone under which they are reached then"
          type="tel"
          width={20}
          value={typed.text('phone')}
          error={findError(errors, 'phone')}
          autocomplete="off"
        />
        {coverModeFields(typed, errors)}
        <Button preventDoubleClick>Save who covers it</Button>
      </Form>
      <Form action={`/activities/${activity.id}/cancel`} formToken={request.formToken} commandKey={request.newCommandKey()}>
        <Button look="secondary" preventDoubleClick>
          It does not take place
        </Button>
      </Form>
    </>
  )
}

/** One closure, trip or activity: whether somebody of the team is behind it, and the press that names them. */
export function activityPage(request: EntryRequest, entry: ActivityWithCover, { typed, errors }: Typed): string {
  const { activity, standing } = entry
  const isKeeper = check(request.someone, 'cover.keep', undefined).allowed
  return pageFor(
    request,
    { title: activity.title, errors, back: { href: '/activities', text: 'Trips and activities' } },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">
        {activity.title} <StandingTag standing={standing} />
      </h1>
      {!standing.confirmed && (
        <WarningText>
          {unconfirmedSays[standing.because]} Until then it is unconfirmed and its pack cannot be printed.
        </WarningText>
      )}
      <SummaryList
        rows={[
          { key: 'What', value: activityNames[activity.kind] },
          { key: 'When', value: activityTimes(activity) },
          { key: 'Led by', value: activity.leaderName ?? 'Nobody yet' },
          { key: 'Covered by', value: standing.covers.map(coverInWords).join('; ') || 'Nobody' },
        ]}
      />
      {standing.confirmed && <Button href={`/activities/${activity.id}/pack`}>Print the pack</Button>}
      {isKeeper && <CoverForm request={request} entry={entry} typed={typed} errors={errors} />}
    </>,
  )
}
