import type { VNode } from 'preact'
import { dateInWords, dayInWords, timeInWords } from '../../../kernel/london-time.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { newerEditions } from '../../../policy/guidance-editions.ts'
import type { Cited, Contact, Profile } from '../../../policy/profile.ts'
import { type PolicyValue, type ValueKind, valueKinds, valuesOf } from '../../../policy/profile-values.ts'
import { Details, InsetText, phoneHref, Scroll, Table, WarningText } from '../../../web/components/index.ts'
import { Cite } from './cite.tsx'
import { FoldedPart } from './folded-part.tsx'
import { kindTitles, ValuesTable } from './values.tsx'

function contactRow(profile: Profile, contact: Contact) {
  return [
    contact.who,
    contact.purpose,
    <>
      {contact.phone && (
        <a class="govuk-link" href={phoneHref(contact.phone)}>
          {contact.phone}
        </a>
      )}
      {contact.phone && contact.email && <br />}
      {contact.email}
      {contact.web && <br />}
      {contact.web}
    </>,
    contact.hours ?? '',
    <Cite profile={profile} source={contact.source} standing={contact.standing} reading={contact.reading} />,
  ]
}

function Contacts({ profile, values }: { readonly profile: Profile; readonly values: readonly PolicyValue[] }): VNode {
  const directory = values.filter(({ key }) => key.startsWith('directory '))
  return (
    <>
      <Scroll label={kindTitles.contacts}>
        <Table
          caption={kindTitles.contacts}
          captionClass="govuk-visually-hidden"
          head={['Who', 'For what', 'How', 'When they answer', 'Where it comes from']}
          rows={Object.values(profile.contacts).map(contact => contactRow(profile, contact))}
        />
      </Scroll>
      {directory.length > 0 && (
        <ValuesTable profile={profile} kind="contacts" title="Whom to ring, by what for" values={directory} />
      )}
    </>
  )
}

type Span = Cited & { readonly name: string; readonly from: PlainDate; readonly to: PlainDate }

function Spans({ spans }: { readonly spans: readonly Span[] }): VNode {
  return (
    <ul class="govuk-list">
      {spans.map(({ name, from, to }) => (
        <li key={from}>
          {name}: {from === to ? dateInWords(from) : `${dateInWords(from)} to ${dateInWords(to)}`}
        </li>
      ))}
    </ul>
  )
}

/** What is not over yet of terms and closures; those of one source stand together, so that a usual pattern is said to be one once. */
function Calendar({ profile, today }: { readonly profile: Profile; readonly today: PlainDate }): VNode {
  const { terms, closures, partDays, dayStarts, dayEnds, closeOfBusiness, sources } = profile.calendar
  const cite = (entry: Cited) => (
    <Cite profile={profile} source={entry.source} standing={entry.standing} reading={entry.reading} />
  )
  const spans = (title: string, all: readonly Span[]) =>
    [
      ...Map.groupBy(
        all.filter(({ to }) => to >= today),
        entry => JSON.stringify(entry.source),
      ).values(),
    ].flatMap(([first, ...more]) => (first ? [[title, <Spans spans={[first, ...more]} />, cite(first)]] : []))
  return (
    <Scroll label={kindTitles.calendar}>
      <Table
        caption={kindTitles.calendar}
        captionClass="govuk-visually-hidden"
        head={['What', 'When', 'Where it comes from']}
        rows={[
          ['School starts', timeInWords(dayStarts), cite(sources.dayStarts)],
          ['School ends', timeInWords(dayEnds), cite(sources.dayEnds)],
          ['Offices close', timeInWords(closeOfBusiness), cite(sources.closeOfBusiness)],
          ...spans('Terms', terms),
          ...spans(
            'No school',
            closures.map(closure => ({ ...closure, name: closure.says })),
          ),
          ...partDays
            .filter(({ date }) => date >= today)
            .map(day => ['School ends earlier', `${dayInWords(day.date)}, ${timeInWords(day.ends)}: ${day.says}`, cite(day)]),
        ]}
      />
    </Scroll>
  )
}

/** What the policy leaves open, first for those who can mend it. */
function Gaps({ profile }: { readonly profile: Profile }): VNode | null {
  if (profile.gaps.length === 0) return null
  return (
    <section aria-labelledby="gaps">
      <h2 class="govuk-heading-m" id="gaps">
        {kindTitles.gaps}
      </h2>
      <WarningText>Nothing here was filled in silently. Decide, and write it into the policy.</WarningText>
      <Details summary={`Show all ${profile.gaps.length}`}>
        <ul class="govuk-list govuk-list--bullet">
          {profile.gaps.map(gap => (
            <li key={gap.key}>
              {gap.says} <Cite profile={profile} source={gap.source} />
            </li>
          ))}
        </ul>
      </Details>
    </section>
  )
}

function Part({
  profile,
  kind,
  values,
  today,
}: {
  readonly profile: Profile
  readonly kind: ValueKind
  readonly values: readonly PolicyValue[]
  readonly today: PlainDate
}): VNode {
  if (kind === 'contacts') return <Contacts profile={profile} values={values} />
  if (kind === 'calendar') return <Calendar profile={profile} today={today} />
  return <ValuesTable profile={profile} kind={kind} values={values} />
}

export interface OurPolicyProps {
  readonly profile: Profile
  /** For those who lead: they can mend what the policy leaves open. */
  readonly showGaps: boolean
  /** May compare it, and see what it leaves open and what is proposed. */
  readonly mayExamine: boolean
  readonly seesChanges: boolean
  readonly mayRehearse: boolean
  readonly today: PlainDate
}

const ways = [
  ['/policy/open', 'What it leaves open, and newer guidance'],
  ['/policy/compare', 'Compare it with another school, another day or statute'],
  ['/policy/changes', 'Changes: proposed, approved, rejected'],
  ['/rehearsals', 'What would happen? Play it through, and print it'],
] as const

/** Said to everybody who reads the policy: guidance that it was written under has a newer edition. */
function SupersededEdition({ profile, mayExamine }: Pick<OurPolicyProps, 'profile' | 'mayExamine'>): VNode | null {
  const newest = newerEditions(profile).at(-1)
  if (!newest) return null
  return (
    <InsetText>
      Superseded edition cited: our policy is of {dateInWords(profile.edition.date)}, and {newest.title}, {newest.edition}, is in
      force since.
      {mayExamine && (
        <>
          {' '}
          <a class="govuk-link" href="/policy/open">
            What differs, and who must act
          </a>
        </>
      )}
    </InsetText>
  )
}

/** The whole profile as people read it, each value beside its source. */
export function OurPolicy({ profile, showGaps, mayExamine, seesChanges, mayRehearse, today }: OurPolicyProps): VNode {
  const values = Map.groupBy(valuesOf(profile), ({ kind }) => kind)
  const kinds = valueKinds.filter(kind => kind !== 'gaps' && values.has(kind))
  const documents = Object.values(profile.documents).filter(({ layer }) => layer === 'schools')
  return (
    <>
      <h1 class="govuk-heading-l">Our policy</h1>
      <p class="govuk-body">
        Holdfast follows {profile.edition.title}, {dateInWords(profile.edition.date)}. Each line below says which paragraph it
        comes from. Its documents: {documents.map(({ title, edition }) => (edition ? `${title} (${edition})` : title)).join('; ')}
        .
      </p>
      <SupersededEdition profile={profile} mayExamine={mayExamine} />
      {mayExamine && (
        <ul class="govuk-list">
          {ways
            .filter(([href]) => (seesChanges || href !== '/policy/changes') && (mayRehearse || href !== '/rehearsals'))
            .map(([href, says]) => (
              <li key={href}>
                <a class="govuk-link" href={href}>
                  {says}
                </a>
              </li>
            ))}
        </ul>
      )}
      {showGaps && <Gaps profile={profile} />}
      <h2 class="govuk-heading-m">Find it in our policy</h2>
      <p class="govuk-body hf-no-print">Press a part to open it. Printed, all of them are whole.</p>
      {kinds.map(kind => (
        <FoldedPart key={kind} id={kind} title={kindTitles[kind]}>
          <Part profile={profile} kind={kind} values={values.get(kind) ?? []} today={today} />
        </FoldedPart>
      ))}
    </>
  )
}
