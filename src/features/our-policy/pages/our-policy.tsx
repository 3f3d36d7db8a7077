import type { VNode } from 'preact'
import { assertNever } from '../../../kernel/exhaustive.ts'
import { dateInWords, timeInWords } from '../../../kernel/london-time.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { chainTitle } from '../../../policy/conduct.ts'
import { durationInWords } from '../../../policy/duration.ts'
import type { Cited, Contact, Duration, Profile, Route, RouteStep, Sourced, WhenUnanswered } from '../../../policy/profile.ts'
import { phoneHref, Scroll, Table, WarningText } from '../../../web/components/index.ts'
import { Cite, titleOf } from './cite.tsx'

function Step({ profile, step }: { profile: Profile; step: RouteStep }): VNode {
  const roles = step.roles.map(role => titleOf(profile, role))
  return (
    <li>
      {roles.join(step.tell === 'all' ? ' and ' : ', or else ')}. {step.says}{' '}
      <Cite profile={profile} source={step.source} standing={step.standing} reading={step.reading} />
    </li>
  )
}

function RouteSection({ profile, route, title }: { profile: Profile; route: Route; title: string }): VNode {
  const outside = route.outside.flatMap(key => profile.contacts[key]?.who ?? [])
  return (
    <>
      <h3 class="govuk-heading-s">{title}</h3>
      <ol class="govuk-list govuk-list--number">
        {route.steps.map(step => (
          <Step key={step.says} profile={profile} step={step} />
        ))}
        {outside.length > 0 && <li>If nobody in school can be told: {outside.join(', ')}.</li>}
      </ol>
    </>
  )
}

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
    </>,
    contact.hours ?? '',
    <Cite profile={profile} source={contact.source} standing={contact.standing} reading={contact.reading} />,
  ]
}

/** By when whoever saw or heard it writes it themselves, and when a missing account is chased. */
function accountTimes({ accounts }: Profile): readonly { readonly says: string; readonly duration: Sourced<Duration> }[] {
  if (!accounts) return []
  const { within, chasedAt, beforeLeaving, writeUpWithin } = accounts
  const [hours = 0, minutes = 0] = chasedAt.value.split(':').map(Number)
  return [
    { says: 'Whoever saw or heard what somebody else wrote down writes it too.', duration: within },
    {
      says: 'An account that is not written is chased.',
      duration: { ...chasedAt, value: { unit: 'minute-of-day', count: hours * 60 + minutes } },
    },
    { says: 'Where it is due before the child leaves, it is chased so long before.', duration: beforeLeaving },
    { says: 'A write-up that begins later after a disclosure is listed as delayed.', duration: writeUpWithin },
  ]
}

function Clocks({ profile }: { profile: Profile }): VNode {
  return (
    <Scroll label="What is due when">
      <Table
        caption="What is due when"
        captionSize="m"
        head={['What', 'Time', 'Where it comes from']}
        rows={[...profile.clocks.map(({ says, duration }) => ({ says, duration })), ...accountTimes(profile)].map(
          ({ says, duration }) => [
            says,
            durationInWords(duration.value),
            <Cite profile={profile} source={duration.source} standing={duration.standing} reading={duration.reading} />,
          ],
        )}
      />
    </Scroll>
  )
}

function whenUnanswered(rule: WhenUnanswered): string {
  switch (rule.on) {
    case 'acknowledgement':
      return 'Nobody acknowledges a concern in time'
    case 'triage':
      return 'A concern is not triaged in time'
    case 'decision':
      return `A concern is not decided ${rule.within ? durationInWords(rule.within) : 'in time'}`
    case 'unreachable':
      return 'Whoever reported a concern cannot reach a DSL'
    case 'child-seen':
      return 'A child who was to be seen today has not been seen in time'
    case 'account':
      return 'Whoever saw or heard something has not written it themselves'
    case 'risk-assessment':
      return `No risk and needs assessment is made ${rule.within ? durationInWords(rule.within) : 'in time'}`
    default:
      return assertNever(rule.on)
  }
}

function Unanswered({ profile }: { profile: Profile }): VNode | null {
  if (profile.unanswered.length === 0) return null
  return (
    <Scroll label="When nobody answers">
      <Table
        caption="When nobody answers"
        captionSize="m"
        head={['When', 'Who hears', 'Where it comes from']}
        rows={profile.unanswered.map(rule => [
          whenUnanswered(rule),
          [
            ...rule.tell.map(role => titleOf(profile, role)),
            ...rule.ask.map(role => `${titleOf(profile, role)} (asked to find a DSL, told nothing else)`),
          ].join(', '),
          <Cite profile={profile} source={rule.source} standing={rule.standing} reading={rule.reading} />,
        ])}
      />
    </Scroll>
  )
}

function ThresholdOf({ profile }: { profile: Profile }): VNode | null {
  const { threshold } = profile.levels
  if (!threshold) return null
  const { title, edition, underReview, source, standing, reading } = threshold
  return (
    <p class="govuk-body">
      Judged by {title}, {edition}
      {underReview && <strong> (under review: decisions are looked at again when a newer edition is entered)</strong>}.{' '}
      <Cite profile={profile} source={source} standing={standing} reading={reading} />
    </p>
  )
}

function Levels({ profile }: { profile: Profile }): VNode {
  return (
    <Scroll label="Levels of need">
      <Table
        caption={`Levels of need: ${profile.levels.name}`}
        captionSize="m"
        head={['Level', 'What it means']}
        rows={profile.levels.levels.map(level => [level.name, level.says])}
      />
    </Scroll>
  )
}

/** What is not over yet of terms and closures; those of one source stand together, so that a usual pattern is said to be one once. */
function Calendar({ profile, today }: { profile: Profile; today: PlainDate }): VNode {
  const { terms, closures, dayStarts, dayEnds, sources } = profile.calendar
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
    <Scroll label="Terms and the school day">
      <Table
        caption="Terms and the school day"
        captionSize="m"
        head={['What', 'When', 'Where it comes from']}
        rows={[
          ['School starts', timeInWords(dayStarts), cite(sources.dayStarts)],
          ['School ends', timeInWords(dayEnds), cite(sources.dayEnds)],
          ...spans('Terms', terms),
          ...spans(
            'No school',
            closures.map(closure => ({ ...closure, name: closure.says })),
          ),
        ]}
      />
    </Scroll>
  )
}

type Span = Cited & { readonly name: string; readonly from: PlainDate; readonly to: PlainDate }

function Spans({ spans }: { spans: readonly Span[] }): VNode {
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

/** The whole profile as people read it. `showGaps` for the safeguarding team, who can mend the policy. */
export function OurPolicy({ profile, showGaps, today }: { profile: Profile; showGaps: boolean; today: PlainDate }): VNode {
  return (
    <>
      <h1 class="govuk-heading-l">Our policy</h1>
      <p class="govuk-body">
        Holdfast follows {profile.edition.title}, {profile.edition.date}. Each line below says which paragraph it comes from.
      </p>
      <h2 class="govuk-heading-m">Who is told</h2>
      <RouteSection profile={profile} route={profile.routes.welfare} title="A worry about a child" />
      {profile.conduct.chains.map(chain => (
        <RouteSection
          key={chain.key}
          profile={profile}
          route={chain}
          title={chainTitle(chain, role => profile.team.find(one => one.role === role)?.title ?? role.replaceAll('-', ' '))}
        />
      ))}
      <Clocks profile={profile} />
      <Unanswered profile={profile} />
      <Calendar profile={profile} today={today} />
      <Levels profile={profile} />
      <ThresholdOf profile={profile} />
      <Scroll label="Whom to ring">
        <Table
          caption="Whom to ring"
          captionSize="m"
          head={['Who', 'For what', 'How', 'When they answer', 'Where it comes from']}
          rows={Object.values(profile.contacts).map(contact => contactRow(profile, contact))}
        />
      </Scroll>
      {showGaps && profile.gaps.length > 0 && (
        <section aria-labelledby="gaps">
          <h2 class="govuk-heading-m" id="gaps">
            What the policy does not say
          </h2>
          <WarningText>Nothing here was filled in silently. Decide, and write it into the policy.</WarningText>
          <ul class="govuk-list govuk-list--bullet">
            {profile.gaps.map(gap => (
              <li key={gap.key}>
                {gap.says} <Cite profile={profile} source={gap.source} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
