import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { newSalt, saltedDigest } from '../../src/audit/entry.ts'
import { StatementsHeard } from '../support/statements.ts'
import { type GuardedSchool, recordAbout, startGuardedSchool } from './guarded-school.ts'

suite('The trail as evidence', () => {
  let school: GuardedSchool
  before(async () => {
    school = await startGuardedSchool()
  })
  after(() => school.close())

  test('what could not be written into the trail is not shown: no page, no print, no download', async () => {
    const { at, ids, school: of } = school
    const dsl = await school.agent('dsl')
    const { name } = of.pupils.zofia
    const ways = [`/concerns/${ids['concernId']}`, `/children/${ids['childId']}/print`, `/children/${ids['childId']}/who-looked`]
    const download = `/concerns/${ids['concernId']}/attachments/${ids['attachmentId']}`
    for (const path of ways) {
      const answer = await dsl.get(path)
      assert.equal(answer.status, 200, path)
      assert.ok(answer.html.includes(name), path)
    }
    const file = (await dsl.get(download)).raw
    assert.equal(file.statusCode, 200)
    assert.ok(file.rawPayload.length > 0)
    await at.people.query(
      `do $$ begin
        create function trail_refuses() returns trigger language plpgsql as 'begin raise exception ''the trail cannot be written''; end';
        create trigger trail_refuses before insert on audit_entry for each row execute function trail_refuses();
      end $$`,
      [],
    )
    try {
      for (const path of [...ways, download]) {
        const answer = await dsl.get(path)
        assert.equal(answer.status, 500, path)
        assert.ok(!answer.html.includes(name), path)
        assert.equal(answer.raw.headers['content-disposition'], undefined, path)
        assert.ok(!answer.raw.rawPayload.includes(file.rawPayload), path)
      }
    } finally {
      await at.people.query(`do $$ begin drop trigger trail_refuses on audit_entry; drop function trail_refuses(); end $$`, [])
    }
    for (const path of [...ways, download]) assert.equal((await dsl.get(path)).status, 200, path)
  })

  test('equal words have digests that are not equal, and whoever guesses a name cannot confirm it without the salt', async () => {
    const [salt, other] = [newSalt(), newSalt()]
    const kept = saltedDigest(salt, 'Robin Ashdown')
    assert.notEqual(kept, saltedDigest(other, 'Robin Ashdown'))
    assert.equal(kept, saltedDigest(salt, 'Robin Ashdown'), 'with the salt it proves the words')
    const guesses = Array.from({ length: 200 }, () => saltedDigest(newSalt(), 'Robin Ashdown'))
    assert.ok(!guesses.includes(kept))
    const { childId } = school.school.pupils.amina
    const concerns = [await recordAbout(school.at, childId), await recordAbout(school.at, childId)]
    const bodies = await school.at.people.query<{ body: string }>(
      `select body from audit_entry where action = 'concern.recorded' and subject_id = any ($1)`,
      [concerns],
    )
    const digests = bodies.map(({ body }) => body.match(/"[\w-]{43}"/g) ?? [])
    assert.equal(digests.length, 2)
    assert.ok(
      digests.every(some => some.length > 0),
      'each entry holds a digest of the same words',
    )
    assert.equal(new Set(digests.flat()).size, digests.flat().length)
  })

  test('costs a page one statement, which travels with the commit and waits for no answer of its own', async () => {
    const heard = new StatementsHeard(school.at.tools.database)
    const { childId, concernId } = school.ids
    for (const path of ['/', '/today', `/children/${childId}`, `/concerns/${concernId}`, `/children/${childId}/print`]) {
      const agent = await school.agent('dsl')
      heard.take()
      assert.equal((await agent.get(path)).status, 200, path)
      const statements = heard.take()
      assert.equal(statements.filter(text => text.includes('request_finish')).length, 1, path)
      assert.match(statements.at(-2) ?? '', /request_finish/, path)
      assert.equal(statements.at(-1), 'COMMIT', path)
      assert.equal(
        statements.filter(text => /\baudit_/.test(text)).length,
        path === '/' || path === '/today' ? 1 : 0,
        `${path}: nothing else of the trail`,
      )
    }
  })
})
