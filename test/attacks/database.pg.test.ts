import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import pg from 'pg'
import { newId } from '../../src/platform/identifiers.ts'
import { type RoleId, roleIds } from '../../src/policy/roles.ts'
import { moment, type OneOfEach, oneOfEach } from '../guards/one-of-each.ts'
import { createTestDatabase } from '../support/database.ts'

/** What every adult who keeps the roll may read of any child, and nothing of which comes of a worry. */
const ofTheRoll = [
  'child',
  'sibling',
  'tie',
  'agreement',
  'device_issue',
  'monitoring_account',
  'attendance_mark',
  'attendance_week',
]

/** Asks the database as the login that serves requests, in somebody's scope and with no program before it. */
class Attacker {
  readonly #client: pg.Client
  readonly #of: OneOfEach

  constructor(client: pg.Client, of: OneOfEach) {
    this.#client = client
    this.#of = of
  }

  /** What a statement gives this adult; `without` first takes a guard away, for this one question. */
  async gets(
    adult: string,
    text: string,
    values: readonly unknown[] = [],
    without = '',
  ): Promise<readonly Record<string, unknown>[]> {
    await this.#client.query('begin')
    try {
      if (without !== '') await this.#client.query(without)
      await this.#client.query('set local role holdfast_app')
      await this.#client.query('select scope_enter($1, $2, null, $3)', [this.#of.school.id, adult, moment])
      return (await this.#client.query(text, [...values])).rows
    } finally {
      await this.#client.query('rollback')
    }
  }

  /** Which of the tables give this adult any row. */
  async reads(adult: string, tables: readonly string[], without = ''): Promise<readonly string[]> {
    const each = tables.map(table => `case when exists (select from ${table}) then '${table}' end`)
    const [row] = await this.gets(
      adult,
      `select array_to_json(array_remove(array[${each.join(', ')}]::text[], null)) as found`,
      [],
      without,
    )
    return row?.['found'] as readonly string[]
  }
}

const openToAll = (table: string) => `create policy no_guard on ${table} for select using (school_id = scope_school())`

suite('With every check of the program left out', () => {
  let of: OneOfEach
  let client: pg.Client
  let attacker: Attacker
  let tables: readonly string[]
  /** One adult for each role, and one who holds them all, each outside the concern and tied to the child. */
  const outsiders = new Map<string, string>()

  const outsider = async (name: string, roles: readonly RoleId[]) => {
    outsiders.set(name, (await of.people.addAdult(of.school, { name, roles })).id)
  }

  before(async () => {
    const database = await createTestDatabase()
    of = await oneOfEach(database)
    client = new pg.Client(database.admin)
    await client.connect()
    attacker = new Attacker(client, of)
    for (const role of roleIds) await outsider(role, [role])
    await outsider('everything at once', roleIds)
    const found = await of.people.query<{ name: string; excluded: boolean }>(
      `select t.relname as name, bool_or(a.attname = 'excluded') as excluded from pg_class t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0
       where t.relnamespace = 'public'::regnamespace and t.relkind = 'r' group by t.relname
       having bool_or(a.attname in ('child_id', 'concern_id', 'excluded')) or t.relname like 'conduct%' order by t.relname`,
    )
    tables = found.map(({ name }) => name).filter(name => !ofTheRoll.includes(name))
    const all = [...outsiders.values()]
    for (const { name } of found.filter(({ excluded }) => excluded))
      await of.people.query(`update ${name} set excluded = excluded || $1::uuid[]`, [all])
    await of.people.query('update child set tied = tied || $1::uuid[]', [all])
  })
  after(async () => {
    await client.end()
    await of.people.close()
  })

  test('nobody who is tied to a child and outside the concern gets a row of either, whatever their role, and each table would give one without its guard', async () => {
    for (const [name, adult] of outsiders) assert.deepEqual(await attacker.reads(adult, tables), [], name)
    const withoutGuards = tables.map(openToAll).join('; ')
    const teacher = outsiders.get('teacher') ?? ''
    assert.deepEqual(await attacker.reads(teacher, tables, withoutGuards), tables, 'without its guard each gives one')
    assert.ok(tables.length > 70, `only ${tables.length} tables`)
  })

  test('a head, an attendance lead and a receptionist who are parents read nothing of their child’s absences and cases, and would if the database knew ties of the team alone', async () => {
    const ofTheTeamAlone = `do $$ declare v text := pg_get_functiondef('scope_enter(uuid, uuid, uuid, timestamptz)'::regprocedure); begin
      execute replace(v, 'if p_adult is not null then', 'if v_opens then'); end $$`
    const own = ['absence_draft', 'pupil_absence', 'pupil_case', 'pupil_case_step', 'pupil_case_event']
    const reads = (role: string, without: string) => attacker.reads(outsiders.get(role) ?? '', own, without)
    assert.deepEqual([await reads('headteacher', ''), await reads('attendance-lead', '')], [[], []])
    assert.deepEqual(await reads('headteacher', ofTheTeamAlone), [
      'pupil_absence',
      'pupil_case',
      'pupil_case_step',
      'pupil_case_event',
    ])
    assert.ok((await reads('attendance-lead', ofTheTeamAlone)).includes('absence_draft'))
    const rename = `update child set given_name = 'Renamed' where school_id = scope_school() returning id`
    assert.deepEqual(await attacker.gets(outsiders.get('receptionist') ?? '', rename), [])
    assert.equal((await attacker.gets(outsiders.get('receptionist') ?? '', rename, [], ofTheTeamAlone)).length, 2)
  })

  test('no function that acts with more rights than its caller answers an outsider: not about the concern, the case, the share or the clocks', async () => {
    const id = (table: string) => of.kept[table]?.row['id']
    const asks: readonly (readonly [string, readonly unknown[]])[] = [
      ['select own_concern_progress($1) as answer', [id('concern')]],
      ['select own_concern_standing($1) as answer', [id('concern')]],
      ['select own_conduct($1) as answer', [id('conduct_case')]],
      [
        `select first_hand_account_take($1, gen_random_uuid(), '{}', 'x', '2026-11-18', null, $2) as answer`,
        [id('concern'), moment],
      ],
      [`select challenge_reply($1, 'x', $2) as answer`, [id('challenge'), moment]],
      [`select hand_back_write($1, 'x', 'x', $2) as answer`, [id('hand_back'), moment]],
      [`select nullif(own_concern_reopen($1, 'x', null, $2, $2), false) as answer`, [id('concern'), moment]],
      [`select nullif(scope_recorded($1), false) as answer`, [id('concern')]],
      [`select nullif(scope_reads_case($1), false) as answer`, [id('conduct_case')]],
      [`select nullif(conduct_pass($1, '{"readers": [], "alerts": []}', $2), false) as answer`, [id('conduct_case'), moment]],
      ['select n as answer from audit_heads()', []],
      ['select says as answer from share_open($1, $2)', [id('share'), moment]],
      ['select id as answer from shares_of_mine($1)', [moment]],
      ['select child_id as answer from share_standing($1)', [id('share')]],
      [`select name as answer from policy_open_clocks() where name <> 'filtering-check'`, []],
    ]
    const answered: string[] = []
    for (const [name, adult] of outsiders)
      for (const [text, values] of asks)
        for (const { answer } of await attacker.gets(adult, text, values)) if (answer !== null) answered.push(`${name}: ${text}`)
    assert.deepEqual(answered, [])
  })

  test('a head, a chair and a trust’s lead who are outside nothing are not given the clocks of a child by what changes the policy, and the DSL is', async () => {
    const roles = ['dsl', 'headteacher', 'chair-of-governors', 'trust-safeguarding-lead'] as const
    const given: string[] = []
    for (const role of roles) {
      const { id } = await of.people.addAdult(of.school, { name: `${role} ${newId<string>()}`, roles: [role] })
      if ((await attacker.gets(id, `select 1 from policy_open_clocks() where name = 'triage'`)).length > 0) given.push(role)
    }
    assert.deepEqual(given, ['dsl'])
  })
})
