import { type IncomingMessage, STATUS_CODES } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AddressList } from '../../platform/address-list.ts'
import { isLoopback } from '../../platform/config.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Log } from '../../platform/log.ts'
import { refusedPage } from '../error-pages.tsx'

/** How long a connection may take: to say what it wants, to send all of it, and to be silent. */
export interface Patience {
  readonly headersMs: number
  readonly requestMs: number
  readonly silenceMs: number
  readonly checkEveryMs: number
}

/** A photograph of ten megabytes takes 80 seconds over a poor line from home, and there may be three. */
export const patience: Patience = { headersMs: 20_000, requestMs: 300_000, silenceMs: 120_000, checkEveryMs: 5000 }

const headerBytesMax = 16 * 1024
const headersMax = 100
/** Beyond this nothing is read at all; below it a file that is too large is named at its place in the form. */
const bodyBytesMax = 256 * 1024 * 1024

/** What node is asked for by name, so that no option given to node itself loosens it. */
export function listenerOptions(waits: Patience) {
  return {
    maxHeaderSize: headerBytesMax,
    insecureHTTPParser: false,
    // A request without a host is refused with a sentence below; node would refuse it with nothing.
    requireHostHeader: false,
    headersTimeout: waits.headersMs,
    requestTimeout: waits.requestMs,
    connectionsCheckingInterval: waits.checkEveryMs,
  } as const
}

// Forward secrecy and authenticated encryption only (RFC 9325, section 4.2); every browser since 2015 has one of them.
const ciphers = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
].join(':')

/** How Holdfast itself speaks HTTPS. */
export function tlsOptions({ certificate, key }: { readonly certificate: string; readonly key: string }) {
  return { cert: certificate, key, minVersion: 'TLSv1.2', ciphers, honorCipherOrder: true, handshakeTimeout: 20_000 } as const
}

export interface Door {
  /** Whether Holdfast itself speaks HTTPS. */
  readonly encrypted: boolean
  readonly proxies: AddressList
  readonly publicAddress: string | undefined
}

interface Refused {
  readonly status: number
  readonly title: string
  readonly says: string
}

const unclear: Refused = {
  status: 400,
  title: 'This request cannot be understood',
  says: 'It was not read and nothing was changed. Open the address again in a browser.',
}
const tooManyHeaders: Refused = {
  status: 431,
  title: 'Your browser sent too much about itself',
  says: 'It was not read and nothing was changed. Delete the cookies of this address in your browser, then open it again.',
}
const tooSlow: Refused = {
  status: 408,
  title: 'It took too long to arrive',
  says: 'Nothing was saved. Try again, without files if your connection is slow.',
}
const tooMuch: Refused = {
  status: 413,
  title: 'What you sent is too large',
  says: 'Nothing was saved. Send large files one at a time. A file can be up to 10 MB.',
}

function elsewhere(publicAddress: string | undefined, status: number): Refused {
  const there = publicAddress ? `Open it at ${publicAddress} instead.` : 'Open it on the machine on which it runs.'
  return { status, title: 'Holdfast is not open at this address', says: `Nothing was read. ${there}` }
}

// Two of these would let a proxy in front read one and Holdfast the other.
const onceOnly = ['host', 'content-type', 'content-length', 'transfer-encoding', 'origin']

function hasNoOneMeaning({ rawHeaders, url, httpVersionMajor }: IncomingMessage): boolean {
  const names = rawHeaders.filter((_text, index) => index % 2 === 0).map(name => name.toLowerCase())
  if (httpVersionMajor !== 1 || !url?.startsWith('/') || !names.includes('host')) return true
  return onceOnly.some(name => names.indexOf(name) !== names.lastIndexOf(name))
}

function isOwnName(host: string, door: Door, remote: string | undefined): boolean {
  if (door.publicAddress !== undefined && new URL(door.publicAddress).host === host.toLowerCase()) return true
  const name = /^(\[[\da-f:.]+\]|[a-z\d.-]+)(:\d{1,5})?$/i.exec(host)?.[1]
  // Whoever sits at the machine may use its own names: no page from elsewhere can, since a browser sends that page's name.
  return name !== undefined && isLoopback(name) && remote !== undefined && isLoopback(remote.replace(/^::ffff:/, ''))
}

function findRefusal(request: FastifyRequest, door: Door): Refused | undefined {
  const { raw } = request
  const remote = raw.socket.remoteAddress
  if (raw.rawHeaders.length / 2 > headersMax) return tooManyHeaders
  if (hasNoOneMeaning(raw)) return unclear
  const byProxy = door.proxies.has(remote)
  if (!door.proxies.isEmpty && !door.encrypted && !byProxy) return elsewhere(door.publicAddress, 403)
  // What the proxy does not call encrypted may have crossed the network in the open.
  if (byProxy && request.protocol !== 'https') return elsewhere(door.publicAddress, 403)
  if (!isOwnName(request.host, door, remote)) return elsewhere(door.publicAddress, 421)
  if (Number(raw.headers['content-length'] ?? 0) > bodyBytesMax) return tooMuch
  return undefined
}

/** Turns away what is not meant for Holdfast, did not come encrypted, or could be read in two ways, before any of it is used. */
export function guardTheDoor(app: FastifyInstance, door: Door, answer: ReturnType<typeof answerUnreadable>): void {
  // A tunnel, and a promise that only the sender knows: node would drop the one and answer the other with nothing.
  app.server.on('connect', (_request, socket) => answer({}, socket))
  app.server.on('checkExpectation', ({ socket }) => answer({}, socket))
  app.addHook('onRequest', async (request, reply) => {
    const refused = findRefusal(request, door)
    if (!refused) return
    // The rest of what was sent must not be taken for another request.
    reply.header('connection', 'close')
    return reply.code(refused.status).type('text/html; charset=utf-8').send(refusedPage(refused.title, refused.says))
  })
}

/** Whether a form comes from a page of Holdfast itself, as far as the browser says. A page without a referrer says `null`. */
export function isFromElsewhere(request: FastifyRequest, publicAddress: string | undefined): boolean {
  const site = request.headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site') return true
  const { origin } = request.headers
  if (origin === undefined || origin === 'null') return false
  return origin !== publicAddress && URL.parse(origin)?.host !== request.host
}

function refusedByParser(code: unknown): Refused {
  if (code === 'HPE_HEADER_OVERFLOW') return tooManyHeaders
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return tooSlow
  return unclear
}

function answerText({ status, title, says }: Refused, encrypted: boolean): string {
  const body = refusedPage(title, says)
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: text/html; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    "content-security-policy: default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'",
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'referrer-policy: no-referrer',
    ...(encrypted ? ['strict-transport-security: max-age=31536000; includeSubDomains'] : []),
    'connection: close',
    '',
    body,
  ].join('\r\n')
}

/** Answers what node's own reader refuses: no HTTP, too many headers, too slow, two lengths. Its bytes are neither shown nor logged. */
export function answerUnreadable(log: Log, encrypted: boolean) {
  return (error: { readonly code?: unknown }, socket: Duplex): void => {
    if (socket.destroyed || error.code === 'ECONNRESET') return void socket.destroy()
    const refused = refusedByParser(error.code)
    log.request({
      requestId: newId<string>(),
      method: 'unknown',
      routePattern: 'unreadable',
      status: refused.status,
      durationMs: 0,
    })
    // An answer that has begun cannot be begun again.
    if (socket.writable && socket instanceof Socket && socket.bytesWritten === 0) socket.end(answerText(refused, encrypted))
    else socket.destroy()
  }
}
