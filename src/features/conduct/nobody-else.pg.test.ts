import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey } from '../../../test/support/concern-form.ts'
import { ConductStage, someWords } from '../../../test/support/conduct.ts'
import type { CaseId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { workInBackground } from '../../work/work.ts'
import { lookRoundSchool } from '../alerts/index.ts'
import { recordConcern } from '../concerns/index.ts'
import { assessConduct, concludeConduct, contactLado, openCase, recordConduct } from './index.ts'

const at = '2026-11-18T10:00:00.000Z'
const tables = [
  'conduct_case',
  'conduct_words',
  'conduct_subject',
  'conduct_reader',
  'conduct_alert',
  'conduct_assessment',
  'conduct_contact',
  'conduct_conclusion',
]

let app: TestApp
let stage: ConductStage
let elsewhere: ConductStage
before(async () => {
  app = await startTestApp({ policies: policiesByKey, now: at as Instant })
  stage = await ConductStage.at(app, 'west-park', {
    teacher: {},
    subject: { roles: ['deputy-dsl', 'senior-leader'] },
    husband: { relativeOf: 'subject', roles: ['deputy-headteacher', 'human-resources'] },
    dsl: { roles: ['dsl'] },
    head: { roles: ['headteacher'] },
    chair: { roles: ['chair-of-governors'] },
    administrator: { roles: ['system-administrator'] },
    officer: { roles: ['data-protection-officer'] },
    records: { roles: ['record-keeper', 'human-resources'] },
    colleague: {},
  })
  elsewhere = await ConductStage.at(app, 'west-park', { other: { roles: ['headteacher', 'dsl'] } })
})
after(() => app.close())

/** Whoever has no part in a case about the deputy. */
const outsiders = ['subject', 'husband', 'dsl', 'chair', 'administrator', 'officer', 'records', 'colleague'] as const

const pages = [
  ...[
    '/',
    '/alerts',
    '/today',
    '/clocks',
    '/actions',
    '/children',
    '/children/find?q=sub',
    '/my-concerns',
    '/people',
    '/policy',
    '/trends',
  ],
  ...['/late-records', '/not-referred', '/second-looks', '/signs', '/cover', '/concerns/new', '/worried-about-an-adult'],
]

/** A page without what differs from one opening to the next. */
const steady = (html: string) => html.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|value="[\w.-]{20,}"|nonce="[^"]*"/g, '#')

const agents = new Map<string, Agent>()

async function pagesOf(name: string): Promise<ReadonlyMap<string, string>> {
  const agent = agents.get(name) ?? (await app.agentFor(stage.id(name)))
  agents.set(name, agent)
  const seen = new Map<string, string>()
  for (const path of pages) {
    const answer = await agent.get(path)
    seen.set(path, `${answer.status} ${steady(answer.html)}`)
  }
  return seen
}

/** A whole history of a case: recorded, opened, judged, told, late, concluded. */
async function history(): Promise<CaseId> {
  const id = await stage.record('teacher', at, ['subject'], { believed: 'harm-threshold' })
  await stage.as('head', at, work => openCase(work, id))
  await stage.as('head', at, work => assessConduct(work, id, { outcome: 'harm-threshold', rationale: 'x' }))
  await stage.as('head', at, work => contactLado(work, id, { how: 'telephone', says: 'x' }))
  const end = { outcome: 'ended', context: 'x', action: 'x', rationale: 'x', lessons: 'x' }
  await stage.as('head', at, work => concludeConduct(work, id, end))
  return id
}

test('nobody but whoever has a case finds anything of it: not on a page, in a search or in a count, whatever their role', async () => {
  const before = new Map<string, ReadonlyMap<string, string>>()
  for (const name of outsiders) before.set(name, await pagesOf(name))
  await history()
  const open = await stage.record('teacher', at, ['subject'], { believed: 'harm-threshold' })
  for (const name of outsiders)
    for (const [path, html] of await pagesOf(name)) assert.equal(html, before.get(name)?.get(path), `${name} ${path}`)
  assert.deepEqual(await stage.sees(open, at), ['teacher:own', 'head'])
})

test('with every check of the program left out, the database gives nobody else a row of any of its tables', async () => {
  const id = await history()
  for (const table of tables) {
    const rows = (where: ConductStage, name: string) =>
      where.as(name, at, work => work.tx.run({ name: `all_${table}`, text: `select * from ${table}` }, []), false)
    for (const name of outsiders) assert.deepEqual(await rows(stage, name), [], `${name} reads ${table}`)
    assert.deepEqual(await rows(elsewhere, 'other'), [], `another school reads ${table}`)
    assert.ok((await rows(stage, 'head')).length > 0, `the head reads ${table}`)
  }
  const own = await stage.as(
    'teacher',
    at,
    work => work.tx.run({ name: 'own_words', text: 'select part from conduct_words' }, []),
    false,
  )
  assert.ok(own.length > 0)
  for (const table of tables.filter(name => name !== 'conduct_words')) {
    const text = `select * from ${table}`
    assert.deepEqual(await stage.as('teacher', at, work => work.tx.run({ name: `teacher_${table}`, text }, []), false), [], table)
  }
  // By the functions, which act with more rights than the caller: each asks who calls.
  const forged = JSON.stringify({
    readers: [{ adult_id: stage.id('subject'), role: 'deputy-dsl', because: 'chain', rule: 'x' }],
    alerts: [],
  })
  for (const name of [...outsiders, 'teacher'] as const) {
    const [passed] = await stage.as(
      name,
      at,
      work =>
        work.tx.run<{ done: boolean }>({ name: 'forged_pass', text: 'select conduct_pass($1, $2, $3) as done' }, [
          id,
          forged,
          at,
        ]),
      false,
    )
    assert.equal(passed?.done, false, `${name} passes a case on`)
    const [excluded] = await stage.as(
      name,
      at,
      work =>
        work.tx.run<{ done: boolean }>({ name: 'forged_exclude', text: `select conduct_exclude($1, $2, '{}', $3, $4) as done` }, [
          id,
          stage.id('head'),
          [stage.id('head')],
          at,
        ]),
      false,
    )
    assert.equal(excluded?.done, false, `${name} shuts somebody out`)
    if (name === 'teacher') continue
    const [own] = await stage.as(
      name,
      at,
      work => work.tx.run<{ own: unknown }>({ name: 'forged_own', text: 'select own_conduct($1) as own' }, [id]),
      false,
    )
    assert.equal(own?.own, null, `${name} asks after it`)
  }
  const insertions: readonly string[] = [
    `insert into conduct_reader (school_id, case_id, adult_id, role, because, rule, since) values ($1, $2, $3, 'dsl', 'chain', 'x', $4)`,
    `insert into conduct_words (school_id, case_id, part, author_id, at, sealed, salt) values ($1, $2, 9, $3, $4, '', '')`,
    `insert into conduct_contact (school_id, id, case_id, at, by_id, kind, how, sealed) values ($1, gen_random_uuid(), $2, $4, $3, 'lado', 'written', '')`,
  ]
  for (const [n, text] of insertions.entries())
    await assert.rejects(
      stage.as('dsl', at, work => work.tx.run({ name: `forged_${n}`, text }, [stage.school.id, id, stage.id('dsl'), at])),
      /permission denied|row-level security/,
    )
})

test('the main audit trail, the alerts, the mails and the look round give nothing of a case away', async () => {
  const before = await app.people.events(stage.school.id)
  const id = await history()
  const late = await stage.record('teacher', at, ['colleague'], { believed: 'harm-threshold' })
  const weekOn = '2026-11-25T10:00:00.000Z'
  await stage.sweep(weekOn)
  await workInBackground(app.tools, stage.school.id, weekOn as Instant, async work => ({
    commit: true,
    value: await lookRoundSchool(work),
  }))
  assert.equal((await stage.clocks(late))[0]?.state, 'breached')
  const main = (await app.people.events(stage.school.id)).slice(before.length)
  assert.deepEqual(
    main.filter(({ action }) => !action.startsWith('cover.') && !action.startsWith('notice.')),
    [],
  )
  const apart = await app.people.query<{ action: string; body: string }>(
    `select action, body from audit_entry where school_id = $1 and chain = 'conduct' and subject_id = any ($2) order by n`,
    [stage.school.id, [id, late]],
  )
  for (const action of [
    'conduct.recorded',
    'conduct.told',
    'conduct.opened',
    'conduct.assessed',
    'conduct.contacted',
    'conduct.concluded',
    'clock.breached',
  ])
    assert.ok(
      apart.some(entry => entry.action === action),
      action,
    )
  assert.ok(
    apart.every(({ body }) => !body.includes('collar')),
    'no words',
  )
  const [rows] = await app.people.query<{ n: number }>(
    `select (select count(*) from outbox where school_id = $1) + (select count(*) from alert where school_id = $1) as n`,
    [stage.school.id],
  )
  assert.equal(Number(rows?.n), 0)
})

test('the words lie sealed, and background work reads ids and no words', async () => {
  const id = await history()
  const [kept] = await app.people.query<{ sealed: Buffer }>('select sealed from conduct_words where case_id = $1', [id])
  assert.ok(kept && !kept.sealed.includes(Buffer.from('collar')))
  await workInBackground(app.tools, stage.school.id, at as Instant, async work => {
    const count = async (table: string) =>
      (await work.tx.run({ name: `worker_${table}`, text: `select 1 from ${table}` }, [])).length
    for (const table of ['conduct_words', 'conduct_assessment', 'conduct_contact', 'conduct_conclusion'])
      assert.equal(await count(table), 0, table)
    assert.ok((await count('conduct_case')) > 0)
    return { commit: false, value: undefined }
  })
})

test('a reader who no longer holds the post reads it no longer', async () => {
  const id = await stage.record('teacher', at, ['colleague'])
  assert.equal(await stage.opens('head', at, id), true)
  await app.people.query(`update appointment set ends_at = $2 where adult_id = $1 and role = 'headteacher'`, [
    stage.id('head'),
    at,
  ])
  await app.people.appoint(stage.school.id, stage.id('head'), 'teacher')
  assert.equal(await stage.opens('head', '2026-11-18T10:01:00.000Z', id), false)
  await app.people.query(`update appointment set ends_at = null where adult_id = $1 and role = 'headteacher'`, [stage.id('head')])
})

test('a concern about a child that names an adult opens a case about the adult in the same moment, and the child’s concern points nowhere', async () => {
  const child = await app.people.addChild(stage.school, { tied: [stage.id('chair')] })
  const concern = {
    id: newId<ConcernId>(),
    reporter: { kind: 'self' as const },
    children: [{ childId: child, involvement: 'subject' as const }],
    newChildren: [],
    adults: [{ adultId: stage.id('head'), name: 'head', relation: '', involvement: 'alleged' as const, toldAt: null }],
    happenedOn: null,
    happenedAtTime: null,
    happenedSays: '',
    location: 'Hall',
    urgent: false,
    stub: false,
    category: null,
    prompts: ['disclosure'],
    voiceTold: true,
    account: { childWords: 'He shook me.', seen: '', opinion: '', done: '' },
    marks: [],
  }
  const trips = async (sent: typeof concern) =>
    stage.as('teacher', at, async work => {
      const done = await recordConcern(work, sent)
      assert.ok(done.ok)
      return work.tx.roundTrips
    })
  const withoutAdult = await trips({ ...concern, id: newId<ConcernId>(), adults: [] })
  const beside = await trips(concern)
  assert.ok(beside <= withoutAdult + 4, `${beside - withoutAdult} statements more, of which one is waited for`)
  const cases = await app.people.query<{ id: CaseId; beside_concern: string }>(
    'select id, beside_concern from conduct_case where school_id = $1 and beside_concern is not null',
    [stage.school.id],
  )
  assert.deepEqual(
    cases.map(row => row.beside_concern),
    [concern.id],
  )
  const [opened] = cases
  assert.ok(opened)
  // About the head the chain leads to the chair, who is tied to this child: nobody inside may have it.
  assert.deepEqual(await stage.names(opened.id), [])
  assert.equal((await stage.state(opened.id)).state, 'unreached')
  assert.deepEqual(await stage.sees(opened.id, at), ['teacher:own'])
  const noted = await app.people.query(`select 1 from audit_entry where chain = 'main' and body like '%' || $1 || '%'`, [
    opened.id,
  ])
  assert.deepEqual(noted, [])
})

test('what is pressed twice is kept once, and an id under somebody else’s case is refused', async () => {
  const conduct = stage.conduct(['colleague'], { words: someWords })
  assert.equal((await stage.as('teacher', at, work => recordConduct(work, conduct))).ok, true)
  const again = await stage.as('teacher', at, work => recordConduct(work, conduct))
  assert.deepEqual(again, { ok: false, refusal: { code: 'already-recorded' } })
  const forged = await stage.as('colleague', at, work => recordConduct(work, { ...conduct, about: [] }))
  assert.deepEqual(forged, { ok: false, refusal: { code: 'already-recorded' } })
})
