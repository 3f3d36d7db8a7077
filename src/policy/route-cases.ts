/** The cases in which two policies send a worry somewhere, each with the route that it takes in either. Pure. */
import {
  type AboutWhom,
  type Belief,
  beliefs,
  type ConductChain,
  type ConductFacts,
  type ConductKind,
  type ConductRules,
  chainFor,
  chainTitle,
  conductKinds,
} from './conduct.ts'
import type { Profile, Route } from './profile.ts'
import type { RoleId } from './roles.ts'

export interface RouteCase<R extends Route = Route> {
  /** Of whom it is true, where it is an adult; absent for a child. */
  readonly chain?: Pick<ConductChain, 'kind' | 'about' | 'believed'>
  readonly left: R
  readonly right: R
}

/** A worry about an adult as far as any chain of the two policies asks: one thing that may be true of them. */
interface Asked {
  readonly about: AboutWhom | undefined
  readonly facts: Omit<ConductFacts, 'believed'>
}

const nobody: AboutWhom = { holds: [], relativeOf: [], conflictOfInterest: false }
/** Somebody who works here and holds no office that a chain asks for. */
const anybody = { roles: ['teacher'], relativesHold: [] } as const

function askedOf(kind: ConductKind, chains: readonly ConductChain[]): readonly Asked[] {
  const of = chains.filter(chain => chain.kind === kind).flatMap(({ about }) => about ?? [])
  const facts = { kind, conflictOfInterest: false, subjects: [anybody] }
  const holds = new Set(of.flatMap(about => about.holds))
  const relativeOf = new Set(of.flatMap(about => about.relativeOf))
  return [
    ...[...holds].map(role => ({
      about: { ...nobody, holds: [role] },
      facts: { ...facts, subjects: [{ roles: [role], relativesHold: [] }] },
    })),
    ...[...relativeOf].map(role => ({
      about: { ...nobody, relativeOf: [role] },
      facts: { ...facts, subjects: [{ ...anybody, relativesHold: [role] }] },
    })),
    ...(of.some(about => about.conflictOfInterest)
      ? [{ about: { ...nobody, conflictOfInterest: true }, facts: { ...facts, conflictOfInterest: true } }]
      : []),
    { about: undefined, facts },
  ]
}

interface Answered extends Omit<Asked, 'facts'> {
  readonly left: ConductChain
  readonly right: ConductChain
  readonly believed: readonly Belief[]
}

/** By what the two policies answer, and for what is believed. */
function answersTo({ about, facts }: Asked, left: ConductRules, right: ConductRules): readonly Answered[] {
  const answers = beliefs.map(believed => ({
    believed,
    left: chainFor(left, { ...facts, believed }),
    right: chainFor(right, { ...facts, believed }),
  }))
  return [...Map.groupBy(answers, one => `${one.left.key} ${one.right.key}`).values()].flatMap(([first, ...more]) =>
    first ? [{ about, left: first.left, right: first.right, believed: [first, ...more].map(({ believed }) => believed) }] : [],
  )
}

/** All that takes the same two chains is one case; the usual one needs no list of those whom it is about. */
function joined(answers: readonly Answered[]): readonly RouteCase<ConductChain>[] {
  const same = ({ left, right, believed }: Answered) => [left.key, right.key, ...believed].join(' ')
  return [...Map.groupBy(answers, same).values()].flatMap(([first, ...more]) => {
    if (!first) return []
    const { left, right, believed } = first
    const abouts = [first, ...more].map(({ about }) => about)
    const named = abouts.flatMap(about => about ?? [])
    const about = {
      holds: named.flatMap(({ holds }) => holds),
      relativeOf: named.flatMap(({ relativeOf }) => relativeOf),
      conflictOfInterest: named.some(({ conflictOfInterest }) => conflictOfInterest),
    }
    const chain = {
      kind: left.kind,
      ...(abouts.includes(undefined) ? {} : { about }),
      ...(believed.length < beliefs.length ? { believed } : {}),
    }
    return [{ chain, left, right }]
  })
}

/** Every case that one of the two tells apart, with the chain that each follows in it: the same case may have another name in either. */
export function conductCases(left: ConductRules, right: ConductRules): readonly RouteCase<ConductChain>[] {
  const chains = [...left.chains, ...right.chains]
  return conductKinds.flatMap(kind => joined(askedOf(kind, chains).flatMap(asked => answersTo(asked, left, right))))
}

/** What the case is, by the titles of whichever school has the office. */
export function caseTitle({ chain }: RouteCase, left: Profile, right: Profile): string {
  if (!chain) return 'A worry about a child'
  const titleOf = (role: RoleId) =>
    [left, right].flatMap(({ team }) => team.find(member => member.role === role)?.title ?? [])[0] ?? role.replaceAll('-', ' ')
  return chainTitle(chain, titleOf)
}
