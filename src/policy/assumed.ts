/** What a school's policy does not say itself and the product fills in, in words for whoever writes the policy. */
import { byText } from '../kernel/ordering.ts'
import type { Profile } from './profile.ts'
import { type PolicyValue, valueKinds, valuesOf } from './profile-values.ts'

/** Values that are no text of the school's, by how they come to be there. */
export interface Assumed {
  /** Chosen by the product until the school chooses. */
  readonly settings: readonly PolicyValue[]
  /** Chosen by the school, its authority or its trust, in no text. */
  readonly own: readonly PolicyValue[]
  /** Printed, and doubtful or not seen. */
  readonly unverified: readonly PolicyValue[]
  /** Said by a national text alone. */
  readonly national: readonly PolicyValue[]
  /** What the policy should say and does not. */
  readonly gaps: readonly PolicyValue[]
}

/** What holds at the school although its policy does not say so. */
export function assumedIn(profile: Profile): Assumed {
  const layerOf = ({ source }: PolicyValue) => profile.documents[source?.document ?? '']?.layer
  const all = valuesOf(profile).toSorted((a, b) => valueKinds.indexOf(a.kind) - valueKinds.indexOf(b.kind))
  const values = all.filter(({ kind }) => kind !== 'gaps')
  const settings = values.filter(({ standing }) => standing === 'setting')
  return {
    settings: settings.filter(value => layerOf(value) === 'national'),
    own: settings.filter(value => layerOf(value) !== 'national'),
    unverified: values.filter(({ standing }) => standing === 'unverified'),
    national: values.filter(
      value => layerOf(value) === 'national' && value.standing !== 'setting' && value.standing !== 'unverified',
    ),
    gaps: all.filter(({ kind }) => kind === 'gaps'),
  }
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

/** The five counts in one line. */
export function assumedInBrief(key: string, { settings, own, unverified, national, gaps }: Assumed): string {
  return `${key}: ${counted(settings.length, 'setting', 'settings')} of the product, ${own.length} of its own, ${national.length} from national texts alone, ${unverified.length} not verified, ${counted(gaps.length, 'gap', 'gaps')}.`
}

/** Every one of them, for whoever checks the school's own file. */
export function assumedInFull(profile: Profile): readonly string[] {
  const { settings, own, unverified, national, gaps } = assumedIn(profile)
  const part = (title: string, values: readonly PolicyValue[]) =>
    values.length === 0 ? [] : ['', `${title} (${values.length})`, ...linesOf(profile, values)]
  return [
    ...part('The product fills in, until the school chooses', settings),
    ...part('Settings of the school, its authority or its trust, which no text gives', own),
    ...part('From a national text alone: the school says nothing of its own', national),
    ...part('Not verified: check before relying on it', unverified),
    ...part('Gaps: the policy does not say', gaps),
  ]
}

/** A year of terms is one line: what matters is whose they are. */
function linesOf(profile: Profile, values: readonly PolicyValue[]): readonly string[] {
  const spans = values.filter(({ kind, key }) => kind === 'calendar' && /^(term|closure|part day) /.test(key))
  const bySource = Map.groupBy(spans, value => authority(profile, value))
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
  return `  ${what.replace(/\.$/, '')}${rule}. [${authority(profile, value)}]${value.reading === undefined ? '' : ` ${value.reading}`}`
}

function authority(profile: Profile, { source }: PolicyValue): string {
  if (!source) return 'no source'
  return `${profile.documents[source.document]?.title ?? source.document}, ${source.section}`
}
