import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { type Config, isLoopback, readConfig, type Surroundings } from './config.ts'
import { repositoryRoot } from './repository-root.ts'

const usual: Surroundings = { args: [], env: {}, nodeVersion: '24.21.0', folder: '/srv/school' }

function configOf(changes: Partial<Surroundings>): Config {
  const config = readConfig({ ...usual, ...changes })
  assert.ok(config.ok, config.ok ? '' : config.refusal)
  return config.value
}

function refusalOf(changes: Partial<Surroundings>): string {
  const config = readConfig({ ...usual, ...changes })
  assert.ok(!config.ok, 'it was accepted')
  assert.match(config.refusal, /\.$|chmod/)
  assert.equal(config.refusal.includes('\n'), false)
  return config.refusal
}

suite('Whoever starts Holdfast', () => {
  test('may say nothing: it keeps to this machine, its own database and the demonstration', () => {
    assert.deepEqual(configOf({}), {
      listen: { host: '127.0.0.1', port: 3000 },
      tls: undefined,
      trustedProxies: [],
      publicAddress: undefined,
      dataDir: join(repositoryRoot, 'data'),
      database: { kind: 'embedded' },
      mail: { kind: 'catcher' },
      masterKeyFile: join(repositoryRoot, 'data/keys/master.key'),
      logLevel: 'info',
      checkpoints: {
        keyFile: join(repositoryRoot, 'data/keys/checkpoint.key'),
        folder: join(repositoryRoot, 'data/checkpoints'),
      },
      scanner: undefined,
      demonstration: 'when-new',
    })
  })

  test('says how people reach it, so that the links in mails open: an address and nothing after it, encrypted beyond this machine', () => {
    const env = (PUBLIC_ADDRESS: string) => ({ env: { PUBLIC_ADDRESS } })
    assert.equal(configOf(env('https://holdfast.example.org/')).publicAddress, 'https://holdfast.example.org')
    assert.equal(configOf(env('http://127.0.0.1:3000')).publicAddress, 'http://127.0.0.1:3000')
    assert.match(refusalOf(env('holdfast.example.org')), /PUBLIC_ADDRESS must be a URL/)
    assert.match(refusalOf(env('https://holdfast.example.org/alerts')), /nothing after it/)
    assert.match(refusalOf(env('http://holdfast.example.org')), /must begin with https/)
  })

  test('at a terminal reads of failures alone, so that the accounts stay in sight, unless they ask for more', () => {
    assert.equal(configOf({ logIsRead: true }).logLevel, 'error')
    assert.equal(configOf({ logIsRead: true, env: { LOG_LEVEL: 'info' } }).logLevel, 'info')
    assert.equal(configOf({ logIsRead: false }).logLevel, 'info')
    const readme = readFileSync(join(repositoryRoot, 'README.md'), 'utf8')
    assert.match(
      readme,
      /At a terminal the log says only what failed; elsewhere it has a line for each request\. `LOG_LEVEL=error`, `info` or `debug`/,
    )
  })

  test('may ask for details in the log, and is told which levels there are', () => {
    assert.equal(configOf({ env: { LOG_LEVEL: 'debug' } }).logLevel, 'debug')
    assert.equal(refusalOf({ env: { LOG_LEVEL: 'loud' } }), 'LOG_LEVEL is "loud" and must be one of: error, info, debug.')
  })

  test('may choose the port, any free port, the folder and where the key lies', () => {
    const config = configOf({ args: ['--port', '0', '--data=records'], env: { MASTER_KEY_FILE: '/media/stick/key' } })
    assert.equal(config.listen.port, 0)
    assert.equal(config.dataDir, '/srv/school/records')
    assert.equal(config.masterKeyFile, '/media/stick/key')
    assert.equal(config.checkpoints.keyFile, '/media/stick/checkpoint.key')
  })

  for (const port of ['http', '-1', '65536', '3000.5', '']) {
    test(`is told that a port cannot be “${port}”`, () => {
      assert.match(refusalOf({ args: [`--port=${port}`] }), /--port must be a number from 0 to 65535/)
    })
  }

  test('is told which arguments there are', () => {
    assert.match(refusalOf({ args: ['--colour', 'red'] }), /'--colour'.*Holdfast understands --port/)
    assert.match(refusalOf({ args: ['now'] }), /Holdfast understands --port/)
  })

  test('is told that this Node is too old', () => {
    assert.match(refusalOf({ nodeVersion: '20.20.2' }), /needs Node\.js 22\.18 or later and this is 20\.20\.2/)
    assert.match(refusalOf({ nodeVersion: '22.17.1' }), /22\.17\.1/)
    configOf({ nodeVersion: '22.18.0' })
    configOf({ nodeVersion: '26.0.0' })
  })

  test('cannot open it to the network without encryption or a named proxy', () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.4', 'school.example']) {
      assert.match(refusalOf({ args: ['--host', host] }), /will not listen on .* without encryption/)
    }
    const env = { TRUSTED_PROXY: '10.0.0.5, 10.1.0.0/16', PUBLIC_ADDRESS: 'https://holdfast.example.org' }
    assert.deepEqual(configOf({ args: ['--host', '0.0.0.0'], env }).trustedProxies, ['10.0.0.5', '10.1.0.0/16'])
    assert.match(refusalOf({ env: { ...env, PUBLIC_ADDRESS: '' } }), /PUBLIC_ADDRESS must say how people reach/)
    assert.match(refusalOf({ env: { ...env, PUBLIC_ADDRESS: 'http://127.0.0.1:3000' } }), /must begin with https/)
  })

  test('is told of half a certificate, of one that cannot be read, and of a proxy that is no address', () => {
    assert.match(refusalOf({ env: { TLS_CERT_FILE: '/a' } }), /go together/)
    assert.match(refusalOf({ env: { TLS_CERT_FILE: '/no/such', TLS_KEY_FILE: '/no/such' } }), /cannot be read/)
    const file = join(repositoryRoot, 'package.json')
    assert.match(refusalOf({ env: { TLS_CERT_FILE: file, TLS_KEY_FILE: file } }), /do not hold a certificate/)
    for (const proxy of ['proxy', '10.0.0.5/33', '10.0.0.5/8/8', '10.0.0.0/0', '10.0.0.5/x'])
      assert.match(refusalOf({ env: { TRUSTED_PROXY: proxy } }), /is none/)
  })
})

suite('A database on another machine', () => {
  test('is reached only by a checked certificate', () => {
    const { database } = configOf({ env: { DATABASE_URL: 'postgresql://admin:s%40fe@db.example.org:5433/holdfast' } })
    assert.deepEqual(database, {
      kind: 'server',
      admin: {
        host: 'db.example.org',
        port: 5433,
        user: 'admin',
        password: 's@fe',
        database: 'holdfast',
        ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.2', servername: 'db.example.org' },
      },
    })
    for (const mode of ['disable', 'allow', 'prefer', 'no-verify']) {
      const refusal = refusalOf({ env: { DATABASE_URL: `postgresql://admin:hunter2@db.example.org/holdfast?sslmode=${mode}` } })
      assert.match(refusal, /certificate can be checked/)
      assert.equal(refusal.includes('hunter2'), false)
    }
  })

  test('is reached plainly on this machine, by address or socket folder', () => {
    const { database } = configOf({ env: { DATABASE_URL: 'postgresql://postgres@/holdfast?host=/run/postgresql' } })
    assert.deepEqual(database, {
      kind: 'server',
      admin: { host: '/run/postgresql', port: 5432, user: 'postgres', database: 'holdfast', ssl: false },
    })
    assert.ok(configOf({ env: { DATABASE_URL: 'postgres://a@127.0.0.1/b' } }))
  })

  test('never begins with the demonstration unless asked', () => {
    const env = { DATABASE_URL: 'postgres://a@127.0.0.1/b' }
    assert.equal(configOf({ env }).demonstration, 'never')
    assert.equal(configOf({ env, args: ['--demonstration'] }).demonstration, 'when-new')
    assert.equal(configOf({ args: ['--no-demonstration'] }).demonstration, 'never')
  })

  test('with a faulty address is refused without repeating its password', () => {
    for (const url of [
      'mysql://a:hunter2@b/c',
      'hunter2',
      'postgres://a:hunter2@b/',
      'postgres://b/c',
      'postgres://a:hunter2@b/c?options=-c',
    ]) {
      assert.equal(refusalOf({ env: { DATABASE_URL: url } }).includes('hunter2'), false)
    }
  })
})

suite('A mail server', () => {
  test('on another machine must encrypt', () => {
    const env = { SMTP_URL: 'smtp://user:p%40ss@mail.example.org', MAIL_FROM: 'holdfast@school.example' }
    assert.deepEqual(configOf({ env }).mail, {
      kind: 'smtp',
      server: { host: 'mail.example.org', port: 587, secure: false, requireTLS: true, auth: { user: 'user', pass: 'p@ss' } },
      from: 'holdfast@school.example',
    })
    assert.match(refusalOf({ env: { SMTP_URL: 'smtp://mail.example.org' } }), /MAIL_FROM/)
    assert.match(refusalOf({ env: { SMTP_URL: 'mail.example.org' } }), /must be a URL such as/)
  })
})

suite('A scanner for harmful software', () => {
  test('is a socket file or a port of this machine, because what travels to it is not encrypted', () => {
    const of = (CLAMD_SOCKET: string) => configOf({ env: { CLAMD_SOCKET } }).scanner
    assert.deepEqual(of('/run/clamav/clamd.ctl'), { path: '/run/clamav/clamd.ctl' })
    assert.deepEqual(of('127.0.0.1:3310'), { host: '127.0.0.1', port: 3310 })
    assert.deepEqual(of('localhost:3310'), { host: 'localhost', port: 3310 })
    assert.deepEqual(of('[::1]:3310'), { host: '::1', port: 3310 })
    for (const elsewhere of [
      '10.0.0.7:3310',
      'scanner.example.org:3310',
      '127.0.0.1',
      '127.0.0.1:0',
      '127.0.0.1:99999',
      'clamd.ctl',
    ])
      assert.match(refusalOf({ env: { CLAMD_SOCKET: elsewhere } }), /CLAMD_SOCKET must name a socket file/, elsewhere)
  })

  test('may be missing, and only a word of whoever runs Holdfast opens files that none has looked at', () => {
    assert.equal(configOf({}).scanner, undefined)
    assert.equal(configOf({ env: { UNSCANNED_FILES: 'opened' } }).scanner, 'opened')
    assert.match(refusalOf({ env: { UNSCANNED_FILES: 'yes' } }), /can only be "opened"/)
    const both = { UNSCANNED_FILES: 'opened', CLAMD_SOCKET: '/run/clamav/clamd.ctl' }
    assert.match(refusalOf({ env: both }), /exclude each other/)
  })
})

test('Only this machine is loopback', () => {
  assert.deepEqual(['127.0.0.1', '127.8.9.1', '::1', '[::1]', 'localhost'].map(isLoopback), [true, true, true, true, true])
  assert.deepEqual(['0.0.0.0', '::', '128.0.0.1', 'localhost.example', '127.0.0.1.example'].map(isLoopback), [
    false,
    false,
    false,
    false,
    false,
  ])
})
