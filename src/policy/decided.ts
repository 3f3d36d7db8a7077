/**
 * What a school has decided above its files: single values, each with the day from which it holds and two people's names. They make
 * one more layer, the nearest, that goes through the same checks as a file.
 */
import type { PlainDate } from '../kernel/plain-date.ts'
import type { Result } from '../kernel/result.ts'
import { ok, refused } from '../kernel/result.ts'
import { clockHomes } from './clock-homes.ts'
import { routeFaults, withRoute, withStep } from './decided-routes.ts'
import { type Fault, type FieldFault, faultsOfIssues, pathInWords } from './faults.ts'
import { nationalFile } from './language.ts'
import type { Layer } from './parse-layer.ts'
import type { Profile, Route, Source } from './profile.ts'
import { without } from './resolve-calendar.ts'

/** The kinds of thing that a school may decide in the product. */
export const decidedKinds = [
  'clocks',
  'settings',
  'routes',
  'steps',
  'contacts',
  'terms',
  'closures',
  'reopened',
  'gaps',
] as const
export type DecidedKind = (typeof decidedKinds)[number]

/** One decision: `clocks/triage.same-day`, `settings/cover.deputies_min`, `steps/routing.welfare-2`, `terms/Spring 2027` ... */
export interface Decided {
  /** Counts the school's changes; of two for one path and day the later holds. */
  readonly number: number
  readonly path: string
  /** As the language of policies writes it. */
  readonly value: unknown
  readonly from: PlainDate
  /** "School's own decision of ..." */
  readonly document: string
  readonly section: string
}

/** The kind of thing and its own name. */
export function pathParts(path: string): { readonly kind: DecidedKind; readonly name: string } | undefined {
  const [kind, ...name] = path.split('/')
  const known = decidedKinds.find(one => one === kind)
  return known && name.length > 0 ? { kind: known, name: name.join('/') } : undefined
}

/** Of each path what was decided last for this day. */
export function decidedOn(decided: readonly Decided[], on: PlainDate): readonly Decided[] {
  const held = decided.filter(({ from }) => from <= on).toSorted(inOrder)
  return [...new Map(held.map(one => [one.path, one])).values()].toSorted(inOrder)
}

/** A later decision stands over an earlier one that it meets. */
function inOrder(a: Decided, b: Decided): number {
  return a.from < b.from ? -1 : a.from > b.from ? 1 : a.number - b.number
}

const documentOf = ({ number }: Decided) => `decision-${number}`

/** The layer that these decisions make above the school's files; `profile` is what holds without them. */
export function decidedLayer(key: string, profile: Profile, decided: readonly Decided[]): Result<Layer, readonly Fault[]> {
  const file = `the decisions of ${key}`
  const locate = (fault: FieldFault): Fault => ({
    file,
    line: 1,
    column: 1,
    path: pathInWords(fault.path),
    says: fault.says,
    remedy: fault.remedy,
  })
  const raw = rawLayer(profile, decided)
  if (!raw.ok) return refused(raw.refusal.map(locate))
  const parsed = nationalFile.safeParse(raw.value, { jitless: true })
  if (!parsed.success) return refused(faultsOfIssues(parsed.error.issues, raw.value, () => []).map(locate))
  return ok({ kind: 'national', key, file, locate, data: parsed.data, decided: true })
}

type Raw = Record<string, unknown>

function rawLayer(profile: Profile, decided: readonly Decided[]): Result<Raw, readonly FieldFault[]> {
  const first = decided.map(({ from }) => from).toSorted()[0] ?? profile.edition.date
  const raw: Raw & { clocks: unknown[]; contacts: Raw } = {
    edition: { title: profile.edition.title, date: first },
    documents: Object.fromEntries(decided.map(one => [documentOf(one), { title: one.document }])),
    clocks: [],
    contacts: {},
  }
  const faults: FieldFault[] = []
  const calendar: Raw & { terms: unknown[]; closures: unknown[] } = { terms: [], ...daysOf(decided) }
  for (const one of decided) {
    const parts = pathParts(one.path)
    const entry = { source: { document: documentOf(one), section: one.section }, from: one.from }
    if (parts?.kind === 'clocks') {
      const rule = profile.clocks.find(clock => clock.rule === parts.name)
      if (rule && !clockHomes[rule.clock].includes('clocks')) continue
      const { within, says } = timeOf(one.value)
      if (rule)
        raw.clocks.push({ clock: rule.clock, rule: rule.rule, says: says ?? rule.says, within: { value: within, ...entry } })
      else faults.push(lost(one, 'rule'))
    } else if (parts?.kind === 'contacts') {
      raw.contacts[parts.name] = { ...(one.value as Raw), ...entry }
    } else if (parts?.kind === 'settings') {
      const [part = '', field = ''] = parts.name.split('.')
      const value = { value: one.value, ...entry }
      if (part === 'calendar') calendar[field] = value
      else raw[part] = { ...(raw[part] as Raw | undefined), [field]: value }
    } else if (parts?.kind === 'terms') {
      calendar.terms.push({ ...(one.value as Raw), source: entry.source })
    }
  }
  if (faults.length > 0) return refused(faults)
  const hasCalendar = Object.values(calendar).some(part => !Array.isArray(part) || part.length > 0)
  if (hasCalendar)
    raw['calendar'] = { ...calendar, ...(calendar.terms.length > 0 ? {} : { terms: undefined }), source: sourceOf(decided) }
  return ok(raw)
}

/** A time as it was decided: by itself, or with the sentence that says it. */
export function timeOf(value: unknown): { readonly within: unknown; readonly says?: unknown } {
  return typeof value === 'object' && value !== null && 'within' in value ? (value as { within: unknown }) : { within: value }
}

type Days = { readonly from: PlainDate; readonly to: PlainDate }

/** Days on which children do not attend and those on which they do after all: of two decisions about one day the later holds. */
function daysOf(decided: readonly Decided[]): { readonly closures: Raw[]; readonly reopened: Raw[] } {
  let closures: (Raw & Days)[] = []
  let reopened: (Raw & Days)[] = []
  for (const one of decided) {
    const kind = pathParts(one.path)?.kind
    if (kind !== 'closures' && kind !== 'reopened') continue
    const days = { ...(one.value as Raw & Days), source: { document: documentOf(one), section: one.section } }
    const elsewhere = (spans: (Raw & Days)[]) => spans.flatMap(span => without(span, days.from, days.to))
    if (kind === 'closures') {
      reopened = elsewhere(reopened)
      closures = [...closures, days]
    } else {
      closures = elsewhere(closures)
      reopened = [...reopened, days]
    }
  }
  return { closures, reopened }
}

function sourceOf(decided: readonly Decided[]): Source {
  const last = decided.at(-1)
  return { document: last ? documentOf(last) : '', section: last?.section ?? '' }
}

function lost({ path }: Decided, what: string): FieldFault {
  return {
    path: [path],
    on: 'key',
    says: `The policy has no such ${what} any more.`,
    remedy: 'Decide it again for what the policy says now.',
  }
}

/** The steps, gaps and edition of a profile as the decisions leave them; or what in them does not fit. */
export function withDecided(profile: Profile, decided: readonly Decided[], key: string): Result<Profile, readonly Fault[]> {
  const faults: FieldFault[] = []
  const answers = new Map<string, { readonly says: string; readonly source: Source }>()
  const changed = new Set<string>()
  let all: readonly Route[] = [profile.routes.welfare, ...profile.conduct.chains]
  for (const one of decided) {
    const parts = pathParts(one.path)
    const source = { document: `${key}.${documentOf(one)}`, section: one.section }
    if (parts?.kind === 'steps' || parts?.kind === 'routes') {
      const next =
        parts.kind === 'steps' ? withStep(all, parts.name, one, source) : withRoute(all, parts.name, one, source, profile)
      if (next.ok) {
        for (const [index, route] of next.value.entries()) if (route !== all[index]) changed.add(route.id)
        all = next.value
      } else faults.push(next.refusal)
    }
    if (parts?.kind === 'gaps' && typeof one.value === 'string') answers.set(parts.name, { says: one.value, source })
  }
  const [welfare = profile.routes.welfare, ...others] = all
  const routes = { welfare }
  const chains = profile.conduct.chains.map((chain, index) => ({ ...chain, ...others[index] }))
  if (decided.some(({ path }) => path.startsWith('terms/'))) faults.push(...overlapFaults(profile))
  faults.push(...[welfare, ...chains].flatMap(route => (changed.has(route.id) ? routeFaults(route, profile) : [])))
  if (faults.length > 0)
    return refused(
      faults.map(fault => ({
        file: `the decisions of ${key}`,
        line: 1,
        column: 1,
        path: pathInWords(fault.path),
        says: fault.says,
        remedy: fault.remedy,
      })),
    )
  const last = decided.at(-1)
  return ok({
    ...profile,
    routes,
    conduct: { ...profile.conduct, chains },
    gaps: profile.gaps.filter(gap => !answers.has(gap.key)),
    answered: profile.gaps.flatMap(gap => {
      const answer = answers.get(gap.key)
      return answer ? [{ key: gap.key, asked: gap.says, ...answer }] : []
    }),
    edition: last
      ? { ...profile.edition, title: `${profile.edition.title}, changed by the school from ${last.from} (change ${last.number})` }
      : profile.edition,
  })
}

function overlapFaults({ calendar: { terms } }: Profile): FieldFault[] {
  return terms.flatMap((term, index): FieldFault[] => {
    const before = terms[index - 1]
    if (!before || before.to < term.from) return []
    return [
      {
        path: ['terms', term.name],
        on: 'value',
        says: `${term.name} would overlap ${before.name}.`,
        remedy: 'Let a term begin after the one before it has ended.',
      },
    ]
  })
}
