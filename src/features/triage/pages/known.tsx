/** What the school already knows of the children of a concern. */
import type { VNode } from 'preact'
import { dateInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Badge } from '../../../web/components/index.ts'
import { markInWords } from '../../attendance/index.ts'
import { headingFor } from '../../concerns/index.ts'
import { Caution } from '../../household/index.ts'
import type { ConcernFacts } from '../model.ts'
import type { ChildKnown } from '../page-model.ts'
import { childrenNow } from '../rules.ts'
import { stateNames } from '../words.ts'
import { childInWords, Moment } from './parts.tsx'
import { Ringable } from './ring-now.tsx'

export interface KnownProps {
  readonly profile: Profile
  readonly now: Instant
  readonly concern: ConcernFacts
  readonly known: readonly ChildKnown[]
  /** Whether the reader may enter a mark that is missing. */
  readonly mayEnterMarks?: boolean
}

/** An authority as people call it. */
export function authorityName(profile: Profile, authority: string): string {
  return profile.referrals.find(found => found.authority === authority)?.authorityName ?? authority.replaceAll('-', ' ')
}

/** Whether the child is here today, and how that is known. */
function Registration({ known, mayEnter }: { readonly known: ChildKnown; readonly mayEnter: boolean }): VNode {
  return (
    <p class="govuk-body">
      Registration today: <strong>{known.mark ? markInWords(known.mark) : 'no mark yet'}</strong>.
      {!known.mark && mayEnter && (
        <>
          {' '}
          <a class="govuk-link" href={`/children/${known.childId}/attendance`}>
            Enter it
          </a>
        </>
      )}
    </p>
  )
}

function Barred({ known }: { readonly known: ChildKnown }): VNode | null {
  const barred = known.contacts.filter(contact => contact.barred)
  if (barred.length === 0) return null
  return (
    <>
      <p class="govuk-body">
        <Badge kind="urgent">Must not be contacted</Badge>
      </p>
      <ul class="govuk-list">
        {barred.map(contact => (
          <li>
            <strong>
              {contact.name}, {contact.relation.toLowerCase()}
            </strong>
            . {contact.barredReason}
          </li>
        ))}
      </ul>
    </>
  )
}

function Earlier({
  known,
  profile,
  now,
}: {
  readonly known: ChildKnown
  readonly profile: Profile
  readonly now: Instant
}): VNode {
  const count = known.earlierCount
  return (
    <>
      <p class="govuk-body">
        <strong>{count === 0 ? 'No other concern' : count === 1 ? '1 other concern' : `${count} other concerns`}</strong> at this
        school.
      </p>
      {known.earlier.length > 0 && (
        <ul class="govuk-list">
          {known.earlier.map(earlier => (
            <li>
              <a class="govuk-link" href={`/concerns/${earlier.id}`}>
                {headingFor(profile, earlier, earlier.involvement)}
              </a>
              , <Moment at={earlier.recordedAt} now={now} /> <span class="hf-meta">({stateNames[earlier.state]})</span>
            </li>
          ))}
          {count > known.earlier.length && (
            <li>
              <a class="govuk-link" href={`/children/${known.childId}`}>
                and {count - known.earlier.length} more in the child’s file
              </a>
            </li>
          )}
        </ul>
      )}
    </>
  )
}

function Statuses({ known, profile }: { readonly known: ChildKnown; readonly profile: Profile }): VNode | null {
  if (known.statuses.length === 0) return null
  return (
    <ul class="govuk-list">
      {known.statuses.map(status => (
        <li>
          <strong>{status.status.replaceAll('-', ' ')}</strong> since {dateInWords(status.startsOn)}
          {status.authority && `, ${authorityName(profile, status.authority)}`}
          {status.workerName && (
            <Ringable contacts={[{ name: status.workerName, phone: status.workerPhone ?? undefined, detail: 'Social worker' }]} />
          )}
        </li>
      ))}
    </ul>
  )
}

function Siblings({ known }: { readonly known: ChildKnown }): VNode | null {
  if (known.siblings.length === 0) return null
  return (
    <>
      <p class="govuk-body govuk-!-margin-bottom-1">Brothers and sisters here:</p>
      <ul class="govuk-list">
        {known.siblings.map(sibling => (
          <li>
            <a class="govuk-link" href={`/children/${sibling.childId}`}>
              {sibling.name}
              {sibling.className && `, ${sibling.className}`}
            </a>
            {sibling.openConcerns > 0 && (
              <>
                {' '}
                <Badge kind="waiting">
                  {sibling.openConcerns} open {sibling.openConcerns === 1 ? 'concern' : 'concerns'}
                </Badge>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

/** For each child of the concern: earlier concerns, statuses, siblings, home authority, who must not be contacted. */
export function Known({ profile, now, concern, known, mayEnterMarks = false }: KnownProps): VNode {
  return (
    <>
      <h2 class="govuk-heading-m">What is already known</h2>
      {childrenNow(concern).map(child => {
        const about = known.find(({ childId }) => childId === child.childId)
        return (
          <section>
            <h3 class="govuk-heading-s">{childInWords(child, concern.children)}</h3>
            {child.standing === 'unidentified' && (
              <p class="govuk-body">
                <strong>Not identified yet.</strong> {child.description}
              </p>
            )}
            <p class="govuk-body">
              {child.homeAuthority
                ? `Lives in: ${authorityName(profile, child.homeAuthority)}.`
                : 'Which authority the child lives in is not known.'}
            </p>
            {about && (
              <>
                <Registration known={about} mayEnter={mayEnterMarks} />
                <Caution household={about.household} profile={profile} />
                <Barred known={about} />
                <Statuses known={about} profile={profile} />
                <Earlier known={about} profile={profile} now={now} />
                <Siblings known={about} />
              </>
            )}
          </section>
        )
      })}
    </>
  )
}
