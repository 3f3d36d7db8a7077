import type { Instant } from '../../../kernel/plain-date.ts'
import { Button, ErrorSummaryFor, type FieldErrors, Form, findError, Radios } from '../../../web/components/index.ts'
import { renderPage } from '../../../web/layout.tsx'

export interface ChooseSchoolPageProps {
  readonly now: Instant
  readonly formToken: string
  readonly next: string
  readonly schools: readonly { readonly id: string; readonly name: string }[]
  readonly current?: string | undefined
  readonly errors?: FieldErrors
}

/** One person at several schools says where they are now. */
export function chooseSchoolPage({ now, formToken, next, schools, current, errors }: ChooseSchoolPageProps): string {
  return renderPage({
    title: 'Which school are you working for now?',
    nav: [],
    now,
    errors,
    children: (
      <>
        <ErrorSummaryFor errors={errors} />
        <Form action="/choose-school" formToken={formToken}>
          <input type="hidden" name="next" value={next} />
          <Radios
            name="school"
            legend="Which school are you working for now?"
            legendSize="l"
            legendIsHeading
            hint="What you record goes to this school. You can change school later."
            items={schools.map(school => ({ value: school.id, label: school.name }))}
            value={current}
            error={findError(errors, 'school')}
          />
          <Button preventDoubleClick>Continue</Button>
        </Form>
      </>
    ),
  })
}
