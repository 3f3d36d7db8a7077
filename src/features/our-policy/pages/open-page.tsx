import type { VNode } from 'preact'
import { dateInWords } from '../../../kernel/london-time.ts'
import {
  citedEdition,
  type Differing,
  differingFrom,
  newerEditions,
  type Ours,
  statuteInWords,
  whoMustAct,
} from '../../../policy/guidance-editions.ts'
import type { Profile } from '../../../policy/profile.ts'
import { type PolicyValue, roleTitle, valuesOf } from '../../../policy/profile-values.ts'
import { Details, InsetText, Scroll, Table } from '../../../web/components/index.ts'
import { Cite } from './cite.tsx'
import { kindTitles } from './values.tsx'

export interface OpenPageProps {
  readonly profile: Profile
  /** The profile on the day of the guidance that the policy cites, or of the policy's own edition. */
  readonly then: Profile
  readonly mayPropose: boolean
}

const changeNames: Readonly<Record<Differing['change'], string>> = {
  new: 'New',
  'other-time': 'Another time',
  'no-longer': 'No longer asked',
}

const comparedNames: Readonly<Record<Ours['compares'], string>> = {
  same: 'the same',
  stricter: 'stricter',
  laxer: 'laxer: change it',
  'guidance-alone': 'our policy says nothing of its own, so the guidance holds',
}

function OurSide({ profile, ours }: { readonly profile: Profile; readonly ours: readonly Ours[] }): VNode {
  if (ours.length === 0) return <span class="hf-meta">Our policy says nothing of it</span>
  return (
    <>
      {ours.map(({ says, source, compares }, index) => (
        <p class="govuk-body" key={index}>
          {says} <strong>({comparedNames[compares]})</strong> <Cite profile={profile} source={source} />
        </p>
      ))}
    </>
  )
}

/** What newer guidance says otherwise than the edition that the policy cites, what the policy has of it, and who must act. */
function Guidance({ profile, then }: OpenPageProps): VNode | null {
  const newer = newerEditions(profile)
  if (newer.length === 0) return null
  const cited = citedEdition(profile)
  const differing = differingFrom(then, profile)
  return (
    <>
      <h2 class="govuk-heading-m">Guidance is newer than our policy</h2>
      <InsetText>
        {cited
          ? `Our policy cites the edition of ${cited.edition}.`
          : `Our policy is of ${dateInWords(profile.edition.date)} and says of no edition that it cites it.`}{' '}
        In force since: {newer.map(({ title, edition }) => `${title}, ${edition}`).join('; ')}.
      </InsetText>
      {differing.length === 0 ? (
        <p class="govuk-body">
          As far as its text is in hand, it asks for nothing else and gives no other time. Read what else it changes in the text
          itself.
        </p>
      ) : (
        <Scroll label="What newer guidance says otherwise">
          <Table
            caption="What newer guidance says otherwise, as far as its text is in hand"
            captionClass="govuk-table__caption--s"
            head={['What', 'Newer guidance', 'Our policy']}
            rows={differing.map(({ what, change, before, ours }) => [
              <>
                <strong>{changeNames[change]}.</strong> {what.says}
              </>,
              <>
                {change === 'no-longer' ? 'Asked by the edition cited alone' : statuteInWords(what)}
                {before && ` (before: ${statuteInWords(before)})`}{' '}
                <Cite profile={change === 'no-longer' ? then : profile} source={what.duration.source} />
              </>,
              <OurSide profile={profile} ours={ours} />,
            ])}
          />
        </Scroll>
      )}
      <h3 class="govuk-heading-s">Who must act</h3>
      <Scroll label="Who must act">
        <Table
          caption="Who must act"
          captionClass="govuk-visually-hidden"
          head={['To act', 'What', 'Which paragraph says so']}
          rows={whoMustAct(profile, differing).map(({ who, does, source }) => [
            who,
            does,
            source ? <Cite profile={profile} source={source} /> : '',
          ])}
        />
      </Scroll>
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
