import { type Actor, check } from '../../../access/index.ts'
import { momentInWords } from '../../../kernel/london-time.ts'
import { Button, Input } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { SharedLinks, type SharedWithMe } from '../../shares/index.ts'
import type { FoundChild, OwnConcernAbout } from '../model.ts'
import type { FoundChildren } from '../queries.ts'
import { childName, dateInWords, placeOf } from './words.ts'

/** What tells a found child from others: year and class, the date of birth where names are the same. */
export function foundDetail(child: FoundChild): string {
  const parts = [placeOf(child), child.knownAs ? `known as ${child.knownAs}` : '', child.standing === 'left' ? 'has left' : '']
  return [...parts, child.born ? `born ${dateInWords(child.born)}` : ''].filter(part => part !== '').join(', ')
}

/** How many were found, in a sentence. */
export function foundSays(typed: string, found: FoundChildren): string {
  if (typed.trim() === '') return 'Type the beginning of a name.'
  if (found.children.length === 0) return 'Nobody was found. Try fewer letters, or another spelling.'
  if (found.more) return `The first ${found.children.length} are shown. Type more letters to find fewer.`
  return `${found.children.length} found`
}

/** Finding a child without a script: for anybody who records. */
export function findPage(
  request: Request<'child.find', Actor>,
  typed: string,
  found: FoundChildren,
  shared: readonly SharedWithMe[],
  own: readonly OwnConcernAbout[],
): string {
  const mayBreakGlass = check(request.someone, 'glass.break', undefined).allowed
  const mayOversee = check(request.someone, 'oversight.open', undefined).allowed
  const mayReadLog = check(request.someone, 'read-log.child', undefined).allowed
  return pageFor(
    request,
    { title: 'Find a child' },
    <>
      <h1 class="govuk-heading-l">Find a child</h1>
      <form method="get" action="/children/find">
        <Input
          name="q"
          label="Name"
          hint="The beginning of any of their names"
          type="search"
          value={typed}
          width={20}
          autocomplete="off"
        />
        <Button>Find</Button>
      </form>
      <p class="govuk-body" role="status">
        {foundSays(typed, found)}
      </p>
      <ul class="govuk-list govuk-list--spaced">
        {found.children.map(child => (
          <li>
            <a class="govuk-link govuk-!-font-weight-bold" href={`/concerns/new?child=${child.id}`}>
              {childName(child)}
            </a>
            <br />
            {foundDetail(child)}
            {mayBreakGlass && (
              <>
                <br />
                <a class="govuk-link" href={`/children/${child.id}/break-glass`}>
                  Break the glass<span class="govuk-visually-hidden"> for {childName(child)}</span>
                </a>
              </>
            )}
            {mayOversee && (
              <>
                <br />
                <a class="govuk-link" href={`/children/${child.id}/oversight`}>
                  Open the case for the trust<span class="govuk-visually-hidden">: {childName(child)}</span>
                </a>
              </>
            )}
            {mayReadLog && (
              <>
                <br />
                <a class="govuk-link" href={`/children/${child.id}/who-looked`}>
                  Who looked<span class="govuk-visually-hidden"> at {childName(child)}</span>
                </a>
              </>
            )}
            {own
              .filter(({ childId }) => childId === child.id)
              .map(({ id, reference, recordedAt }) => (
                <>
                  <br />
                  <a class="govuk-link" href={`/my-concerns/${id}`}>
                    Your concern {reference}, {momentInWords(recordedAt)}
                  </a>
                </>
              ))}
            <SharedLinks shared={shared.filter(({ childId }) => childId === child.id)} />
          </li>
        ))}
      </ul>
      {found.children.length > 0 && <p class="govuk-body">Choose a name to record a concern about that child.</p>}
    </>,
  )
}
