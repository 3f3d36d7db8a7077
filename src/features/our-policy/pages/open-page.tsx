import type { VNode } from 'preact'
import { dateInWords } from '../../../kernel/london-time.ts'
import { durationInWords } from '../../../policy/duration.ts'
import type { Profile } from '../../../policy/profile.ts'
import { type PolicyValue, roleTitle, valuesOf } from '../../../policy/profile-values.ts'
import { Details, InsetText } from '../../../web/components/index.ts'
import { Cite } from './cite.tsx'
import { kindTitles } from './values.tsx'

export interface OpenPageProps {
  readonly profile: Profile
  /** The profile on the day of the policy's own edition. */
  readonly then: Profile
  readonly mayPropose: boolean
}

/** Guidance that is in force and younger than the school's own policy. */
export function newerGuidance({ profile }: Pick<OpenPageProps, 'profile'>) {
  return Object.values(profile.documents).filter(
    ({ layer, since, title, edition }) =>
      layer === 'national' &&
      since !== undefined &&
      since > profile.edition.date &&
      edition !== undefined &&
      /^Keeping children safe/.test(title),
  )
}

function Guidance(props: OpenPageProps): VNode | null {
  const { profile, then } = props
  const newer = newerGuidance(props)
  if (newer.length === 0) return null
  const changed = profile.statutory.filter(time => {
    const before = then.statutory.find(({ clock }) => clock === time.clock)
    return !before || JSON.stringify(before.duration.value) !== JSON.stringify(time.duration.value)
  })
  return (
    <>
      <h2 class="govuk-heading-m">Guidance is newer than our policy</h2>
      <InsetText>
        Our policy is of {dateInWords(profile.edition.date)}. In force since:{' '}
        {newer.map(({ title, edition }) => `${title}, ${edition}`).join('; ')}.
      </InsetText>
      {changed.length === 0 ? (
        <p class="govuk-body">
          As far as its text is in hand, it gives no other time for any clock. Read what else it changes in the text itself.
        </p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {changed.map(({ clock, says, duration }) => (
            <li key={clock}>
              {says} Now {durationInWords(duration.value)}. <Cite profile={profile} {...duration} />
            </li>
          ))}
        </ul>
      )}
      <p class="govuk-body">
        To act: {roleTitle(profile, 'dsl')} reads it and proposes what changes; {roleTitle(profile, 'headteacher')} takes the
        policy to the {roleTitle(profile, 'chair-of-governors')} for its new edition.
      </p>
    </>
  )
}

function hrefOf({ kind, key, rule }: PolicyValue): string | undefined {
  if (kind === 'gaps') return `/policy/changes/new?what=${encodeURIComponent(`gaps/${key}`)}`
  if (kind === 'clocks' && rule) return `/policy/changes/new?what=${encodeURIComponent(`clocks/${rule}`)}`
  if (kind === 'routes' && rule) return `/policy/changes/new?what=${encodeURIComponent(`steps/${rule}`)}`
  if (kind === 'contacts' && !key.startsWith('directory '))
    return `/policy/changes/new?what=${encodeURIComponent(`contacts/${key}`)}`
  return undefined
}

function Item({
  value,
  profile,
  mayPropose,
}: {
  readonly value: PolicyValue
  readonly profile: Profile
  readonly mayPropose: boolean
}): VNode {
  const href = mayPropose ? hrefOf(value) : undefined
  return (
    <li>
      {value.kind !== 'gaps' && `${value.what}: `}
      {value.says}{' '}
      {value.source && <Cite profile={profile} source={value.source} standing={value.standing} reading={value.reading} />}
      {href && (
        <>
          {' '}
          <a class="govuk-link" href={href}>
            Settle it<span class="govuk-visually-hidden">: {value.kind === 'gaps' ? value.says : value.what}</span>
          </a>
        </>
      )}
    </li>
  )
}

const groups: readonly { readonly title: string; readonly says: string; fits(value: PolicyValue): boolean }[] = [
  { title: 'The policy does not say', says: 'Decide, and write it into the policy.', fits: ({ kind }) => kind === 'gaps' },
  {
    title: 'Printed, but not verified',
    says: 'Check it before relying on it.',
    fits: ({ standing }) => standing === 'unverified',
  },
  {
    title: 'A setting that no text gives',
    says: 'The school may set it otherwise.',
    fits: ({ standing, kind }) => standing === 'setting' && kind !== 'calendar',
  },
  {
    title: 'A reading of an ambiguous text',
    says: 'Agree it, or write it clearly.',
    fits: ({ standing }) => standing === 'read',
  },
]

/** What the policy leaves open, by kind, with who may settle it. */
export function OpenPage(props: OpenPageProps): VNode {
  const { profile, mayPropose } = props
  const values = valuesOf(profile)
  return (
    <>
      <h1 class="govuk-heading-l">What our policy leaves open</h1>
      <p class="govuk-body">
        {roleTitle(profile, 'dsl')} or {roleTitle(profile, 'headteacher')} proposes how to settle it; a second person approves.
        What guidance or an authority leaves open is settled by entering their text.
      </p>
      <Guidance {...props} />
      {groups.map(({ title, says, fits }) => {
        const all = values.filter(fits)
        if (all.length === 0) return null
        const kinds = Map.groupBy(all, ({ kind }) => kind)
        return (
          <div key={title}>
            <h2 class="govuk-heading-m">
              {title} ({all.length})
            </h2>
            <p class="govuk-body">{says}</p>
            {[...kinds].map(([kind, some]) => (
              <Details key={kind} summary={`${kindTitles[kind]} (${some.length})`} isOpen={kind === 'gaps'}>
                <ul class="govuk-list govuk-list--bullet">
                  {some.map(value => (
                    <Item key={value.key} value={value} profile={profile} mayPropose={mayPropose} />
                  ))}
                </ul>
              </Details>
            ))}
          </div>
        )
      })}
    </>
  )
}
