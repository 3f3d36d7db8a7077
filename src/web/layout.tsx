import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { momentInWords } from '../kernel/london-time.ts'
import type { Instant } from '../kernel/plain-date.ts'
import { assetUrl } from './assets.ts'
import {
  BackLink,
  Button,
  type Content,
  classNames,
  ExitThisPage,
  type FieldErrors,
  Form,
  GenericHeader,
  PhaseBanner,
  ServiceNavigation,
  SkipLink,
} from './components/index.ts'

export interface LayoutPerson {
  readonly name: string
  readonly role?: string | undefined
  readonly unseenAlerts?: number | undefined
}

export interface LayoutLink {
  readonly href: string
  readonly text: string
  /** This page, or one below it. */
  readonly current?: boolean | undefined
}

export interface LayoutProps {
  /** What the page is, without the product's or the school's name. */
  readonly title: string
  readonly school?: string | undefined
  /** Says above the page that everybody in it is invented. */
  readonly demonstration?: boolean | undefined
  readonly person?: LayoutPerson | undefined
  readonly nav?: readonly LayoutLink[] | undefined
  readonly homeHref?: string | undefined
  readonly signOutHref?: string | undefined
  readonly alertsHref?: string | undefined
  readonly formToken?: string | undefined
  /** Tells one sign-in from the next, and says nothing of who it is. */
  readonly signIn?: string | undefined
  /** Shown on every page of somebody signed in, so that a worry is never more than one press away. */
  readonly worryHref?: string | undefined
  readonly back?: { readonly href: string; readonly text?: string | undefined } | undefined
  /** The faults that the page shows; its title says that there are some. */
  readonly errors?: FieldErrors | undefined
  /** Offers to get the page off the screen: staff cover it and come back, visitors leave it for good. */
  readonly quickExit?: boolean | undefined
  /** Full width for lists and comparisons; reading width otherwise. */
  readonly wide?: boolean | undefined
  /** Names of islands (`dist/assets/NAME.js`) beside the base one. */
  readonly scripts?: readonly string[] | undefined
  /** When the page was made; a printed sheet says so. */
  readonly now?: Instant | undefined
  /** What a printed sheet is about, such as the child's name. */
  readonly printedAbout?: string | undefined
  readonly children?: Content
}

// A page that says nothing about the reader, the one that public services send people to.
const harmlessPage = 'https://www.bbc.co.uk/weather'

function Head({ layout }: { readonly layout: LayoutProps }): VNode {
  const title = [layout.title, layout.school, 'Holdfast'].filter(Boolean).join(' – ')
  return (
    <head>
      <meta charset="utf-8" />
      <title>{layout.errors?.length ? `Error: ${title}` : title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="theme-color" content="#073f43" />
      <meta name="robots" content="noindex, nofollow" />
      <meta name="format-detection" content="telephone=no" />
      <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
      <link rel="stylesheet" href={assetUrl('holdfast.css')} />
      {['base', ...(layout.scripts ?? [])].map(script => (
        <script type="module" src={assetUrl(`${script}.js`)} />
      ))}
    </head>
  )
}

function Account({ layout, person }: { readonly layout: LayoutProps; readonly person: LayoutPerson }): VNode {
  const unseen = person.unseenAlerts ?? 0
  return (
    <div class="hf-account">
      {unseen > 0 && (
        <a class="govuk-link govuk-link--inverse" href={layout.alertsHref ?? '/alerts'}>
          {unseen} new {unseen === 1 ? 'alert' : 'alerts'}
        </a>
      )}
      <a class="govuk-link govuk-link--inverse" href="/help">
        Whom to ring
      </a>
      <a class="govuk-link govuk-link--inverse" href="/account">
        {person.name}
      </a>
      <Form action={layout.signOutHref ?? '/sign-out'} formToken={layout.formToken}>
        <button class="hf-link-button" type="submit">
          Sign out
        </button>
      </Form>
    </div>
  )
}

function Header({ layout }: { readonly layout: LayoutProps }): VNode {
  const { person, school, nav = [], worryHref } = layout
  return (
    <header class="govuk-template__header">
      <GenericHeader href={layout.homeHref} end={person && <Account layout={layout} person={person} />}>
        <span class="hf-mark">Holdfast</span> {school && <span class="hf-school">{school}</span>}
      </GenericHeader>
      {(nav.length > 0 || worryHref) && (
        <ServiceNavigation
          items={nav.map(link => ({ href: link.href, text: link.text, isActive: link.current }))}
          label="Parts of Holdfast"
          isEndInline
          end={
            worryHref && (
              <Button href={worryHref} class="hf-worry">
                I am worried about a child
              </Button>
            )
          }
        />
      )}
      {layout.demonstration && (
        <PhaseBanner tag="Demonstration">Everybody here is invented. Do not write about a real child.</PhaseBanner>
      )}
    </header>
  )
}

function QuickExit({ isSignedIn }: { readonly isSignedIn: boolean }): VNode {
  if (!isSignedIn) return <ExitThisPage href={harmlessPage} />
  return (
    <div class="hf-quick-exit">
      <Button
        href={harmlessPage}
        look="secondary"
        class="govuk-!-margin-bottom-0"
        attributes={{ 'data-module': 'hf-blank', rel: 'nofollow noreferrer' }}
      >
        Hide this screen
      </Button>
    </div>
  )
}

function Footer({ layout }: { readonly layout: LayoutProps }): VNode {
  const { person, school } = layout
  return (
    <footer class="hf-footer">
      <div class="govuk-width-container">
        {person && (
          <p>
            Signed in as <strong>{person.name}</strong>
            {person.role && `, ${person.role}`}
            {school && `, at ${school}`}.
          </p>
        )}
        <p>If a child is in immediate danger, ring 999. Do not wait for a form.</p>
      </div>
    </footer>
  )
}

function PrintStatement({ layout }: { readonly layout: LayoutProps }): VNode {
  const { school, printedAbout, person, now } = layout
  const subject = [school, printedAbout].filter(Boolean).join(' · ')
  return (
    <div class="hf-sheet__foot">
      <p class="hf-print-only">
        {subject && `${subject}. `}
        {person ? `Printed by ${person.name}` : 'Printed without signing in'}
        {now && ` from the page as it stood on ${momentInWords(now)}`}. Confidential.
      </p>
    </div>
  )
}

/** A whole page: the frame that every page shares, around its own content. */
export function Layout(layout: LayoutProps): VNode {
  return (
    <html lang="en-GB" class="govuk-template">
      <Head layout={layout} />
      <body class={classNames('govuk-template__body', layout.wide && 'hf-wide')} data-hf-sign-in={layout.signIn}>
        <SkipLink href="#main-content">Skip to main content</SkipLink>
        <Header layout={layout} />
        <div class="hf-sheet">
          <div class="hf-sheet__body">
            <div class="govuk-width-container">
              {layout.quickExit && <QuickExit isSignedIn={layout.person !== undefined} />}
              {layout.back && (
                <nav aria-label="Back">
                  <BackLink href={layout.back.href}>{layout.back.text}</BackLink>
                </nav>
              )}
              <main class="govuk-main-wrapper" id="main-content">
                {layout.children}
              </main>
            </div>
          </div>
          <PrintStatement layout={layout} />
        </div>
        <Footer layout={layout} />
      </body>
    </html>
  )
}

/** A whole page as it goes over the wire. */
export function renderPage(layout: LayoutProps): string {
  return `<!doctype html>\n${renderToString(<Layout {...layout} />)}`
}
