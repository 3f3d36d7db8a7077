import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, suite, test } from 'node:test'
import { newId } from '../../src/platform/identifiers.ts'
import { Sealing } from '../../src/platform/sealing.ts'
import { routes } from '../../src/web/routes.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  aPdf,
  attachScan,
  leastOf,
  policiesByKey,
  recordByForm,
  type SchoolWithForm,
  schoolWithForm,
} from '../support/concern-form.ts'

/** Words that stand nowhere else: those typed where they are sealed, and those typed where the database reads them. */
const sealedMark = 'Zqsealedxv'
const readableMark = 'Zqreadablexv'

/** Where a thief reads the words of a welfare concern: the whole list, which the threat model gives in words. */
const readable = [
  'addendum.says',
  'child.given_name',
  'child.search_name',
  'concern.location',
  'concern_account.child_words',
  'concern_account.done',
  'concern_account.opinion',
  'concern_account.seen',
  'attachment.circumstances',
].toSorted()

suite('Whoever steals a backup', () => {
  let at: TestApp
  let school: SchoolWithForm

  before(async () => {
    at = await startTestApp({ routes, policies: policiesByKey })
    school = await schoolWithForm(at, 'westacre')
    const said = (where: string) => `${readableMark} ${where}`
    const { id } = await recordByForm(school.page, {
      ...leastOf(school),
      child: [],
      'other-child-1-given': `${readableMark}a`,
      'other-child-1-family': 'Ashdown',
      seen: said('seen'),
      'child-words': said('child'),
      opinion: said('opinion'),
      done: said('done'),
      location: said('place'),
    })
    assert.equal((await school.page.post(`/my-concerns/${id}/addenda`, { says: said('later') })).status, 303)
    const drawing = { name: `${sealedMark}.pdf`, type: 'application/pdf', content: aPdf(sealedMark) }
    const told = { kind: 'child-item', circumstances: said('drawing') }
    assert.equal((await attachScan(at, school.page, id, drawing, told)).status, 303)
    // Typed and never sent: the draft, and a form that came without its token and was kept.
    const draft = `/concerns/drafts/${newId<string>()}`
    const typed = { seen: sealedMark, 'child-words': sealedMark, location: sealedMark, 'other-child-1-given': sealedMark }
    await school.page.post(`${draft}/save`, { _version: '0', _tab: 'a', ...typed })
    const stale = await school.page.post(`/my-concerns/${id}/addenda`, {
      _token: await (await at.agentFor(school.teacher.id)).formToken(),
      says: sealedMark,
    })
    assert.equal(stale.status, 409)
    for (const table of ['draft', 'kept_form', 'attachment'])
      assert.equal((await at.people.query(`select 1 from ${table} where sealed is not null limit 1`)).length, 1, table)
  })
  after(() => at.close())

  /** Everything that a dump of the database holds, as text and with its bytes decoded: the columns in which this stands. */
  async function columnsHolding(mark: string): Promise<readonly string[]> {
    const columns = await at.people.query<{ schema: string; table: string; column: string; type: string }>(
      `select table_schema as schema, table_name as table, column_name as column, data_type as type from information_schema.columns join information_schema.tables using (table_schema, table_name)
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    )
    assert.ok(columns.length > 1000)
    const hex = Buffer.from(mark.toLowerCase()).toString('hex')
    const found: string[] = []
    for (const { schema, table, column, type } of columns) {
      const text = type === 'bytea' ? `lower(encode("${column}", 'escape'))` : `lower("${column}"::text)`
      const rows = await at.people.query(
        `select 1 from "${schema}"."${table}" where ${text} like $1 or "${column}"::text like $2 limit 1`,
        [`%${mark.toLowerCase()}%`, `%${hex}%`],
      )
      if (rows.length > 0) found.push(`${table}.${column}`)
    }
    return found.toSorted()
  }

  test('finds nothing of drafts, kept forms and scans in it, and what was recorded only where the threat model says', async () => {
    assert.deepEqual(await columnsHolding(sealedMark), [])
    assert.deepEqual(await columnsHolding(readableMark), readable)
  })

  test('opens nothing that is sealed without the master key, nor with another one, nor with the keys of another school', async () => {
    const [row] = await at.people.query<{ id: string; sealed: Buffer }>('select id, sealed from attachment')
    assert.ok(row)
    const { id, sealed } = row
    const opened = at.tools.sealing.open(`school:${school.school.id}`, `attachment:${id}`, sealed)
    assert.ok(opened.includes(sealedMark), 'with its own it opens')
    const elsewhere = await schoolWithForm(at, 'west-park')
    assert.throws(() => at.tools.sealing.open(`school:${elsewhere.school.id}`, `attachment:${id}`, sealed))
    assert.throws(() => at.tools.sealing.open(`school:${school.school.id}`, `attachment:${newId<string>()}`, sealed))
    const thiefs = new Sealing(randomBytes(32))
    assert.throws(() => thiefs.open(`school:${school.school.id}`, `attachment:${id}`, sealed))
    // What the dump has of the keys is wrapped: no key that lies in it opens anything by itself.
    const keys = await at.people.query<{ wrapped: Buffer | null }>('select wrapped from data_key')
    assert.ok(keys.length > 0)
    for (const { wrapped } of keys)
      assert.throws(() =>
        new Sealing(wrapped?.subarray(-32) ?? randomBytes(32)).open(`school:${school.school.id}`, `attachment:${id}`, sealed),
      )
  })
})
