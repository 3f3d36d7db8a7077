import { existsSync, readFileSync, statSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import { parseArgs } from 'node:util'
import type { ClientConfig } from 'pg'
import { z } from 'zod'
import { ok, type Result, refused } from '../kernel/result.ts'
import { isAddressOrNetwork } from './address-list.ts'
import type { ClamdAddress } from './clamd.ts'
import { type LogLevel, logLevels } from './log.ts'
import { repositoryRoot } from './repository-root.ts'

export type Config = {
  readonly listen: { readonly host: string; readonly port: number }
  /** Certificate and key in PEM, when Holdfast itself speaks HTTPS. */
  readonly tls: { readonly certificate: string; readonly key: string } | undefined
  /** Addresses whose word on the client's address and protocol is taken. */
  readonly trustedProxies: readonly string[]
  /** How people reach Holdfast, for links in mails; without it, where this process listens. */
  readonly publicAddress: string | undefined
  readonly dataDir: string
  readonly database: { readonly kind: 'embedded' } | { readonly kind: 'server'; readonly admin: ClientConfig }
  /** Without a mail server, messages are caught and shown on a page in demonstration mode. */
  readonly mail: { readonly kind: 'catcher' } | { readonly kind: 'smtp'; readonly server: MailServer; readonly from: string }
  readonly masterKeyFile: string
  /** What is written to the log: failures, every request as well, or details that only somebody who looks for a cause reads. */
  readonly logLevel: LogLevel
  /** What signs the checkpoints of the audit trail, and the folder to which they are written. */
  readonly checkpoints: { readonly keyFile: string; readonly folder: string }
  /** Who looks for harmful software in what is attached; `opened` where there is nobody and files are opened all the same. */
  readonly scanner: ClamdAddress | 'opened' | undefined
  /** Whether a new and empty database is filled with the demonstration schools. */
  readonly demonstration: 'when-new' | 'never'
}

export type MailServer = {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; otherwise STARTTLS is required unless the server is on this machine. */
  readonly secure: boolean
  readonly requireTLS: boolean
  readonly auth: { readonly user: string; readonly pass: string } | undefined
  /** Who vouches for its certificate, in PEM, where that is not one of the authorities that everybody knows. */
  readonly authority?: string
}

/** What the program is started with; passed in so that tests start it with anything. */
export type Surroundings = {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly nodeVersion: string
  readonly folder: string
  /** The log goes to a terminal, where people read beside it the address and the accounts that were printed. */
  readonly logIsRead?: boolean
}

const oldestNode = [22, 18] as const

const surroundingsSchema = z.object({
  port: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
    .transform(Number)
    .pipe(z.number().max(65_535)),
  data: z.string().min(1, 'must name a folder').optional(),
  host: z.string().min(1, 'must be an address'),
})

class Fault extends Error {}

function fail(sentence: string): never {
  throw new Fault(sentence)
}

function refuseOldNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  fail(
    `Holdfast needs Node.js ${oldestNode.join('.')} or later and this is ${version}: start it with bin/start, which brings its own.`,
  )
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** Whether only programs on this machine can be behind an address. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  if (bare === 'localhost') return true
  const family = isIP(bare)
  return family !== 0 && loopback.check(bare, family === 6 ? 'ipv6' : 'ipv4')
}

function readFileFor(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return fail(`${setting} names ${file}, which cannot be read.`)
  }
}

function readTls(env: Surroundings['env']): Config['tls'] {
  const certificateFile = env['TLS_CERT_FILE']
  const keyFile = env['TLS_KEY_FILE']
  if (!certificateFile && !keyFile) return undefined
  if (!certificateFile || !keyFile) return fail('TLS_CERT_FILE and TLS_KEY_FILE go together: one of them is missing.')
  const tls = { certificate: readFileFor('TLS_CERT_FILE', certificateFile), key: readFileFor('TLS_KEY_FILE', keyFile) }
  try {
    createSecureContext({ cert: tls.certificate, key: tls.key })
  } catch {
    fail('TLS_CERT_FILE and TLS_KEY_FILE do not hold a certificate and the key that belongs to it, both in PEM.')
  }
  if (process.platform !== 'win32' && (statSync(keyFile).mode & 0o007) !== 0)
    fail(`TLS_KEY_FILE can be read by everybody on this machine: chmod o-rwx ${keyFile}`)
  return tls
}

function readProxies(value: string | undefined): readonly string[] {
  const proxies = (value ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(Boolean)
  for (const proxy of proxies) {
    if (!isAddressOrNetwork(proxy))
      fail(`TRUSTED_PROXY must list addresses such as 10.0.0.5 or 10.0.0.0/24, and ${proxy} is none.`)
  }
  return proxies
}

function parseUrl(setting: string, value: string, protocols: readonly string[], example: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined
  // The value itself may hold a password, so the sentence does not repeat it.
  if (url === undefined || !protocols.includes(url.protocol)) return fail(`${setting} must be a URL such as ${example}.`)
  return url
}

function readPublicAddress(value: string | undefined): string | undefined {
  if (!value) return undefined
  const url = parseUrl('PUBLIC_ADDRESS', value, ['https:', 'http:'], 'https://holdfast.example.org')
  if (url.pathname !== '/' || url.search || url.hash || url.username)
    fail('PUBLIC_ADDRESS must be the beginning of every address, such as https://holdfast.example.org, and nothing after it.')
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    fail('PUBLIC_ADDRESS must begin with https:// unless it is this machine: the links in mails open pages that need protecting.')
  return url.origin
}

const certificatesChecked = 'Holdfast speaks to a database on another machine only when its certificate can be checked'

function databaseTls(url: URL, host: string, env: Surroundings['env']): ClientConfig['ssl'] {
  const mode = url.searchParams.get('sslmode')
  const local = host.startsWith('/') || isLoopback(host)
  if (local && (mode === null || mode === 'disable' || mode === 'prefer')) return false
  if (mode !== null && mode !== 'verify-full' && mode !== 'require') {
    return fail(`DATABASE_URL asks for sslmode=${mode}: ${certificatesChecked}, so say verify-full or leave it out.`)
  }
  const authority = env['DATABASE_CA_FILE']
  const ca = authority ? { ca: readFileFor('DATABASE_CA_FILE', authority) } : {}
  // An address is compared with the certificate without being announced (RFC 6066, section 3).
  const name = isIP(host) === 0 ? { servername: host } : {}
  return { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...name, ...ca }
}

/** A PostgreSQL URL as a connection: taken apart here, so that no option in it can weaken the connection unseen. */
function readDatabase(env: Surroundings['env']): Config['database'] {
  const value = env['DATABASE_URL']
  if (!value) return { kind: 'embedded' }
  const example = 'postgresql://admin:secret@db.example.org/holdfast'
  // An address without a host is no URL to the platform, but PostgreSQL's own way to name a socket folder.
  const url = parseUrl(
    'DATABASE_URL',
    value.replace(/^(postgres(?:ql)?:\/\/[^/]*@)\//, '$1localhost/'),
    ['postgres:', 'postgresql:'],
    example,
  )
  const unknown = [...url.searchParams.keys()].find(key => !['host', 'port', 'sslmode'].includes(key))
  if (unknown !== undefined)
    fail(`DATABASE_URL holds ${unknown}, which Holdfast does not know: host, port and sslmode may follow the question mark.`)
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname)
  const database = decodeURIComponent(url.pathname.slice(1))
  if (!host || !url.username || !database)
    fail(`DATABASE_URL must name a server, an administrator and a database, such as ${example}.`)
  const port = Number(url.searchParams.get('port') ?? (url.port || 5432))
  const password = url.password ? { password: decodeURIComponent(url.password) } : {}
  const ssl = databaseTls(url, host, env)
  return { kind: 'server', admin: { host, port, user: decodeURIComponent(url.username), database, ssl, ...password } }
}

function readMail(env: Surroundings['env']): Config['mail'] {
  const value = env['SMTP_URL']
  if (!value) return { kind: 'catcher' }
  const url = parseUrl('SMTP_URL', value, ['smtp:', 'smtps:'], 'smtps://user:secret@mail.example.org')
  const secure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!host) fail('SMTP_URL must name a mail server.')
  const from = env['MAIL_FROM']
  if (!from || !z.email().safeParse(from).success)
    fail('MAIL_FROM must be the address that mail is sent from when SMTP_URL is set.')
  const auth = url.username ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } : undefined
  const port = url.port ? Number(url.port) : secure ? 465 : 587
  const authorityFile = env['SMTP_CA_FILE']
  const authority = authorityFile ? { authority: readFileFor('SMTP_CA_FILE', authorityFile) } : {}
  const server = { host, port, secure, requireTLS: !secure && !isLoopback(host), auth, ...authority }
  return { kind: 'smtp', server, from: from ?? '' }
}

/** The protocol is not encrypted, so the daemon is on this machine. */
function readScanner(env: Surroundings['env']): Config['scanner'] {
  const value = env['CLAMD_SOCKET']
  const unscanned = env['UNSCANNED_FILES']
  if (unscanned && unscanned !== 'opened')
    fail('UNSCANNED_FILES can only be "opened": files are then opened that no scanner has looked at.')
  if (!value) return unscanned ? 'opened' : undefined
  if (unscanned) fail('CLAMD_SOCKET and UNSCANNED_FILES exclude each other: leave one of them out.')
  if (value.startsWith('/')) return { path: value }
  const found = /^(?:\[([^\]]+)\]|([^:/]+)):(\d{1,5})$/.exec(value)
  const host = found?.[1] ?? found?.[2] ?? ''
  const port = Number(found?.[3])
  if (!isLoopback(host) || !(port > 0 && port <= 65_535))
    fail(
      'CLAMD_SOCKET must name a socket file such as /run/clamav/clamd.ctl, or an address of this machine such as 127.0.0.1:3310.',
    )
  return { host, port }
}

const flags = {
  port: { type: 'string', default: '3000' },
  data: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  demonstration: { type: 'boolean' },
} as const

function readFlags(args: readonly string[]) {
  try {
    const { values } = parseArgs({ args: [...args], options: flags, allowNegative: true })
    return values
  } catch (error) {
    const known = '--port, --data, --host, --demonstration and --no-demonstration'
    const said = error instanceof Error ? error.message.split('. ')[0] : 'unknown argument'
    return fail(`${said}. Holdfast understands ${known}.`)
  }
}

function checkedFlags(args: readonly string[]) {
  const values = readFlags(args)
  const parsed = surroundingsSchema.safeParse(values)
  if (parsed.success) return { ...parsed.data, demonstration: values.demonstration }
  const issue = parsed.error.issues[0]
  const flag = String(issue?.path[0] ?? 'argument')
  const said = flag === 'port' ? 'must be a number from 0 to 65535' : (issue?.message ?? 'is not usable')
  return fail(`--${flag} ${said}.`)
}

function refuseUncheckedCertificates(env: Surroundings['env']): void {
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return
  fail(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 would leave certificates unchecked: take it away, and name the authority of your own ' +
      'servers in DATABASE_CA_FILE or SMTP_CA_FILE.',
  )
}

/** Beyond this machine only encrypted, and under one name: links in mails lead there, and no other host is answered. */
function refuseOpenNetwork(config: Pick<Config, 'tls' | 'trustedProxies' | 'publicAddress'>, host: string): void {
  const { tls, trustedProxies, publicAddress } = config
  const proxied = trustedProxies.length > 0
  if (isLoopback(host) && !proxied && tls === undefined) return
  if (tls === undefined && !proxied)
    fail(
      `Holdfast will not listen on ${host} without encryption: give TLS_CERT_FILE and TLS_KEY_FILE, ` +
        'or name in TRUSTED_PROXY the proxy in front of it that speaks HTTPS.',
    )
  if (publicAddress === undefined && (proxied || !isLoopback(host)))
    fail('PUBLIC_ADDRESS must say how people reach Holdfast from other machines, such as https://holdfast.example.org.')
  if (publicAddress?.startsWith('http:'))
    fail('PUBLIC_ADDRESS must begin with https:// where TLS_CERT_FILE or TRUSTED_PROXY is set.')
}

function readLogLevel(value: string | undefined, isRead: boolean): LogLevel {
  const found = logLevels.find(level => level === (value || (isRead ? 'error' : 'info')))
  return found ?? fail(`LOG_LEVEL is "${value}" and must be one of: ${logLevels.join(', ')}.`)
}

function build(surroundings: Surroundings): Config {
  const { env } = surroundings
  refuseOldNode(surroundings.nodeVersion)
  refuseUncheckedCertificates(env)
  const given = checkedFlags(surroundings.args)
  const tls = readTls(env)
  const trustedProxies = readProxies(env['TRUSTED_PROXY'])
  const publicAddress = readPublicAddress(env['PUBLIC_ADDRESS'])
  refuseOpenNetwork({ tls, trustedProxies, publicAddress }, given.host)
  // Without a flag the data lie in the checkout, wherever the command was called from.
  const dataDir = given.data === undefined ? join(repositoryRoot, 'data') : resolve(surroundings.folder, given.data)
  const database = readDatabase(env)
  const demonstration = given.demonstration ?? database.kind === 'embedded'
  const masterKeyFile = resolve(surroundings.folder, env['MASTER_KEY_FILE'] || join(dataDir, 'keys/master.key'))
  return {
    listen: { host: given.host, port: given.port },
    tls,
    trustedProxies,
    publicAddress,
    dataDir,
    database,
    mail: readMail(env),
    logLevel: readLogLevel(env['LOG_LEVEL'], surroundings.logIsRead ?? false),
    masterKeyFile,
    checkpoints: {
      keyFile: resolve(surroundings.folder, env['CHECKPOINT_KEY_FILE'] || join(dirname(masterKeyFile), 'checkpoint.key')),
      folder: resolve(surroundings.folder, env['CHECKPOINT_FOLDER'] || join(dataDir, 'checkpoints')),
    },
    scanner: readScanner(env),
    demonstration: demonstration ? 'when-new' : 'never',
  }
}

/** Reads what the program was started with; anything wrong is one sentence that says what to do. */
export function readConfig(surroundings: Surroundings): Result<Config, string> {
  try {
    return ok(build(surroundings))
  } catch (error) {
    if (error instanceof Fault) return refused(error.message)
    throw error
  }
}

/** Reads this process's own configuration; a fault is printed and ends it with code 2. */
export function configOrExit(args: readonly string[] = process.argv.slice(2)): Config {
  const config = readConfig({
    args,
    env: process.env,
    nodeVersion: process.versions.node,
    folder: process.cwd(),
    logIsRead: process.stderr.isTTY,
  })
  if (config.ok) return config.value
  console.error(config.refusal)
  process.exit(2)
}

/** Whether a data folder holds a database already. */
export function holdsDatabase(dataDir: string): boolean {
  return existsSync(join(dataDir, 'database/pg18')) || existsSync(join(dataDir, 'database-folder'))
}
