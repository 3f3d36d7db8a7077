import type { VNode } from 'preact'
import { assertNever } from '../../../kernel/exhaustive.ts'
import { dateInWords, dayInWords } from '../../../kernel/london-time.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { addSchoolDays, isSchoolDay } from '../../../kernel/school-days.ts'
import { durationInWords } from '../../../policy/duration.ts'
import type { FoundRule } from '../../../policy/find-rule.ts'
import type { Duration, Profile } from '../../../policy/profile.ts'
import { SummaryList, type SummaryRow } from '../../../web/components/index.ts'
import { titleOf } from './cite.tsx'

/** Which layer of the policy something stands in, as people say it. */
export function layerInWords(layer: FoundRule['layer']): string {
  switch (layer) {
    case 'national':
      return 'The national layer: guidance, or what holds everywhere until a school chooses'
    case 'authorities':
      return 'The local authority'
    case 'trusts':
      return 'The trust'
    case 'schools':
      return "The school's own policy"
    case 'decisions':
      return 'A decision of the school, proposed by one person and approved by another'
    case 'product':
      return 'The product itself: the same at every school'
    default:
      return assertNever(layer)
  }
}

function trustInWords({ standing, layer }: Pick<FoundRule, 'standing' | 'layer'>): string {
  switch (standing) {
    case 'stated':
      return layer === 'decisions' ? 'The school decided it.' : 'The text says so.'
    case 'read':
      return 'The text leaves room; the reading below was chosen.'
    case 'setting':
      return 'No text gives this: it is a setting that the school may change.'
    case 'unverified':
      return 'Printed in the text, but it looks wrong or was not confirmed. Check it before relying on it.'
    default:
      return assertNever(standing)
  }
}

function whenInWords({ clock }: FoundRule): string | undefined {
  const when = clock?.when
  if (!when) return undefined
  const parts = [
    when.urgent === undefined ? undefined : when.urgent ? 'the concern is urgent' : 'the concern is not urgent',
    when.prompts && `what was noticed is one of: ${when.prompts.join(', ').replaceAll('-', ' ')}`,
    when.levelAtLeast === undefined ? undefined : `the level of need is ${when.levelAtLeast} or above`,
    when.authority && `it goes to ${when.authority}`,
  ].flatMap(part => part ?? [])
  return parts.length === 0 ? undefined : parts.join(', and ')
}

/** What statute says of the same clock, and that the school may be stricter and not laxer. */
function statuteInWords(profile: Profile, { statutory, layer }: FoundRule): string | undefined {
  if (!statutory) return undefined
  const { value, source } = statutory.duration
  const document = profile.documents[source.document]?.title ?? source.document
  const may = layer === 'national' ? '' : ' A school may be stricter than that, never laxer.'
  const again = statutory.every ? `; then again ${durationInWords(statutory.every.value)} each time` : ''
  return `${statutory.says} Time: ${durationInWords(value)}${again}. Known from ${document}, ${source.section}.${may}`
}

/** Times that end at a moment of a school's own day. */
const momentsOfDay: readonly Duration['unit'][] = ['end-of-school-day', 'before-child-leaves', 'minutes-before-child-leaves']

/** What such a time means on a day that has no school: that day's own end, and nobody's next school day. */
function withoutSchoolInWords({ calendar, school }: Profile, { clock }: FoundRule, on: PlainDate): string | undefined {
  if (!clock || !momentsOfDay.includes(clock.duration.value.unit)) return undefined
  if (isSchoolDay(on, calendar))
    return 'Begun after that moment, or on a day without school, it runs to midnight of the same day.'
  const next = dayInWords(addSchoolDays(on, 1, calendar))
  return `${dayInWords(on)} is no school day of ${school.name}: what began then runs to midnight of that day, and does not wait for the school’s next day, ${next}.`
}

function rowsOf(profile: Profile, rule: FoundRule, on: PlainDate): readonly SummaryRow[] {
  const time = rule.clock && durationInWords(rule.clock.duration.value)
  const roles = rule.step?.route.steps[rule.step.index]
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Time', time],
    ['Without a school day', withoutSchoolInWords(profile, rule, on)],
    ['In full', rule.value?.says],
    ['Only where', whenInWords(rule)],
    ['Who is told', roles?.roles.map(role => titleOf(profile, role)).join(roles.tell === 'all' ? ' and ' : ', or else ')],
    ['Paragraph', `${rule.document}${rule.edition ? ` (${rule.edition})` : ''}, ${rule.source.section}`],
    ['Holds from', rule.clock && dateInWords(rule.clock.duration.from)],
    ['How far the text goes', trustInWords(rule)],
    ['The reading chosen', rule.reading],
    [
      'Where it stands',
      rule.standing === 'setting' && rule.layer === 'schools' ? 'A setting of the school' : layerInWords(rule.layer),
    ],
    [
      'What statute says',
      statuteInWords(profile, rule) ?? (rule.clock ? 'No statutory text in hand gives a time for this.' : undefined),
    ],
  ]
  return rows.flatMap(([key, value]) => (value ? [{ key, value }] : []))
}

export interface RulePageProps {
  readonly id: string
  readonly rules: readonly FoundRule[]
  readonly profile: Profile
  readonly on: PlainDate
  readonly today: PlainDate
  /** How it stood until this day, where the school changed it on it. */
  readonly before: { readonly rules: readonly FoundRule[]; readonly profile: Profile } | undefined
}

/** A clock keeps the edition under which it began, also where the change came later on the same day. */
function Before({ before, on }: Required<Pick<RulePageProps, 'before' | 'on'>>): VNode | null {
  if (!before || before.rules.length === 0) return null
  return (
    <section aria-labelledby="before">
      <h2 class="govuk-heading-m" id="before">
        Until it was changed on {dateInWords(on)}
      </h2>
      <p class="govuk-body">What began earlier on that day, before the change was approved, keeps what stood until then.</p>
      {before.rules.map((rule, index) => (
        <SummaryList
          key={index}
          rows={rowsOf(before.profile, rule, on).filter(({ key }) => ['Time', 'In full', 'Paragraph'].includes(String(key)))}
        />
      ))}
    </section>
  )
}

/** Why something is due, or why somebody is told: the rule, its paragraph, its reading and the layer it stands in. */
export function RulePage({ id, rules, profile, on, today, before }: RulePageProps): VNode {
  return (
    <>
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">Why?</span>
        {rules[0]?.says}
      </h1>
      {on !== today && (
        <p class="govuk-body">
          As our policy stood on {dateInWords(on)}, under {profile.edition.title}.{' '}
          <a class="govuk-link" href={`/policy/rules/${id}`}>
            As it stands today
          </a>
        </p>
      )}
      {rules.map((rule, index) => (
        <section key={`${rule.source.document} ${rule.source.section} ${index}`} aria-label={`Rule ${index + 1}`}>
          {index > 0 && <h2 class="govuk-heading-m">{rule.says}</h2>}
          <SummaryList rows={rowsOf(profile, rule, on)} />
        </section>
      ))}
      <Before before={before} on={on} />
      <p class="govuk-body hf-meta">The rule’s name in the policy’s files: {id}.</p>
      <p class="govuk-body">
        <a class="govuk-link" href="/policy">
          Our whole policy
        </a>
      </p>
    </>
  )
}
