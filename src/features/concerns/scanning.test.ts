import assert from 'node:assert/strict'
import { after, afterEach, before, suite, test } from 'node:test'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { eicar, type RunningClamd, startClamd, startStandIn } from '../../../test/support/clamd.ts'
import {
  aPdf,
  attachScan,
  leastOf,
  policiesByKey,
  recordByForm,
  type SchoolWithForm,
  schoolWithForm,
} from '../../../test/support/concern-form.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { clamd, type Scanner } from '../../platform/clamd.ts'
import type { MailJob } from '../../platform/jobs.ts'
import { drainOutbox } from '../alerts/index.ts'
import { noticeRoutes } from '../notices/index.ts'
import { ownConcernRoutes } from '../own-concerns/index.ts'
import { triageRoutes } from '../triage/index.ts'
import { concernRoutes } from './routes.ts'
import { scanWaiting } from './scanning.ts'

let holdfast: TestApp
let school: SchoolWithForm
let daemon: RunningClamd
let team: Agent

before(async () => {
  daemon = await startClamd()
  holdfast = await startTestApp({
    routes: [...concernRoutes, ...triageRoutes, ...ownConcernRoutes, ...noticeRoutes],
    policies: policiesByKey,
  })
  school = await schoolWithForm(holdfast, 'westacre')
  team = await holdfast.agentFor(school.dsl.id)
})

after(async () => {
  await holdfast.close()
  await daemon.stop()
})

afterEach(() => holdfast.people.query('update installation set opens_unscanned = false'))

interface Attached {
  readonly concernId: string
  readonly id: string
  /** Where the writer, the team and the team's page open it. */
  readonly ways: readonly (readonly [Agent, string])[]
}

async function attach(holding = ''): Promise<Attached> {
  const { id: concernId } = await recordByForm(school.page, leastOf(school))
  const file = { name: 'form.pdf', type: 'application/pdf', content: aPdf(holding) }
  assert.equal((await attachScan(holdfast, school.page, concernId, file)).status, 303)
  const [row] = await holdfast.people.query<{ id: string }>('select id from attachment where concern_id = $1', [concernId])
  assert.ok(row)
  const ways = [
    [school.page, `/concerns/${concernId}/evidence/${row.id}`],
    [team, `/concerns/${concernId}/evidence/${row.id}/team`],
    [team, `/concerns/${concernId}/attachments/${row.id}`],
  ] as const
  return { concernId, id: row.id, ways }
}

/** One round a minute later, as the worker makes it. */
async function round(scanner: Scanner | undefined): Promise<number> {
  holdfast.pass(1)
  return scanWaiting(holdfast.tools, scanner, school.school.id, holdfast.clock.now())
}

async function statuses({ ways }: Attached): Promise<readonly number[]> {
  return Promise.all(ways.map(async ([agent, path]) => (await agent.get(path)).status))
}

/** Every page beside which it is listed says this, and links to it only where it opens. */
async function assertSaid({ concernId, id, ways }: Attached, says: RegExp, linked: boolean): Promise<void> {
  for (const [agent, path] of [
    [school.page, `/concerns/${concernId}/evidence`],
    [school.page, `/my-concerns/${concernId}`],
    [team, `/concerns/${concernId}`],
  ] as const) {
    const { html } = await agent.get(path)
    assert.match(html, says, path)
    assert.equal(html.includes(`${id}"`), linked, path)
  }
  if (linked) return
  for (const [agent, path] of ways) {
    const { status, html } = await agent.get(path)
    assert.equal(status, 409)
    assert.match(html, says)
    assert.ok(!html.includes('%PDF'))
  }
}

const rowOf = async ({ id }: Attached) => {
  const [row] = await holdfast.people.query<{ scan_state: string; sealed: Buffer }>(
    'select scan_state, sealed from attachment where id = $1',
    [id],
  )
  return row ?? assert.fail('it is gone')
}

const noticesOf = (adultId: AdultId) =>
  holdfast.people.query<{ says: string; link: string }>(
    `select says, link from notice where adult_id = $1 and topic = 'attachment' order by told_at, id`,
    [adultId],
  )

suite('What is attached waits for the scanner', () => {
  test('a concern and its paper are taken while the scanner is away; the paper opens as soon as the scanner is back and found nothing', async () => {
    const paper = await attach()
    await assertSaid(paper, /Waiting for the scanner\. It is kept safely/, false)
    const gone = await startStandIn(() => undefined)
    await gone.stop()
    await round(clamd(gone.address))
    await assertSaid(paper, /The scanner cannot be reached\. It is kept safely/, false)
    assert.ok((await round(clamd(daemon.address))) > 0)
    await assertSaid(paper, /Scanned: nothing harmful was found\./, true)
    assert.deepEqual(await statuses(paper), [200, 200, 200])
    assert.equal(await round(clamd(daemon.address)), 0)
  })

  test('a scanner that is slow, answers rubbish or hangs up in the middle opens nothing, and each is said', async () => {
    const paper = await attach()
    for (const [treats, says, within] of [
      [() => undefined, /The scanner takes too long\./, 50],
      [caller => void caller.write('stream: maybe\0'), /The scanner gives no clear answer\./, 5000],
      [caller => void caller.destroy(), /The scanner gives no clear answer\./, 5000],
    ] as const satisfies readonly (readonly [Parameters<typeof startStandIn>[0], RegExp, number])[]) {
      const standIn = await startStandIn(treats)
      assert.equal(await round(clamd(standIn.address, within)), 0)
      await standIn.stop()
      await assertSaid(paper, says, false)
    }
    assert.equal(await round(clamd(daemon.address)), 1)
    assert.deepEqual(await statuses(paper), [200, 200, 200])
  })

  test('one that is larger than the scanner takes keeps waiting, says what is to be set, and holds up no other', async () => {
    const small = await startClamd({ streamMax: '1M' })
    const large = await attach('x'.repeat(2 * 1024 * 1024))
    const other = await attach()
    assert.equal(await round(clamd(small.address)), 2)
    await small.stop()
    await assertSaid(large, /has to let the scanner take 10 MB \(StreamMaxLength\)/, false)
    assert.deepEqual(await statuses(other), [200, 200, 200])
    assert.equal(await round(clamd(daemon.address)), 1)
    assert.deepEqual(await statuses(large), [200, 200, 200])
  })

  test('attaching something asks for a look at once, by the queue of jobs', async () => {
    await attach()
    const asked: string[] = []
    const jobs = {
      addMails: async (_mails: readonly { readonly data: MailJob }[]) => undefined,
      addScan: async (_id: string, schoolId: string) => void asked.push(schoolId),
    }
    await drainOutbox(holdfast.tools, jobs, school.school.id, holdfast.clock.now())
    assert.deepEqual(asked, [school.school.id])
    await drainOutbox(holdfast.tools, jobs, school.school.id, holdfast.clock.now())
    assert.equal(asked.length, 1)
    await round(clamd(daemon.address))
  })
})

suite('What the scanner finds harmful', () => {
  test('is kept sealed and never opened; whoever attached it and who was told of the concern hear of it, and nobody else', async () => {
    const paper = await attach(eicar)
    const { sealed } = await rowOf(paper)
    const [untold] = [await holdfast.people.addAdult(school.school, { roles: ['headteacher'] })]
    await round(clamd(daemon.address))
    await assertSaid(paper, /Refused: the scanner found something harmful in it \(Test\.File\.UNOFFICIAL\)/, false)
    assert.deepEqual(await rowOf(paper), { scan_state: 'refused', sealed })
    const [mine] = await noticesOf(school.teacher.id)
    assert.match(mine?.says ?? '', /in a scan that you attached\. .* Give the paper to the safeguarding lead/)
    assert.equal(mine?.link, `/concerns/${paper.concernId}/evidence`)
    const [theirs] = await noticesOf(school.dsl.id)
    assert.match(theirs?.says ?? '', /attached to a concern that you were told of/)
    assert.equal(theirs?.link, `/concerns/${paper.concernId}`)
    assert.deepEqual(await noticesOf(untold.id), [])
    // Another round, and a scanner that thinks otherwise, change nothing.
    await round(async () => ({ kind: 'clean' }))
    assert.deepEqual(await statuses(paper), [409, 409, 409])
    assert.equal((await noticesOf(school.teacher.id)).length, 1)
  })

  test('is not told to somebody who was told of the concern and is outside it since', async () => {
    const paper = await attach(eicar)
    const before = (await noticesOf(school.deputy.id)).length
    await holdfast.people.query(
      `insert into alert (school_id, id, concern_id, adult_id, role, kind, rule, says, source, told_at)
       values ($1, gen_random_uuid(), $2, $3, 'deputy-dsl', 'told', 'x', 'x', 'x', $4)`,
      [school.school.id, paper.concernId, school.deputy.id, holdfast.clock.now()],
    )
    await holdfast.people.query('update concern set excluded = array[$2::uuid] where id = $1', [
      paper.concernId,
      school.deputy.id,
    ])
    await round(clamd(daemon.address))
    assert.equal((await rowOf(paper)).scan_state, 'refused')
    assert.equal((await noticesOf(school.deputy.id)).length, before)
  })
})

suite('Where there is no scanner', () => {
  test('what is attached is kept and not opened, until whoever runs Holdfast says otherwise or sets one up', async () => {
    const paper = await attach()
    await round(undefined)
    await assertSaid(paper, /no scanner is set up here, so it is kept and not opened\. Go by the paper/, false)
    await holdfast.people.query('update installation set opens_unscanned = true')
    await assertSaid(paper, /no scanner is set up here\. Open it only where other software looks/, true)
    assert.deepEqual(await statuses(paper), [200, 200, 200])
    // A refused one stays shut whatever the installation says.
    const harmful = await attach(eicar)
    assert.deepEqual(await statuses(harmful), [409, 409, 409])
    await round(clamd(daemon.address))
    assert.equal((await rowOf(paper)).scan_state, 'clean')
    assert.deepEqual(await statuses(harmful), [409, 409, 409])
  })
})

suite('The database alone', () => {
  const asAdult = (adult: { readonly id: AdultId }, statement: string, values: readonly unknown[] = []) =>
    holdfast.tools.database.transaction(async tx => {
      await tx.run({ name: 'enter', text: 'select scope_enter($1, $2, null, $3)' }, [
        school.school.id,
        adult.id,
        holdfast.clock.now(),
      ])
      return {
        commit: false,
        value: await tx.run<Record<string, unknown>>({ name: `own ${statement.slice(0, 40)}`, text: statement }, [...values]),
      }
    })

  test('gives the content of nothing that is not clean, and of nothing to whoever may not read it', async () => {
    const paper = await attach()
    const content = 'select attachment_content($1, $2) as content'
    const of = async (adult: { readonly id: AdultId }) =>
      (await asAdult(adult, content, [paper.concernId, paper.id]))[0]?.['content']
    assert.equal(await of(school.dsl), null)
    await round(clamd(daemon.address))
    assert.deepEqual(await of(school.dsl), (await rowOf(paper)).sealed)
    assert.deepEqual(await of(school.teacher), (await rowOf(paper)).sealed)
    assert.equal(await of(await holdfast.people.addAdult(school.school)), null)
    const denied = { code: '42501' }
    await assert.rejects(asAdult(school.dsl, 'select sealed from attachment'), denied)
  })

  test('takes nobody’s word that a file is clean, and hands files to the scanner from background work alone', async () => {
    const paper = await attach(eicar)
    const denied = { code: '42501' }
    await assert.rejects(asAdult(school.dsl, `update attachment set scan_state = 'clean' where id = $1`, [paper.id]), denied)
    await assert.rejects(asAdult(school.dsl, 'update installation set opens_unscanned = true'), denied)
    await assert.rejects(
      asAdult(
        school.teacher,
        `insert into attachment (school_id, id, concern_id, kind, media_type, size_bytes, digest, sealed, added_at, scan_state, scanned_at)
         values ($1, gen_random_uuid(), $2, 'letter', 'application/pdf', 1, '\\x00', '\\x00', now(), 'clean', now())`,
        [school.school.id, paper.concernId],
      ),
      denied,
    )
    assert.deepEqual(await asAdult(school.dsl, 'select * from attachment_scan_take(now())'), [])
    assert.deepEqual(await asAdult(school.dsl, `select * from attachment_scan_set($1, 'clean', null, now())`, [paper.id]), [])
    assert.equal((await rowOf(paper)).scan_state, 'pending')
  })
})
