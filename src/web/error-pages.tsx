import type { VNode } from 'preact'
import { Button, type Content, Form, WarningText } from './components/index.ts'
import type { FormValues } from './http/form-values.ts'
import { isNeverKept, keptFormDays } from './http/kept-forms.ts'
import { renderPage } from './layout.tsx'

/** These pages are drawn when nothing may be known: no school, no person, perhaps no database. */
function plainPage(title: string, children: Content): string {
  return renderPage({
    title,
    children: (
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        {children}
      </>
    ),
  })
}

function Home(): VNode {
  return (
    <p class="govuk-body">
      <a class="govuk-link" href="/">
        Go to the home page
      </a>
    </p>
  )
}

/** The one answer for a record that does not exist, is another school's, or is not theirs to see. */
export function notFoundPage(): string {
  return plainPage(
    'Page not found',
    <>
      <p class="govuk-body">There is nothing at this address that you can open.</p>
      <p class="govuk-body">If you typed or pasted the address, check that it is whole.</p>
      <Home />
    </>,
  )
}

/** The page exists for others, and saying so reveals nothing. */
export function forbiddenPage(): string {
  return plainPage(
    'You cannot open this page',
    <>
      <p class="govuk-body">
        What you can open comes from your role at your school. If your role has changed, ask the person who keeps the list of
        staff.
      </p>
      <p class="govuk-body">You can always record a concern.</p>
      <Home />
    </>,
  )
}

/** Too many requests from one place on the pages that are open to all. */
export function busyPage(): string {
  return plainPage(
    'Wait a minute, then try again',
    <>
      <p class="govuk-body">There were too many tries from where you are.</p>
      <p class="govuk-body">If a child is in danger now, ring 999. Do not wait for this page.</p>
    </>,
  )
}

/** More was sent than any form or file may hold. */
export function tooLargePage(): string {
  return plainPage(
    'What you sent is too large',
    <>
      <p class="govuk-body">Nothing was saved. Go back with your browser's back button: what you typed should still be there.</p>
      <p class="govuk-body">Leave large files out, or send them one at a time. A file can be up to 10 MB.</p>
    </>,
  )
}

/** What was turned away before any of it was used. */
export function refusedPage(title: string, says: string): string {
  return plainPage(
    title,
    <>
      <p class="govuk-body">{says}</p>
      <p class="govuk-body">If a child is in danger now, ring 999. Do not wait for this page.</p>
    </>,
  )
}

/** A request that cannot be read, or a form whose proof of origin is old and of which there is nothing to keep. */
export function secondTryPage(path: string): string {
  return plainPage(
    'Try that once more',
    <>
      <p class="govuk-body">
        The page had been open for too long, or was opened in another window. Nothing was changed. If you had typed something,
        your browser's back button brings it back: copy it first.
      </p>
      <Button href={path}>Open the page again</Button>
    </>,
  )
}

export interface KeptPageProps {
  /** Leads to the kept form, through signing in where that is needed. */
  readonly href: string
  readonly signedOut: boolean
  /** The form was filled in under another sign-in on this device, and waits for that person alone. */
  readonly forSomebodyElse?: boolean
}

/** A form could not be taken now, and its words are safe. */
export function keptPage({ href, signedOut, forSomebodyElse }: KeptPageProps): string {
  if (forSomebodyElse)
    return plainPage(
      'This form belongs to another person',
      <>
        <p class="govuk-body">
          It was opened when somebody else was signed in here. It was not sent. What was typed is kept, and only that person can
          see it, after signing in.
        </p>
        <Home />
      </>,
    )
  return plainPage(
    'Not sent yet, but kept safe',
    <>
      <WarningText>What you wrote has not been sent.</WarningText>
      <p class="govuk-body">
        {signedOut ? 'You had been signed out. ' : ''}What you wrote is kept for you alone, for {keptFormDays} days. Nobody else
        can see it.
      </p>
      <p class="govuk-body">
        {signedOut ? 'Sign in, look at it once more and send it.' : 'Look at it once more and send it.'} Files that you had
        attached are not kept: attach them again.
      </p>
      <Button href={href}>{signedOut ? 'Sign in and go on' : 'Go on'}</Button>
      <p class="govuk-body">If a child is in danger now, ring 999. Do not wait for this page.</p>
    </>,
  )
}

export interface TroublePageProps {
  readonly requestId: string
  readonly databaseGone: boolean
  /** What was being sent, offered again so that a fault of ours costs nobody their words. */
  readonly again: { readonly path: string; readonly form: FormValues } | undefined
}

function HiddenFields({ form }: { readonly form: FormValues }): VNode {
  // The machinery's fields go along: with the same key, a command that did arrive is not done twice.
  return (
    <>
      {form
        .names()
        .filter(name => !isNeverKept(name))
        .flatMap(name => form.all(name).map(value => <input type="hidden" name={name} value={value} />))}
    </>
  )
}

/** Something broke on our side. No details: a message of the database quotes what was written. */
export function troublePage({ requestId, databaseGone, again }: TroublePageProps): string {
  return plainPage(
    'Something went wrong on our side',
    <>
      <p class="govuk-body">
        {databaseGone
          ? 'Holdfast cannot reach its database just now. This is often over within a minute.'
          : 'This is our fault, not yours.'}
      </p>
      {again ? (
        <>
          <p class="govuk-body">
            We do not know whether what you sent has arrived. It is kept on this page: leave the page open and try again. If it
            did arrive, it will not be recorded twice. Files that you had attached must be attached again.
          </p>
          <Form action={again.path}>
            <HiddenFields form={again.form} />
            <Button preventDoubleClick>Try again</Button>
          </Form>
        </>
      ) : (
        <p class="govuk-body">Wait a minute, then load the page again.</p>
      )}
      <p class="govuk-body">
        If a child is in danger now, ring 999. If you need to tell somebody now, tell the safeguarding lead in person or by
        telephone.
      </p>
      <p class="govuk-body-s">If you ask for help, give this number: {requestId}</p>
    </>,
  )
}
