import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { type Actor, Denied, type Worker } from '../access/index.ts'
import { genesisHash } from '../audit/verify.ts'
import type { AdultId, ChildId, SchoolId } from '../kernel/ids.ts'
import { localDate, startOfDay } from '../kernel/london-time.ts'
import { addDays, epochInMs, type Instant, instantOf, type LocalTime, type PlainDate, weekday } from '../kernel/plain-date.ts'
import { Database } from '../platform/database.ts'
import { newId } from '../platform/identifiers.ts'
import { Sealing } from '../platform/sealing.ts'
import type { ThrowAwayDatabase } from '../platform/throw-away-server.ts'
import type { Policies } from '../policy/load.ts'
import type { Profile, Source } from '../policy/profile.ts'
import type { RoleId } from '../policy/roles.ts'
import { writeFileRoles } from '../work/file-roles.ts'
import { type Work, type WorkTools, workAs, workInBackground } from '../work/work.ts'
import { notAccepted } from './event-kind.ts'
import type { Answer, CitedSource, PersonFacts, Rehearsal, StagedPerson, StagedPupil } from './model.ts'
import { insertStage, saveLeavesAt, signBefore } from './stage-store.ts'
import type { StandingDuties } from './standing-duties.ts'

/** Something that an event opened under a ref. */
export interface Kept {
  readonly kind: string
  readonly id: string
  /** What the same event opened for the other pupils whom it is about. */
  readonly others?: readonly Kept[]
  /** Asked as each person of the rehearsal: may they open it, or only their own words of it? */
  opens(work: Work<Actor>): Promise<'whole' | 'own' | undefined>
  /** Later events that it takes in its own way, by name. */
  readonly handles?: Readonly<Record<string, (stage: Stage, event: never) => Promise<Answer>>>
}

const firstMinute = '00:00' as LocalTime

const longAgo = '2010-09-01T08:00:00.000Z' as Instant

/** What kind of adult somebody is, by the roles that are not a member of staff's. */
function adultKindOf({ roles, parentOf }: PersonFacts): string {
  const kinds = { supply: 'supply', contractor: 'contractor', volunteer: 'volunteer', trainee: 'trainee' } as const
  for (const role of roles) if (role in kinds) return kinds[role as keyof typeof kinds]
  if (roles.length > 0) return 'staff'
  return parentOf.length > 0 ? 'parent' : 'visitor'
}

const bytes = (buffer: Buffer) => `\\x${buffer.toString('hex')}`

/** The throw-away school on which a rehearsal is played, with the moment that it holds. */
export class Stage {
  readonly tools: WorkTools
  /** Behind the program's rights: for looking at what the commands have written. */
  readonly admin: pg.Client
  readonly schoolId: SchoolId
  readonly people: ReadonlyMap<string, StagedPerson>
  readonly pupils: ReadonlyMap<string, StagedPupil>
  /** What the events have opened, by ref. */
  readonly refs = new Map<string, Kept>()
  /** What comes back at the school, where the rehearsal is about that. */
  readonly duties: StandingDuties | undefined
  readonly #policies: Policies
  readonly #key: string
  #now: Instant

  private constructor(
    rehearsal: Rehearsal,
    policies: Policies,
    database: ThrowAwayDatabase,
    first: Instant,
    duties: StandingDuties | undefined,
  ) {
    this.duties = duties
    this.#policies = policies
    this.#key = rehearsal.profile
    this.#now = first
    this.schoolId = newId<SchoolId>()
    this.people = new Map([...rehearsal.people].map(([key, facts]) => [key, { ...facts, key, adultId: newId<AdultId>() }]))
    this.pupils = new Map([...rehearsal.pupils].map(([key, facts]) => [key, { ...facts, key, childId: newId<ChildId>() }]))
    this.admin = new pg.Client(database.admin)
    this.tools = {
      database: new Database({ ...database.app, max: 2 }),
      policies,
      sealing: new Sealing(randomBytes(32)),
      // Nobody drains the outbox: no mail leaves.
      outboxFilled: () => undefined,
    }
  }

  /** Puts the school and its people into the database, as they stand at the first event. */
  static async open(
    rehearsal: Rehearsal,
    policies: Policies,
    database: ThrowAwayDatabase,
    duties?: StandingDuties,
  ): Promise<Stage> {
    const event = rehearsal.events[0]?.at
    if (!event) throw new Error('a rehearsal has events')
    // What comes back has run from the beginning of the first day.
    const first = duties ? startOfDay(localDate(event)) : event
    const stage = new Stage(rehearsal, policies, database, first, duties)
    await stage.admin.connect()
    await stage.#fill()
    await writeFileRoles(database.admin, policies, first)
    return stage
  }

  async close(): Promise<void> {
    await this.tools.database.close()
    await this.admin.end()
  }

  get now(): Instant {
    return this.#now
  }

  /** Time passes; never backwards. */
  moveTo(moment: Instant): void {
    if (moment < this.#now) throw new RangeError(`${moment} is before ${this.#now}`)
    this.#now = moment
  }

  /** A pupil who does not come on this day is gone before anything can happen: what is due before they leave is due by its end. */
  async registerPupils(): Promise<void> {
    const today = weekday(localDate(this.#now))
    for (const { childId, schoolDays, leavesAt } of this.pupils.values())
      if (schoolDays)
        await saveLeavesAt(this.admin, this.schoolId, childId, schoolDays.includes(today) ? (leavesAt ?? null) : firstMinute)
  }

  get profile(): Profile {
    return this.#policies.profile(this.#key, localDate(this.#now))
  }

  getPerson(key: string): StagedPerson {
    const found = this.people.get(key)
    if (!found) throw new Error(`"${key}" is none of the people`)
    return found
  }

  getPupil(key: string): StagedPupil {
    const found = this.pupils.get(key)
    if (!found) throw new Error(`"${key}" is none of the pupils`)
    return found
  }

  /** Whoever acts where an event names nobody: of the first of these roles that anybody holds whoever is there. */
  someoneOf(roles: readonly RoleId[]): string {
    const today = localDate(this.#now)
    const here = [...this.people.values()].filter(({ left }) => left === undefined || left >= today)
    const inOrder = [...roles.flatMap(role => here.filter(one => one.roles.includes(role))), ...here]
    const found = inOrder.find(({ absent }) => !absent.includes(today)) ?? inOrder[0]
    if (!found) throw new Error('nobody is there who could do it')
    return found.key
  }

  /** The key of whoever has this id, among people and pupils. */
  keyOf(id: string | null | undefined): string | null {
    for (const { key, adultId } of this.people.values()) if (adultId === id) return key
    for (const { key, childId } of this.pupils.values()) if (childId === id) return key
    return null
  }

  /** The ref under which this was opened. */
  refOf(id: string | null | undefined): string | null {
    for (const [ref, kept] of this.refs) if (kept.id === id || kept.others?.some(other => other.id === id)) return ref
    return null
  }

  /** Keeps what an event opened under its ref: of several pupils beside what it opened for the first. */
  keep(ref: string, kept: Kept): void {
    const first = this.refs.get(ref)
    if (!first || first.kind !== kept.kind) {
      this.refs.set(ref, kept)
      return
    }
    this.refs.set(ref, {
      ...first,
      others: [...(first.others ?? []), kept],
      opens: async work => (await first.opens(work)) ?? (await kept.opens(work)),
    })
  }

  /** Where a sentence of the profile stands. */
  cite(source: Source): CitedSource {
    const title = this.profile.documents[source.document]?.title
    return { document: source.document, section: source.section, ...(title ? { title } : {}) }
  }

  /** The same from what the product stores of a source: the title and the section in one line. */
  citeText(text: string): CitedSource {
    const documents = Object.entries(this.profile.documents)
    const found = documents
      .filter(([, { title }]) => text.startsWith(`${title}, `))
      .toSorted(([a, one], [b, other]) => other.title.length - one.title.length || a.split('.').length - b.split('.').length)[0]
    if (!found) return { title: text }
    const [document, { title }] = found
    return { document, section: text.slice(title.length + 2), title }
  }

  /** Runs a command as this person at the moment that is held. What is refused, by the command or by the access rules, changes nothing. */
  async act(by: string, body: (work: Work<Actor>) => Promise<Answer>): Promise<Answer> {
    const { adultId } = this.getPerson(by)
    try {
      return await workAs(this.tools, { schoolId: this.schoolId, adultId }, this.#now, async work => {
        const answer = work.someone.roles.length === 0 ? noAppointment(by) : await body(work)
        return { commit: answer.refused.length === 0, value: answer }
      })
    } catch (error) {
      if (error instanceof Denied) return notPermitted(by, error)
      throw error
    }
  }

  /** Asks something as this person without leaving a trace; undefined for whoever holds no role any more. */
  async ask<T>(by: string, body: (work: Work<Actor>) => Promise<T>): Promise<T | undefined> {
    const { adultId } = this.getPerson(by)
    return workAs(this.tools, { schoolId: this.schoolId, adultId }, this.#now, async work => ({
      commit: false,
      value: work.someone.roles.length === 0 ? undefined : await body(work),
    }))
  }

  /** Runs background work at the moment that is held. */
  inBackground<T>(body: (work: Work<Worker>) => Promise<T>): Promise<T> {
    return workInBackground(this.tools, this.schoolId, this.#now, async work => ({ commit: true, value: await body(work) }))
  }

  /** Whoever is there has signed these documents before they began. */
  signBefore(documents: readonly string[]): Promise<void> {
    return signBefore(this.admin, this.schoolId, documents, this.#now)
  }

  /** The midnights at which somebody comes back, is out, or has left; and those of a new edition, where something comes back. */
  get boundaries(): readonly Instant[] {
    const people = [...this.people.values()].flatMap(({ absent, left }) => [
      ...absent.flatMap(day => [startOfDay(day), startOfDay(addDays(day, 1))]),
      ...(left ? [startOfDay(addDays(left, 1))] : []),
    ])
    return this.duties ? [...people, ...this.#policies.changes(this.#key).map(startOfDay)] : people
  }

  #fill(): Promise<void> {
    const school_id = this.schoolId
    const id = () => newId<string>()
    const people = [...this.people.values()]
    const pupils = [...this.pupils.values()]
    const dayBefore = addDays(localDate(this.#now), -365)
    const tiedTo = (key: string) => people.filter(({ parentOf }) => parentOf.includes(key)).map(({ adultId }) => adultId)
    const ends = (day: PlainDate) => startOfDay(addDays(day, 1))
    return insertStage(this.admin, [
      ['installation', [{ kind: 'demonstration', created_at: longAgo }]],
      [
        'school',
        [
          {
            id: school_id,
            key: this.#key,
            name: this.profile.school.name,
            demonstration: true,
            visitor_token: id(),
            file_roles: ['dsl', 'deputy-dsl'],
          },
        ],
      ],
      ['audit_chain', ['main', 'conduct'].map(chain => ({ school_id, chain, n: 0, hash: bytes(genesisHash(school_id, chain)) }))],
      [
        'adult',
        people.map(person => ({
          school_id,
          id: person.adultId,
          name: person.key,
          kind: adultKindOf(person),
          employer: person.employer ?? null,
          created_at: longAgo,
        })),
      ],
      [
        'appointment',
        // Of two who hold the same role the one who is written first has held it longer, and has what both are told of.
        people.flatMap(({ adultId: adult_id, roles, left }, index) =>
          roles.map(role => ({
            school_id,
            id: id(),
            adult_id,
            role,
            starts_at: instantOf(epochInMs(longAgo) + index * 60_000),
            ends_at: left ? ends(left) : null,
          })),
        ),
      ],
      [
        'absence',
        people.flatMap(({ adultId: adult_id, absent }) =>
          absent.map(day => ({
            school_id,
            id: id(),
            adult_id,
            starts_at: startOfDay(day),
            ends_at: ends(day),
            reason: 'out',
            said_by: adult_id,
          })),
        ),
      ],
      [
        'child',
        pupils.map(pupil => ({
          school_id,
          id: pupil.childId,
          given_name: pupil.key,
          family_name: 'Rehearsed',
          born: pupil.born ?? null,
          standing: 'on-roll',
          home_authority: pupil.authority ?? null,
          locality: pupil.locality ?? null,
          leaves_at: pupil.leavesAt ?? null,
          search_name: `${pupil.key} rehearsed`,
          tied: tiedTo(pupil.key),
          created_at: longAgo,
        })),
      ],
      [
        'child_status',
        pupils.flatMap(({ childId, statuses }) =>
          statuses.map(status => ({ school_id, id: id(), child_id: childId, status, starts_on: dayBefore })),
        ),
      ],
      [
        'tie',
        people.flatMap(person => [
          ...person.relativeOf.map(other => tieRow(this, person, 'relative', { other_adult_id: this.getPerson(other).adultId })),
          ...person.parentOf.map(child => tieRow(this, person, 'parent', { child_id: this.getPupil(child).childId })),
        ]),
      ],
    ])
  }
}

function tieRow(
  { schoolId }: Stage,
  { adultId }: StagedPerson,
  kind: 'relative' | 'parent',
  to: { readonly other_adult_id?: AdultId; readonly child_id?: ChildId },
) {
  return {
    school_id: schoolId,
    id: newId<string>(),
    adult_id: adultId,
    other_adult_id: to.other_adult_id ?? null,
    child_id: to.child_id ?? null,
    kind,
    starts_at: longAgo,
  }
}

function noAppointment(by: string): Answer {
  return notAccepted({
    code: 'no-appointment',
    says: `${by} holds no role at the school at this moment, so Holdfast is closed to them.`,
    source: { document: 'access', section: 'rights come from appointments' },
  })
}

function notPermitted(by: string, { action, because }: Denied): Answer {
  const reasons: Readonly<Record<string, string>> = {
    excluded: 'they are outside it',
    'no-ground': 'nothing gives them the right',
    'another-school': 'it is another school’s',
    'signed-out': 'they are not signed in',
  }
  return notAccepted({
    code: 'not-permitted',
    says: `${by} may not do this (${action}): ${reasons[because] ?? because}.`,
    source: { document: 'access', section: action },
  })
}
