import assert from 'node:assert/strict'
import { type DemoAdult, demo, demonstrationPassword } from '../../demo/people.ts'
import { type NewConcern, recordConcern } from '../../src/features/concerns/index.ts'
import { demonstrationPages } from '../../src/features/demonstration/index.ts'
import type { AdultId, ChildId, ConcernId } from '../../src/kernel/ids.ts'
import { epochInMs, instantOf } from '../../src/kernel/plain-date.ts'
import { referenceOf } from '../../src/kernel/reference.ts'
import { newId } from '../../src/platform/identifiers.ts'
import { formToken, visitor } from '../../src/web/http/form-token.ts'
import type { Route } from '../../src/web/http/route.ts'
import type { ServerTools } from '../../src/web/http/server.ts'
import { workAs } from '../../src/work/work.ts'
import { type Agent, startTestApp, type TestApp } from '../support/app.ts'
import { demonstrationLoadedAt } from '../support/demonstration.ts'

const { westPark, westley } = demo

/** Those who come to a page in the guards, and what each is to the concern and the child that stand in every path. */
export const cast = {
  /** Opens every file, and is outside nothing. */
  dsl: westPark.adults.dsl,
  /** A deputy DSL who is related to the child. */
  tied: westPark.adults.deputy,
  /** A deputy DSL whom the concern names. */
  named: westPark.adults.deputyTwo,
  /** The teacher who recorded the concern. */
  reporter: westPark.adults.teacher,
  teacher: westPark.adults.teacherTwo,
  head: westPark.adults.head,
  administrator: westPark.adults.systemAdministrator,
  governor: westPark.adults.safeguardingGovernor,
  /** The trust's lead on safeguarding, who holds no post of the school. */
  lead: westPark.adults.chair,
} as const satisfies Record<string, DemoAdult>
export type CastName = keyof typeof cast

/** Whoever holds the same post at another school. */
export const counterparts: Readonly<Record<CastName, DemoAdult>> = {
  dsl: westley.adults.dsl,
  tied: westley.adults.deputy,
  named: westley.adults.deputyTwo,
  reporter: westley.adults.teacher,
  teacher: westley.adults.teacherTwo,
  head: westley.adults.head,
  administrator: westley.adults.systemAdministrator,
  governor: westley.adults.safeguardingGovernor,
  lead: westley.adults.trustLead,
}

/** A string for each parameter of a path. */
export type Params = Readonly<Record<string, string>>

/** What a request may leave behind although it was refused: the trail of the refusal, the session's own marks, the form that was kept. */
const traces = [
  'audit_chain',
  'audit_entry',
  'command_receipt',
  'data_key',
  'holdfast_migration',
  'kept_form',
  'master_key',
  'session',
  'sign_in_try',
]

/** The whole product on the demonstration, with one concern that touches everything that a path can name. */
export class GuardedSchool {
  readonly at: TestApp
  readonly school = westPark
  readonly concernId: ConcernId
  readonly ids: Readonly<Record<string, string>>
  #digest: string | undefined

  constructor(at: TestApp, concernId: ConcernId, ids: Readonly<Record<string, string>>) {
    this.at = at
    this.concernId = concernId
    this.ids = ids
  }

  /** The ids that the parameters of a path have in this school, by the parameters' names. */
  paramsOf(route: Pick<Route, 'path'>): Params {
    const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
    return Object.fromEntries(
      names.map(name => {
        const id = this.ids[name]
        assert.ok(id, `the guarded school has no ${name}: give it one in guarded-school.ts or in the row of ${route.path}`)
        return [name, id]
      }),
    )
  }

  agent(name: CastName, options: { readonly secondFactor?: false } = {}): Promise<Agent> {
    return this.at.agentFor(cast[name].adultId, options)
  }

  /** The same post at another school. */
  agentElsewhere(name: CastName): Promise<Agent> {
    return this.at.agentFor(counterparts[name].adultId)
  }

  /** The token of a form that somebody without an account was given. */
  get visitorFormToken(): string {
    return formToken(westPark.visitorToken, visitor)
  }

  async count(table: string): Promise<number> {
    const [row] = await this.at.people.query<{ n: number }>(`select count(*)::int as n from ${table}`)
    return row?.n ?? -1
  }

  /** A sum over every row of every table that holds records: the same before and after means that nothing changed. */
  async digestOfRecords(): Promise<string> {
    this.#digest ??= await digestStatement(this.at)
    const [row] = await this.at.people.query<{ digest: string }>(this.#digest)
    return row?.digest ?? ''
  }

  close(): Promise<void> {
    return this.at.close()
  }
}

async function digestStatement(at: TestApp): Promise<string> {
  const tables = await at.people.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not relname = any ($1) order by relname`,
    [traces],
  )
  // Every version of a row bears the transaction that wrote it, which is cheaper to sum than what it holds.
  const sums = tables.map(
    ({ name }) => `(select '${name} ' || count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) from ${name})`,
  )
  // A function takes a hundred arguments, an array any number.
  return `select array_to_string(array[${sums.join(', ')}], E'\\n') as digest`
}

/** Records a concern by the real command, as the reporter unless somebody else is named. */
export async function recordAbout(
  at: TestApp,
  childId: ChildId,
  more: Partial<NewConcern> = {},
  by: DemoAdult = cast.reporter,
): Promise<ConcernId> {
  const id = newId<ConcernId>()
  const recorded = await workAs(at.tools, by, at.clock.now(), async work => ({
    commit: true,
    value: await recordConcern(work, {
      id,
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
      account: { childWords: 'He pulled me by the arm.', seen: 'A red mark above the wrist.', opinion: '', done: '' },
      marks: [],
      ...more,
    }),
  }))
  assert.ok(recorded.ok)
  return id
}

const aBruise: NewConcern['marks'][number] = {
  childId: westPark.pupils.zofia.childId,
  side: 'front',
  region: 'left-knee',
  x: null,
  y: null,
  description: 'A round bruise.',
  sizeSays: '',
  colour: '',
  explanation: 'I fell.',
}

/** The concern that stands in every path: about a child to whom one deputy is related, and naming the other. */
function recordOne(at: TestApp): Promise<ConcernId> {
  const { adultId, name } = cast.named
  const named = { adultId, name, relation: '', involvement: 'alleged', toldAt: null } as const
  return recordAbout(at, westPark.pupils.zofia.childId, { adults: [named], marks: [aBruise] })
}

/** One of each thing that hangs on the child or on an adult, straight into the database. */
async function addParts(at: TestApp): Promise<Record<string, string>> {
  const { childId } = westPark.pupils.zofia
  const now = at.clock.now()
  const ids = { contactId: newId<string>(), addressId: newId<string>(), statusId: newId<string>(), tieId: newId<string>() }
  const add = (statement: string, ...values: unknown[]) => at.people.query(statement, [westPark.id, ...values])
  await add(
    `insert into child_contact (school_id, id, child_id, name, relation, priority) values ($1, $2, $3, 'Ewa Nowak', 'Mother', 1)`,
    ids.contactId,
    childId,
  )
  await add(
    `insert into child_address (school_id, id, child_id, address, starts_on) values ($1, $2, $3, '2 Larkhill Road', '2024-01-01')`,
    ids.addressId,
    childId,
  )
  await add(
    `insert into child_status (school_id, id, child_id, status, starts_on) values ($1, $2, $3, 'young-carer', '2024-01-01')`,
    ids.statusId,
    childId,
  )
  await add(
    `insert into tie (school_id, id, adult_id, other_adult_id, kind, starts_at) values ($1, $2, $3, $4, 'declared', $5)`,
    ids.tieId,
    cast.teacher.adultId,
    cast.governor.adultId,
    now,
  )
  const noteId = newId<string>()
  await add(
    `insert into note (school_id, id, child_id, kind, happened_on, says, salt, author_id, recorded_at, excluded)
     values ($1, $2, $3, 'note', '2026-11-17', 'Quiet all week.', '\\x00', $4, $5, $6)`,
    noteId,
    childId,
    cast.dsl.adultId,
    now,
    [cast.tied.adultId],
  )
  const siblingId = westPark.pupils.ellie.childId
  await add('insert into sibling (school_id, child_id, sibling_id) values ($1, $2, $3), ($1, $3, $2)', childId, siblingId)
  return { ...ids, noteId, siblingId }
}

/** A reader of the safeguarding mailbox beside two others. */
export async function aReader(at: TestApp): Promise<string> {
  const id = newId<string>()
  await at.people.query('update mailbox_reader set ends_at = $2 where school_id = $1 and ends_at is null', [
    westPark.id,
    at.clock.now(),
  ])
  for (const [reader, adultId] of [
    [id, cast.dsl.adultId],
    [newId<string>(), cast.named.adultId],
    [newId<string>(), cast.reporter.adultId],
  ])
    await at.people.query(
      'insert into mailbox_reader (school_id, id, adult_id, starts_at, added_by) values ($1, $2, $3, $4, $3)',
      [westPark.id, reader, adultId, at.clock.now()],
    )
  return id
}

/** A trip that the reporter leads, with the DSL at the telephone. */
export async function anActivity(at: TestApp): Promise<string> {
  const id = newId<string>()
  await at.people.query(
    `insert into activity (school_id, id, kind, title, starts_at, ends_at, leader_id, planned_by, planned_at)
     values ($1, $2, 'trip', 'To the lake', $3::timestamptz + interval '9 days', $3::timestamptz + interval '10 days', $4, $5, $3)`,
    [westPark.id, id, at.clock.now(), cast.reporter.adultId, cast.dsl.adultId],
  )
  await at.people.query(
    `insert into cover (school_id, id, adult_id, starts_at, ends_at, kind, phone, mode, reason, activity_id)
     select school_id, $2, $3, starts_at, ends_at, 'out-of-hours', '07700 900101', 'remote', 'At school', id from activity where id = $1`,
    [id, newId<string>(), cast.dsl.adultId],
  )
  return id
}

/** One of each thing that the team makes of a concern, straight into the database. */
async function addTeamWork(at: TestApp, concernId: ConcernId): Promise<Record<string, string>> {
  const { childId } = westPark.pupils.zofia
  const now = at.clock.now()
  const ids = { actionId: newId<string>(), referralId: newId<string>(), dutyId: newId<string>(), absenceId: newId<string>() }
  const outside = [cast.named.adultId, cast.tied.adultId]
  const { dsl, reporter } = cast
  const add = (statement: string, ...values: unknown[]) => at.people.query(statement, [westPark.id, ...values])
  await add(
    `insert into action (school_id, id, concern_id, child_id, says, owner_id, due_on, set_at, set_by, excluded)
     values ($1, $2, $3, $4, 'Ring his mother.', $5, '2026-11-25', $6, $7, $8)`,
    ...[ids.actionId, concernId, childId, reporter.adultId, now, dsl.adultId, outside],
  )
  await add(
    `insert into referral (school_id, id, concern_id, child_id, agency, authority, destination, consent, state, opened_at, opened_by, excluded)
     values ($1, $2, $3, $4, 'other', 'derby', 'A clinic', 'given', 'decided', $5, $6, $7)`,
    ...[ids.referralId, concernId, childId, now, dsl.adultId, outside],
  )
  await add(
    `insert into challenge (school_id, id, concern_id, by_id, at, says, salt, to_id, excluded) values ($1, $2, $3, $4, $5, 'Still limping.', '\\x00', $6, $7)`,
    ...[newId<string>(), concernId, reporter.adultId, now, dsl.adultId, outside],
  )
  await add(
    `insert into cover (school_id, id, adult_id, starts_at, ends_at, kind) values ($1, $2, $3, $4, $4::timestamptz + interval '2 days', 'trip')`,
    ...[ids.dutyId, dsl.adultId, now],
  )
  await add(
    `insert into absence (school_id, id, adult_id, starts_at, reason, said_by) values ($1, $2, $3, $4, 'out', $3)`,
    ...[ids.absenceId, reporter.adultId, now],
  )
  const activityId = await anActivity(at)
  const readerId = await aReader(at)
  const noticeId = newId<string>()
  await add(
    `insert into notice (school_id, id, adult_id, topic, urgent, says, source, link, told_at) values ($1, $2, $3, 'cover', false, 'x', 'x', '/cover', $4)`,
    ...[noticeId, dsl.adultId, now],
  )
  const [alert] = await add(
    'select id from alert where school_id = $1 and concern_id = $2 and adult_id = $3',
    concernId,
    dsl.adultId,
  )
  assert.ok(alert)
  const shareId = newId<string>()
  await add(
    `insert into share (school_id, id, child_id, says, because, until_at, made_at, made_by, salt, excluded)
     values ($1, $2, $3, 'His grandmother collects him.', 'She is at the gate.', $4::timestamptz + interval '9 days', $4, $5, '\\x00', $6)`,
    ...[shareId, childId, now, dsl.adultId, [cast.tied.adultId]],
  )
  await add(
    'insert into share_reader (school_id, share_id, adult_id, excluded) values ($1, $2, $3, $4)',
    ...[shareId, reporter.adultId, [cast.tied.adultId]],
  )
  return { ...ids, shareId, activityId, readerId, noticeId, alertId: String(alert['id']) }
}

/** What somebody is typing or was typing when they were signed out. */
async function addOwn(at: TestApp): Promise<Record<string, string>> {
  const reporter = await at.agentFor(cast.reporter.adultId)
  const draftId = newId<string>()
  const saved = await reporter.post(`/concerns/drafts/${draftId}/save`, { _version: '0', _tab: 'a', seen: 'Half of a sentence' })
  assert.equal(saved.status, 303, saved.html)
  return { draftId }
}

// The smallest picture there is.
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A body of several parts, as a browser sends a form with a file. */
export function multipartBody(
  fields: Readonly<Record<string, string>>,
  file: { readonly field: string; readonly content: Buffer },
) {
  const boundary = 'guarded-school-boundary'
  const texts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="${file.field}"; filename="scan.png"\r\ncontent-type: image/png\r\n\r\n`
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(texts.join('') + head), file.content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}

/** A scan of a paper form, kept with the concern by whoever recorded it. */
async function addScan(at: TestApp, concernId: ConcernId): Promise<Record<string, string>> {
  const reporter = await at.agentFor(cast.reporter.adultId)
  const fields = { _token: await reporter.formToken(), _key: newId<string>(), kind: 'paper-form' }
  const { headers, payload } = multipartBody(fields, { field: 'scan', content: dot })
  const cookie = [...reporter.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const url = `/concerns/${concernId}/evidence`
  const answer = await at.app.inject({ method: 'POST', url, headers: { ...headers, cookie }, payload })
  assert.equal(answer.statusCode, 303, answer.payload)
  const [row] = await at.people.query<{ id: string }>(
    `update attachment set scan_state = 'clean', scanned_at = added_at where concern_id = $1 returning id`,
    [concernId],
  )
  assert.ok(row)
  return { attachmentId: row.id, reference: referenceOf(concernId) }
}

async function appointmentOf(at: TestApp, adultId: AdultId): Promise<string> {
  const [row] = await at.people.query<{ id: string }>('select id from appointment where adult_id = $1', [adultId])
  assert.ok(row)
  return row.id
}

/** A form that this person sent under an earlier session, and that was kept for them. */
export async function keptFormOf(at: TestApp, name: CastName): Promise<string> {
  const earlier = await at.agentFor(cast[name].adultId)
  const now = await at.agentFor(cast[name].adultId)
  const answer = await now.post('/account/password', { _token: await earlier.formToken(), what: 'typed before' })
  const id = /\/kept-forms\/([0-9a-f-]{36})/.exec(answer.html)?.[1]
  assert.ok(id, answer.html)
  return id
}

/** A second session of this person. */
export async function sessionOf(at: TestApp, name: CastName): Promise<string> {
  await at.agentFor(cast[name].adultId)
  const [row] = await at.people.query<{ id: string }>(
    'select id from session where account_id = $1 and ended_at is null order by id desc limit 1',
    [cast[name].accountId],
  )
  assert.ok(row)
  return row.id
}

const caughtMail = { number: 1, caughtAt: demonstrationLoadedAt, to: 'b@example.org', subject: 'Look', text: 'Sign in.' }
const mails = { mails: () => [caughtMail], find: (number: number) => (number === 1 ? caughtMail : undefined) }

/** Pages that stand outside the list of routes, because nothing is known yet of who asks. */
export const openPages = [
  '/sign-in',
  '/choose-school',
  '/sign-out',
  '/sign-in/with',
  '/sign-in/with/no-such-school',
  '/sign-in/returned',
  '/invitation/no-such-token',
  '/invitation/no-such-token/with-provider',
  '/demonstration',
  '/demonstration/mail',
  '/demonstration/mail/1',
]

/** Starts the product and records what the paths of its routes name. */
export async function startGuardedSchool(tools: Partial<ServerTools> = {}): Promise<GuardedSchool> {
  const at = await startTestApp({
    template: 'demonstration',
    tools: { openRequestsEachMinute: 1_000_000, ...tools },
    plugins: [all => demonstrationPages(all, { password: demonstrationPassword, mails })],
  })
  at.clock.set(instantOf(epochInMs(at.clock.now()) + 3_600_000))
  await at.people.appoint(westPark.id, cast.lead.adultId, 'trust-safeguarding-lead')
  const concernId = await recordOne(at)
  const ids = {
    concernId,
    childId: westPark.pupils.zofia.childId,
    adultId: cast.teacher.adultId,
    appointmentId: await appointmentOf(at, cast.teacher.adultId),
    visitorToken: westPark.visitorToken,
    ...(await addParts(at)),
    ...(await addTeamWork(at, concernId)),
    ...(await addOwn(at)),
    ...(await addScan(at, concernId)),
  }
  return new GuardedSchool(at, concernId, ids)
}
