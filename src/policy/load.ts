import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { byText } from '../kernel/ordering.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import type { Result } from '../kernel/result.ts'
import { ok, refused } from '../kernel/result.ts'
import { faultsOfLayers } from './check-layers.ts'
import { type Decided, decidedLayer, decidedOn, withDecided } from './decided.ts'
import type { Fault } from './faults.ts'
import { layerKinds } from './language.ts'
import type { Layers, SchoolLayer } from './layers.ts'
import { layersOf } from './layers.ts'
import { type Layer, parseLayer } from './parse-layer.ts'
import type { Profile } from './profile.ts'
import { changeDates, resolveProfile } from './resolve.ts'
import { statuteFaults } from './statute.ts'

/** The policies of every school, whole and checked. */
export interface Policies {
  /** The schools whose profiles there are. */
  readonly keys: readonly string[]
  /** The school's profile on the date; before its first edition, the first. The same object for every date between two changes. */
  profile(key: string, on: PlainDate): Profile
  /** The days on which a school's profile changes, the earliest being its first edition. */
  changes(key: string): readonly PlainDate[]
  /** The same school's policy with what it has decided above its files, whole or not at all. */
  decide(key: string, decided: readonly Decided[]): Result<SchoolPolicy, readonly Fault[]>
}

/** The policy of one school. */
export interface SchoolPolicy {
  profile(on: PlainDate): Profile
  readonly changes: readonly PlainDate[]
}

/** One file's text with the folder it stands in. */
export interface PolicyText {
  readonly kind: (typeof layerKinds)[number]
  readonly key: string
  readonly file: string
  readonly text: string
}

/** The texts of every policy below the folder, in the order of their names. */
export function findPolicyTexts(folder: string): readonly PolicyText[] {
  return layerKinds.flatMap(kind =>
    namesIn(join(folder, kind))
      .filter(name => /\.ya?ml$/.test(name))
      .toSorted()
      .map((name): PolicyText => {
        const file = join(folder, kind, name)
        return { kind, key: name.replace(/\.ya?ml$/, ''), file, text: readFileSync(file, 'utf8') }
      }),
  )
}

/** Loads every policy below the folder, or says every fault in every file: never a part. */
export function loadPolicies(folder: string): Result<Policies, readonly Fault[]> {
  const texts = findPolicyTexts(folder)
  if (!texts.some(({ kind }) => kind === 'schools'))
    return refused([
      { file: folder, line: 1, column: 1, path: '', says: 'No school has a policy here.', remedy: 'Put one into schools/.' },
    ])
  return readPolicies(texts)
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** The policies that these texts make together, or every fault in them. */
export function readPolicies(texts: readonly PolicyText[]): Result<Policies, readonly Fault[]> {
  const parsed = texts.map(({ kind, key, file, text }) => parseLayer(kind, key, file, text))
  const layers = layersOf(parsed.flatMap((one): Layer[] => (one.ok ? [one.value] : [])))
  const malformed = parsed.flatMap(one => (one.ok ? [] : one.refusal))
  // A file that could not be read would show up again as a missing contact in every other file; its own faults come first.
  if (malformed.length > 0)
    return refused(inOrder([...malformed, ...faultsOfLayers(layers).filter(fault => !isAboutAnotherFile(fault))]))
  const dangling = faultsOfLayers(layers)
  if (dangling.length > 0) return refused(inOrder(dangling))
  return resolveAll(layers)
}

function isAboutAnotherFile(fault: Fault): boolean {
  return /^(No contact |There is no (file|chain) |No edition of the guidance |"[^"]*" overrides |No document "[^"]*" is (there to read|to be read anywhere))/.test(
    fault.says,
  )
}

function inOrder(faults: readonly Fault[]): readonly Fault[] {
  return faults.toSorted((a, b) => byText(a.file, b.file) || a.line - b.line || a.column - b.column)
}

interface Stage {
  readonly from: PlainDate
  readonly profile: Profile
}

function resolveAll(layers: Layers): Result<Policies, readonly Fault[]> {
  const stages = new Map<string, readonly Stage[]>()
  const faults: Fault[] = []
  for (const school of layers.schools) {
    const result = stagesOf(school, layers)
    if (result.ok) stages.set(school.key, result.value)
    else faults.push(...result.refusal)
  }
  faults.push(...statuteFaults(layers))
  if (faults.length > 0) return refused(inOrder(faults))
  const stagesFor = (key: string) => {
    const found = stages.get(key)
    if (!found) throw new Error(`no policy for the school ${key}`)
    return found
  }
  return ok({
    keys: [...stages.keys()],
    changes: key => stagesFor(key).map(stage => stage.from),
    profile: (key, on) => {
      const all = stagesFor(key)
      const stage = all.findLast(({ from }) => from <= on) ?? all[0]
      if (!stage) throw new Error(`the policy of the school ${key} has no edition`)
      return stage.profile
    },
    decide: (key, decided) => {
      const school = layers.schools.find(one => one.key === key)
      const stages = school && decidedStages(school, layers, decided, stagesFor(key))
      if (!stages) throw new Error(`no policy for the school ${key}`)
      if (!stages.ok) return stages
      const profile = (on: PlainDate) => (stages.value.findLast(({ from }) => from <= on) ?? stages.value[0])?.profile
      return ok({
        changes: stages.value.map(({ from }) => from),
        profile: on => {
          const found = profile(on)
          if (!found) throw new Error(`the policy of the school ${key} has no edition`)
          return found
        },
      })
    },
  })
}

/** A school's stages with what it has decided; those before its first decision are as the files say. */
function decidedStages(
  school: SchoolLayer,
  layers: Layers,
  decided: readonly Decided[],
  files: readonly Stage[],
): Result<readonly Stage[], readonly Fault[]> {
  const days = [...new Set([...files.map(({ from }) => from), ...decided.map(({ from }) => from)])].toSorted()
  const stages: Stage[] = []
  const faults = new Map<string, Fault>()
  for (const from of days) {
    const base = files.findLast(stage => stage.from <= from) ?? files[0]
    const held = decidedOn(decided, from)
    if (!base) continue
    const stage = held.length === 0 ? ok({ from, profile: base.profile }) : decidedStage(school, layers, base.profile, held, from)
    if (stage.ok) stages.push(stage.value)
    else for (const fault of stage.refusal) faults.set(fault.path + fault.says, fault)
  }
  return faults.size > 0 ? refused([...faults.values()]) : ok(stages)
}

function decidedStage(
  school: SchoolLayer,
  layers: Layers,
  base: Profile,
  held: readonly Decided[],
  from: PlainDate,
): Result<Stage, readonly Fault[]> {
  const layer = decidedLayer(school.key, base, held)
  if (!layer.ok) return layer
  const all: Layers = { ...layers, decided: [layer.value] }
  const faults = [...faultsOfLayers(all), ...statuteFaults(all)].filter(({ file }) => file === layer.value.file)
  if (faults.length > 0) return refused(faults)
  const resolved = resolveProfile(school, all, from)
  if (!resolved.ok) return refused(resolved.refusal.map(part => layer.value.locate({ ...part, on: 'key' })))
  const profile = withDecided(resolved.value, held, school.key)
  return profile.ok ? ok({ from, profile: profile.value }) : profile
}

/** The school's profile at each day on which it changes: resolved at the start, so that a fault of next year is found today. */
function stagesOf(school: SchoolLayer, layers: Layers): Result<readonly Stage[], readonly Fault[]> {
  const stages: Stage[] = []
  const faults = new Map<string, Fault>()
  for (const from of changeDates(school, layers)) {
    const resolved = resolveProfile(school, layers, from)
    if (resolved.ok) stages.push({ from, profile: resolved.value })
    else for (const part of resolved.refusal) faults.set(part.says + part.path.join('.'), school.locate({ ...part, on: 'key' }))
  }
  return faults.size > 0 ? refused([...faults.values()]) : ok(stages)
}
