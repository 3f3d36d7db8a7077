import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { demo, demonstrationPassword } from '../demo/people.ts'
import { hiddenFields } from '../test/support/app.ts'
import { localDate } from './kernel/london-time.ts'
import { systemClock } from './platform/clock.ts'

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

/** A visitor's browser without a screen: keeps cookies and fills in the forms that a page holds. */
class Visitor {
  readonly #address: string
  readonly #cookies = new Map<string, string>()

  constructor(address: string) {
    this.#address = address
  }

  async #ask(path: string, init: RequestInit = {}): Promise<{ status: number; html: string; location: string }> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(new URL(path, this.#address), { ...init, redirect: 'manual', headers: { cookie } })
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (name !== undefined && value !== undefined) this.#cookies.set(name, value)
    }
    return { status: answer.status, html: await answer.text(), location: answer.headers.get('location') ?? '' }
  }

  get(path: string) {
    return this.#ask(path)
  }

  /** Sends the form of this page that goes to `action`, with its hidden fields. */
  send(html: string, action: string, fields: Readonly<Record<string, string>>) {
    const body = new URLSearchParams({ ...fields })
    for (const [name, values] of Object.entries(hiddenFields(html, action)))
      for (const value of values) if (!(name in fields)) body.append(name, value)
    return this.#ask(action, { method: 'POST', body })
  }
}

suite('The mail of a concern', () => {
  test('goes the whole way to the DSL: outbox, queue, mail server; and names no child, no reporter and no colleague', async () => {
    const folder = newFolder()
    const started = await start(folder)
    const { teacher, dsl } = demo.westPark
    const page = new Visitor(started.address)
    const entrance = await page.get('/sign-in')
    const signedIn = await page.send(entrance.html, '/sign-in', { email: teacher.email, password: demonstrationPassword })
    assert.equal(signedIn.status, 303, signedIn.html)

    const form = await page.get('/concerns/new')
    const path = /action="(\/concerns\/drafts\/[^"]+)"/.exec(form.html)?.[1] ?? ''
    const checked = await page.send(form.html, path, {
      child: demo.westPark.pupils.amina.childId,
      prompt: 'appearance',
      category: 'neglect',
      seen: 'Came to school in wet shoes for the third day.',
      opinion: 'I worry because of the cold.',
      happened: localDate(systemClock.now()),
      location: 'Cloakroom',
      _do: 'check',
    })
    assert.equal(checked.status, 303, checked.html)
    const check = await page.get(`${path}/check`)
    const mailsToDsl = async () => {
      const { html } = await page.get('/demonstration/mail')
      const rows = html.split('<tr').filter(row => row.includes(dsl.email))
      return rows.flatMap(row => /\/demonstration\/mail\/(\d+)"/.exec(row)?.[1] ?? [])
    }
    // The start itself may send some: of a gap in the cover, for one.
    const earlier = await mailsToDsl()
    const sent = await page.send(check.html, `${path}/submit`, {})
    assert.match(sent.location, /^\/concerns\/.*\/recorded$/)

    const until = performance.now() + 60_000
    let numbers: readonly string[] = []
    while (numbers.length === 0 && performance.now() < until) {
      await pause(500)
      numbers = (await mailsToDsl()).filter(number => !earlier.includes(number))
    }
    assert.ok(numbers.length > 0, 'the DSL has a mail')
    for (const number of numbers) {
      const { html } = await page.get(`/demonstration/mail/${number}`)
      const mail = html.slice(html.indexOf('<main'))
      assert.match(mail, /Something is waiting for you in Holdfast|Holdfast needs you now/)
      assert.match(mail, /\/alerts/)
      for (const { name } of [...demo.westPark.children, ...Object.values(demo.westPark.adults)])
        for (const part of name.split(' ').filter(word => word.length > 3 && !dsl.email.includes(word.toLowerCase())))
          assert.doesNotMatch(mail, new RegExp(`\\b${part}\\b`), `the mail says ${part}`)
      assert.doesNotMatch(mail, /wet shoes|cold|Cloakroom|[Nn]eglect/)
    }
    assert.equal(await started.stop('SIGTERM'), 0)
    rmSync(folder, { recursive: true, force: true })
  })
})
