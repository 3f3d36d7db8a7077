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
  Select,
  StackedTable,
} from '../../../web/components/index.ts'
import { type AskedSide, type Side, type SideName, sideFields } from '../sides.ts'
import { Cite } from './cite.tsx'
import { FoldedPart } from './folded-part.tsx'
import { kindTitles } from './values.tsx'

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

interface School {
  readonly key: string
  readonly name: string
  /** The days on which its policy changes. */
  readonly editions: readonly PlainDate[]
}

export interface ComparePageProps {
  readonly left: Side
  readonly right: Side | undefined
  readonly differences: readonly Difference[]
  readonly schools: readonly School[]
  readonly asked: Readonly<Record<SideName, AskedSide>>
  readonly errors: FieldErrors
}

type ChooseProps = Pick<ComparePageProps, 'schools' | 'asked' | 'errors'>

function ChooseSide({
  name,
  label,
  items,
  asked,
  errors,
}: Pick<ChooseProps, 'asked' | 'errors'> & {
  readonly name: SideName
  readonly label: string
  readonly items: readonly { readonly value: string; readonly text: string }[]
}): VNode {
  const { school, day } = sideFields[name]
  return (
    <div class="govuk-grid-column-one-half">
      <Select name={school} label={label} value={asked[name].asked} error={findError(errors, school)} items={items} />
      <DateInput
        id={day}
        namePrefix={day}
        legend="As it stands on"
        hint="In the past or to come, such as 1 9 2025. Leave it empty for today."
        legendSize="s"
        values={asked[name].day}
        error={findError(errors, `${day}-day`)}
      />
    </div>
  )
}

function Choose({ schools, asked, errors }: ChooseProps): VNode {
  const items = schools.map(({ key, name }) => ({ value: key, text: name }))
  const shared = { asked, errors }
  return (
    <form method="get" action="/policy/compare">
      <div class="govuk-grid-row">
        <ChooseSide {...shared} name="left" label="Compare" items={items} />
        <ChooseSide
          {...shared}
          name="right"
          label="With"
          items={[{ value: '', text: 'Choose a school, or statute' }, { value: 'statute', text: 'What statute asks' }, ...items]}
        />
      </div>
      <Button look="secondary">Compare</Button>
    </form>
  )
}

/** The days on which a side's policy changes: the editions that may be chosen on its other side. */
function Editions({ schools, left, right }: Pick<ComparePageProps, 'schools' | 'left' | 'right'>): VNode {
  const shown = schools.filter(({ key }) => key === left.school || key === right?.school)
  return (
    <>
      {shown.map(({ key, name, editions }) => (
        <p class="govuk-body" key={key}>
          Days on which {name === 'Our policy' ? 'our policy' : `the policy of ${name}`} changes:{' '}
          {editions.map((date, index) => (
            <>
              {index > 0 && ', '}
              <a class="govuk-link" href={`/policy/compare?left=${left.school}&left-on=${left.on}&with=${key}&on=${date}`}>
                {dateInWords(date)}
              </a>
            </>
          ))}
          .
        </p>
      ))}
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
      <Editions {...props} />
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
              <StackedTable
                caption={kindTitles[kind]}
                head={['What', left.title, right.title]}
                rows={all.map(one => [
                  one.what,
                  <Values values={one.left} profile={left.profile} />,
                  <Values values={one.right} profile={right.profile} />,
                ])}
              />
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
export function StatutePage({ side: { title, profile } }: { readonly side: Side }): VNode {
  const parts = Map.groupBy(profile.statutory, ({ part }) => part)
  return (
    <>
      <h1 class="govuk-heading-l">{title} and statute</h1>
      <p class="govuk-body">
        A school may be stricter than statute, never laxer. What no statutory text in hand asks is left out; what is marked
        “Statute alone” holds although the policy does not say it.
      </p>
      {[...parts].map(([part, all]) => (
        <div key={part}>
          <h2 class="govuk-heading-m">{partTitles[part]}</h2>
          <StackedTable
            caption={partTitles[part]}
            head={['What', title, 'Statute', 'It is']}
            rows={all.flatMap(asked => statuteRows(profile, asked))}
          />
        </div>
      ))}
    </>
  )
}
