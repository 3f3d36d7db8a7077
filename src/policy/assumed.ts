/** What a school's policy does not say itself and the product fills in, in words for whoever writes the policy. */
import { byText } from '../kernel/ordering.ts'
import type { Profile } from './profile.ts'
import { type PolicyValue, valueKinds, valuesOf } from './profile-values.ts'
import { whoseValue } from './whose-value.ts'

/** Values that are no text of the school's, by how they come to be there. */
export interface Assumed {
  /** Chosen by the product until the school chooses. */
  readonly settings: readonly PolicyValue[]
  /** Chosen by the school itself, in no text. */
  readonly own: readonly PolicyValue[]
  /** Chosen in the file of its trust, in no text. */
  readonly trust: readonly PolicyValue[]
  /** Chosen in the file of an authority, in no text. */
  readonly authority: readonly PolicyValue[]
  /** Printed, and doubtful or not seen. */
  readonly unverified: readonly PolicyValue[]
  /** Said by a national text alone. */
  readonly national: readonly PolicyValue[]
  /** What the policy should say and does not. */
  readonly gaps: readonly PolicyValue[]
}

/** What holds at the school although its policy does not say so. */
export function assumedIn(profile: Profile): Assumed {
  const whose = ({ source, standing }: PolicyValue) => whoseValue(profile, source?.document, standing ?? 'stated')
  const all = valuesOf(profile).toSorted((a, b) => valueKinds.indexOf(a.kind) - valueKinds.indexOf(b.kind))
  const values = all.filter(({ kind }) => kind !== 'gaps')
  const settings = values.filter(({ standing }) => standing === 'setting')
  return {
    settings: settings.filter(value => whose(value) === 'product'),
    own: settings.filter(value => !['product', 'trust', 'authority'].includes(whose(value) ?? '')),
    trust: settings.filter(value => whose(value) === 'trust'),
    authority: settings.filter(value => whose(value) === 'authority'),
    unverified: values.filter(({ standing }) => standing === 'unverified'),
    national: values.filter(value => whose(value) === 'national' && value.standing !== 'unverified'),
    gaps: all.filter(({ kind }) => kind === 'gaps'),
  }
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

/** The counts in one line. */
export function assumedInBrief(key: string, assumed: Assumed): string {
  const { settings, own, trust, authority, unverified, national, gaps } = assumed
  const of = (values: readonly PolicyValue[], whom: string) => (values.length === 0 ? '' : `, ${values.length} of ${whom}`)
  return `${key}: ${counted(settings.length, 'setting', 'settings')} of the product, ${own.length} of its own${of(trust, 'its trust')}${of(authority, 'an authority')}, ${national.length} from national texts alone, ${unverified.length} not verified, ${counted(gaps.length, 'gap', 'gaps')}.`
}

/** Every one of them, for whoever checks the school's own file. */
export function assumedInFull(profile: Profile): readonly string[] {
  const { settings, own, trust, authority, unverified, national, gaps } = assumedIn(profile)
  const part = (title: string, values: readonly PolicyValue[]) =>
    values.length === 0 ? [] : ['', `${title} (${values.length})`, ...linesOf(profile, values)]
  return [
    ...part('The product fills in, until the school chooses', settings),
    ...part('Settings of the school itself, which no text gives', own),
    ...part('Settings of its trust, which no text gives', trust),
    ...part('Settings of an authority, which no text gives', authority),
    ...part('From a national text alone: the school says nothing of its own', national),
    ...part('Not verified: check before relying on it', unverified),
    ...part('Gaps: the policy does not say', gaps),
  ]
}

/** A year of terms is one line: what matters is whose they are. */
function linesOf(profile: Profile, values: readonly PolicyValue[]): readonly string[] {
  const spans = values.filter(({ kind, key }) => kind === 'calendar' && /^(term|closure|part day) /.test(key))
  const bySource = Map.groupBy(spans, value => placeOf(profile, value))
  return [
    ...values.filter(value => !spans.includes(value)).map(value => line(profile, value)),
    ...[...bySource].map(([from, some]) => {
      const days = some.map(({ key }) => key.match(/\d{4}-\d{2}-\d{2}/)?.[0] ?? '').toSorted(byText)
      return `  Terms and days without school from ${days[0]} to ${days.at(-1)} (${some.length}). [${from}]`
    }),
  ]
}

function line(profile: Profile, value: PolicyValue): string {
  const what = value.kind === 'gaps' ? value.says : `${value.what.replace(/[.:]$/, '')}: ${value.says}`
  const rule = value.rule === undefined ? '' : ` (${value.rule})`
  return `  ${what.replace(/\.$/, '')}${rule}. [${placeOf(profile, value)}]${value.reading === undefined ? '' : ` ${value.reading}`}`
}

function placeOf(profile: Profile, { source }: PolicyValue): string {
  if (!source) return 'no source'
  return `${profile.documents[source.document]?.title ?? source.document}, ${source.section}`
}
