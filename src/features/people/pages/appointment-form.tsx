import type { Actor } from '../../../access/index.ts'
import { roleIds } from '../../../policy/roles.ts'
import {
  Button,
  ButtonGroup,
  DateInput,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Radios,
  Select,
} from '../../../web/components/index.ts'
import { dateError, dateValues } from '../../../web/http/form-dates.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { AdultRecord, Appointment } from '../model.ts'
import { roleName } from '../role-names.ts'

type PageRequest = Request<'appointment.keep', Actor>

export interface AppointmentFormProps {
  readonly adult: AdultRecord
  readonly typed: FormValues
  readonly errors: FieldErrors
  /** The appointment that is changed; absent for a new one. */
  readonly appointment?: Appointment
}

/** The school's own team first, then the other roles by name. */
function roleOptions({ profile }: PageRequest): { value: string; text: string }[] {
  const team = [...new Set(profile.team.map(member => member.role))]
  const rest = roleIds.filter(role => !team.includes(role))
  const option = (role: (typeof roleIds)[number]) => ({ value: role, text: roleName(profile, role) })
  return [
    { value: '', text: 'Choose a role' },
    ...team.map(option),
    ...rest.map(option).toSorted((a, b) => (a.text < b.text ? -1 : 1)),
  ]
}

function Start({ typed, errors }: AppointmentFormProps) {
  return (
    <Radios
      name="from"
      legend="From when?"
      value={typed.text('from') || 'now'}
      error={findError(errors, 'from')}
      items={[
        { value: 'now', label: 'From now' },
        {
          value: 'date',
          label: 'From a day',
          conditional: (
            <DateInput
              id="starts"
              namePrefix="starts"
              legend="First day"
              values={dateValues(typed, 'starts')}
              error={dateError(errors, 'starts')}
            />
          ),
        },
      ]}
    />
  )
}

/** Appointing somebody to a role, or changing the dates of an appointment. */
export function appointmentFormPage(request: PageRequest, props: AppointmentFormProps): string {
  const { adult, typed, errors, appointment } = props
  const title = appointment ? `Change the dates of ${roleName(request.profile, appointment.role)}` : 'Appoint to a role'
  const back = `/people/${adult.id}`
  const path = `${back}/appointments/${appointment?.id ?? 'new'}`
  return pageFor(
    request,
    { title: `${title}: ${adult.name}`, errors, back: { href: back, text: adult.name } },
    <>
      <ErrorSummaryFor errors={errors} />
      <span class="govuk-caption-l">{adult.name}</span>
      <h1 class="govuk-heading-l">{title}</h1>
      <Form action={path} formToken={request.formToken} commandKey={request.newCommandKey()}>
        {!appointment && (
          <Select
            name="role"
            label="Role"
            hint="The headship, and a role that opens files or may be given a concern, waits until a second person agrees."
            items={roleOptions(request)}
            value={typed.text('role')}
            error={findError(errors, 'role')}
          />
        )}
        {appointment ? (
          <DateInput
            id="starts"
            namePrefix="starts"
            legend="First day"
            values={dateValues(typed, 'starts')}
            error={dateError(errors, 'starts')}
          />
        ) : (
          <Start {...props} />
        )}
        <DateInput
          id="ends"
          namePrefix="ends"
          legend="Last day"
          hint="Leave it empty if nobody knows. The role and its rights last through this day."
          values={dateValues(typed, 'ends')}
          error={dateError(errors, 'ends')}
        />
        <ButtonGroup>
          <Button preventDoubleClick>{appointment ? 'Save' : 'Appoint'}</Button>
          <a class="govuk-link" href={back}>
            Cancel
          </a>
        </ButtonGroup>
      </Form>
    </>,
  )
}
