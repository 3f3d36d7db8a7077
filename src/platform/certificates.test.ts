import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { createSecureContext, TLSSocket } from 'node:tls'
import pg from 'pg'
import { SMTPServer } from 'smtp-server'
import { type Certified, makeAuthority } from '../../test/support/certificates.ts'
import { type Config, readConfig } from './config.ts'
import { appLogin, connectionFor, jobsLogin } from './logins.ts'
import { createMailer } from './mail.ts'

const base = mkdtempSync(join(tmpdir(), 'holdfast-certificates-'))
after(() => rmSync(base, { recursive: true }))

const authority = makeAuthority()
const stranger = makeAuthority('An authority nobody named')
const authorityFile = join(base, 'authority.pem')
writeFileSync(authorityFile, authority.certificate)

// Reaches this machine, and is not one of the names by which Holdfast knows that it does.
const elsewhere = '0.0.0.0'

const faulty: Readonly<Record<string, Certified>> = {
  'from an authority that nobody named': stranger.certify([elsewhere]),
  'of another server': authority.certify(['mail.elsewhere.example', '192.0.2.1']),
  'that has run out': authority.certify([elsewhere], { from: '2001-01-01', to: '2002-01-01' }),
}

function configWith(env: Readonly<Record<string, string>>): Config {
  const config = readConfig({ args: [], env, nodeVersion: '24.0.0', folder: base })
  assert.ok(config.ok, config.ok ? '' : config.refusal)
  return config.value
}

function portOf(address: AddressInfo | string | null): number {
  assert.ok(typeof address === 'object' && address !== null)
  return address.port
}

interface Overheard {
  readonly port: number
  /** What the other side said once it believed who it spoke to. */
  said(): string
  close(): void
}

const sslWanted = 80877103

/** As much of PostgreSQL as a client meets before it believes the server (its protocol, section 54.2.10). */
async function overhearDatabase(certified: Certified | undefined): Promise<Overheard> {
  let heard = ''
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket)
    socket.on('error', () => {})
    socket.once('data', first => {
      if (first.readInt32BE(4) !== sslWanted) {
        heard += first.toString('latin1')
        return void socket.destroy()
      }
      if (!certified) return void socket.write('N')
      socket.write('S')
      const secureContext = createSecureContext({ cert: certified.certificate, key: certified.key })
      const inside = new TLSSocket(socket, { isServer: true, secureContext })
      inside.on('error', () => {})
      inside.on('data', chunk => {
        heard += chunk.toString('latin1')
        socket.destroy()
      })
    })
  })
  await new Promise<void>(resolve => server.listen(0, elsewhere, resolve))
  const close = () => {
    for (const socket of open) socket.destroy()
    server.close()
  }
  return { port: portOf(server.address()), said: () => heard, close }
}

function databaseConfig(port: number, extra = ''): pg.ClientConfig {
  const { database } = configWith({
    DATABASE_URL: `postgresql://admin:hunter2@${elsewhere}:${port}/holdfast${extra}`,
    DATABASE_CA_FILE: authorityFile,
  })
  assert.equal(database.kind, 'server')
  return database.kind === 'server' ? database.admin : {}
}

async function knock(config: pg.ClientConfig): Promise<Error> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    return error as Error
  }
  throw new Error('it connected')
}

describe('A database on another machine is told nothing, not even a name,', () => {
  for (const [says, certified] of Object.entries(faulty)) {
    test(`when it shows a certificate ${says}`, async () => {
      const database = await overhearDatabase(certified)
      const admin = databaseConfig(database.port)
      // The pages and the background work connect under logins of their own.
      for (const config of [admin, connectionFor(admin, appLogin, undefined), connectionFor(admin, jobsLogin, undefined)])
        assert.match(String(Reflect.get(await knock(config), 'code')), /CERT|ALTNAME|SIGNATURE|ISSUER/)
      assert.equal(database.said(), '')
      database.close()
    })
  }

  test('when it does not encrypt', async () => {
    const database = await overhearDatabase(undefined)
    assert.match((await knock(databaseConfig(database.port))).message, /does not support SSL/)
    assert.equal(database.said(), '')
    database.close()
  })

  test('and is spoken to when the authority that the school named vouches for it', async () => {
    for (const extra of ['', '?sslmode=require', '?sslmode=verify-full']) {
      const database = await overhearDatabase(authority.certify([elsewhere]))
      await knock(databaseConfig(database.port, extra))
      assert.match(database.said(), /user\0admin\0database\0holdfast/)
      database.close()
    }
  })
})

describe('A mail server on another machine is handed no mail and no password', () => {
  async function mailServer(certified: Certified, secure: boolean) {
    const heard: string[] = []
    const server = new SMTPServer({
      secure,
      cert: certified.certificate,
      key: certified.key,
      onAuth: (auth, _session, done) => {
        heard.push(`${auth.username} ${auth.password}`)
        done(null, { user: auth.username })
      },
      onData: (stream, _session, done) => {
        stream.resume()
        stream.on('end', () => {
          heard.push('a mail')
          done()
        })
      },
    })
    server.on('error', () => {})
    await new Promise<void>(resolve => server.listen(0, elsewhere, () => resolve()))
    return { port: portOf(server.server.address()), heard, close: () => new Promise<void>(done => server.close(() => done())) }
  }

  async function send(scheme: string, port: number): Promise<void> {
    const { mail } = configWith({
      SMTP_URL: `${scheme}://user:hunter2@${elsewhere}:${port}`,
      SMTP_CA_FILE: authorityFile,
      MAIL_FROM: 'holdfast@school.example',
    })
    assert.equal(mail.kind, 'smtp')
    if (mail.kind !== 'smtp') return
    const mailer = createMailer(mail.server, mail.from)
    try {
      await mailer.send({ to: 'lead@school.example', subject: 'Something is waiting', text: 'Open Holdfast.' })
    } finally {
      mailer.close()
    }
  }

  for (const scheme of ['smtp', 'smtps']) {
    for (const [says, certified] of Object.entries(faulty)) {
      test(`by ${scheme} when it shows a certificate ${says}`, async () => {
        const server = await mailServer(certified, scheme === 'smtps')
        await assert.rejects(send(scheme, server.port), /certificate|altnames|self-signed|signature|issuer/i)
        assert.deepEqual(server.heard, [])
        await server.close()
      })
    }

    test(`and by ${scheme} gets both when the authority that the school named vouches for it`, async () => {
      const server = await mailServer(authority.certify([elsewhere]), scheme === 'smtps')
      await send(scheme, server.port)
      assert.deepEqual(server.heard, ['user hunter2', 'a mail'])
      await server.close()
    })
  }
})
