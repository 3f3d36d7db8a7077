import pg from 'pg'
import { genesisHash } from '../../src/audit/verify.ts'
import type { AccountId, AdultId, ChildId, SchoolId } from '../../src/kernel/ids.ts'
import type { Instant } from '../../src/kernel/plain-date.ts'
import { newId } from '../../src/platform/identifiers.ts'
import { hashPassword } from '../../src/platform/passwords.ts'
import type { RoleId } from '../../src/policy/roles.ts'
import type { TestDatabase } from './database.ts'

export interface TestSchool {
  readonly id: SchoolId
  readonly key: string
  readonly name: string
  readonly visitorToken: string
}

export interface TestAdult {
  readonly id: AdultId
  readonly school: TestSchool
  readonly account: AccountId
  readonly name: string
  readonly email: string
}

export interface AdultOptions {
  readonly name?: string
  readonly email?: string
  /** Appointments held since long ago and without an end; an adult who holds none cannot sign in. */
  readonly roles?: readonly RoleId[]
  /** The same person as at another school. */
  readonly account?: AccountId
}

export interface ChildOptions {
  readonly given?: string
  readonly family?: string
  readonly tied?: readonly AdultId[]
}

/** Every test account's password. */
export const testPassword = 'correct horse battery'

const longAgo = '2020-09-01T08:00:00.000Z' as Instant
let oneHash: Promise<string> | undefined

/** Puts schools and people straight into a test database, as its administrator: behind the program's back and its rights. */
export class TestPeople {
  readonly #database: pg.Pool
  #count = 0

  constructor(database: TestDatabase) {
    this.#database = new pg.Pool({ ...database.admin, max: 2 })
  }

  /** Any statement as the administrator, for what a test must see or set. */
  async query<Row extends pg.QueryResultRow>(statement: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#database.query<Row>(statement, [...values])).rows
  }

  async addSchool(options: { readonly key?: string; readonly name?: string } = {}): Promise<TestSchool> {
    this.#count += 1
    const key = options.key ?? `school-${this.#count}`
    const id = newId<SchoolId>()
    const name = options.name ?? `Example School ${this.#count}`
    const visitorToken = `visitors-of-${id}`
    await this.query(`insert into installation (kind, created_at) values ('demonstration', $1) on conflict do nothing`, [longAgo])
    await this.query('insert into school (id, key, name, demonstration, visitor_token) values ($1, $2, $3, true, $4)', [
      id,
      key,
      name,
      visitorToken,
    ])
    for (const chain of ['main', 'conduct']) {
      await this.query('insert into audit_chain (school_id, chain, n, hash) values ($1, $2, 0, $3)', [
        id,
        chain,
        genesisHash(id, chain),
      ])
    }
    return { id, key, name, visitorToken }
  }

  async #addAccount(email: string): Promise<AccountId> {
    oneHash ??= hashPassword(testPassword)
    const id = newId<AccountId>()
    await this.query('insert into account (id, email, password_hash, demonstration, created_at) values ($1, $2, $3, true, $4)', [
      id,
      email,
      await oneHash,
      longAgo,
    ])
    return id
  }

  async addAdult(school: TestSchool, options: AdultOptions = {}): Promise<TestAdult> {
    this.#count += 1
    const name = options.name ?? `Adult ${this.#count}`
    const email = options.email ?? `adult-${this.#count}@example.org`
    const account = options.account ?? (await this.#addAccount(email))
    const id = newId<AdultId>()
    await this.query(
      `insert into adult (school_id, id, account_id, name, email, kind, created_at) values ($1, $2, $3, $4, $5, 'staff', $6)`,
      [school.id, id, account, name, email, longAgo],
    )
    for (const role of options.roles ?? ['teacher']) await this.appoint(school.id, id, role)
    return { id, school, account, name, email }
  }

  async appoint(school: SchoolId, adult: AdultId, role: RoleId, startsAt: Instant = longAgo, endsAt?: Instant): Promise<void> {
    await this.query(
      'insert into appointment (school_id, id, adult_id, role, starts_at, ends_at) values ($1, $2, $3, $4, $5, $6)',
      [school, newId<string>(), adult, role, startsAt, endsAt ?? null],
    )
  }

  async addChild(school: TestSchool, options: ChildOptions = {}): Promise<ChildId> {
    this.#count += 1
    const given = options.given ?? 'Robin'
    const family = options.family ?? `Example${this.#count}`
    const id = newId<ChildId>()
    await this.query(
      `insert into child (school_id, id, given_name, family_name, standing, search_name, tied, created_at)
       values ($1, $2, $3, $4, 'on-roll', $5, $6, $7)`,
      [school.id, id, given, family, `${given} ${family}`.toLowerCase(), options.tied ?? [], longAgo],
    )
    return id
  }

  /** The audit events of a school's main chain, oldest first. */
  async events(
    school: SchoolId,
  ): Promise<{ action: string; outcome: string; actor: string | null; facts: Record<string, unknown> }[]> {
    const rows = await this.query<{ action: string; outcome: string; actor_id: string | null; body: string }>(
      `select action, outcome, actor_id, body from audit_entry where school_id = $1 and chain = 'main' order by n`,
      [school],
    )
    return rows.map(row => ({
      action: row.action,
      outcome: row.outcome,
      actor: row.actor_id,
      facts: JSON.parse(row.body).facts ?? {},
    }))
  }

  async close(): Promise<void> {
    await this.#database.end()
  }
}
