import type { VNode } from 'preact'
import { dateInWords } from '../../../kernel/london-time.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { Difference } from '../../../policy/differences.ts'
import { whoInWords } from '../../../policy/duty-values.ts'
import { type Ours, oursOf, statuteInWords } from '../../../policy/guidance-editions.ts'
import type { Profile, StatutoryTime } from '../../../policy/profile.ts'
import type { PolicyValue } from '../../../policy/profile-values.ts'
import {
  Button,
  DateInput,
  ErrorSummaryFor,
  type FieldErrors,
  findError,
  Scroll,
  Select,
  Table,
} from '../../../web/components/index.ts'
import { Cite } from './cite.tsx'
import { FoldedPart } from './folded-part.tsx'
import { kindTitles } from './values.tsx'

/** One side of a comparison. */
export interface Side {
  readonly title: string
  readonly profile: Profile
}

function Value({ value, profile }: { readonly value: PolicyValue; readonly profile: Profile }): VNode {
  return (
    <>
      {value.says}{' '}
      {value.source && <Cite profile={profile} source={value.source} standing={value.standing} reading={value.reading} />}
    </>
  )
}

function Values({ values, profile }: { readonly values: readonly PolicyValue[]; readonly profile: Profile }): VNode {
  const [first, ...more] = values
  if (!first) return <span class="hf-meta">Does not say</span>
  if (more.length === 0) return <Value value={first} profile={profile} />
  return (
    <ul class="govuk-list">
      {values.map(value => (
        <li key={value.says}>
          <Value value={value} profile={profile} />
        </li>
      ))}
    </ul>
  )
}

export interface ComparePageProps {
  readonly left: Side
  readonly right: Side | undefined
  readonly differences: readonly Difference[]
  readonly schools: readonly { readonly key: string; readonly name: string }[]
  readonly asked: string
  readonly editions: readonly PlainDate[]
  readonly errors: FieldErrors
}

function Choose({
  schools,
  asked,
  editions,
  errors,
}: Pick<ComparePageProps, 'schools' | 'asked' | 'editions' | 'errors'>): VNode {
  return (
    <>
      <form method="get" action="/policy/compare">
        <Select
          name="with"
          label="Compare our policy with"
          value={asked}
          error={findError(errors, 'with')}
          items={[
            { value: '', text: 'Choose a school, or statute' },
            { value: 'statute', text: 'What statute asks' },
            ...schools.map(({ key, name }) => ({ value: key, text: name })),
          ]}
        />
        <Button look="secondary">Compare</Button>
      </form>
      <form method="get" action="/policy/compare">
        <DateInput
          id="on"
          namePrefix="on"
          legend="Or compare our policy of today with that of another day"
          hint="A day in the past or to come, for example 1 9 2025"
          legendSize="s"
          values={{}}
          error={findError(errors, 'on-day')}
        />
        <Button look="secondary">Compare the two days</Button>
      </form>
      <p class="govuk-body">
        Days on which our policy changes:{' '}
        {editions.map((date, index) => (
          <>
            {index > 0 && ', '}
            <a class="govuk-link" href={`/policy/compare?on=${date}`}>
              {dateInWords(date)}
            </a>
          </>
        ))}
        .
      </p>
    </>
  )
}

/** What differs, by kind; what is the same is left out. */
export function ComparePage(props: ComparePageProps): VNode {
  const { left, right, differences } = props
  const kinds = Map.groupBy(differences, ({ kind }) => kind)
  return (
    <>
      <ErrorSummaryFor errors={props.errors} />
      <h1 class="govuk-heading-l">Compare our policy</h1>
      <p class="govuk-body">See line by line what differs. What is the same is left out.</p>
      <Choose {...props} />
      {right && (
        <>
          <h2 class="govuk-heading-m">
            {left.title} and {right.title}
          </h2>
          <p class="govuk-body">
            {differences.length === 0
              ? 'They say the same.'
              : `${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}.`}
          </p>
          {[...kinds].map(([kind, all], index) => (
            <FoldedPart key={kind} id={kind} title={kindTitles[kind]} count={all.length} isOpen={index === 0}>
              <Scroll label={kindTitles[kind]}>
                <Table
                  caption={kindTitles[kind]}
                  captionClass="govuk-visually-hidden"
                  head={['What', left.title, right.title]}
                  rows={all.map(one => [
                    one.what,
                    <Values values={one.left} profile={left.profile} />,
                    <Values values={one.right} profile={right.profile} />,
                  ])}
                />
              </Scroll>
            </FoldedPart>
          ))}
        </>
      )}
    </>
  )
}

const partTitles: Readonly<Record<StatutoryTime['part'], string>> = {
  clocks: 'Times',
  training: 'Training',
  reading: 'What is read',
  reviews: 'Checks and reviews',
}

const comparedNames: Readonly<Record<Ours['compares'], string>> = {
  same: 'The same',
  stricter: 'Stricter',
  laxer: 'Laxer',
  'guidance-alone': 'Statute alone',
}

function statuteRows(profile: Profile, asked: StatutoryTime) {
  const statute = (
    <>
      {statuteInWords(asked)}
      {asked.roles && `, for ${whoInWords(profile, asked.roles)}`} <Cite profile={profile} {...asked.duration} />
    </>
  )
  const ours = oursOf(profile, asked)
  if (ours.length === 0) return [[asked.says, <span class="hf-meta">Does not say</span>, statute, '']]
  return ours.map(({ says, source, compares }) => [
    asked.says,
    compares === 'guidance-alone' ? (
      <span class="hf-meta">Says nothing of its own</span>
    ) : (
      <>
        {says} <Cite profile={profile} source={source} />
      </>
    ),
    statute,
    comparedNames[compares],
  ])
}

/** What the school has beside what statute asks: times, training, reading, checks and reviews. */
export function StatutePage({ profile }: { readonly profile: Profile }): VNode {
  const parts = Map.groupBy(profile.statutory, ({ part }) => part)
  return (
    <>
      <h1 class="govuk-heading-l">Our policy and statute</h1>
      <p class="govuk-body">
        A school may be stricter than statute, never laxer. What no statutory text in hand asks is left out; what is marked
        “Statute alone” holds here although our policy does not say it.
      </p>
      {[...parts].map(([part, all]) => (
        <div key={part}>
          <h2 class="govuk-heading-m">{partTitles[part]}</h2>
          <Scroll label={partTitles[part]}>
            <Table
              caption={partTitles[part]}
              captionClass="govuk-visually-hidden"
              head={['What', 'Our policy', 'Statute', 'Ours is']}
              rows={all.flatMap(asked => statuteRows(profile, asked))}
            />
          </Scroll>
        </div>
      ))}
    </>
  )
}
