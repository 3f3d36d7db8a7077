import { createHash } from 'node:crypto'
import type { ComponentChildren } from 'preact'
import { type Action, type Actor, check, type SubjectFacts, type Visitor } from '../access/index.ts'
import type { FieldErrors } from './components/index.ts'
import type { Request } from './http/route.ts'
import { renderPage } from './layout.tsx'
import { navigation } from './navigation.ts'

export interface PageOptions {
  /** What the page is, without the product's or the school's name. */
  readonly title: string
  readonly errors?: FieldErrors | undefined
  readonly back?: { readonly href: string; readonly text?: string }
  /** Names of islands (`dist/assets/NAME.js`) beside the base one. */
  readonly scripts?: readonly string[]
  /** Offers to leave the page at once, on pages that somebody may look at over a shoulder. */
  readonly quickExit?: boolean
  /** Full width for lists and comparisons; reading width otherwise. */
  readonly wide?: boolean
  /** What a printed sheet is about, such as the child's name. */
  readonly printedAbout?: string
}

/** May this person see the link? The same policy as the page itself, so that a link and a refusal cannot disagree. */
export function mayOpen(someone: Actor | Visitor, action: Action, subject?: SubjectFacts): boolean {
  return check(someone, action, subject).allowed
}

/** By this the browser knows which sign-in the numbers that it keeps belong to. The token of the forms is not to be had from it. */
function signInTag(request: Request<Action, Actor>): string {
  return createHash('sha256').update(`whom to ring ${request.formToken} ${request.school.name}`).digest('hex').slice(0, 12)
}

/** A whole page of the signed-in product. */
export function pageFor(request: Request<Action, Actor>, options: PageOptions, children: ComponentChildren): string {
  return renderPage({
    ...options,
    school: request.school.name,
    demonstration: request.school.demonstration,
    person: { name: request.someone.name, unseenAlerts: request.unseenAlerts },
    nav: navigation
      .filter(item => mayOpen(request.someone, item.action))
      .map(item => ({
        href: item.href,
        text: item.text,
        current: request.path.startsWith(item.href) && (item.href !== '/' || request.path === '/'),
      })),
    worryHref: '/concerns/new',
    formToken: request.formToken,
    signIn: signInTag(request),
    now: request.now,
    children,
  })
}

/** A whole page for somebody without an account. */
export function visitorPageFor(request: Request<Action, Visitor>, options: PageOptions, children: ComponentChildren): string {
  return renderPage({
    ...options,
    school: request.school.name,
    demonstration: request.school.demonstration,
    nav: [],
    now: request.now,
    children,
  })
}
