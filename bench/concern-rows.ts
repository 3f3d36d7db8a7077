import { type AuditNote, auditBody, saltedDigest } from '../src/audit/entry.ts'
import type { NewConcern, RoleHolder } from '../src/features/concerns/model.ts'
import { decideRecording, headingOf, type RecordingDecision } from '../src/features/concerns/rules.ts'
import type { AdultId, ConcernId } from '../src/kernel/ids.ts'
import { localDate } from '../src/kernel/london-time.ts'
import { epochInMs, type Instant, instantOf } from '../src/kernel/plain-date.ts'
import { referenceOf } from '../src/kernel/reference.ts'
import { newId } from '../src/platform/identifiers.ts'
import type { Profile } from '../src/policy/profile.ts'
import type { Values } from './copy.ts'
import type { Making, Rows } from './people-rows.ts'
import { minutesAfter, type Random } from './random.ts'
import type { SeededChild, SeededSchool } from './trust.ts'
import { accountOf, placeOf, teamSays } from './words.ts'

export const concernColumns: Readonly<Record<string, string>> = {
  concern:
    'school_id, id, kind, reference, reporter_id, written_by, happened_on, happened_at_time, recorded_at, location, urgent, stub, category, prompts, voice_told, policy_edition, state, owner_id, acknowledged_at, acknowledged_by, next_look_at, excluded',
  concern_account:
    'school_id, concern_id, part, written_by, written_at, child_words, seen, opinion, done, salt, reporter_id, excluded',
  concern_child: 'school_id, concern_id, child_id, involvement, excluded, reporter_id',
  concern_adult: 'school_id, concern_id, n, name, relation, involvement, told_at, excluded, reporter_id',
  alert: 'school_id, id, concern_id, adult_id, role, kind, step, rule, says, source, told_at, seen_at, mailed_at, excluded',
  clock:
    'school_id, id, name, rule, says, source, standing, concern_id, owner_id, basis_at, duration_unit, duration_count, due_at, met_at, excluded',
  triage:
    'school_id, id, concern_id, at, by_id, immediate_risk, safe_to_go_home, medical, police, categories, framework, level_id, level_position, rationale, policy_edition, excluded',
  decision: 'school_id, id, concern_id, at, by_id, choice, rationale, not_referring_because, policy_edition, excluded',
  parent_contact: 'school_id, id, concern_id, child_id, at, by_id, outcome, who, says, excluded',
  referral: 'school_id, id, concern_id, child_id, agency, authority, destination, consent, state, opened_at, opened_by, excluded',
  referral_event: 'school_id, id, referral_id, kind, at, recorded_at, by_id, with_whom, outcome, says, excluded',
  closure: 'school_id, id, concern_id, closed_at, closed_by, summary, outcome, rationale, excluded',
  entry:
    'school_id, id, child_id, kind, heading, happened_on, happened_at_time, recorded_at, author_id, concern_id, referral_id, involvement, categories, excluded',
}

/** Something to be audited; entries are chained in the order of their moments. */
export interface Happened {
  readonly at: Instant
  readonly body: string
}

const dayInMinutes = 24 * 60
const yearsOfRecords = 6
/** Older ones came from the paper files: a concern and how it ended. Set so that a trust has three entries for each concern. */
const carriedOverShare = 0.55
const stillOpen = 20
const edition = (profile: Profile) => `${profile.edition.title}, ${profile.edition.date}`

/** One school's concerns, the oldest first. What recording decides is asked of the product's own rules, once for each kind. */
export class ConcernMaker {
  readonly #making: Making
  readonly #school: SeededSchool
  readonly #profile: Profile
  readonly #holders: readonly RoleHolder[]
  readonly #weights: number[]
  readonly #moments: Instant[]
  readonly #samples: Readonly<Record<'urgent' | 'plain', { readonly at: Instant; readonly decision: RecordingDecision }>>
  readonly happened: Happened[] = []

  constructor(making: Making, school: SeededSchool, profile: Profile, holders: readonly RoleHolder[]) {
    this.#making = making
    this.#school = school
    this.#profile = profile
    this.#holders = holders
    const { random } = making
    let sum = 0
    // A few children have very many and most have few.
    this.#weights = school.children.map(() => {
      sum += -Math.log(1 - random.next())
      return sum
    })
    this.#moments = this.#spread(making.size.concernsEach)
    const at = minutesAfter(making.now, -90 * dayInMinutes)
    this.#samples = { urgent: { at, decision: this.#decide(true, at, []) }, plain: { at, decision: this.#decide(false, at, []) } }
  }

  get count(): number {
    return this.#moments.length
  }

  /** Moments in school hours over the past years, the last few within the past two weeks. */
  #spread(count: number): Instant[] {
    const { random, now } = this.#making
    const from = epochInMs(now) - yearsOfRecords * 365 * dayInMinutes * 60_000
    const moments: number[] = []
    while (moments.length < count) {
      const recent = moments.length < stillOpen ? epochInMs(now) - 14 * dayInMinutes * 60_000 : from
      const day = new Date(recent + random.next() * (epochInMs(now) - recent))
      day.setUTCHours(8 + random.below(8), random.below(60), random.below(60), random.below(1000))
      const inSchool = day.getUTCDay() % 6 !== 0 && day.getUTCMonth() !== 7
      if ((inSchool || moments.length < stillOpen) && day.getTime() < epochInMs(now)) moments.push(day.getTime())
    }
    return moments.toSorted((a, b) => a - b).map(instantOf)
  }

  #child(): SeededChild {
    const sought = this.#making.random.next() * (this.#weights.at(-1) ?? 0)
    let low = 0
    let high = this.#weights.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#weights[middle] ?? 0) < sought) low = middle + 1
      else high = middle
    }
    const found = this.#school.children[low]
    if (!found) throw new Error('the school has no children')
    return found
  }

  #decide(urgent: boolean, at: Instant, tied: readonly AdultId[]): RecordingDecision {
    const child = this.#school.children[0]
    if (!child) throw new Error('the school has no children')
    const concern: NewConcern = {
      ...emptyConcern,
      id: newId<ConcernId>(),
      urgent,
      children: [{ childId: child.id, involvement: 'subject' }],
    }
    const facts = {
      idStanding: 'free' as const,
      holders: this.#holders,
      children: [{ childId: child.id, tied, leavesAt: null, homeAuthority: child.homeAuthority }],
      adultsOfSchool: [],
      relativesOfNamed: [],
    }
    const decided = decideRecording(this.#profile, facts, concern, this.#school.reporters[0] ?? null, at, newId, [
      'dsl',
      'deputy-dsl',
    ])
    if (!decided.ok) throw new Error(decided.refusal.code)
    return decided.value
  }

  /** What recording brought about at this moment: decided anew where it is still open, else as in the sample, moved in time. */
  #decisionFor(urgent: boolean, at: Instant, tied: readonly AdultId[], open: boolean): RecordingDecision {
    if (open || tied.length > 0) return this.#decide(urgent, at, tied)
    const sample = this.#samples[urgent ? 'urgent' : 'plain']
    const move = (instant: Instant | null) => instant && instantOf(epochInMs(instant) + epochInMs(at) - epochInMs(sample.at))
    return {
      ...sample.decision,
      nextLookAt: move(sample.decision.nextLookAt),
      clocks: sample.decision.clocks.map(clock => ({
        ...clock,
        basisAt: at,
        dueAt: move(clock.dueAt),
        metAt: move(clock.metAt),
      })),
    }
  }

  #note(at: Instant, actor: AdultId, note: AuditNote): void {
    const roles = this.#school.team.includes(actor) ? ['deputy-dsl', 'senior-leader'] : ['teacher']
    this.happened.push({ at, body: auditBody(note, { id: actor, kind: 'adult', roles }, at) })
  }

  /** The rows of the n-th concern with all that became of it. */
  add(rows: Rows, n: number): void {
    const { random, now } = this.#making
    const at = this.#moments[n]
    if (!at) throw new Error(`there is no concern ${n}`)
    const child = this.#child()
    const urgent = random.chance(0.05)
    const openRank = this.count - 1 - n
    const isOpen = openRank < stillOpen
    const concern: Concern = {
      id: random.id<ConcernId>(at),
      at,
      child,
      other: random.chance(0.08) ? this.#child() : undefined,
      reporter: random.pick(this.#school.reporters),
      by: random.pick(this.#school.team.filter(adult => !child.tied.includes(adult))),
      urgent,
      prompts: this.#profile.concern.prompts.length > 0 ? [random.pickCommon(this.#profile.concern.prompts).id] : [],
      excluded: child.tied,
      decision: this.#decisionFor(urgent, at, child.tied, isOpen),
      state: isOpen ? (openRank < 2 ? 'new' : openRank < 5 ? 'acknowledged' : openRank < 9 ? 'triaged' : 'open') : 'closed',
      triagedAt: later(random, at, 0.1, 26, now),
      closedAt: later(random, at, 48, 800, now),
      carriedOver: n < this.count * carriedOverShare,
    }
    this.#addReport(rows, concern)
    const triaged = !concern.carriedOver && !['new', 'acknowledged'].includes(concern.state)
    if (triaged) this.#addTriage(rows, concern)
    if (triaged && concern.state !== 'triaged') this.#addDecision(rows, concern)
    if (concern.state === 'closed') this.#addClosure(rows, concern)
  }

  #addReport(rows: Rows, concern: Concern): void {
    const { random } = this.#making
    const { id, at, reporter, decision, excluded, state } = concern
    const school = this.#school.id
    const day = localDate(at)
    const acknowledged = state === 'new' ? null : concern.triagedAt
    const categories = this.#profile.concern.reporterCategories
    const category = categories.length > 0 ? random.pickCommon(categories).id : null
    const time = at.slice(11, 16)
    rows.add('concern', [
      school,
      id,
      'welfare',
      referenceOf(id),
      reporter,
      reporter,
      day,
      time,
      at,
      placeOf(random),
      concern.urgent,
      false,
      category,
      concern.prompts,
      concern.urgent,
      edition(this.#profile),
      state,
      decision.ownerId,
      acknowledged,
      acknowledged && concern.by,
      state === 'closed' ? null : decision.nextLookAt,
      excluded,
    ])
    const words = accountOf(random)
    const salt = Buffer.from(random.id<string>(at).replaceAll('-', ''), 'hex')
    rows.add('concern_account', [
      school,
      id,
      1,
      reporter,
      at,
      words.childWords,
      words.seen,
      words.opinion,
      words.done,
      salt,
      reporter,
      excluded,
    ])
    const heading = headingOf(this.#profile, { prompts: concern.prompts, category, urgent: concern.urgent })
    for (const [child, involvement] of involved(concern)) {
      rows.add('concern_child', [school, id, child.id, involvement, excluded, reporter])
      rows.add('entry', [
        school,
        random.id(at),
        child.id,
        'concern',
        heading,
        day,
        time,
        at,
        reporter,
        id,
        null,
        involvement,
        [],
        excluded,
      ])
    }
    if (random.chance(0.1))
      rows.add('concern_adult', [school, id, 1, 'A neighbour', 'Neighbour', 'witness', null, excluded, reporter])
    for (const alert of decision.alerts)
      rows.add('alert', [
        school,
        random.id(at),
        id,
        alert.adultId,
        alert.role,
        alert.kind,
        alert.step,
        alert.rule,
        alert.says,
        alert.source,
        at,
        acknowledged,
        minutesAfter(at, 1),
        excluded,
      ])
    for (const clock of decision.clocks) {
      const met =
        clock.metAt ??
        (clock.name === 'acknowledge' || clock.name === 'urgent-alert' || clock.name === 'record-written'
          ? acknowledged
          : ['closed', 'open'].includes(state)
            ? concern.triagedAt
            : null)
      rows.add('clock', [
        school,
        random.id(at),
        clock.name,
        clock.rule,
        clock.says,
        clock.source,
        clock.standing,
        id,
        clock.ownerId,
        clock.basisAt,
        clock.durationUnit,
        clock.durationCount,
        clock.dueAt,
        met,
        excluded,
      ])
    }
    this.#note(at, reporter, {
      event: 'concern.recorded',
      subjectKind: 'concern',
      subject: id,
      facts: {
        children: involved(concern).map(([child]) => child.id),
        urgent: concern.urgent,
        words: saltedDigest(salt, words.childWords, words.seen, words.opinion, words.done),
        edition: this.#profile.edition.date,
      },
    })
    if (acknowledged) this.#note(acknowledged, concern.by, { event: 'concern.opened', subjectKind: 'concern', subject: id })
  }

  #entry(
    rows: Rows,
    concern: Concern,
    at: Instant,
    kind: string,
    heading: string,
    categories: readonly string[] = [],
    referral: string | null = null,
  ): void {
    for (const [child, involvement] of involved(concern).slice(0, 1)) {
      const row: Values = [
        this.#school.id,
        this.#making.random.id(at),
        child.id,
        kind,
        heading,
        localDate(at),
        at.slice(11, 16),
        at,
        concern.by,
        concern.id,
        referral,
        involvement,
        categories,
        concern.excluded,
      ]
      rows.add('entry', row)
    }
  }

  #addTriage(rows: Rows, concern: Concern): void {
    const { random } = this.#making
    const { levels, concern: form } = this.#profile
    const level = random.pickCommon(levels.levels)
    const categories = form.triageCategories.length > 0 ? [random.pickCommon(form.triageCategories).id] : []
    const at = concern.triagedAt
    const no = 'no'
    rows.add('triage', [
      this.#school.id,
      random.id(at),
      concern.id,
      at,
      concern.by,
      no,
      random.chance(0.95) ? 'yes' : 'not-known',
      no,
      no,
      categories,
      levels.authority,
      level.id,
      level.position,
      teamSays(random),
      edition(this.#profile),
      concern.excluded,
    ])
    this.#entry(rows, concern, at, 'triage', `Triage: ${level.name}`, categories)
    this.#note(at, concern.by, {
      event: 'concern.triaged',
      subjectKind: 'concern',
      subject: concern.id,
      facts: { level: `${levels.authority}.${level.id}` },
    })
  }

  #addDecision(rows: Rows, concern: Concern): void {
    const { random } = this.#making
    const at = minutesAfter(concern.triagedAt, 12)
    const refers = random.chance(0.08) || (concern.state === 'open' && random.chance(0.3))
    const choice = refers ? 'refer' : random.pickCommon(['monitor', 'pastoral', 'no-further-action', 'early-help'])
    rows.add('decision', [
      this.#school.id,
      random.id(at),
      concern.id,
      at,
      concern.by,
      choice,
      teamSays(random),
      refers ? null : 'Below the level at which we refer; looked at again in two weeks.',
      edition(this.#profile),
      concern.excluded,
    ])
    this.#entry(rows, concern, at, 'decision', `Decision: ${choice.replaceAll('-', ' ')}`)
    if (random.chance(0.4))
      rows.add('parent_contact', [
        this.#school.id,
        random.id(at),
        concern.id,
        concern.child.id,
        at,
        concern.by,
        'told',
        'Mother',
        teamSays(random),
        concern.excluded,
      ])
    if (refers) this.#addReferral(rows, concern, at)
    this.#note(at, concern.by, { event: 'concern.decided', subjectKind: 'concern', subject: concern.id, facts: { choice } })
  }

  #addReferral(rows: Rows, concern: Concern, at: Instant): void {
    const { random } = this.#making
    const id = random.id<string>(at)
    const state = concern.state === 'closed' ? 'concluded' : random.pick(['phoned', 'written'])
    const to = this.#profile.referrals.find(one => one.authority === concern.child.homeAuthority) ?? this.#profile.referrals[0]
    const destination = to?.authorityName ?? to?.authority ?? 'Children’s social care'
    rows.add('referral', [
      this.#school.id,
      id,
      concern.id,
      concern.child.id,
      'social-care',
      to?.authority ?? null,
      destination,
      'given',
      state,
      at,
      concern.by,
      concern.excluded,
    ])
    const steps =
      state === 'phoned'
        ? ['decided', 'phoned']
        : state === 'written'
          ? ['decided', 'phoned', 'written']
          : ['decided', 'phoned', 'written', 'answered', 'concluded']
    for (const [n, kind] of steps.entries()) {
      const on = minutesAfter(at, n * 30)
      rows.add('referral_event', [
        this.#school.id,
        random.id(on),
        id,
        kind,
        on,
        on,
        concern.by,
        'Duty worker',
        kind === 'answered' ? 'Assessment' : null,
        teamSays(random),
        concern.excluded,
      ])
    }
    this.#entry(rows, concern, at, 'referral', "Referral, Children's social care: decided", [], id)
  }

  #addClosure(rows: Rows, concern: Concern): void {
    const { random } = this.#making
    const at = concern.closedAt
    rows.add('closure', [
      this.#school.id,
      random.id(at),
      concern.id,
      at,
      concern.by,
      teamSays(random),
      'Settled',
      teamSays(random),
      concern.excluded,
    ])
    this.#entry(rows, concern, at, 'closure', 'Concern closed')
    this.#note(at, concern.by, { event: 'concern.closed', subjectKind: 'concern', subject: concern.id })
  }
}

interface Concern {
  readonly id: ConcernId
  readonly at: Instant
  readonly child: SeededChild
  readonly other: SeededChild | undefined
  readonly reporter: AdultId
  readonly by: AdultId
  readonly urgent: boolean
  readonly prompts: readonly string[]
  readonly excluded: readonly AdultId[]
  readonly decision: RecordingDecision
  readonly state: string
  readonly triagedAt: Instant
  readonly closedAt: Instant
  readonly carriedOver: boolean
}

function involved(concern: Concern): readonly (readonly [SeededChild, string])[] {
  const { child, other } = concern
  return other && other.id !== child.id && other.tied.length === 0
    ? [
        [child, 'subject'],
        [other, 'witness'],
      ]
    : [[child, 'subject']]
}

function later(random: Random, at: Instant, fromHours: number, toHours: number, now: Instant): Instant {
  const moment = minutesAfter(at, Math.round((fromHours + random.next() * (toHours - fromHours)) * 60))
  return moment < now ? moment : now
}

/** A concern of which nothing was written. */
export const emptyConcern = {
  reporter: { kind: 'self' },
  newChildren: [],
  adults: [],
  happenedOn: null,
  happenedAtTime: null,
  happenedSays: '',
  location: '',
  stub: false,
  category: null,
  prompts: [],
  voiceTold: null,
  account: { childWords: '', seen: '', opinion: '', done: '' },
  marks: [],
} as const
