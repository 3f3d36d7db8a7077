import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, suite, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type Embedded, startEmbedded } from './supervisor.ts'

const isRoot = process.getuid?.() === 0

function isOpenToOthers(folder: string): boolean {
  return (statSync(folder).mode & 0o001) !== 0 && (folder === dirname(folder) || isOpenToOthers(dirname(folder)))
}

// The temporary folder itself may be closed to the server's user, which is the business of two tests only.
const parent = [tmpdir(), '/tmp', '/var/tmp'].find(folder => !isRoot || isOpenToOthers(folder)) ?? tmpdir()
const base = mkdtempSync(join(parent, 'holdfast-supervisor-'))
chmodSync(base, 0o711)
const started: Embedded[] = []
after(async () => {
  for (const database of started) {
    await database.stop()
    rmSync(database.folder, { recursive: true, force: true })
  }
  rmSync(base, { recursive: true, force: true })
})

async function start(dataDir: string, said: string[] = [], beside = false): Promise<Embedded> {
  const database = await startEmbedded({ dataDir, say: sentence => said.push(sentence), beside })
  started.push(database)
  return database
}

async function ask(database: Embedded, statement: string): Promise<unknown> {
  const { host, port, superuser: user } = database
  const client = new pg.Client({ host, port, user, database: 'postgres' })
  await client.connect()
  try {
    const answer = await client.query<{ answer: unknown }>(statement)
    return answer.rows[0]?.answer
  } finally {
    await client.end()
  }
}

/** Another Holdfast on the folder, killed without warning once its database runs. */
function startAndDie(dataDir: string): void {
  const supervisor = new URL('./supervisor.js', import.meta.url).href
  const program = `import { startEmbedded } from ${JSON.stringify(supervisor)}
    await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, say() {} })
    process.kill(process.pid, 'SIGKILL')`
  const died = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  assert.equal(died.signal, 'SIGKILL', died.stderr)
}

suite('The database that Holdfast carries', () => {
  test('is reached through a closed folder and never over the network, and keeps what it acknowledged', async () => {
    const database = await start(join(base, 'closed'))
    const settings = `select json_build_array(current_setting('listen_addresses'), current_setting('fsync'),
      current_setting('data_checksums'), current_setting('unix_socket_permissions')) as answer`
    assert.deepEqual(await ask(database, settings), ['', 'on', 'on', '0700'])
    assert.equal(statSync(database.host).mode & 0o777, 0o700)
    assert.equal(statSync(database.folder).mode & 0o777, 0o700)
    if (isRoot) assert.notEqual(statSync(`/proc/${database.pid()}`).uid, 0)
    await database.stop()
    assert.equal(existsSync(join(database.folder, 'pg18/postmaster.pid')), false)
  })

  test('outlives a Holdfast that was killed, and the next one takes it over', async () => {
    const dataDir = join(base, 'killed')
    startAndDie(dataDir)
    const pid = Number(readFileSync(join(dataDir, 'database/pg18/postmaster.pid'), 'utf8').split('\n')[0])
    const database = await start(dataDir)
    assert.equal(database.pid(), pid)
    await database.stop()
  })

  test('serves one Holdfast at a time, and the commands beside it', async () => {
    const dataDir = join(base, 'twice')
    const database = await start(dataDir)
    await assert.rejects(start(dataDir), /already running/)
    const beside = await start(dataDir, [], true)
    assert.equal(beside.pid(), database.pid())
    await beside.stop()
    assert.equal(await ask(database, 'select 1 as answer'), 1)
    await database.stop()
  })

  test('is started again on the same socket when it dies', async () => {
    const said: string[] = []
    const database = await start(join(base, 'dies'), said)
    await ask(database, 'create table kept as select 7 as answer')
    const killed = database.pid()
    process.kill(killed, 'SIGKILL')
    while (said.length === 0) await pause(20)
    assert.equal(await ask(database, 'select answer from kept'), 7)
    assert.notEqual(database.pid(), killed)
    await database.stop()
  })

  test('is made again when its first start was cut off', async () => {
    const dataDir = join(base, 'cut-off')
    mkdirSync(join(dataDir, 'database/pg18.tmp/base'), { recursive: true })
    const database = await start(dataDir)
    assert.equal(await ask(database, 'select 1 as answer'), 1)
    await database.stop()
  })

  test('works below a path that is too long for a socket', async () => {
    const dataDir = join(base, 'long'.repeat(30))
    const database = await start(dataDir)
    assert.ok(Buffer.byteLength(database.host) < 90)
    assert.equal(statSync(database.host).mode & 0o777, 0o700)
    assert.equal(await ask(database, 'select 1 as answer'), 1)
    await database.stop()
    assert.equal(existsSync(database.host), false)
  })
})

if (isRoot) {
  suite('Started as root below a folder closed to others', () => {
    const closed = join(base, 'home')
    mkdirSync(closed, { mode: 0o700 })

    test('the database is kept where its user can reach it, and found there again', async () => {
      const said: string[] = []
      const dataDir = join(closed, 'data')
      const first = await start(dataDir, said)
      await ask(first, 'create table kept as select 7 as answer')
      assert.match(said.join(), /^The database is kept in .*, because .* is closed to the user that runs it\.$/)
      await first.stop()
      const second = await start(dataDir, said)
      assert.equal(await ask(second, 'select answer from kept'), 7)
      assert.equal(said.length, 1)
      await second.stop()
      rmSync(second.folder, { recursive: true })
      await assert.rejects(start(dataDir), /which is gone/)
    })

    test('a database whose folder was closed later is moved whole', async () => {
      const home = join(base, 'later')
      mkdirSync(home, { mode: 0o755 })
      const dataDir = join(home, 'data')
      const first = await start(dataDir)
      await ask(first, 'create table kept as select 7 as answer')
      await first.stop()
      chmodSync(home, 0o700)
      const second = await start(dataDir)
      assert.notEqual(second.folder, first.folder)
      assert.equal(await ask(second, 'select answer from kept'), 7)
      await second.stop()
      rmSync(second.folder, { recursive: true })
    })
  })
}
