import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey } from '../../../test/support/concern-form.ts'
import { type CastMember, ConductStage } from '../../../test/support/conduct.ts'
import { authorise, Denied } from '../../access/index.ts'
import type { CaseId, ChildId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { workInBackground } from '../../work/work.ts'
import { listOwnAlerts } from '../conduct/index.ts'
import {
  answerTechnical,
  importMonitoring,
  keepMonitoringAccount,
  listMonitoring,
  listTechnical,
  type NewMonitoring,
  openMonitoring,
  reportMonitoring,
  reportToAgency,
  settleMonitoring,
  watchMonitoring,
} from './index.ts'

let app: TestApp
before(async () => {
  app = await startTestApp({ policies: policiesByKey })
})
after(() => app.close())

const cast: Readonly<Record<string, CastMember>> = {
  teacher: {},
  it: { roles: ['it-manager'] },
  dsl: { roles: ['dsl'] },
  deputy: { roles: ['deputy-dsl'] },
  head: { roles: ['headteacher'] },
  chair: { roles: ['chair-of-governors'] },
}

/** A school with its people and one pupil. */
class Monitored {
  readonly stage: ConductStage
  readonly child: ChildId

  constructor(stage: ConductStage, child: ChildId) {
    this.stage = stage
    this.child = child
  }

  static async at(key: string, tied: readonly string[] = []): Promise<Monitored> {
    const stage = await ConductStage.at(app, key, cast)
    const child = await app.people.addChild(stage.school, { tied: tied.map(name => stage.id(name)) })
    return new Monitored(stage, child)
  }

  report(by: string, at: string, more: Partial<NewMonitoring>) {
    const whole: NewMonitoring = { came: 'staff', kind: 'other', about: null, happenedAt: at as Instant, ...more }
    return this.stage.as(by, at, work => reportMonitoring(work, whole))
  }

  async reported(by: string, at: string, more: Partial<NewMonitoring>): Promise<string> {
    const done = await this.report(by, at, more)
    if (!done.ok || done.value.kind !== 'report') throw new Error(JSON.stringify(done))
    return done.value.id
  }

  /** Who was told of anything of monitoring, with the moment, and whether urgently. */
  async heard(): Promise<readonly (readonly [string, string, boolean])[]> {
    const rows = await app.people.query<{ adult_id: string; told_at: string; urgent: boolean }>(
      `select adult_id, told_at, urgent from notice where school_id = $1 and topic = 'monitoring' order by told_at, rule desc, role desc`,
      [this.stage.school.id],
    )
    return rows.map(row => [this.stage.nameOf(row.adult_id), new Date(row.told_at).toISOString(), row.urgent] as const)
  }

  open(who: string, at: string, id: string) {
    return this.stage.as(who, at, work => openMonitoring(work, id))
  }

  settle(who: string, at: string, id: string, outcome: 'no-concern' | 'into-file' | 'concern', reason: string) {
    return this.stage.as(who, at, work => settleMonitoring(work, id, { outcome, reason }))
  }

  look(at: string) {
    return workInBackground(app.tools, this.stage.school.id, at as Instant, async work => ({
      commit: true,
      value: await watchMonitoring(work),
    }))
  }

  waits(who: string, at: string) {
    return this.stage.as(who, at, work => listMonitoring(work))
  }

  /** How many rows of a table the database alone shows somebody. */
  rows(who: string, at: string, table: string) {
    return this.stage.as(who, at, async work => {
      const text = `select 1 from ${table} where school_id = $1`
      return (await work.tx.run({ name: `seen_${table}`, text }, [this.stage.school.id])).length
    })
  }
}

const code = (result: { readonly ok: boolean; readonly refusal?: string }) => (result.ok ? 'done' : result.refusal)

test('[MM-6.2-05, MM-6.2-06] an address reported at 11:20 is with the IT System Manager at once as text alone; “technical only” closes nothing before the DSL has answered', async () => {
  const at = '2024-03-05T11:20:00.000Z'
  const later = '2024-03-05T11:21:00.000Z'
  const m = await Monitored.at('mmap')
  const address = 'https://unsuitable.example/page'
  const id = await m.reported('teacher', at, {
    came: 'pupil',
    kind: 'pornography',
    about: { childId: m.child },
    address,
    device: 'LAPTOP-14',
  })
  assert.deepEqual(await m.heard(), [
    ['dsl', at, false],
    ['deputy', at, false],
    ['it', at, false],
  ])
  assert.deepEqual(await m.stage.as('it', later, listTechnical), [{ reportId: id, address, reportedAt: at, answer: null }])
  assert.equal(await m.rows('it', later, 'monitoring_report'), 0, 'neither the pupil nor the device is theirs to see')
  assert.equal(await m.rows('it', later, 'monitoring_technical'), 1)
  assert.equal(await m.rows('teacher', later, 'monitoring_technical'), 0)
  const picture = 'data:image/png;base64,iVBORw0KGgo='
  assert.equal(code(await m.report('teacher', at, { address: picture })), 'no-address', 'the material itself is never kept')
  await assert.rejects(app.people.query('update monitoring_report set address = $1', [picture]), { code: '23514' })

  const technical = { answer: 'technical-only', says: 'The category was missing; it is blocked now.' } as const
  assert.equal(code(await m.stage.as('it', later, work => answerTechnical(work, id, technical))), 'done')
  assert.deepEqual(
    (await m.waits('dsl', later)).map(one => [one.id, one.technical]),
    [[id, 'technical-only']],
  )
  for (const outcome of ['no-concern', 'into-file'] as const)
    await assert.rejects(m.settle('it', later, id, outcome, 'Technical.'), Denied)
  await m.stage.as('it', later, work =>
    work.tx.run({ name: 'it_settles', text: `update monitoring_report set outcome = 'no-concern', reason = 'x' where id = $1` }, [
      id,
    ]),
  )
  assert.equal((await m.waits('dsl', later)).length, 1, 'the database alone lets them close nothing either')
  await m.open('dsl', later, id)
  assert.equal(code(await m.settle('dsl', later, id, 'no-concern', 'He showed it at once and was upset; spoken with.')), 'done')
  assert.deepEqual(await m.waits('dsl', later), [])
})

test('[MM-6.2-10] an alert at 10:42 for a search about hanging is matched to the pupil when it is imported, is urgent, and stays open until the DSL’s outcome', async () => {
  const at = '2024-03-05T10:42:00.000Z'
  const imported = '2024-03-05T10:43:00.000Z'
  const m = await Monitored.at('mmap')
  await m.stage.as('it', at, work => keepMonitoringAccount(work, 'P.Example', { childId: m.child }))
  await assert.rejects(
    m.stage.as('teacher', at, work => keepMonitoringAccount(work, 'x', { childId: m.child })),
    Denied,
  )
  const alert: NewMonitoring = {
    ...{ came: 'software', kind: 'suicide', about: { account: 'p.example' }, happenedAt: at as Instant },
    ...{ found: 'how to hang myself', device: 'LAPTOP-02', ip: '10.0.4.17' },
  }
  const stranger: NewMonitoring = { ...alert, kind: 'gambling', about: { account: 'guest-7' }, found: 'poker' }
  const late: NewMonitoring = { ...alert, happenedAt: '2024-03-06T10:42:00.000Z' as Instant }
  const done = await m.stage.as('dsl', imported, work => importMonitoring(work, [late, stranger, alert]))
  assert.deepEqual(done.map(code), ['in-the-future', 'done', 'done'], 'one that cannot be stops no other')
  const [first, second] = await m.waits('dsl', imported)
  assert.deepEqual(
    [first?.childId, first?.urgent, first?.found, first?.device, first?.ip, first?.happenedAt],
    [m.child, true, 'how to hang myself', 'LAPTOP-02', '10.0.4.17', at],
  )
  assert.deepEqual([second?.childId, second?.account, second?.urgent], [null, 'guest-7', false])
  const id = first?.id ?? ''
  await m.open('dsl', imported, id)
  assert.equal((await m.waits('deputy', imported)).length, 2, 'opened, it is still open')
  const settled = await m.settle('dsl', imported, id, 'concern', 'Spoken with her and with her mother.')
  const concernId = settled.ok ? settled.value : null
  assert.deepEqual(
    (await m.waits('deputy', imported)).map(one => one.account),
    ['guest-7'],
  )
  const concerns = await app.people.query<{ urgent: boolean; child_id: string }>(
    'select c.urgent, k.child_id from concern c join concern_child k on k.school_id = c.school_id and k.concern_id = c.id where c.id = $1',
    [concernId],
  )
  assert.deepEqual(concerns, [{ urgent: true, child_id: m.child }])
})

test('[MM-6.2-22] an alert on the head’s account reaches the chair alone, and nothing that the head can open tells that it exists; one on a teacher’s goes to the head', async () => {
  const at = '2024-03-05T14:00:00.000Z'
  const m = await Monitored.at('mmap')
  await m.stage.as('it', at, async work => {
    await keepMonitoringAccount(work, 'head', { adultId: m.stage.id('head') })
    await keepMonitoringAccount(work, 'teacher', { adultId: m.stage.id('teacher') })
  })
  const raise = async (account: string) => {
    const more = { kind: 'pornography', about: { account }, address: 'https://unsuitable.example', device: 'LAPTOP-01' } as const
    const done = await m.report('it', at, more)
    if (!done.ok || done.value.kind !== 'case') throw new Error(JSON.stringify(done))
    return done.value.caseId
  }
  const head: CaseId = await raise('head')
  assert.deepEqual(await m.stage.names(head), ['chair'])
  assert.deepEqual(await m.stage.sees(head, at), ['it:own', 'chair'])
  assert.deepEqual(await m.heard(), [], 'no notice to the team or to whoever runs the systems')
  const alertsOf = (who: string) =>
    m.stage.as(who, at, work => listOwnAlerts(work, authorise(work.someone, 'alert.own'), work.someone.adultId))
  assert.deepEqual(await alertsOf('head'), [])
  for (const table of [
    'conduct_case',
    'conduct_alert',
    'conduct_words',
    'conduct_subject',
    'monitoring_report',
    'monitoring_technical',
  ])
    assert.equal(await m.rows('head', at, table), 0, table)
  const main = await app.people.events(m.stage.school.id)
  assert.ok(!main.some(({ action }) => action.startsWith('conduct') || action === 'monitoring.reported'))
  const teacher = await raise('teacher')
  assert.deepEqual(await m.stage.names(teacher), ['head'])
  assert.deepEqual(await m.stage.sees(teacher, at), ['it:own', 'head'])
})

test('[WA-23-04] an alert on the head’s account goes to the chair alone; the same on a pupil to the DSL and the deputies', async () => {
  const at = '2026-05-12T10:14:00.000Z'
  const m = await Monitored.at('westacre')
  const same = { kind: 'violence', found: 'beheading video' } as const
  const done = await m.report('it', at, { ...same, about: { adultId: m.stage.id('head'), name: 'head' } })
  const caseId = done.ok && done.value.kind === 'case' ? done.value.caseId : ('' as CaseId)
  assert.deepEqual(await m.stage.names(caseId), ['chair'])
  assert.deepEqual(await m.stage.sees(caseId, at), ['it:own', 'chair'])
  await m.reported('it', at, { ...same, about: { childId: m.child } })
  assert.deepEqual(
    (await m.heard()).map(([who]) => who),
    ['dsl', 'deputy'],
  )
})

test('[WA-5-19] an alert of 10:14 on 12 May 2026 about self-harm on a pupil’s device alerts DSL and deputies within the minute and stays open until an outcome', async () => {
  const at = '2026-05-12T09:14:00.000Z'
  const m = await Monitored.at('westacre')
  const id = await m.reported('it', at, { kind: 'self-harm', about: { childId: m.child }, found: 'cutting', device: 'TABLET-3' })
  assert.deepEqual(await m.heard(), [
    ['dsl', at, true],
    ['deputy', at, true],
  ])
  const mails = await app.people.query(`select 1 from outbox where school_id = $1 and kind = 'notice-mail'`, [m.stage.school.id])
  assert.equal(mails.length, 2)
  const clocks = async () => (await m.stage.clocks(id as CaseId)).map(({ name, owner, state }) => [name, owner, state])
  assert.deepEqual(await clocks(), [
    ['acknowledge', 'dsl', 'running'],
    ['triage', 'dsl', 'running'],
  ])
  await m.open('deputy', '2026-05-12T09:20:00.000Z', id)
  assert.deepEqual(
    (await m.waits('dsl', '2026-05-13T09:00:00.000Z')).map(one => one.id),
    [id],
    'a day later it is open still',
  )
  assert.equal(code(await m.settle('dsl', '2026-05-13T09:05:00.000Z', id, 'into-file', 'Known; her plan covers it.')), 'done')
  assert.deepEqual(
    (await clocks()).map(([, , state]) => state),
    ['met', 'met'],
  )
  assert.deepEqual(await m.waits('dsl', '2026-05-13T09:06:00.000Z'), [])
  const entries = await app.people.query('select heading from entry where child_id = $1', [m.child])
  assert.deepEqual(entries, [{ heading: 'Alert of filtering or monitoring' }])
})

test('[WP-5-15] a search about suicide of high severity at 10:12 pages DSL and deputy at 10:12, and is not dismissed without a reader’s name and a reason', async () => {
  const at = '2025-03-11T10:12:00.000Z'
  const m = await Monitored.at('west-park', ['deputy'])
  const known = { kind: 'other', severity: 'high', about: { account: 'remote-12' }, found: 'painless ways to die' } as const
  const id = await m.reported('it', at, known)
  assert.deepEqual(await m.heard(), [
    ['dsl', at, true],
    ['deputy', at, true],
  ])
  assert.equal(code(await m.settle('dsl', at, id, 'no-concern', 'A poem for English.')), 'not-read')
  await m.open('dsl', at, id)
  assert.equal(code(await m.settle('dsl', at, id, 'no-concern', '  ')), 'no-reason')
  assert.equal(code(await m.settle('dsl', at, id, 'no-concern', 'A poem for English.')), 'done')
  const kept = await app.people.query<{ opened_by: string; settled_by: string; reason: string }>(
    'select opened_by, settled_by, reason from monitoring_report where id = $1',
    [id],
  )
  assert.deepEqual(kept, [{ opened_by: m.stage.id('dsl'), settled_by: m.stage.id('dsl'), reason: 'A poem for English.' }])
  assert.equal(code(await m.settle('dsl', at, id, 'concern', 'Again.')), 'settled')
  // The deputy is the pupil's parent.
  const own = await m.reported('it', '2025-03-11T11:00:00.000Z', { ...known, about: { childId: m.child } })
  assert.deepEqual(
    (await m.heard()).slice(2).map(([who]) => who),
    ['dsl'],
  )
  await assert.rejects(m.open('deputy', '2025-03-11T11:00:00.000Z', own), Denied)
  assert.equal(await m.rows('deputy', at, 'monitoring_report'), 1, 'the database alone shows them the settled one only')
})

test('[MM-6.2-21] an address of 14:02 that may show child abuse and the reference of the Internet Watch Foundation of 14:20 are eighteen minutes apart, and no image is anywhere', async () => {
  const at = '2024-03-05T14:02:00.000Z'
  const later = '2024-03-05T14:20:00.000Z'
  const m = await Monitored.at('mmap')
  const id = await m.reported('teacher', at, {
    kind: 'child-images',
    about: { childId: m.child },
    address: 'https://bad.example/1',
  })
  await m.open('dsl', at, id)
  assert.equal(code(await m.settle('dsl', later, id, 'concern', 'Referred.')), 'report-first', 'nothing else settles it')
  const send = (reference: string) =>
    m.stage.as('dsl', later, work => reportToAgency(work, id, { agency: 'Internet Watch Foundation', reference }))
  assert.equal(code(await send(' ')), 'no-reference')
  assert.deepEqual(await send('IWF 12'), { ok: true, value: 18 })
  const report = await m.open('dsl', later, id)
  assert.deepEqual(report.sent, [{ agency: 'Internet Watch Foundation', reference: 'IWF 12', sentAt: later, minutes: 18 }])
  assert.deepEqual(await app.people.query('select 1 from attachment where school_id = $1', [m.stage.school.id]), [])
  const binary = await app.people.query(
    `select table_name from information_schema.columns where table_name like 'monitoring%' and data_type = 'bytea'`,
  )
  assert.deepEqual(binary, [], 'there is no place in which an image could be kept')
  await assert.rejects(
    m.stage.as('it', later, work => reportToAgency(work, id, { agency: 'x', reference: 'y' })),
    Denied,
  )
})

test('an alert that nobody of the team opens in its time is heard of by the next person: once, strictly after it, never by whoever is tied to the pupil, and with nothing of what it says', async () => {
  const at = '2026-11-18T11:20:00.000Z'
  const late = '2026-11-18T11:30:00.001Z'
  const m = await Monitored.at('west-park')
  const id = await m.reported('teacher', at, { kind: 'self-harm', about: { childId: m.child }, found: 'ways to hurt oneself' })
  assert.equal(await m.look('2026-11-18T11:30:00.000Z'), 0, 'in time until the very moment')
  assert.equal(await m.look(late), 1)
  assert.equal(await m.look(late), 0, 'once')
  assert.deepEqual((await m.heard()).slice(2), [['head', late, true]])
  const [notice] = await app.people.query<{ says: string; source: string }>(
    `select says, source from notice where school_id = $1 and rule = 'unanswered.monitoring'`,
    [m.stage.school.id],
  )
  assert.match(notice?.says ?? '', /has waited longer than the school allows/)
  assert.doesNotMatch(notice?.says ?? '', /hurt/)
  // Opened and not settled: by the end of the school day somebody hears of that too; settled, nobody does.
  await m.open('dsl', '2026-11-18T11:40:00.000Z', id)
  assert.equal(await m.look('2026-11-18T18:00:00.000Z'), 1)
  const settled = await m.reported('teacher', '2026-11-19T09:00:00.000Z', { found: 'x' })
  await m.open('dsl', '2026-11-19T09:05:00.000Z', settled)
  assert.equal(code(await m.settle('dsl', '2026-11-19T09:06:00.000Z', settled, 'no-concern', 'A homework page.')), 'done')
  assert.equal(await m.look('2026-11-19T23:00:00.000Z'), 0)

  const tied = await Monitored.at('west-park', ['head'])
  await tied.reported('teacher', at, { kind: 'self-harm', about: { childId: tied.child }, found: 'x' })
  await tied.look(late)
  assert.ok(!(await tied.heard()).some(([who]) => who === 'head'))
})
