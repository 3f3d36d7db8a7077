import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { readConfig } from '../../src/platform/config.ts'
import { createLog } from '../../src/platform/log.ts'
import { repositoryRoot } from '../../src/platform/repository-root.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { makeAuthority } from '../support/certificates.ts'
import { sendRaw } from '../support/raw-socket.ts'

const authority = makeAuthority()
const name = 'holdfast.school.example'
const publicAddress = `https://${name}`
const base = mkdtempSync(join(tmpdir(), 'holdfast-network-'))
after(() => rmSync(base, { recursive: true }))

async function listen(at: TestApp): Promise<number> {
  await at.app.listen({ host: '127.0.0.1', port: 0 })
  return (at.app.server.address() as AddressInfo).port
}

function file(named: string, content: string, mode = 0o600): string {
  const path = join(base, named)
  writeFileSync(path, content)
  chmodSync(path, mode)
  return path
}

describe('whoever starts Holdfast for other machines', () => {
  const { certificate, key } = authority.certify([name])
  const tls = { TLS_CERT_FILE: file('cert.pem', certificate), TLS_KEY_FILE: file('key.pem', key) }
  const open = ['--host', '0.0.0.0']

  for (const { says, args, env, told } of [
    {
      says: 'without encryption or a proxy',
      args: open,
      env: {},
      told: /give TLS_CERT_FILE and TLS_KEY_FILE, or name in TRUSTED_PROXY/,
    },
    { says: 'encrypted and under no name', args: open, env: tls, told: /PUBLIC_ADDRESS must say how people reach/ },
    {
      says: 'behind a proxy and under no name',
      args: [],
      env: { TRUSTED_PROXY: '10.0.0.5' },
      told: /PUBLIC_ADDRESS must say how/,
    },
    {
      says: 'with another server’s key',
      args: open,
      env: { ...tls, PUBLIC_ADDRESS: publicAddress, TLS_KEY_FILE: file('other.pem', authority.certify([name]).key) },
      told: /do not hold a certificate and the key that belongs to it/,
    },
    {
      says: 'with a key that everybody on the machine can read',
      args: open,
      env: { ...tls, PUBLIC_ADDRESS: publicAddress, TLS_KEY_FILE: file('bare.pem', key, 0o644) },
      told: /TLS_KEY_FILE can be read by everybody on this machine: chmod o-rwx/,
    },
    {
      says: 'with certificates of other servers unchecked',
      args: [],
      env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      told: /NODE_TLS_REJECT_UNAUTHORIZED=0 would leave certificates unchecked: take it away/,
    },
  ]) {
    test(`is told what to set: ${says}`, () => {
      const config = readConfig({ args, env, nodeVersion: process.versions.node, folder: base })
      assert.match(config.ok ? 'it was accepted' : config.refusal, told)
    })
  }

  test('and nothing is begun', () => {
    const data = join(base, 'never')
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(repositoryRoot, 'dist/src/main.js'), '--data', data, ...open],
      { env: { ...process.env, TLS_CERT_FILE: '', TRUSTED_PROXY: '' }, encoding: 'utf8' },
    )
    assert.equal(status, 2)
    assert.match(stderr, /^Holdfast will not listen on 0\.0\.0\.0 without encryption: [^\n]+\.\n$/)
    assert.equal(stdout, '')
    assert.equal(existsSync(data), false)
  })

  test('and is obeyed when all of it is set', () => {
    const env = { ...tls, PUBLIC_ADDRESS: publicAddress }
    const config = readConfig({ args: open, env, nodeVersion: process.versions.node, folder: base })
    assert.ok(config.ok)
    assert.deepEqual(config.value.tls, { certificate, key })
  })
})

describe('whoever comes by https to Holdfast itself', () => {
  let at: TestApp
  let port: number
  before(async () => {
    const tls = authority.certify([name, '127.0.0.1'])
    at = await startTestApp({ tools: { tls, secureCookies: true, publicAddress } })
    port = await listen(at)
  })
  after(() => at.close())

  const shake = (options: ConnectionOptions) =>
    new Promise<string>((resolve, reject) => {
      const socket = connectTls({ host: '127.0.0.1', port, servername: name, ca: authority.certificate, ...options }, () => {
        resolve(`${socket.getProtocol()} ${socket.getCipher().name}`)
        socket.destroy()
      })
      socket.on('error', reject)
    })

  test('is answered over TLS 1.3 or 1.2 with forward secrecy, and over nothing older or weaker', async () => {
    assert.match(await shake({}), /^TLSv1\.3 /)
    assert.match(await shake({ maxVersion: 'TLSv1.2' }), /^TLSv1\.2 ECDHE-ECDSA-.*(GCM|CHACHA20)/)
    const old = 'DEFAULT:@SECLEVEL=0'
    await assert.rejects(shake({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: old }), /protocol version|alert/i)
    await assert.rejects(shake({ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA256' }), /handshake failure|alert/i)
    await assert.rejects(shake({ ca: makeAuthority().certificate }), /unable to verify|self-signed|signature/i)
  })

  test('is told to come by https alone for a year, on every answer; cookies never travel in the open', async () => {
    const answers = new Map<string, Record<string, string | string[] | undefined>>()
    for (const path of ['/sign-in', '/nowhere', '/account', '/assets/nothing.css']) {
      const headers = await new Promise<typeof answers extends Map<string, infer H> ? H : never>((resolve, reject) => {
        const options = { host: '127.0.0.1', port, path, servername: name, ca: authority.certificate, headers: { host: name } }
        request(options, answer => {
          answer.resume()
          resolve(answer.headers)
        })
          .on('error', reject)
          .end()
      })
      answers.set(path, headers)
    }
    for (const [path, headers] of answers)
      assert.equal(headers['strict-transport-security'], 'max-age=31536000; includeSubDomains', path)
    const cookies = [...answers.values()].flatMap(headers => headers['set-cookie'] ?? [])
    assert.ok(cookies.length > 0)
    for (const cookie of cookies) assert.match(cookie, /^__Host-.*; Secure/)
  })

  test('and not by http: nothing is answered in the open', async () => {
    const { text } = await sendRaw(port, `GET /sign-in HTTP/1.1\r\nHost: ${name}\r\n\r\n`)
    assert.doesNotMatch(text, /200 OK|Set-Cookie/i)
  })
})

describe('Holdfast behind a named proxy', () => {
  const proxy = '127.0.0.2'
  let at: TestApp
  let port: number
  before(async () => {
    at = await startTestApp({
      tools: { trustedProxies: [proxy], secureCookies: true, publicAddress, openRequestsEachMinute: 2 },
    })
    port = await listen(at)
  })
  after(() => at.close())

  const visit = (from: string, headers: readonly string[], path = '/sign-in') =>
    sendRaw(port, [`GET ${path} HTTP/1.1`, ...headers, 'Connection: close', '', ''].join('\r\n'), { from })
  const forwarded = ['X-Forwarded-Proto: https', `X-Forwarded-Host: ${name}`]

  test('answers whom the proxy brings by https, under the school’s own name', async () => {
    const { text, statuses } = await visit(proxy, ['Host: 127.0.0.1', ...forwarded])
    assert.deepEqual(statuses, [200])
    assert.match(text, /set-cookie: __Host-.*Secure/i)
    assert.match(text, /strict-transport-security: max-age=31536000/i)
    assert.deepEqual((await visit(proxy, [`Host: ${name}`, 'X-Forwarded-Proto: https'])).statuses, [200])
  })

  test('turns away whoever goes round the proxy, whatever they say of themselves', async () => {
    for (const headers of [
      [`Host: ${name}`],
      [`Host: ${name}`, ...forwarded, `X-Forwarded-For: ${proxy}`],
      ['Host: localhost'],
    ]) {
      const { text, statuses } = await visit('127.0.0.1', headers)
      assert.deepEqual(statuses, [403])
      assert.match(text, /Open it at https:\/\/holdfast\.school\.example instead/)
      assert.doesNotMatch(text, /set-cookie/i)
    }
  })

  test('turns away what the proxy does not call encrypted, and what it brings for another host', async () => {
    for (const { status, headers } of [
      { status: 403, headers: [`Host: ${name}`] },
      { status: 403, headers: [`Host: ${name}`, 'X-Forwarded-Proto: http'] },
      { status: 403, headers: [`Host: ${name}`, 'X-Forwarded-Proto: https, http'] },
      { status: 421, headers: ['Host: 127.0.0.1', 'X-Forwarded-Proto: https', 'X-Forwarded-Host: evil.example'] },
      { status: 421, headers: ['Host: evil.example', 'X-Forwarded-Proto: https'] },
      { status: 421, headers: [`Host: ${name}`, ...forwarded.slice(0, 1), `X-Forwarded-Host: ${name}, evil.example`] },
    ]) {
      const { text, statuses } = await visit(proxy, headers)
      assert.deepEqual(statuses, [status], headers.join(' '))
      assert.doesNotMatch(text, /evil\.example|set-cookie/i)
    }
  })

  test('counts tries by the visitor whom the proxy saw, not by one that the visitor made up', async () => {
    const open = '/report/no-such-school'
    const from = (addresses: string) => visit(proxy, [`Host: ${name}`, ...forwarded, `X-Forwarded-For: ${addresses}`], open)
    const asked = []
    for (const made of ['198.51.100.1', '198.51.100.2', '198.51.100.3'])
      asked.push((await from(`${made}, 203.0.113.9`)).statuses[0])
    assert.deepEqual(asked, [404, 404, 429])
    assert.deepEqual((await from('203.0.113.10')).statuses, [404])
  })
})

describe('Whoever sends what no browser would', () => {
  const mark = 'quagga-7731'
  const lines: string[] = []
  let at: TestApp
  let port: number
  before(async () => {
    at = await startTestApp({
      tools: {
        log: createLog({ write: line => lines.push(line) }),
        patience: { headersMs: 400, requestMs: 800, silenceMs: 5000, checkEveryMs: 100 },
      },
    })
    port = await listen(at)
  })
  after(() => at.close())

  const own = () => `Host: 127.0.0.1:${port}`
  const head = (...headers: string[]) => ['GET /sign-in HTTP/1.1', ...headers, '', ''].join('\r\n')
  const post = (body: string, ...headers: string[]) =>
    ['POST /sign-in HTTP/1.1', own(), 'Content-Type: application/x-www-form-urlencoded', ...headers, '', body].join('\r\n')
  const hidden = () => `GET /${mark} HTTP/1.1\r\n${own()}\r\n\r\n`

  const shapes: Readonly<Record<string, { readonly status: number; readonly bytes: () => string | Buffer }>> = {
    'a length and chunks': {
      status: 400,
      bytes: () => post(`0\r\n\r\n${hidden()}`, 'Content-Length: 4', 'Transfer-Encoding: chunked'),
    },
    'chunks and a length': {
      status: 400,
      bytes: () => post(`0\r\n\r\n${hidden()}`, 'Transfer-Encoding: chunked', 'Content-Length: 4'),
    },
    'two lengths': { status: 400, bytes: () => post(`x=${mark}${hidden()}`, 'Content-Length: 0', 'Content-Length: 13') },
    'two equal lengths': { status: 400, bytes: () => post(`x=${mark}`, 'Content-Length: 13', 'Content-Length: 13') },
    'a list of lengths': { status: 400, bytes: () => post(`x=${mark}`, 'Content-Length: 13, 13') },
    'a length with a sign': { status: 400, bytes: () => post(`x=${mark}`, 'Content-Length: +13') },
    'a length below nothing': { status: 400, bytes: () => post(`x=${mark}`, 'Content-Length: -1') },
    'an encoding that only looks like chunks': { status: 400, bytes: () => post(hidden(), 'Transfer-Encoding: xchunked') },
    'chunks that are not the last encoding': { status: 400, bytes: () => post(hidden(), 'Transfer-Encoding: chunked, identity') },
    'chunks twice': {
      status: 400,
      bytes: () => post(`0\r\n\r\n${hidden()}`, 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'),
    },
    'a space before the colon': { status: 400, bytes: () => post(`0\r\n\r\n${hidden()}`, 'Transfer-Encoding : chunked') },
    'a folded header': { status: 400, bytes: () => post(`0\r\n\r\n${hidden()}`, `Transfer-Encoding:\r\n chunked`) },
    'a chunk without a size': { status: 400, bytes: () => post(`zz\r\n${mark}\r\n0\r\n\r\n`, 'Transfer-Encoding: chunked') },
    'a chunk of a size beyond counting': {
      status: 400,
      bytes: () => post(`fffffffffffffffff\r\n${mark}`, 'Transfer-Encoding: chunked'),
    },
    'lines that end in half an ending': { status: 400, bytes: () => head(own(), `X-A: ${mark}`).replaceAll('\r\n', '\n') },
    'a nothing inside a header': { status: 400, bytes: () => head(own(), `X-A: ${mark}\0`) },
    'two hosts': { status: 400, bytes: () => head(own(), `Host: ${mark}.example`) },
    'no host': { status: 400, bytes: () => head(`X-A: ${mark}`) },
    'another host': { status: 421, bytes: () => head(`Host: ${mark}.example`) },
    'a host whose name begins like ours': { status: 421, bytes: () => head(`Host: 127.0.0.1.${mark}.example`) },
    'a host with a path': { status: 421, bytes: () => head(`Host: 127.0.0.1/${mark}`) },
    'a host with a person': { status: 421, bytes: () => head(`Host: ${mark}@127.0.0.1`) },
    'a whole address as the target': { status: 400, bytes: () => `GET http://${mark}.example/ HTTP/1.1\r\n${own()}\r\n\r\n` },
    'a star as the target': { status: 400, bytes: () => `OPTIONS * HTTP/1.1\r\n${own()}\r\n\r\n` },
    'a space in the target': { status: 400, bytes: () => `GET /sign-in ${mark} HTTP/1.1\r\n${own()}\r\n\r\n` },
    'no version': { status: 400, bytes: () => `GET /${mark}\r\n\r\n` },
    'a version that is none': { status: 400, bytes: () => `GET /${mark} HTTP/9.9\r\n${own()}\r\n\r\n` },
    'another protocol': { status: 400, bytes: () => `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${mark}` },
    'bytes that are no words': { status: 400, bytes: () => Buffer.from('160301020001fc0303', 'hex') },
    'a tunnel': { status: 400, bytes: () => `CONNECT ${mark}.example:443 HTTP/1.1\r\n${own()}\r\n\r\n` },
    'a condition of its own': { status: 400, bytes: () => head(own(), `Expect: ${mark}`) },
    'two kinds of content': { status: 400, bytes: () => post('x=1', 'Content-Type: text/plain', 'Content-Length: 3') },
    'a hundred and one headers': {
      status: 431,
      bytes: () => head(own(), ...Array.from({ length: 101 }, (_, index) => `X-${index}: ${mark}`)),
    },
    'one huge header': { status: 431, bytes: () => head(own(), `X-A: ${mark.repeat(2000)}`) },
    'a form beyond its size': {
      status: 413,
      bytes: () => post(`x=${mark}`, `Content-Length: ${9 * 1024 * 1024}`, 'Connection: close'),
    },
    'files beyond any size': {
      status: 413,
      bytes: () =>
        `POST /concerns/new HTTP/1.1\r\n${own()}\r\nContent-Type: multipart/form-data; boundary=a\r\nContent-Length: 300000000\r\n\r\n`,
    },
  }

  for (const [says, { status, bytes }] of Object.entries(shapes)) {
    test(`is refused with a sentence, once, and nothing behind it is read: ${says}`, async () => {
      const entries = async () => (await at.people.query<{ n: string }>('select count(*) as n from audit_entry'))[0]?.n
      const before = await entries()
      lines.length = 0
      const { text, statuses } = await sendRaw(port, bytes())
      assert.deepEqual(statuses, [status], text.slice(0, 200))
      assert.match(text, /<h1[^>]*>[A-Z][^<]+<\/h1>/)
      assert.match(text, /connection: close/i)
      assert.match(text, /cache-control: no-store/i)
      assert.match(text, /content-security-policy: default-src 'none'/i)
      assert.ok(!text.includes(mark), 'it says again what was sent')
      assert.equal(lines.length, 1, lines.join(''))
      assert.match(lines[0] ?? '', new RegExp(`"status":${status}`))
      assert.ok(!lines.join('').includes(mark), lines.join(''))
      assert.equal(await entries(), before)
    })
  }

  test('is not waited for: a request that begins and never ends, drop by drop', async () => {
    const drip = (text: string) => (socket: { write(text: string): void; destroyed: boolean }) => {
      const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write(text)), 50)
    }
    for (const [what, bytes, drop] of [
      ['headers', `GET /sign-in HTTP/1.1\r\n${own()}\r\n`, `X-${mark}: a\r\n`],
      ['a body', post('', 'Content-Length: 100000'), 'x'],
    ] as const) {
      const began = performance.now()
      const { text, statuses } = await sendRaw(port, bytes, { each: drip(drop) })
      assert.deepEqual(statuses, [408], what)
      assert.match(text, /It took too long to arrive/)
      assert.ok(performance.now() - began < 5000, what)
      assert.ok(!lines.join('').includes(mark))
    }
  })

  test('is let in where it is what a browser sends, and is never moved to another protocol', async () => {
    const usual = await sendRaw(port, head(own(), 'Connection: close'))
    assert.deepEqual(usual.statuses, [200])
    const upgraded = await sendRaw(port, head(own(), 'Connection: Upgrade, close', 'Upgrade: h2c'))
    assert.deepEqual(upgraded.statuses, [200])
    for (const method of ['TRACE', 'PUT', 'DELETE', 'PATCH']) {
      const { text, statuses } = await sendRaw(
        port,
        `${method} /sign-in HTTP/1.1\r\n${own()}\r\nX-A: ${mark}\r\nConnection: close\r\n\r\n`,
      )
      assert.deepEqual(statuses, [404])
      assert.ok(!text.includes(mark))
    }
  })
})

test('A form that comes from another site is not taken, by whatever name the browser calls that', async () => {
  const at = await startTestApp({ tools: { publicAddress } })
  try {
    const school = await at.people.addSchool()
    const adult = await at.people.addAdult(school, { roles: ['dsl'] })
    const agent = await at.agentFor(adult.id)
    const send = (headers: Record<string, string>) => agent.post('/sign-out', {}, headers)
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: `http://${name}` },
    ])
      assert.notEqual((await send(headers)).status, 303, JSON.stringify(headers))
    assert.equal((await agent.get('/account')).status, 200, 'still signed in')
    assert.equal((await send({ origin: publicAddress, 'sec-fetch-site': 'same-origin' })).status, 303)
  } finally {
    await at.close()
  }
})
