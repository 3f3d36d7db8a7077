import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import pg from 'pg'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { columnsOf, type Kept, moment, type OneOfEach, oneOfEach, type Row } from './one-of-each.ts'

/**
 * What the database itself allows on one row of each table, with every check of the program left out: r it is seen, w one
 * like it is written, c it is changed, x it is deleted, . nothing. The concern names the deputy `named`, is about a child of
 * the deputy `tied`, was written by `reporter`, was shared with `reader`, and gave `owner` something to do; `standin` is the
 * head, told of it because the team was away; a `visitor` came by
 * the school's link, `elsewhere` is the DSL of another school, and `nobody` entered no scope. The rows of accounts and drafts
 * are the reporter's. Inserting is wide on purpose where any adult may record; what is seen is not.
 */
const expected = `
                     dsl  named tied reporter reader owner teacher former standin administrator worker visitor elsewhere nobody
absence              rwc  rwc   rwc  r        r      r     rwc     r      rwc     r             r      r       .         .
absence_draft        r    r     .    .        .      .     .       .      .       .             rw     .       .         .
account              .    .     .    r        .      .     .       .      .       .             .      .       .         .
action               rwc  w     w    .        .      rc    .       .      rwc     .             rc     .       .         .
activity             rwc  rwc   rwc  .        .      .     r       .      rwc     .             r      .       .         .
addendum             rw   w     w    rw       rw     w     w       w      rw      w             w      w       .         .
adult                r    r     r    r        r      r     r       r      rwc     rwc           r      r       .         .
adult_duty           rwc  rwc   rwc  .        .      .     r       .      rwc     .             rwc    .       .         .
adult_task           rwc  rwc   rwc  .        .      .     rw      .      rwc     .             r      .       .         .
advice               rw   .     .    .        .      .     .       .      r       .             .      .       .         .
advice_asked         rw   .     .    .        .      .     .       .      .       .             rc     .       .         .
agency_call          rw   .     .    .        .      .     .       .      r       .             .      .       .         .
agreement            rw   r     r    .        .      .     .       .      r       .             r      .       .         .
alert                rwc  w     w    w        w      w     w       w      rwc     w             rwc    w       .         .
amendment            rw   w     w    .        .      .     .       .      rw      .             .      .       .         .
answer               rw   w     w    .        .      .     .       .      rw      .             .      .       .         .
appointment          r    r     r    r        r      r     r       r      rw      rw            r      r       .         .
arrangement          rw   .     .    .        .      .     .       .      r       .             .      .       .         .
attachment           rw   w     w    rw       rw     w     w       w      rw      w             w      w       .         .
attendance_mark      rwc  rwc   rwc  .        .      .     .       .      r       rwc           r      .       .         .
attendance_week      rwc  rwc   rwc  .        .      .     .       .      .       rwc           .      .       .         .
audit_chain          .    .     .    .        .      .     .       .      .       .             .      .       .         .
audit_checkpoint     .    .     .    .        .      .     .       .      r       r             rw     .       .         .
audit_entry          .    .     .    .        .      .     .       .      .       .             r      .       .         .
awaited_account      rwc  w     w    rwc      .      rc    .       .      rwc     .             rc     .       .         .
behaviour_child      r    .     .    rw       .      .     .       .      .       .             .      .       .         .
behaviour_entry      r    .     .    rw       .      .     .       .      .       .             .      .       .         .
body_mark            rw   w     w    rw       rw     w     w       w      rw      w             w      w       .         .
briefing             rw   r     r    .        .      .     .       .      r       .             r      .       .         .
challenge            r    .     .    rw       .      .     .       .      r       .             rc     .       .         .
checkpoint_delivery  .    .     .    .        .      .     .       .      .       .             rw     .       .         .
checkpoint_opening   .    .     .    .        .      .     .       .      .       .             w      .       .         .
checkpoint_recipient .    .     .    .        .      .     .       .      r       r             r      .       .         .
child                rwc  rwc   rw   rw       rw     rw    rw      rw     rw      rwc           rw     rw      .         .
child_address        rwc  rwc   .    .        .      .     .       .      r       rwc           .      .       .         .
child_contact        rwc  rwc   .    .        .      .     .       .      r       rwc           .      .       .         .
child_feedback       rw   .     .    .        .      .     .       .      .       .             .      .       .         .
child_status         rwc  rwc   .    .        .      .     .       .      r       .             r      .       .         .
clock                rwc  w     w    w        w      rwc   w       w      rwc     w             rwc    w       .         .
closure              rwc  w     w    .        .      .     .       .      rwc     .             .      .       .         .
command_receipt      .    .     .    .        .      .     .       .      .       .             .      .       .         .
complaint            .    .     .    w        .      .     .       .      rc      .             rc     .       .         .
complaint_words      w    w     w    w        w      w     w       w      rw      w             .      .       .         .
concern              rwc  w     w    rwc      rw     w     w       w      rwc     w             rwc    w       .         .
concern_account      rw   w     w    rw       rw     w     w       w      rw      w             w      w       .         .
concern_adult        rw   w     w    rw       rw     w     w       w      rw      w             w      w       .         .
concern_child        rwc  w     w    rw       rw     w     w       w      rwc     w             rw     w       .         .
concern_link         rw   w     w    .        .      .     .       .      .       .             .      .       .         .
concern_move         rw   w     w    .        .      .     .       .      .       .             .      .       .         .
concern_source       rw   w     w    rw       r      .     .       .      r       .             .      .       .         .
conduct_alert        .    .     .    .        .      .     .       .      rc      .             r      .       .         .
conduct_assessment   .    .     .    .        .      .     .       .      rw      .             .      .       .         .
conduct_case         .    .     .    .        .      .     .       .      rc      .             rc     .       .         .
conduct_conclusion   .    .     .    .        .      .     .       .      rw      .             .      .       .         .
conduct_contact      .    .     .    .        .      .     .       .      rw      .             .      .       .         .
conduct_pattern      .    .     .    .        .      .     .       .      rw      .             .      .       .         .
conduct_reader       .    .     .    .        .      .     .       .      r       .             r      .       .         .
conduct_subject      .    .     .    .        .      .     .       .      r       .             r      .       .         .
conduct_words        .    .     .    rw       .      .     .       .      r       .             .      .       .         .
contact_check        rw   r     r    r        r      r     r       r      r       r             r      .       .         .
cover                rwcx rwcx  rwcx r        r      r     r       r      rwcx    r             r      r       .         .
cover_gap            r    r     r    .        .      .     .       .      r       .             rwc    .       .         .
data_breach          .    .     .    rw       .      .     .       .      r       .             rc     .       .         .
data_key             .    .     .    .        .      .     .       .      .       .             .      .       .         .
decision             rw   w     w    .        .      .     .       .      rw      .             .      .       .         .
device_issue         rw   r     r    .        .      .     .       .      r       .             r      .       .         .
disclosure_time      rw   w     w    rw       .      .     .       .      r       .             .      .       .         .
draft                .    .     .    rwcx     .      .     .       .      .       .             .      .       .         .
edition              rw   r     r    r        r      r     r       r      r       r             r      r       .         .
encompass_notice     rwc  rc    .    .        .      .     .       .      .       .             r      .       .         .
entry                rw   w     w    w        rw     w     w       w      w       w             w      w       .         .
explanation          rw   w     w    rw       r      .     .       .      rw      .             .      .       .         .
fallback_step        rwc  .     .    .        .      .     .       .      r       .             .      .       .         .
family_contact       rw   .     .    .        .      .     .       .      r       .             .      .       .         .
family_meeting       rw   .     .    .        .      .     .       .      r       .             .      .       .         .
glass_break          r    .     .    .        .      .     .       .      r       .             .      .       .         .
hand_back            rwc  w     w    w        w      w     w       w      w       w             w      w       .         .
hire_booking         r    r     r    .        .      .     .       .      rw      rw            .      .       .         .
hire_review          .    .     .    .        .      .     .       .      r       .             .      .       .         .
hirer                r    r     r    r        r      r     r       r      rw      r             .      .       .         .
household_child      rwc  w     w    w        w      w     w       w      rwc     w             w      w       .         .
installation         r    r     r    r        r      r     r       r      r       r             r      r       r         r
invitation           .    .     .    .        .      .     .       .      r       r             r      .       .         .
job_description      rw   r     r    .        .      .     .       .      r       .             .      .       .         .
kept_form            .    .     .    rx       .      .     .       .      .       .             .      .       .         .
looking_question     r    .     .    .        .      .     .       .      .       .             rw     .       .         .
looking_watch        .    .     .    .        .      .     .       .      .       .             rw     .       .         .
mailbox_check        rw   r     r    .        .      .     .       .      r       .             r      .       .         .
mailbox_choice       rw   rw    rw   .        .      .     .       .      rw      .             r      .       .         .
mailbox_reader       rwc  rwc   rwc  .        .      .     .       .      rwc     .             r      .       .         .
mailbox_reply        rw   rw    rw   .        .      .     .       .      rw      .             r      .       .         .
master_key           .    .     .    .        .      .     .       .      .       .             .      .       .         .
monitoring_account   .    .     .    .        .      .     .       .      .       rc            .      .       .         .
monitoring_report    rc   .     .    w        .      .     .       .      .       .             r      .       .         .
monitoring_sent      rw   .     .    .        .      .     .       .      .       .             .      .       .         .
monitoring_technical rw   w     w    w        w      rwc   w       w      w       w             .      .       .         .
not_referred         rw   w     w    .        .      .     .       .      rw      .             .      .       .         .
note                 rw   w     w    .        r      .     .       .      .       .             .      .       .         .
notice               .    .     .    .        .      .     rc      .      .       .             rwc    .       .         .
outbox               .    .     .    .        .      .     .       .      .       .             rc     .       .         .
outside_identity     .    .     .    .        .      .     .       .      .       .             .      .       .         .
parent_contact       rw   w     w    .        .      .     .       .      rw      .             .      .       .         .
parent_hold          rwc  w     w    rw       .      .     .       .      rw      .             .      .       .         .
passkey              .    .     .    .        .      .     .       .      .       .             .      .       .         .
passkey_challenge    .    .     .    .        .      .     .       .      .       .             .      .       .         .
pathway_event        rw   .     .    .        .      .     .       .      r       .             .      .       .         .
pathway_step         rwc  w     w    w        .      .     .       .      rwc     .             rc     .       .         .
plan                 rwc  .     .    .        .      .     .       .      .       .             r      .       .         .
plan_review          rw   .     .    .        .      .     .       .      .       .             .      .       .         .
police_intelligence  rw   .     .    .        .      .     .       .      r       .             .      .       .         .
policy_proposal      rw   r     r    .        .      .     .       .      r       .             .      .       .         .
policy_value         r    r     r    r        r      r     r       r      r       r             r      r       .         .
private_fostering    rc   rc    .    w        .      .     .       .      .       .             r      .       .         .
pupil_absence        rc   rc    .    w        .      .     .       .      rc      .             r      .       .         .
pupil_case           rc   rc    .    rwc      .      .     .       .      rc      .             rc     .       .         .
pupil_case_event     r    r     .    rw       .      .     .       .      r       .             .      .       .         .
pupil_case_step      rw   rw    .    rw       .      .     .       .      rw      .             rw     .       .         .
pupil_reminder       rwc  rwc   w    w        w      w     w       w      w       w             rc     .       .         .
pupil_search         rc   .     .    w        .      .     .       .      .       .             .      .       .         .
reading_answer       r    r     r    .        .      .     rw      .      r       .             r      .       .         .
reading_issue        rwc  rwc   rwc  .        .      .     rwc     .      rwc     .             rwc    .       .         .
reading_part         rw   r     r    .        .      .     r       .      r       .             r      .       .         .
record_request       rw   r     .    .        .      .     .       .      .       .             .      .       .         .
record_review        rw   r     .    .        .      .     .       .      .       .             .      .       .         .
recovery_code        .    .     .    .        .      .     .       .      .       .             .      .       .         .
referral             rwc  w     w    w        w      w     w       w      rwc     w             rwc    w       .         .
referral_event       rw   w     w    w        w      w     w       w      rw      w             w      w       .         .
reply                rw   .     .    .        .      .     .       .      r       .             .      .       .         .
resealing            .    .     .    .        .      .     .       .      .       .             .      .       .         .
retention_flag       rw   w     w    w        .      .     .       .      rw      .             .      .       .         .
school               r    r     r    r        r      r     r       r      r       r             r      r       r         r
school_check         rw   r     r    .        .      r     .       .      r       .             r      .       .         .
second_look          rw   w     w    .        .      .     .       .      .       .             .      .       .         .
session              .    .     .    rc       .      .     .       .      .       .             .      .       .         .
share                rw   .     .    .        .      .     .       .      .       .             .      .       .         .
share_reader         rw   .     .    .        .      .     .       .      .       .             .      .       .         .
sibling              rwx  rwx   rwx  r        r      r     r       r      r       rwx           r      r       .         .
sign_in_provider     .    .     .    .        .      .     .       .      .       .             .      .       .         .
sign_in_try          rwcx rwcx  rwcx rwcx     rwcx   rwcx  rwcx    rwcx   rwcx    rwcx          rwcx   rwcx    rwcx      rwcx
team_change          r    r     r    .        .      .     .       .      r       r             r      .       .         .
tie                  rwc  rwc   rwc  r        r      r     r       r      rwc     rwc           r      r       .         .
training_record      rw   r     r    .        .      .     r       .      r       .             r      .       .         .
transfer             rwc  rc    .    .        .      .     .       .      .       .             r      .       .         .
triage               rw   w     w    .        .      .     .       .      rw      .             .      .       .         .
trust                r    r     r    r        r      r     r       r      r       r             r      r       r         r
trusted_adult        rwc  r     .    .        .      .     .       .      .       .             .      .       .         .
vacant_post          rw   r     r    .        .      .     .       .      r       .             .      .       .         .
`

/** The columns that may ever be changed, table by table: words and whoever wrote them are not among them. */
const changeable = `
absence: ends_at
absence_draft: settled_at, settled_by, outcome, because, concern_id
action: owner_id, done_at, done_by, outcome, dropped
activity: cancelled_at
adult: name, email, kind, job_title, employer, phone
adult_duty: started_on, works_directly, ended_at, works_on
adult_task: done_at, done_by
advice_asked: answer, answered_at, answered_by, follow_up, overridden_at, overridden_by, override_because, told_at, told_late_at
alert: seen_at, mailed_at
appointment: starts_at, ends_at
attendance_mark: mark, at_time, says, entered_at, entered_by, unexplained
attendance_week: possible, attended, entered_at, entered_by
awaited_account: warned_at, met_at, met_by, met_id
challenge: to_id, asked, due_at
checkpoint_recipient: ended_at, ended_by
child: given_name, family_name, known_as, born, year_group, class_name, standing, other_school, description, home_authority, locality, leaves_at, search_name
child_address: ends_on
child_contact: name, relation, phone, email, priority, barred, barred_reason, ends_at
child_status: starts_on, ends_on, authority, worker_name, worker_phone
clock: owner_id, due_at, met_at, ended_at, breached_at, passed_on, told
closure: reopened_at, reopened_by, reopened_because
complaint: state, replied_at, outcome, told_late_at
concern: urgent, stub, state, owner_id, acknowledged_at, acknowledged_by, next_look_at, attachments_locked, urgent_raised_at
concern_child: moved_to
conduct_alert: seen_at
conduct_case: level, state, opened_at, opened_by, concluded_at
cover: ends_at
cover_gap: closed_at
data_breach: told_at, settled_at, settled_by, notified, outcome
draft: sealed, version, saved_at
encompass_notice: seen_at, seen_by, checked_in_at, checked_in_by, done
fallback_step: seen_at, seen_by, countersigned_at, countersigned_by
glass_break: ends_at, reviewed_at, reviewed_by, outcome, says
hand_back: seen_at, seen_by
hire_booking: held_at, held_by, hold_reason
hire_review: decision, reason, decided_at, decided_by
household_child: state, answered_at, answered_by, reason, contact_says
looking_question: settled_at, settled_by, says
mailbox_reader: ends_at
monitoring_account: child_id, adult_id, kept_at, kept_by
monitoring_report: opened_at, opened_by, outcome, reason, settled_at, settled_by, concern_id
monitoring_technical: answer, says, answered_at, answered_by
notice: seen_at, mailed_at
outbox: drained_at
parent_hold: lifted_at, lifted_by, lifted_because
pathway_step: late_at, told_times, settled_at, settled
plan: owner_id, ends_on, review_on, closed_at, closed_by, outcome
policy_proposal: state, decided_by, decided_at, decided_because
private_fostering: talked_on, talked_by, notified_at, notified_by, ended_on
pupil_absence: notified_at, notified_by, ended_on
pupil_case: with_id, escalates_at, escalated_at, reached_at, handed_to, handed_at, closed_at, closed_by, outcome
pupil_case_step: settled_at, settled_by, settled, says
pupil_reminder: told_at, ended_at
pupil_search: wider, wider_reason, answered_at, answered_by
reading_issue: completed_at, withdrawn_at, chased, chased_at
record_request: answered_at, answered_by, extended_at, extended_by, extended_because
referral: authority, destination, destination_contact, consent, consent_says, state, reference, stage, follow_up_on, chase_at, answer_due_on, urgent, channel, needed_on, attached
session: ended_at
share: ended_at, ended_by, ended_because
sign_in_try: failures, failed_at
tie: ends_at
transfer: sent_at, sent_by, sent_to, received_at, received_by, receipt_at, receipt_by, ended_at, ended_because
trusted_adult: adult_id, chosen_on, recorded_at, recorded_by
`

/** Kept by the runner of migrations, which is not the application. */
const beyondReach = ['holdfast_migration']

type Letter = 'r' | 'w' | 'c' | 'x'

class Attempts {
  readonly #client: pg.Client
  readonly #of: OneOfEach
  readonly #columns: ReadonlyMap<string, readonly string[]>
  readonly #alone: ReadonlySet<string>

  constructor(client: pg.Client, of: OneOfEach, columns: ReadonlyMap<string, readonly string[]>, alone: ReadonlySet<string>) {
    this.#client = client
    this.#of = of
    this.#columns = columns
    this.#alone = alone
  }

  async #enter(who: string): Promise<void> {
    if (who === 'nobody') return
    const { school } = this.#of
    if (who === 'worker') await this.#client.query('select worker_enter($1)', [school.id])
    else if (who === 'visitor')
      await this.#client.query(`select visitor_enter($1, null, '/x', $2)`, [school.visitorToken, moment])
    else {
      const adult = this.#of.adults[who] ?? assert.fail(`nobody is called ${who}`)
      await this.#client.query('select scope_enter($1, $2, $3, $4)', [adult.school.id, adult.id, adult.account, moment])
    }
  }

  /** How many rows one statement in this scope touches; undefined where the database refuses it. Nothing of it stays. */
  async rows(who: string, statement: string, values: readonly unknown[] = []): Promise<number | undefined> {
    await this.#client.query('begin')
    try {
      await this.#enter(who)
      const result = await this.#client.query(statement, [...values])
      return /^select count/.test(statement) ? Number(result.rows[0]?.['count']) : (result.rowCount ?? 0)
    } catch (error) {
      if ((error as { code?: string }).code === '42501') return undefined
      throw new Error(`${who}: ${statement}: ${(error as Error).message}`)
    } finally {
      await this.#client.query('rollback')
    }
  }

  /** Which rows of the table are those of the first school. */
  #where(table: string, { row }: Kept): { readonly text: string; readonly values: readonly unknown[] } {
    if (this.#alone.has(table)) return { text: '', values: [] }
    const key = ['school_id', 'id'].find(name => name in row)
    return key === undefined ? { text: '', values: [] } : { text: ` where ${key} = $1`, values: [row[key]] }
  }

  insert(who: string, table: string, row: Row): Promise<number | undefined> {
    const { names, places, values } = columnsOf(row)
    return this.rows(who, `insert into ${table} (${names}) values (${places})`, values)
  }

  /** Sets a column to what it holds, without reading it: only what bounds a change stands in the way. */
  async #changes(who: string, table: string, kept: Kept): Promise<boolean> {
    const column = this.#columns.get(table)?.[0]
    const where = this.#where(table, kept)
    const own = column === undefined ? Object.keys(kept.row)[0] : column
    const [held] = await this.#of.people.query(`select ${own} as held from ${table} ${where.text} limit 1`, where.values)
    const place = `$${where.values.length + 1}`
    return (
      ((await this.rows(who, `update ${table} set ${own} = ${place}${where.text}`, [...where.values, held?.['held']])) ?? 0) > 0
    )
  }

  async letters(who: string, table: string, kept: Kept): Promise<string> {
    const where = this.#where(table, kept)
    const done: Record<Letter, boolean> = {
      r: ((await this.rows(who, `select count(*) from ${table}${where.text}`, where.values)) ?? 0) > 0,
      w: ((await this.insert(who, table, { ...kept.row, ...kept.another })) ?? 0) > 0,
      c: await this.#changes(who, table, kept),
      x: ((await this.rows(who, `delete from ${table}${where.text}`, where.values)) ?? 0) > 0,
    }
    const letters = (Object.keys(done) as Letter[]).filter(letter => done[letter]).join('')
    return letters === '' ? '.' : letters
  }
}

const actors = [
  'dsl',
  'named',
  'tied',
  'reporter',
  'reader',
  'owner',
  'teacher',
  'former',
  'standin',
  'administrator',
  'worker',
  'visitor',
  'elsewhere',
  'nobody',
]

/** Lines in columns, so that a changed cell is seen. */
function drawn(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0))) ?? []
  return lines
    .map(line =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join(' ')
        .trimEnd(),
    )
    .join('\n')
}

suite('With every check of the program left out, the database', () => {
  let database: TestDatabase
  let of: OneOfEach
  let client: pg.Client
  let attempts: Attempts
  let columns: ReadonlyMap<string, readonly string[]>
  let tables: readonly string[]

  before(async () => {
    database = await createTestDatabase()
    of = await oneOfEach(database)
    client = new pg.Client(database.app)
    await client.connect()
    tables = (
      await of.people.query<{ name: string }>(
        `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`,
      )
    )
      .map(({ name }) => name)
      .filter(name => !beyondReach.includes(name))
    const granted = await of.people.query<{ table: string; columns: string[] }>(
      `select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and has_column_privilege('holdfast_app', c.oid, a.attnum, 'update')
       group by c.relname order by c.relname`,
    )
    columns = new Map(granted.map(({ table, columns: its }) => [table, its]))
    const alone = new Set<string>()
    for (const table of tables) {
      const key = ['school_id', 'id'].find(name => name in (of.kept[table]?.row ?? {}))
      const [row] = await of.people.query<{ others: number }>(
        key === undefined
          ? `select 1 as others`
          : `select count(*)::int as others from ${table} where ${key} is distinct from $1`,
        key === undefined ? [] : [of.kept[table]?.row[key]],
      )
      if (row?.others === 0) alone.add(table)
    }
    attempts = new Attempts(client, of, columns, alone)
  })
  after(async () => {
    await client.end()
    await of.people.close()
  })

  test('has a row in this guard for every table', () => {
    assert.deepEqual(Object.keys(of.kept).sort(), [...tables])
  })

  test('opens each row to those in the table above, for what stands there, and to nobody else', async () => {
    const lines = [['', ...actors]]
    for (const table of tables) {
      const kept = of.kept[table]
      const line = [table]
      for (const who of actors) line.push(kept ? await attempts.letters(who, table, kept) : '?')
      lines.push(line)
    }
    assert.equal(`\n${drawn(lines)}\n`, expected)
  })

  test('lets nobody put a row into another school, whoever they are', async () => {
    const taken: string[] = []
    for (const table of tables) {
      const kept = of.kept[table]
      if (!kept || !('school_id' in kept.row) || table === 'session') continue
      for (const who of actors.filter(name => name !== 'elsewhere')) {
        const forged = { ...kept.row, ...kept.another, school_id: of.otherSchool.id }
        if ((await attempts.insert(who, table, forged)) !== undefined) taken.push(`${table} by ${who}`)
      }
    }
    assert.deepEqual(taken, [])
  })

  test('lets nobody hang on a concern what only its recording does, themselves as the one to be asked least of all', async () => {
    const teacher = of.adults['teacher']?.id
    const forged: string[] = []
    for (const table of ['awaited_account', 'parent_hold', 'explanation', 'concern_source', 'disclosure_time', 'pathway_step']) {
      const { row, another } = of.kept[table] ?? assert.fail(table)
      const theirs = { ...row, ...another, reporter_id: teacher }
      const asked = table === 'awaited_account' ? { ...theirs, adult_id: teacher } : theirs
      if ((await attempts.insert('teacher', table, asked)) !== undefined) forged.push(table)
    }
    assert.deepEqual(forged, [])
  })

  test('has so few columns that may ever be changed', () => {
    const lines = [...columns].map(([table, names]) => `${table}: ${names.join(', ')}`)
    assert.equal(`\n${lines.join('\n')}\n`, changeable)
  })

  test('writes the trail through request_finish alone, onto the chain of the school in scope, and nothing without one', async () => {
    const finish = `select request_finish('main', array['{"action":"home.opened","actorKind":"adult","at":"${moment}","outcome":"done","roles":[]}'], null, null, null)`
    await assert.rejects(attempts.rows('nobody', finish), /no scope/)
    const { school, otherSchool, adults, people } = of
    const heads = () =>
      people.query<{ school_id: string; n: number }>(
        `select school_id, n::int as n from audit_chain where chain = 'main' order by school_id`,
      )
    const earlier = await heads()
    await client.query('begin')
    await client.query('select scope_enter($1, $2, null, $3)', [school.id, adults['teacher']?.id, moment])
    await client.query(finish)
    await client.query('commit')
    const later = await heads()
    const grown = (id: string) =>
      (later.find(row => row.school_id === id)?.n ?? 0) - (earlier.find(row => row.school_id === id)?.n ?? 0)
    assert.deepEqual([grown(school.id), grown(otherSchool.id)], [1, 0])
  })

  test('forgets the scope with the transaction: the next on the same connection starts with none', async () => {
    await client.query('begin')
    await client.query('select scope_enter($1, $2, null, $3)', [of.school.id, of.adults['dsl']?.id, moment])
    await client.query('commit')
    for (const table of ['concern', 'child', 'adult', 'draft', 'account', 'session'])
      assert.equal(await attempts.rows('nobody', `select count(*) from ${table}`), 0, table)
  })
})
