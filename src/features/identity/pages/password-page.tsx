import type { Actor } from '../../../access/index.ts'
import { Button, ErrorSummaryFor, type FieldErrors, Form, findError, PasswordInput } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'

export interface PasswordPageProps {
  readonly email: string
  readonly errors: FieldErrors
  /** False for whoever signs in through the school alone: a first password. */
  readonly hasPassword: boolean
}

/** Changes one's own password. */
export function passwordPage(
  request: Request<'account.own' | 'account.factors', Actor>,
  { email, errors, hasPassword }: PasswordPageProps,
): string {
  return pageFor(
    request,
    {
      title: hasPassword ? 'Change your password' : 'Choose a password',
      errors,
      back: { href: '/account', text: 'Your account' },
    },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">{hasPassword ? 'Change your password' : 'Choose a password'}</h1>
      <p class="govuk-body">You will be signed out everywhere else.</p>
      <Form action="/account/password" formToken={request.formToken}>
        {/* Lets a password manager know whose password this is. */}
        <input type="hidden" name="email" autocomplete="username" value={email} />
        {hasPassword && (
          <PasswordInput name="current-password" label="Current password" error={findError(errors, 'current-password')} />
        )}
        <PasswordInput
          name="new-password"
          label="New password"
          hint="At least 12 characters. Three or four words that have nothing to do with each other make a good one."
          autocomplete="new-password"
          error={findError(errors, 'new-password')}
        />
        <Button preventDoubleClick>{hasPassword ? 'Change password' : 'Save password'}</Button>
      </Form>
    </>,
  )
}
