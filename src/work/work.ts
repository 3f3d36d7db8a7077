import type { Actor, Someone, Visitor, Worker } from '../access/index.ts'
import { type AuditNote, auditBody } from '../audit/entry.ts'
import type { AccountId, AdultId, ConcernId, SchoolId } from '../kernel/ids.ts'
import { localDate } from '../kernel/london-time.ts'
import type { Instant, PlainDate } from '../kernel/plain-date.ts'
import type { Database, Ending, Tx } from '../platform/database.ts'
import { newId } from '../platform/identifiers.ts'
import type { Sealing } from '../platform/sealing.ts'
import type { Policies } from '../policy/load.ts'
import type { Profile } from '../policy/profile.ts'
import type { RoleId } from '../policy/roles.ts'
import { policyInForce } from './school-policy.ts'

export interface School {
  readonly id: SchoolId
  readonly key: string
  readonly name: string
  readonly demonstration: boolean
  readonly visitorToken: string
  readonly fileRoles: readonly RoleId[]
  /** Counts what the school has decided above its policy's files. */
  readonly policyChange: number
}

/** The policies as loaded at start: a school's profile as it stands on a date. */
export interface PolicyBook {
  profile(key: string, on: PlainDate): Profile
  /** The schools of this installation that have a policy. */
  readonly keys?: readonly string[]
  /** The days on which a school's profile changes. */
  changes?(key: string): readonly PlainDate[]
  /** A school's policy with what it has decided above its files. */
  decide?: Policies['decide']
}

/** What must go out after the commit. Ids only; the mail is composed when it is sent. */
export interface OutboxItem {
  readonly kind:
    | 'alert-mail'
    | 'feedback-mail'
    | 'notice-mail'
    | 'invitation-mail'
    | 'recovery-mail'
    | 'provider-mail'
    | 'sessions-mail'
    | 'look-again'
    | 'scan'
  readonly adultId?: AdultId
  readonly concernId?: ConcernId
}

/** What every command and query is given: one transaction in one scope, at one moment, under one edition of one policy. */
export interface Work<S extends Someone = Someone> {
  readonly tx: Tx
  readonly now: Instant
  readonly someone: S
  readonly school: School
  readonly profile: Profile
  /** The school's own policy as it stands on another day. */
  policyOn(on: PlainDate): Profile
  /** Every policy of this installation. */
  readonly policies: PolicyBook
  readonly sealing: Sealing
  /** Adds to the audit trail of this transaction. */
  note(note: AuditNote): void
  /** Adds to the outbox of this transaction. */
  send(item: OutboxItem): void
}

export interface WorkTools {
  readonly database: Database
  readonly policies: PolicyBook
  readonly sealing: Sealing
  /** Called after a commit that left something in the outbox. */
  outboxFilled(schoolId: SchoolId): void
}

interface SchoolRow {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly demonstration: boolean
  readonly visitor_token: string
  readonly file_roles: string[]
  readonly policy_change: number
}

export function schoolOf(row: SchoolRow): School {
  return {
    id: row.id as SchoolId,
    key: row.key,
    name: row.name,
    demonstration: row.demonstration,
    visitorToken: row.visitor_token,
    fileRoles: row.file_roles as RoleId[],
    policyChange: row.policy_change,
  }
}

const finish = { name: 'request_finish', text: 'select request_finish($1, $2, $3, $4, $5)' }

/** Collects what a transaction leaves behind and writes it in one round trip at its end. */
export class WorkBook {
  readonly notes: AuditNote[] = []
  readonly items: OutboxItem[] = []

  async finish(
    tx: Tx,
    someone: Actor | Visitor | Worker,
    now: Instant,
    receipt?: { key: string; location: string | undefined },
    ground?: string,
  ): Promise<void> {
    const actor = {
      id: someone.kind === 'adult' ? someone.adultId : undefined,
      kind: someone.kind,
      roles: someone.kind === 'adult' ? someone.roles : [],
      ground: someone.kind === 'adult' ? ground : undefined,
    }
    const outbox = this.items.map(item => ({
      id: newId<string>(),
      kind: item.kind,
      at: now,
      adult_id: item.adultId ?? null,
      concern_id: item.concernId ?? null,
    }))
    const bodies = (chain: 'conduct' | undefined) =>
      this.notes.filter(note => note.chain === chain).map(note => auditBody(note, actor, now))
    tx.later(finish, [
      'main',
      bodies(undefined),
      outbox.length > 0 ? JSON.stringify(outbox) : null,
      receipt?.key ?? null,
      receipt?.location ?? null,
    ])
    const apart = bodies('conduct')
    if (apart.length > 0) tx.later(finish, ['conduct', apart, null, null, null])
  }
}

/** The date in London at a moment. */
export function londonDate(now: Instant): PlainDate {
  return localDate(now)
}

const schoolById = {
  name: 'school_by_id',
  text: 'select id, key, name, demonstration, visitor_token, file_roles, policy_change from school where id = $1',
}

async function run<S extends Actor | Worker, T>(
  tools: WorkTools,
  schoolId: SchoolId,
  now: Instant,
  enter: (tx: Tx, school: School) => Promise<S>,
  body: (work: Work<S>) => Promise<Ending<T>>,
): Promise<T> {
  let filled = false
  const value = await tools.database.transaction(async tx => {
    const rows = await tx.run<SchoolRow>(schoolById, [schoolId])
    if (!rows[0]) throw new Error(`no school ${schoolId}`)
    const school = schoolOf(rows[0])
    const someone = await enter(tx, school)
    const book = new WorkBook()
    const policy = await policyInForce(tools.policies, tx, school)
    const work: Work<S> = {
      tx,
      now,
      someone,
      school,
      sealing: tools.sealing,
      profile: policy.profile(londonDate(now)),
      policyOn: on => policy.profile(on),
      policies: tools.policies,
      note: note => book.notes.push(note),
      send: item => book.items.push(item),
    }
    const ending = await body(work)
    if (ending.commit) await book.finish(tx, someone, now)
    filled = ending.commit && book.items.length > 0
    return ending
  })
  if (filled) tools.outboxFilled(schoolId)
  return value
}

const enterScope = {
  name: 'scope_enter',
  text: `select s.roles, scope_list('app.stands_in') as stands_in, (select name from adult where school_id = $1 and id = $2) as name from scope_enter($1, $2, $3, $4) as s (roles)`,
}

/** Runs a command as an adult without a web session: rehearsals, demonstrations, tests, commands at the terminal. */
export function workAs<T>(
  tools: WorkTools,
  who: { schoolId: SchoolId; adultId: AdultId; accountId?: AccountId },
  now: Instant,
  body: (work: Work<Actor>) => Promise<Ending<T>>,
): Promise<T> {
  return run(
    tools,
    who.schoolId,
    now,
    async (tx, school) => {
      const rows = await tx.run<{ roles: string[]; stands_in: string[]; name: string | null }>(enterScope, [
        who.schoolId,
        who.adultId,
        who.accountId ?? null,
        now,
      ])
      return {
        kind: 'adult',
        schoolId: who.schoolId,
        adultId: who.adultId,
        accountId: who.accountId,
        name: rows[0]?.name ?? '',
        roles: (rows[0]?.roles ?? []) as RoleId[],
        fileRoles: school.fileRoles,
        standsIn: rows[0]?.stands_in ?? [],
      } satisfies Actor
    },
    body,
  )
}

const enterWorker = { name: 'worker_enter', text: 'select worker_enter($1)' }

/** Runs background work at one school. */
export function workInBackground<T>(
  tools: WorkTools,
  schoolId: SchoolId,
  now: Instant,
  body: (work: Work<Worker>) => Promise<Ending<T>>,
): Promise<T> {
  return run(
    tools,
    schoolId,
    now,
    async tx => {
      await tx.run(enterWorker, [schoolId])
      return { kind: 'worker', schoolId } satisfies Worker
    },
    body,
  )
}
