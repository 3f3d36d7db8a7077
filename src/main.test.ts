import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'

const program = join(import.meta.dirname, 'main.js')

const running = new Set<ChildProcess>()
after(() => {
  for (const child of running) child.kill('SIGKILL')
})

/** Open to whoever passes through, as the database's own user must. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-main-'))
  chmodSync(folder, 0o711)
  return folder
}

interface Started {
  readonly process: ChildProcess
  readonly address: string
  readonly said: () => string
  stop(signal: NodeJS.Signals): Promise<number | null>
}

/** Starts the product as a person would, and waits until it says where it is. */
async function start(folder: string, ...args: string[]): Promise<Started> {
  const { DATABASE_URL: _server, SMTP_URL: _mail, ...env } = process.env
  const child = spawn(process.execPath, [program, '--port', '0', '--data', folder, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stderr.on('data', chunk => {
    err += chunk
  })
  running.add(child)
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', chunk => {
      out += chunk
      const found = /Holdfast is open at (http:\/\/\S+)[\s\S]*\n$/.exec(out)?.[1]
      if (found) resolve(found)
    })
    void ended.then(code => reject(new Error(`ended with ${code}: ${err}`)))
  })
  const stop = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return { process: child, address, said: () => out, stop }
}

suite('Whoever starts Holdfast', () => {
  let folder: string
  before(() => {
    folder = newFolder()
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  test('finds it open with the demonstration schools, is told plainly that they are invented, and stops it cleanly', async () => {
    const started = await start(folder)
    assert.match(started.said(), /DEMONSTRATION schools with invented people/)
    assert.match(started.said(), /three-owls-in-the-hall/)
    assert.match(started.said(), /@westley\.demo\.example/)
    assert.equal((await fetch(`${started.address}/sign-in`)).status, 200)
    assert.match(await (await fetch(`${started.address}/demonstration`)).text(), /Westley Middle School/)
    // Whether a school's team is told of a gap in its cover at once depends on the hour at which the test runs.
    assert.match(await (await fetch(`${started.address}/demonstration/mail`)).text(), /A demonstration sends no mail/)
    assert.equal(await started.stop('SIGTERM'), 0)
  })

  test('finds the same schools at the second start, whichever way it was stopped', async () => {
    const started = await start(folder)
    assert.match(await (await fetch(`${started.address}/demonstration`)).text(), /Westley Middle School/)
    assert.equal(await started.stop('SIGINT'), 0)
  })

  test('is told when it is running already, and the one that runs is not disturbed', async () => {
    const started = await start(folder)
    await assert.rejects(start(folder), /ended with 2: Holdfast is already running on .*: stop it first/)
    assert.equal((await fetch(`${started.address}/sign-in`)).status, 200)
    assert.equal(await started.stop('SIGTERM'), 0)
  })

  test('is told in a sentence what is wrong with an argument', async () => {
    await assert.rejects(start(folder, '--prot', '80'), /ended with 2: .*Holdfast understands --port/)
  })
})

suite('Whoever starts Holdfast without the demonstration', () => {
  test('finds no school, no account and no demonstration page', async () => {
    const folder = newFolder()
    const started = await start(folder, '--no-demonstration')
    assert.match(started.said(), /It holds no school yet/)
    assert.equal((await fetch(`${started.address}/demonstration`)).status, 404)
    assert.equal(await started.stop('SIGTERM'), 0)
    rmSync(folder, { recursive: true, force: true })
  })
})
