/**
 * What a school has decided above its files: single values, each with the day from which it holds and two people's names. They make
 * one more layer, the nearest, that goes through the same checks as a file.
 */
import type { PlainDate } from '../kernel/plain-date.ts'
import type { Result } from '../kernel/result.ts'
import { ok, refused } from '../kernel/result.ts'
import { clockHomes } from './clock-homes.ts'
import { type Fault, type FieldFault, faultsOfIssues, pathInWords } from './faults.ts'
import { nationalFile } from './language.ts'
import type { Layer } from './parse-layer.ts'
import type { Profile, Route, RouteStep, Source } from './profile.ts'
import { type RoleId, roleIds } from './roles.ts'
import { stepRule } from './routing.ts'

/** The kinds of thing that a school may decide in the product. */
export const decidedKinds = ['clocks', 'settings', 'steps', 'contacts', 'terms', 'closures', 'gaps'] as const
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
  const held = decided
    .filter(({ from }) => from <= on)
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.number - b.number))
  return [...new Map(held.map(one => [one.path, one])).values()]
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
  const calendar: Raw & { terms: unknown[]; closures: unknown[] } = { terms: [], closures: [] }
  for (const one of decided) {
    const parts = pathParts(one.path)
    const entry = { source: { document: documentOf(one), section: one.section }, from: one.from }
    if (parts?.kind === 'clocks') {
      const rule = profile.clocks.find(clock => clock.rule === parts.name)
      if (rule && !clockHomes[rule.clock].includes('clocks')) continue
      if (rule) raw.clocks.push({ clock: rule.clock, rule: rule.rule, says: rule.says, within: { value: one.value, ...entry } })
      else faults.push(lost(one, 'rule'))
    } else if (parts?.kind === 'contacts') {
      raw.contacts[parts.name] = { ...(one.value as Raw), ...entry }
    } else if (parts?.kind === 'settings') {
      const [part = '', field = ''] = parts.name.split('.')
      const value = { value: one.value, ...entry }
      if (part === 'calendar') calendar[field] = value
      else raw[part] = { ...(raw[part] as Raw | undefined), [field]: value }
    } else if (parts?.kind === 'terms' || parts?.kind === 'closures') {
      calendar[parts.kind].push({ ...(one.value as Raw), source: entry.source })
    }
  }
  if (faults.length > 0) return refused(faults)
  const hasCalendar = Object.values(calendar).some(part => !Array.isArray(part) || part.length > 0)
  if (hasCalendar)
    raw['calendar'] = { ...calendar, ...(calendar.terms.length > 0 ? {} : { terms: undefined }), source: sourceOf(decided) }
  return ok(raw)
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
  const steps = new Map<string, { readonly roles: readonly RoleId[]; readonly source: Source }>()
  const answers = new Map<string, { readonly says: string; readonly source: Source }>()
  for (const one of decided) {
    const parts = pathParts(one.path)
    const source = { document: `${key}.${documentOf(one)}`, section: one.section }
    if (parts?.kind === 'steps') {
      const roles = rolesOf(one.value)
      if (roles) steps.set(parts.name, { roles, source })
      else
        faults.push({
          path: [one.path],
          on: 'value',
          says: 'A role in it is not known.',
          remedy: `Use one of: ${roleIds.join(', ')}.`,
        })
    }
    if (parts?.kind === 'gaps' && typeof one.value === 'string') answers.set(parts.name, { says: one.value, source })
  }
  const routes = { welfare: decidedRoute(profile.routes.welfare, steps) }
  const chains = profile.conduct.chains.map(chain => decidedRoute(chain, steps))
  if (decided.some(({ path }) => path.startsWith('terms/'))) faults.push(...overlapFaults(profile))
  faults.push(...[routes.welfare, ...chains].flatMap(route => roundFaults(route, steps)))
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
  const last = decided.toSorted((a, b) => (a.from < b.from ? -1 : 1)).at(-1)
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

function rolesOf(value: unknown): readonly RoleId[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const roles = value.flatMap(role => roleIds.filter(known => known === role))
  return roles.length === value.length ? roles : undefined
}

function decidedRoute<R extends Route>(
  route: R,
  decided: ReadonlyMap<string, { readonly roles: readonly RoleId[]; readonly source: Source }>,
): R {
  const steps = route.steps.map((step, index): RouteStep => {
    const change = decided.get(stepRule(route, index))
    if (!change) return step
    const { reading: _reading, standing: _standing, ...rest } = step
    return { ...rest, ...change, standing: 'stated' }
  })
  return { ...route, steps }
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

/** A step that names nobody new leads round, and one that leaves nobody at the end leads nowhere. */
function roundFaults(route: Route, decided: ReadonlyMap<string, unknown>): FieldFault[] {
  return route.steps.flatMap((step, index): FieldFault[] => {
    const before = route.steps.slice(0, index).flatMap(one => one.roles)
    const changed = route.steps.some((_, at) => at <= index && decided.has(stepRule(route, at)))
    if (!changed || step.roles.some(role => !before.includes(role))) return []
    return [
      {
        path: ['steps', stepRule(route, index)],
        on: 'value',
        says: `The route would go round: step ${index + 1} tells nobody whom an earlier step has not told.`,
        remedy: 'Name somebody else.',
      },
    ]
  })
}
