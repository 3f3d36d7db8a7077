import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import pg from 'pg'
import { demo, demoSchools } from '../../demo/people.ts'
import { repositoryRoot } from '../../src/platform/repository-root.ts'
import { hiddenFields, startTestApp } from '../support/app.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { testPolicies } from '../support/demonstration.ts'
import { endProduct, startProduct } from '../support/product.ts'
import { query } from '../support/test-server.ts'

const base = mkdtempSync(join(tmpdir(), 'holdfast-start-'))
chmodSync(base, 0o711)
after(() => rmSync(base, { recursive: true, force: true, maxRetries: 5 }))

const keyOf = (dataDir: string) => join(dataDir, 'keys/master.key')

/** A data folder that holds a key, as one does after the first start. */
function folderWithKey(name: string): string {
  const dataDir = join(base, name)
  mkdirSync(join(dataDir, 'keys'), { recursive: true })
  writeFileSync(keyOf(dataDir), Buffer.alloc(32, 7).toString('base64'), { mode: 0o600 })
  return dataDir
}

interface Ended {
  readonly code: number | null
  readonly says: string
}

/** Runs the program that a script of the package names last, to its end. */
function runScript(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Ended {
  const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const program = scripts[name]?.split(' ').at(-1) ?? ''
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(repositoryRoot, program), ...args], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  return { code: status, says: stdout + stderr }
}

/** The five schools after a little work in each: five entries in every main trail. */
async function afterSomeWork(): Promise<TestDatabase> {
  const app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
  for (const { adults } of demoSchools) {
    const adult = adults['teacher']
    assert.ok(adult)
    const agent = await app.agentFor(adult.adultId)
    for (let opened = 0; opened < 5; opened += 1) assert.equal((await agent.get('/')).status, 200)
  }
  await app.close()
  return app.database
}

describe('whoever checks the audit trail', () => {
  const check = (dataDir: string, database: string) => runScript('audit:verify', ['--data', dataDir], { DATABASE_URL: database })
  const ofWestley = `school_id = '${demo.westley.id}' and chain = 'main'`

  test('is told of each school’s chains that they are whole, and the program ends with 0', async () => {
    const database = await afterSomeWork()
    const { code, says } = check(folderWithKey('whole'), database.adminUrl)
    assert.equal(code, 0, says)
    for (const { key } of demoSchools) assert.match(says, new RegExp(`^${key} main: 5 entries, whole; head [0-9a-f]{16}…$`, 'm'))
    assert.match(says, /\nEvery chain is whole\.\n$/)
  })

  for (const { what, statement, fault } of [
    {
      what: 'outcome',
      statement: `update audit_entry set outcome = 'refused', body = replace(body, '"outcome":"done"', '"outcome":"refused"') where n = 3 and ${ofWestley}`,
      fault: 'entry 3 or one before it was changed: its hash does not follow',
    },
    {
      what: 'author',
      statement: `update audit_entry set actor_id = gen_random_uuid() where n = 4 and ${ofWestley}`,
      fault: 'the actor beside entry 4 was changed: it differs from what was hashed',
    },
    { what: 'existence', statement: `delete from audit_entry where n = 2 and ${ofWestley}`, fault: 'entry 2 is missing' },
    {
      what: 'existence at the end',
      statement: `delete from audit_entry where n = 5 and ${ofWestley}`,
      fault: 'the head says 5 entries and the chain ends at 4: the end was cut off or the head was changed',
    },
  ]) {
    test(`is told where the owner of the database has tampered with an entry’s ${what}, and the program ends with 1`, async () => {
      const database = await afterSomeWork()
      await query(database.admin, `begin; set local session_replication_role = replica; ${statement}; commit`)
      const { code, says } = check(folderWithKey(`tampered-${what}`), database.adminUrl)
      assert.equal(code, 1, says)
      const line = says.split('\n').find(said => said.startsWith('westley main: '))
      assert.ok(line?.includes(`BROKEN: ${fault}`), says)
      assert.match(says, /^westacre main: 5 entries, whole;/m)
      assert.match(says, /The audit trail is not whole: see above\. Keep this database and its backups as they are\./)
    })
  }

  test('is told where there is nothing to check, and the program ends with 2', async () => {
    const database = await createTestDatabase('empty')
    const dataDir = folderWithKey('nothing')
    assert.deepEqual(check(dataDir, database.adminUrl), {
      code: 2,
      says: 'There is no school in this database and no audit trail: nothing was checked.\n',
    })
    const foreign = `${database.name}_foreign`
    await query(database.admin, `create database ${foreign}`)
    assert.deepEqual(check(dataDir, database.adminUrl.replace(database.name, foreign)), {
      code: 2,
      says: 'This database is not Holdfast’s: nothing was checked.\n',
    })
    const { code, says } = runScript('audit:verify', ['--data', join(base, 'never-started')], { DATABASE_URL: '' })
    assert.equal(code, 2)
    assert.match(
      says,
      /^The master key .* is missing, and the database cannot be opened without it: bring it back from its copy\.\n$/,
    )
  })
})

test('an administrator who changes the master key finds the trail whole under the new one, and the former is refused', async () => {
  const database = await afterSomeWork()
  const [folder, former] = [folderWithKey('changed'), folderWithKey('former')]
  const env = { DATABASE_URL: database.adminUrl }
  const changed = runScript('keys:rotate', ['--data', folder], env)
  assert.equal(changed.code, 0, changed.says)
  assert.match(changed.says, /^The master key is new: \d+ data keys are wrapped under it\./)
  const everything = runScript('keys:rotate', ['--data', folder, '--everything'], env)
  assert.equal(everything.code, 0, everything.says)
  const whole = runScript('audit:verify', ['--data', folder], env)
  assert.equal(whole.code, 0, whole.says)
  for (const script of ['audit:verify', 'keys:rotate']) {
    const refused = runScript(script, ['--data', former], env)
    assert.equal(refused.code, 2)
    assert.match(refused.says, /is not the one that this database is sealed under/)
  }
})

describe('a school whose data lie on a PostgreSQL server', () => {
  const path = `/report/${demo.westPark.visitorToken}`

  async function reportTo(port: number): Promise<string> {
    const at = `http://127.0.0.1:${port}${path}`
    const post = (fields: Record<string, string | readonly string[]>) =>
      fetch(at, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(
          Object.entries(fields).flatMap(([name, of]) => [of].flat().map(one => [name, one] as [string, string])),
        ),
      })
    const opened = await (await fetch(at)).text()
    const happened = /name="happened"[^>]*value="(\d{4}-\d\d-\d\d)"|value="(\d{4}-\d\d-\d\d)"[^>]*name="happened"/.exec(opened)
    const said = {
      'other-child-1-given': 'Idris',
      category: 'neglect',
      seen: 'He sat on the kerb.',
      happened: happened?.[1] ?? happened?.[2] ?? '',
    }
    const checked = await (await post({ ...hiddenFields(opened, path), ...said, _do: 'check' })).text()
    const sent = await post({ ...hiddenFields(checked, path), _do: 'submit' })
    const reference = /\/done\/([0-9A-Z-]{9})$/.exec(sent.headers.get('location') ?? '')?.[1]
    assert.ok(reference, await sent.text())
    return reference
  }

  test('reads that its new database is being prepared and then where it is open, and nothing between', async () => {
    const { name, admin, adminUrl } = await createTestDatabase('empty')
    const fresh = `${name}_fresh`
    await query(admin, `create database ${fresh}`)
    const env = { DATABASE_URL: adminUrl.replace(name, fresh) }
    const args = ['--data', join(base, 'fresh'), '--no-demonstration']
    const first = await startProduct({ args, env })
    assert.match(first.said(), /^Preparing the database \.\.\.\nHoldfast is open at http/)
    assert.equal(first.logged(), '')
    assert.equal(await endProduct(first.child, 'SIGTERM'), 0)
  })

  test('finds at the second start what was recorded before, and is not started with another key', async () => {
    const database = await createTestDatabase('demonstration')
    const env = { DATABASE_URL: database.adminUrl }
    const dataDir = folderWithKey('on-a-server')
    const first = await startProduct({ args: ['--data', dataDir], env })
    const reference = await reportTo(first.port)
    assert.equal(await endProduct(first.child, 'SIGTERM'), 0)

    const second = await startProduct({ args: ['--data', dataDir], env })
    const after = await reportTo(second.port)
    assert.equal(await endProduct(second.child, 'SIGTERM'), 0)
    const client = new pg.Client(database.admin)
    await client.connect()
    const { rows } = await client.query('select 1 from concern where reference = any ($1)', [[reference, after]])
    await client.end()
    assert.equal(rows.length, 2)
    assert.equal(runScript('audit:verify', ['--data', dataDir], env).code, 0)

    const elsewhere = join(base, 'another-folder')
    const { code, says } = runScript('audit:verify', ['--data', elsewhere], env)
    assert.equal(code, 0, `whoever has a copy of the database verifies it without its key: ${says}`)
    await assert.rejects(startProduct({ args: ['--data', elsewhere], env }), /the product ended with 2/)
    assert.equal(existsSync(keyOf(elsewhere)), false, 'no key is made beside data that another one sealed')
  })
})

const isRoot = process.getuid?.() === 0
const nobody = { uid: 65_534, gid: 65_534 }
const startedBy = (user: typeof nobody) =>
  spawnSync(process.execPath, ['-e', `fs.readFileSync('${join(repositoryRoot, 'dist/src/main.js')}')`], user).status === 0

// Which of these can be is a matter of who runs the tests, and where.
if (isRoot) {
  describe('an administrator who starts Holdfast', () => {
    test('as root with a home folder closed to others is told where the database is kept, and finds it there again', async () => {
      const home = join(base, 'home')
      mkdirSync(home, { mode: 0o700 })
      const start = {
        command: join(repositoryRoot, 'bin/start'),
        args: ['--data', 'holdfast', '--no-demonstration'],
        env: { HOME: home, DATABASE_URL: '' },
        folder: home,
      }
      const first = await startProduct(start)
      const kept = /^The database is kept in (.*), because .*\/home\/holdfast is closed to the user that runs it\.$/m.exec(
        first.said(),
      )?.[1]
      assert.ok(kept, first.said())
      try {
        assert.notEqual(statSync(join(kept, 'pg18')).uid, 0)
        assert.equal(await endProduct(first.child, 'SIGTERM'), 0)
        const second = await startProduct(start)
        assert.doesNotMatch(second.said(), /is kept in/)
        assert.match(second.said(), /It holds no school yet/)
        assert.equal(await endProduct(second.child, 'SIGTERM'), 0)
      } finally {
        await endProduct(first.child, 'SIGTERM')
        rmSync(kept, { recursive: true, force: true })
      }
    })

    if (startedBy(nobody))
      test('as an ordinary user has the database run as that user', async () => {
        const folder = join(base, 'of-nobody')
        mkdirSync(folder, { mode: 0o777 })
        chmodSync(folder, 0o777)
        const dataDir = join(folder, 'data')
        const product = await startProduct({
          args: ['--data', dataDir, '--no-demonstration'],
          env: { HOME: folder, DATABASE_URL: '' },
          user: nobody,
        })
        assert.equal(statSync(join(dataDir, 'database/pg18')).uid, nobody.uid)
        assert.equal(await endProduct(product.child, 'SIGTERM'), 0)
      })
  })
}
