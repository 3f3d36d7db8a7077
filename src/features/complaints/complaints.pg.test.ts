import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey } from '../../../test/support/concern-form.ts'
import { type CastMember, ConductStage } from '../../../test/support/conduct.ts'
import { Denied } from '../../access/index.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { openCase } from '../conduct/index.ts'
import { answerComplaint, listComplaints, moveComplaint, type NewComplaint, openComplaint, recordComplaint } from './index.ts'

let app: TestApp
before(async () => {
  app = await startTestApp({ policies: policiesByKey })
})
after(() => app.close())

const cast: Readonly<Record<string, CastMember>> = {
  office: { roles: ['receptionist'] },
  teacher: {},
  dsl: { roles: ['dsl'] },
  leader: { roles: ['senior-leader'] },
  head: { roles: ['headteacher'] },
  chair: { roles: ['chair-of-governors'] },
}

const at = '2024-03-01T10:00:00.000Z'
const later = '2024-03-01T11:00:00.000Z'
const code = (result: { readonly ok: boolean; readonly refusal?: string }) => (result.ok ? 'done' : result.refusal)

async function complained(stage: ConductStage, more: Partial<NewComplaint> = {}): Promise<string> {
  const complaint: NewComplaint = {
    ...{ source: 'visitor', subject: 'safety', process: 'Complaints procedure, stage 1', from: 'A visitor', about: [] },
    ...{ receivedOn: '2024-03-01' as PlainDate, ownerId: stage.id('leader'), replyBy: '2024-03-15T16:00:00.000Z' as Instant },
    says: 'The gate to the road stands open at break.',
    ...more,
  }
  const done = await stage.as('office', at, work => recordComplaint(work, complaint))
  if (!done.ok) throw new Error(done.refusal)
  return done.value
}

const listed = (stage: ConductStage, who: string, when = later) => stage.as(who, when, work => listComplaints(work))

test('[MM-3.6-02] a complaint that a teacher grabbed a child becomes a case that opens to the head only, and the list of complaints shows “moved”', async () => {
  const stage = await ConductStage.at(app, 'mmap', cast)
  const says = 'The teacher grabbed my boy by the arm.'
  const id = await complained(stage, { source: 'parent', from: 'A parent', says })
  assert.deepEqual(await stage.as('leader', later, work => openComplaint(work, id)), { from: 'A parent', says })
  const move = (who: string, names: readonly string[]) =>
    stage.as(who, later, work =>
      moveComplaint(work, id, { about: names.map(name => ({ adultId: stage.id(name), name })), happenedOn: null }),
    )
  for (const who of ['office', 'dsl', 'teacher']) await assert.rejects(move(who, ['teacher']), Denied)
  assert.equal(code(await move('head', ['head'])), 'about-yourself')
  const moved = await move('head', ['teacher'])
  if (!moved.ok) throw new Error(moved.refusal)
  const { caseId } = moved.value
  assert.deepEqual(await stage.names(caseId), ['head'], 'told to the head alone')
  assert.deepEqual(
    await app.people.query('select adult_id, role from conduct_reader where case_id = $1', [caseId]),
    [{ adult_id: stage.id('head'), role: 'headteacher' }],
    'and given to nobody else',
  )
  const opened = await stage.as('head', later, work => openCase(work, caseId))
  assert.deepEqual(
    [opened.found.source, opened.found.subjects, JSON.stringify(opened.words).includes(says)],
    ['complaint', [stage.id('teacher')], true],
  )
  for (const who of ['leader', 'dsl', 'chair', 'office', 'teacher'])
    await assert.rejects(
      stage.as(who, later, work => openCase(work, caseId)),
      Denied,
    )
  for (const who of ['leader', 'head', 'chair']) {
    assert.deepEqual(
      (await listed(stage, who)).map(one => [one.id, one.state, one.overdue]),
      [[id, 'moved', false]],
    )
    assert.equal(await stage.as(who, later, work => openComplaint(work, id)), undefined, 'its words are read there no more')
  }
  assert.equal(code(await move('leader', ['teacher'])), 'settled')
  assert.equal(code(await stage.as('leader', later, work => answerComplaint(work, id, 'x'))), 'settled')
  const trail = await app.people.query<{ found: boolean }>(
    `select bool_or(body::text like '%' || $2 || '%') as found from audit_entry where school_id = $1 and chain = 'main'`,
    [stage.school.id, caseId],
  )
  assert.equal(trail[0]?.found ?? false, false, 'nothing on the main trail leads from the complaint to the case')
})

test('[MM-3.6-01] a visitor’s complaint of 1 March 2024 without a reply past its target shows the head that it is overdue, until it is answered', async () => {
  const stage = await ConductStage.at(app, 'mmap', cast)
  const id = await complained(stage)
  const aboutLeader = await complained(stage, { subject: 'adult', about: [stage.id('leader')], replyBy: null })
  const overdue = async (when: string) =>
    (await listed(stage, 'head', when)).filter(one => one.overdue).map(one => [one.id, one.source, one.receivedOn])
  assert.deepEqual(await overdue('2024-03-15T15:59:00.000Z'), [])
  assert.deepEqual(await overdue('2024-03-15T16:01:00.000Z'), [[id, 'visitor', '2024-03-01']])
  assert.deepEqual(
    (await listed(stage, 'leader')).map(one => one.id),
    [id],
    'whoever it is about never sees it',
  )
  await assert.rejects(
    stage.as('leader', later, work => openComplaint(work, aboutLeader)),
    Denied,
  )
  await assert.rejects(listed(stage, 'teacher'), Denied)
  assert.equal(code(await stage.as('head', later, work => answerComplaint(work, id, ' '))), 'no-outcome')
  assert.equal(
    code(await stage.as('head', later, work => answerComplaint(work, id, 'The gate has a lock now; written to.'))),
    'done',
  )
  assert.deepEqual(await overdue('2024-03-15T16:01:00.000Z'), [])
})
