import { type NewConcern, recordConcern } from '../../src/features/concerns/index.ts'
import type { AdultId, ChildId, ConcernId, SchoolId } from '../../src/kernel/ids.ts'
import { addDays, type Instant, type LocalTime, type PlainDate } from '../../src/kernel/plain-date.ts'
import { newId } from '../../src/platform/identifiers.ts'
import { workAs } from '../../src/work/work.ts'
import type { TestApp } from './app.ts'

export interface Who {
  readonly schoolId: SchoolId
  readonly adultId: AdultId
}

/** A concern about one child, ready to be recorded. */
export function concernAbout(childId: ChildId, more: Partial<NewConcern> = {}): NewConcern {
  return {
    id: newId<ConcernId>(),
    reporter: { kind: 'self' },
    children: [{ childId, involvement: 'subject' }],
    newChildren: [],
    adults: [],
    happenedOn: null,
    happenedAtTime: null,
    happenedSays: '',
    location: '',
    urgent: false,
    stub: false,
    category: null,
    prompts: ['disclosure'],
    voiceTold: null,
    account: { childWords: '', seen: 'Came to school without a coat.', opinion: '', done: '' },
    marks: [],
    ...more,
  }
}

/** Fills children's files in a test: concerns by the real command, the team's other work straight into its tables. */
export class FileFiller {
  readonly #app: TestApp

  constructor(app: TestApp) {
    this.#app = app
  }

  async record(who: Who, concern: NewConcern, at: Instant = this.#app.clock.now()): Promise<ConcernId> {
    const recorded = await workAs(this.#app.tools, who, at, async work => {
      const result = await recordConcern(work, concern)
      return { commit: result.ok, value: result }
    })
    if (!recorded.ok) throw new Error(`not recorded: ${recorded.refusal.code}`)
    return concern.id
  }

  /** A note in a child's file, with its entry. */
  async note(who: Who, childId: ChildId, on: PlainDate, says: string, at: Instant = this.#app.clock.now()): Promise<string> {
    const id = newId<string>()
    await this.#app.people.query(
      `with n as (insert into note (school_id, id, child_id, kind, with_whom, happened_on, says, salt, author_id, recorded_at, excluded)
         select $1, $2, $3, 'phone-call', 'Health visitor', $4, $5, '\\x00', $6, $7, tied from child where school_id = $1 and id = $3)
       insert into entry (school_id, id, child_id, kind, heading, happened_on, recorded_at, author_id, note_id, excluded)
         select $1, gen_random_uuid(), $3, 'contact', 'Phone call', $4, $7, $6, $2, tied from child where school_id = $1 and id = $3`,
      [who.schoolId, id, childId, on, says, who.adultId, at],
    )
    return id
  }

  /** A decision with its reasons and its entry in one child's file. */
  async decide(
    who: Who,
    childId: ChildId,
    concernId: ConcernId,
    rationale: string,
    categories: readonly string[],
    at: Instant,
  ): Promise<void> {
    await this.#app.people.query(
      `with d as (insert into decision (school_id, id, concern_id, at, by_id, choice, rationale, policy_edition, excluded)
         select $1, gen_random_uuid(), id, $4, $5, 'monitor', $6, 'test', excluded from concern where id = $3)
       insert into entry (school_id, id, child_id, kind, heading, happened_on, recorded_at, author_id, concern_id, involvement, categories, excluded)
         select $1, gen_random_uuid(), $2, 'decision', 'Decision: watch and review', ($4::timestamptz)::date, $4, $5, id, 'subject', $7, excluded
         from concern where id = $3`,
      [who.schoolId, childId, concernId, at, who.adultId, rationale, categories],
    )
  }

  /** A referral made by telephone, with a concern behind it that stands in no file, and its entry. */
  async refer(who: Who, childId: ChildId, on: PlainDate): Promise<void> {
    const id = newId<string>()
    await this.#app.people.query(
      `with r as (insert into referral (school_id, id, concern_id, child_id, agency, destination, consent, state, opened_at, opened_by)
         select $1, $2, id, $3, 'social-care', 'Front door', 'given', 'phoned', $4::date + time '15:00', $5 from concern where school_id = $1 limit 1)
       insert into entry (school_id, id, child_id, kind, heading, happened_on, recorded_at, author_id, referral_id)
         values ($1, gen_random_uuid(), $3, 'referral', 'Referral made by telephone', $4, $4::date + time '15:00', $5, $2)`,
      [who.schoolId, id, childId, on, who.adultId],
    )
  }

  /** So many plain concerns, one every other day back from a day, each at another hour. */
  async recordMany(who: Who, childId: ChildId, count: number, until: PlainDate, places: readonly string[] = []): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      await this.record(
        who,
        concernAbout(childId, {
          happenedOn: addDays(until, -2 * n),
          happenedAtTime: `${String(8 + (n % 9)).padStart(2, '0')}:15` as LocalTime,
          location: places[n % Math.max(1, places.length)] ?? '',
          prompts: [n % 3 === 0 ? 'appearance' : 'behaviour'],
          urgent: n % 17 === 0,
        }),
      )
    }
  }
}
