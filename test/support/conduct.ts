import type { Actor } from '../../src/access/index.ts'
import { Denied, type Worker } from '../../src/access/index.ts'
import { type NewConduct, openCase, openOwnConduct, recordConduct, watchConduct } from '../../src/features/conduct/index.ts'
import type { AdultId, CaseId } from '../../src/kernel/ids.ts'
import type { Instant } from '../../src/kernel/plain-date.ts'
import { newId } from '../../src/platform/identifiers.ts'
import type { RoleId } from '../../src/policy/roles.ts'
import { type Work, workAs, workInBackground } from '../../src/work/work.ts'
import type { TestApp } from './app.ts'
import type { TestSchool } from './people.ts'

export const someWords = {
  seen: 'He took the boy by the collar and pushed him against the lockers.',
  said: 'Get out of my sight.',
  opinion: '',
  done: 'I stayed with the boy.',
  place: 'Upper corridor',
  present: 'Two pupils of year 5',
} as const

export interface CastMember {
  readonly roles?: readonly RoleId[]
  /** What kind of adult, where that is no member of staff. */
  readonly kind?: string
  readonly employer?: string
  readonly relativeOf?: string
  /** Out between these two moments. */
  readonly out?: readonly [string, string]
}

export type Told = { readonly who: string; readonly kind: string; readonly rule: string; readonly at: string }

/** A school with a cast of its own, for stories about its adults. */
export class ConductStage {
  readonly app: TestApp
  readonly school: TestSchool
  readonly ids: ReadonlyMap<string, AdultId>

  private constructor(app: TestApp, school: TestSchool, ids: ReadonlyMap<string, AdultId>) {
    this.app = app
    this.school = school
    this.ids = ids
  }

  static #count = 0

  static async at(app: TestApp, key: string, cast: Readonly<Record<string, CastMember>>): Promise<ConductStage> {
    ConductStage.#count += 1
    const school = await app.people.addSchool({ key: `${key}-${ConductStage.#count}0` })
    const ids = new Map<string, AdultId>()
    for (const [name, member] of Object.entries(cast)) {
      const adult = await app.people.addAdult(school, { name, roles: member.roles ?? ['teacher'] })
      ids.set(name, adult.id)
      if (member.kind)
        await app.people.query('update adult set kind = $2, employer = $3 where id = $1', [
          adult.id,
          member.kind,
          member.employer ?? null,
        ])
      if (member.out)
        await app.people.query(
          `insert into absence (school_id, id, adult_id, starts_at, ends_at, reason, said_by) values ($1, $2, $3, $4, $5, 'out', $3)`,
          [school.id, newId<string>(), adult.id, ...member.out],
        )
    }
    const stage = new ConductStage(app, school, ids)
    for (const [name, { relativeOf }] of Object.entries(cast))
      if (relativeOf)
        await app.people.query(
          `insert into tie (school_id, id, adult_id, other_adult_id, kind, starts_at) values ($1, $2, $3, $4, 'relative', '2020-01-01T00:00:00Z')`,
          [school.id, newId<string>(), stage.id(name), stage.id(relativeOf)],
        )
    return stage
  }

  id(name: string): AdultId {
    const found = this.ids.get(name)
    if (!found) throw new Error(`nobody is called ${name}`)
    return found
  }

  nameOf(id: string | null): string {
    for (const [name, adultId] of this.ids) if (adultId === id) return name
    return String(id)
  }

  as<T>(who: string, at: string, body: (work: Work<Actor>) => Promise<T>, commit = true): Promise<T> {
    return workAs(this.app.tools, { schoolId: this.school.id, adultId: this.id(who) }, at as Instant, async work => ({
      commit,
      value: await body(work),
    }))
  }

  sweep(at: string): Promise<void> {
    return workInBackground(this.app.tools, this.school.id, at as Instant, async (work: Work<Worker>) => ({
      commit: true,
      value: await watchConduct(work),
    }))
  }

  conduct(about: readonly string[], more: Partial<NewConduct> = {}): NewConduct {
    return {
      id: newId<CaseId>(),
      kind: 'conduct',
      reporter: { kind: 'self' },
      about: about.map(name => ({ adultId: this.id(name), name })),
      believed: 'unsure',
      happenedOn: null,
      happenedAtTime: null,
      words: someWords,
      ...more,
    }
  }

  /** Records as this person and gives the case. */
  async record(by: string, at: string, about: readonly string[], more: Partial<NewConduct> = {}): Promise<CaseId> {
    const conduct = this.conduct(about, more)
    const done = await this.as(by, at, work => recordConduct(work, conduct))
    if (!done.ok) throw new Error(done.refusal.code)
    return conduct.id
  }

  /** Who was told of a case, in the order in which they were. */
  async told(caseId: CaseId): Promise<readonly Told[]> {
    const rows = await this.app.people.query<{ adult_id: string; kind: string; rule: string; told_at: string }>(
      'select adult_id, kind, rule, told_at from conduct_alert where case_id = $1 order by told_at, kind desc, id',
      [caseId],
    )
    return rows.map(row => ({
      who: this.nameOf(row.adult_id),
      kind: row.kind,
      rule: row.rule,
      at: new Date(row.told_at).toISOString(),
    }))
  }

  async names(caseId: CaseId): Promise<readonly string[]> {
    return (await this.told(caseId)).map(({ who }) => who)
  }

  /** Who opens a case at a moment, asked as each of the cast: whole, or `:own` where they reach their own words alone. */
  async sees(caseId: CaseId, at: string): Promise<readonly string[]> {
    const found: string[] = []
    for (const name of this.ids.keys()) {
      if (await this.opens(name, at, caseId)) found.push(name)
      else if (await this.reachesOwn(name, at, caseId)) found.push(`${name}:own`)
    }
    return found
  }

  opens(name: string, at: string, caseId: CaseId): Promise<boolean> {
    return this.as(name, at, work => openCase(work, caseId), false).then(
      () => true,
      error => notThere(error),
    )
  }

  reachesOwn(name: string, at: string, caseId: CaseId): Promise<boolean> {
    return this.as(name, at, work => openOwnConduct(work, caseId), false).then(
      () => true,
      error => notThere(error),
    )
  }

  /** The clocks of a case in short. */
  async clocks(caseId: CaseId): Promise<readonly { name: string; owner: string; due: string | null; state: string }[]> {
    const rows = await this.app.people.query<{
      name: string
      owner_id: string | null
      due_at: string | null
      met: boolean
      ended: boolean
      breached: boolean
    }>(
      `select name, owner_id, due_at, met_at is not null as met, ended_at is not null as ended, breached_at is not null as breached from clock where subject_id = $1 order by name`,
      [caseId],
    )
    return rows.map(row => ({
      name: row.name,
      owner: this.nameOf(row.owner_id),
      due: row.due_at === null ? null : new Date(row.due_at).toISOString(),
      state: row.met ? 'met' : row.ended ? 'ended' : row.breached ? 'breached' : 'running',
    }))
  }

  async state(caseId: CaseId): Promise<{ state: string; chain: string; manager: string; level: string | null }> {
    const [row] = await this.app.people.query<{ state: string; chain: string; manager_id: string | null; level: string | null }>(
      'select state, chain, manager_id, level from conduct_case where id = $1',
      [caseId],
    )
    if (!row) throw new Error('no such case')
    return { state: row.state, chain: row.chain, manager: this.nameOf(row.manager_id), level: row.level }
  }
}

function notThere(error: unknown): false {
  if (error instanceof Denied) return false
  throw error
}
