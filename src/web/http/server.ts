import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import {
  type Actor,
  authorise,
  check,
  Denied,
  freshFactorMinutes,
  type Permit,
  ruleFor,
  type SubjectFacts,
  type Visitor,
} from '../../access/index.ts'
import type { AuditNote } from '../../audit/entry.ts'
import type { AuditEvent } from '../../audit/events.ts'
import { type AccountId, type AdultId, isUuid, type SchoolId } from '../../kernel/ids.ts'
import { epochInMs, type Instant } from '../../kernel/plain-date.ts'
import { addressList } from '../../platform/address-list.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database.ts'
import { isRetryable } from '../../platform/database.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Log } from '../../platform/log.ts'
import type { RoleId } from '../../policy/roles.ts'
import { type PolicyInForce, policyInForce } from '../../work/school-policy.ts'
import { londonDate, type School, schoolOf, type Work, WorkBook, type WorkTools } from '../../work/work.ts'
import { serveAssets } from '../assets.ts'
import { busyPage, forbiddenPage, keptPage, notFoundPage, secondTryPage, tooLargePage, troublePage } from '../error-pages.tsx'
import { answerUnreadable, guardTheDoor, isFromElsewhere, listenerOptions, type Patience, patience, tlsOptions } from './door.ts'
import { formToken, isFormToken, visitor } from './form-token.ts'
import { FormValues, readable } from './form-values.ts'
import { keepForm, keptFormName, ownerOfForm } from './kept-forms.ts'
import type { Reply, SentReply } from './reply.ts'
import { NotFound, type Request, type Route, type UploadedFile } from './route.ts'

export interface ServerTools extends WorkTools {
  readonly clock: Clock
  readonly log: Log
  /** Certificate and key in PEM, where Holdfast itself speaks HTTPS. */
  readonly tls?: { readonly certificate: string; readonly key: string } | undefined
  /** Cookies are marked Secure: true wherever the browser comes by https. */
  readonly secureCookies: boolean
  /** Addresses of proxies whose X-Forwarded headers are believed; without TLS, the only ones that are answered. */
  readonly trustedProxies: readonly string[]
  /** The address by which people reach Holdfast: requests for another host are refused. Without it, this machine's own names. */
  readonly publicAddress?: string | undefined
  /** How long a connection may take, where it is not the usual. */
  readonly patience?: Patience
  /** Requests in one minute from one address on the pages open to all. */
  readonly openRequestsEachMinute: number
  /** Told of each request that was let in: round trips to the database besides BEGIN and COMMIT. */
  onAnswered?(answered: { readonly route: Route; readonly roundTrips: number }): void
}

/** A form may hold a narrative of a megabyte, percent-encoded, and still get a sentence instead of a closed door. */
const formBytesMax = 8 * 1024 * 1024
const fileBytesMax = 10 * 1024 * 1024
/** A session that nobody uses for so long is over. */
export const sessionIdleMinutes = 45
const idle = `${sessionIdleMinutes} minutes`

export const sessionCookieName = (secure: boolean) => (secure ? '__Host-holdfast' : 'holdfast')

export function tokenDigest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

class NeedsSecondFactor extends Error {
  override readonly name = 'NeedsSecondFactor'
}

interface Entered {
  readonly state: 'none' | 'ended' | 'no-school' | 'open'
  readonly session_id: string
  readonly account_id: string
  readonly form_secret: string
  readonly second_factor_at: string | null
  readonly adult_id: string
  readonly name: string
  readonly roles: string[]
  readonly stands_in: string[]
  readonly school: {
    id: string
    key: string
    name: string
    demonstration: boolean
    visitor_token: string
    file_roles: string[]
    policy_change: number
  }
  readonly alerts: number
  readonly receipt: { tries: number; location: string | null; own: boolean } | null
}

const sessionEnter = { name: 'session_enter', text: 'select session_enter($1, $2, $3::interval, $4, $5) as entered' }
const keptFormTaken = { name: 'kept_form_taken', text: 'delete from kept_form where account_id = $1 and id = $2' }
const visitorEnter = { name: 'visitor_enter', text: 'select visitor_enter($1, $2, $3, $4) as entered' }

type Outcome =
  | { readonly kind: 'reply'; readonly reply: Reply; readonly filled?: SchoolId }
  | { readonly kind: 'signed-out'; readonly account: AccountId | undefined }
  | { readonly kind: 'no-school' }
  | { readonly kind: 'stale'; readonly account: AccountId | undefined }
  | { readonly kind: 'second-factor'; readonly account: AccountId }
  | { readonly kind: 'denied'; readonly record: boolean }
  | { readonly kind: 'unknown-link' }

interface Incoming {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly form: FormValues
  readonly files: readonly UploadedFile[]
  readonly path: string
  /** What stands behind the path, from the question mark on. */
  readonly search: string
  readonly commandKey: string | null
  readonly origin: string
  readonly foreignOrigin: boolean
}

/** The address by which people come: what the door lets in is the public address, or this machine's own name. */
export function originOf(raw: Pick<FastifyRequest, 'protocol' | 'host'>, publicAddress: string | undefined): string {
  return publicAddress ?? `${raw.protocol}://${raw.host}`
}

function incomingOf(raw: FastifyRequest, publicAddress: string | undefined): Incoming {
  const body = raw.body as { form: FormValues; files: readonly UploadedFile[] } | undefined
  const form = body?.form ?? FormValues.empty()
  const key = form.text('_key')
  return {
    params: Object.fromEntries(
      Object.entries(raw.params as Record<string, string>).map(([name, text]) => [name, readable(text)]),
    ),
    query: new URLSearchParams(readable(raw.url.split('?')[1] ?? '').replaceAll('%00', '%EF%BF%BD')),
    form,
    files: body?.files ?? [],
    path: raw.url.split('?')[0] ?? '/',
    search: /\?[\w\-./=&%:~]*$/.exec(raw.url)?.[0] ?? '',
    commandKey: isUuid(key) ? key : null,
    origin: originOf(raw, publicAddress),
    foreignOrigin: isFromElsewhere(raw, publicAddress),
  }
}

/** A path parameter named …Id is a uuid or there is nothing there. */
function hasPlausibleIds(params: Readonly<Record<string, string>>): boolean {
  return Object.entries(params).every(([name, value]) => !name.endsWith('Id') || isUuid(value))
}

/**
 * The records that a path asks for, as they stand in it: the first is what it is about. An id alone is kept, never other text of a path,
 * because somebody may have typed anything there.
 */
function askedFor(params: Readonly<Record<string, string>>): Pick<AuditNote, 'subjectKind' | 'subject' | 'facts'> {
  const asked = Object.entries(params)
    .filter(([name, value]) => name.endsWith('Id') && isUuid(value))
    .map(([name, value]) => [name.slice(0, -2), value.toLowerCase()] as const)
  const [first, ...more] = asked
  if (!first) return {}
  const [subjectKind, subject] = first
  return { subjectKind, subject, ...(more.length > 0 ? { facts: { asked: Object.fromEntries(more) } } : {}) }
}

/** Whether somebody proved a moment ago that it is still they who sit there. */
function isFresh(secondFactorAt: string | null, now: Instant): boolean {
  return secondFactorAt !== null && epochInMs(now) - Date.parse(secondFactorAt) < freshFactorMinutes * 60_000
}

function requestOf<S extends Actor | Visitor>(
  route: Route,
  tools: ServerTools,
  tx: Tx,
  now: Instant,
  someone: S,
  school: School,
  incoming: Incoming,
  book: WorkBook,
  session: { id: string; secret: string; secondFactorAt: string | null } | undefined,
  unseenAlerts: number,
  policy: PolicyInForce,
) {
  let permitted: Permit<Route['action']> | undefined
  let onRecord = false
  let mayOnlyRecord = false
  const hasFreshFactor = session !== undefined && isFresh(session.secondFactorAt, now)
  const secret = session?.secret ?? school.visitorToken
  const work: Work<S> = {
    tx,
    now,
    someone,
    school,
    sealing: tools.sealing,
    profile: policy.profile(londonDate(now)),
    policyOn: on => policy.profile(on),
    policies: tools.policies,
    note: note => book.notes.push(note),
    send: item => book.items.push(item),
  }
  const request: Request<Route['action'], S> = {
    ...work,
    params: incoming.params,
    query: incoming.query,
    form: incoming.form,
    files: incoming.files,
    path: incoming.path,
    origin: incoming.origin,
    formToken: formToken(secret, session?.id ?? visitor),
    newCommandKey: () => newId<string>(),
    commandKey: incoming.commandKey ?? newId<string>(),
    session: session && { id: session.id, hasSecondFactor: session.secondFactorAt !== null, hasFreshFactor },
    unseenAlerts,
    permit: (subject?: SubjectFacts): Permit<Route['action']> => {
      onRecord ||= subject !== undefined
      const permit = authorise(someone, route.action, subject)
      const verdict = check(someone, route.action, subject)
      if (verdict.allowed && verdict.needsSecondFactor && session && session.secondFactorAt === null)
        throw new NeedsSecondFactor()
      if (verdict.allowed && verdict.needsFresh && session && !hasFreshFactor) {
        if (verdict.needsFresh === 'always' || route.method === 'GET') throw new NeedsSecondFactor()
        mayOnlyRecord = true
      }
      permitted = permit
      return permit
    },
  }
  return { request, given: () => permitted, isOnRecord: () => onRecord, showsNothing: () => mayOnlyRecord }
}

/** Runs the handler and writes what it left, or says why not. Everything between BEGIN and COMMIT. */
async function answer<S extends Actor | Visitor>(
  route: Route,
  tools: ServerTools,
  tx: Tx,
  now: Instant,
  someone: S,
  school: School,
  incoming: Incoming,
  session: { id: string; secret: string; secondFactorAt: string | null } | undefined,
  unseenAlerts: number,
): Promise<{ commit: boolean; value: Outcome }> {
  const book = new WorkBook()
  const policy = await policyInForce(tools.policies, tx, school)
  const { request, given, isOnRecord, showsNothing } = requestOf(
    route,
    tools,
    tx,
    now,
    someone,
    school,
    incoming,
    book,
    session,
    unseenAlerts,
    policy,
  )
  try {
    if (!hasPlausibleIds(incoming.params)) throw new NotFound()
    const reply = await (route.handle as (request: Request<Route['action'], S>) => Promise<Reply>)(request)
    const permit = given()
    if (!permit) throw new Error(`${route.method} ${route.path} answered without asking for a permit`)
    if (showsNothing() && reply.kind !== 'redirect') throw new NeedsSecondFactor()
    if (reply.kind === 'refused') return { commit: false, value: { kind: 'reply', reply } }
    if (book.notes.length === 0) book.notes.push({ event: route.audit, ...askedFor(incoming.params) })
    const receipt =
      incoming.commandKey && reply.kind === 'redirect' ? { key: incoming.commandKey, location: reply.to } : undefined
    const kept = incoming.form.text(keptFormName)
    if (reply.kind === 'redirect' && someone.kind === 'adult' && isUuid(kept))
      await tx.run(keptFormTaken, [someone.accountId, kept])
    await book.finish(tx, someone, now, receipt, permit.because)
    tools.onAnswered?.({ route, roundTrips: tx.roundTrips })
    return { commit: true, value: { kind: 'reply', reply, ...(book.items.length > 0 ? { filled: school.id } : {}) } }
  } catch (error) {
    if (error instanceof NotFound) return { commit: false, value: { kind: 'denied', record: true } }
    if (error instanceof Denied)
      return { commit: false, value: { kind: 'denied', record: isOnRecord() || error.because === 'another-school' } }
    if (error instanceof NeedsSecondFactor && someone.kind === 'adult' && someone.accountId) {
      return { commit: false, value: { kind: 'second-factor', account: someone.accountId } }
    }
    throw error
  }
}

function signedIn(route: Route, tools: ServerTools, now: Instant, digest: Buffer, incoming: Incoming) {
  return tools.database.transaction<Outcome>(async tx => {
    const rows = await tx.run<{ entered: Entered }>(sessionEnter, [digest, now, idle, incoming.commandKey, incoming.path])
    const entered = rows[0]?.entered
    if (!entered || entered.state === 'none') return { commit: false, value: { kind: 'signed-out', account: undefined } }
    const account = entered.account_id as AccountId
    if (entered.state === 'ended') return { commit: false, value: { kind: 'signed-out', account } }
    if (entered.state === 'no-school') return { commit: false, value: { kind: 'no-school' } }
    if (
      route.method === 'POST' &&
      (incoming.foreignOrigin || !isFormToken(entered.form_secret, entered.session_id, incoming.form.text('_token')))
    ) {
      return { commit: false, value: { kind: 'stale', account } }
    }
    if (entered.receipt && !entered.receipt.own) return { commit: false, value: { kind: 'stale', account } }
    if (entered.receipt?.location)
      return { commit: true, value: { kind: 'reply', reply: { kind: 'redirect', to: entered.receipt.location } } }
    const school = schoolOf(entered.school)
    const actor: Actor = {
      kind: 'adult',
      schoolId: school.id,
      adultId: entered.adult_id as AdultId,
      accountId: account,
      name: entered.name,
      roles: entered.roles as RoleId[],
      fileRoles: school.fileRoles,
      standsIn: entered.stands_in,
    }
    const session = { id: entered.session_id, secret: entered.form_secret, secondFactorAt: entered.second_factor_at }
    return answer(route, tools, tx, now, actor, school, incoming, session, entered.alerts)
  })
}

function byLink(route: Route, tools: ServerTools, now: Instant, incoming: Incoming) {
  return tools.database.transaction<Outcome>(async tx => {
    const rows = await tx.run<{ entered: Entered }>(visitorEnter, [
      incoming.params['visitorToken'] ?? '',
      incoming.commandKey,
      incoming.path,
      now,
    ])
    const entered = rows[0]?.entered
    if (entered?.state !== 'open') return { commit: false, value: { kind: 'unknown-link' } }
    const school = schoolOf(entered.school)
    const stranger: Visitor = { kind: 'visitor', schoolId: school.id }
    const answerBy = (one: Route) => answer(one, tools, tx, now, stranger, school, incoming, undefined, 0)
    const stale = { commit: false, value: { kind: 'stale', account: undefined } } as const
    if (route.method === 'POST' && incoming.foreignOrigin) return stale
    if (route.method === 'POST' && !isFormToken(school.visitorToken, visitor, incoming.form.text('_token')))
      return route.to === 'visitor' && route.giveBack ? answerBy({ ...route, handle: route.giveBack }) : stale
    if (entered.receipt && !entered.receipt.own) return stale
    if (entered.receipt?.location) {
      return { commit: true, value: { kind: 'reply', reply: { kind: 'redirect', to: entered.receipt.location } } }
    }
    return answerBy(route)
  })
}

/**
 * A refusal leaves the same trace whatever was asked for, in the actor's own chain: what was asked is named as it was asked, without
 * looking whether it is there or whose it is. Nothing else of the request survives.
 */
function auditDenial(
  tools: ServerTools,
  now: Instant,
  digest: Buffer,
  event: AuditEvent,
  routePath: string,
  params: Incoming['params'],
) {
  return tools.database.transaction(async tx => {
    const rows = await tx.run<{ entered: Entered }>(sessionEnter, [digest, now, idle, null, routePath])
    const entered = rows[0]?.entered
    if (entered?.state !== 'open') return { commit: false, value: undefined }
    const book = new WorkBook()
    const { facts, ...asked } = askedFor(params)
    book.notes.push({ event, outcome: 'refused', ...asked, facts: { ...facts, route: routePath } })
    const actor: Actor = {
      kind: 'adult',
      schoolId: entered.school.id as SchoolId,
      adultId: entered.adult_id as AdultId,
      accountId: entered.account_id as AccountId,
      name: entered.name,
      roles: entered.roles as RoleId[],
      fileRoles: [],
    }
    await book.finish(tx, actor, now)
    return { commit: true, value: undefined }
  })
}

function html(reply: FastifyReply, status: number, text: string) {
  return reply.code(status).type('text/html; charset=utf-8').send(text)
}

function compressedHtml(reply: FastifyReply, text: string) {
  reply.header('vary', 'accept-encoding')
  if (!/\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(reply.request.headers['accept-encoding'] ?? '')))
    return html(reply, 200, text)
  return reply.type('text/html; charset=utf-8').header('content-encoding', 'gzip').send(gzipSync(text))
}

/** Writes or takes away the session's cookie; kept until the browser closes, because the server knows when a session ends. */
export function setSessionCookie(raw: FastifyReply, secure: boolean, token: string | undefined) {
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  if (token === undefined) raw.clearCookie(sessionCookieName(secure), options)
  else raw.setCookie(sessionCookieName(secure), token, options)
}

/** Were a browser to show a download all the same, nothing in it would run, load, or count as ours. */
const downloadPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox"

function sendReply(tools: ServerTools, raw: FastifyReply, reply: SentReply) {
  switch (reply.kind) {
    case 'page':
      return reply.compressed ? compressedHtml(raw, reply.html) : html(raw, reply.status ?? 200, reply.html)
    case 'refused':
      return html(raw, reply.status, reply.html)
    case 'redirect':
      if (reply.cookie) setSessionCookie(raw, tools.secureCookies, 'set' in reply.cookie ? reply.cookie.set : undefined)
      return raw.code(303).header('location', reply.to).send()
    case 'json':
      return raw
        .code(reply.status ?? 200)
        .type('application/json')
        .send(JSON.stringify(reply.value))
    case 'file':
      return raw
        .type(reply.mediaType)
        .header('content-security-policy', downloadPolicy)
        .header('content-disposition', `attachment; filename="${reply.name.replaceAll(/[^\w.-]/g, '_')}"`)
        .send(reply.content)
  }
}

async function keepAndSay(
  tools: ServerTools,
  raw: FastifyReply,
  incoming: Incoming,
  account: AccountId | undefined,
  now: Instant,
  next: string,
  search = '',
) {
  const owner = await ownerOfForm(tools, incoming.form)
  if (owner) {
    const id = await keepForm(tools, owner, incoming.path, incoming.form, now)
    const signedOut = next === '/sign-in'
    const href = next === 'here' ? `/kept-forms/${id}` : `${next}?next=/kept-forms/${id}`
    return html(
      raw,
      signedOut ? 401 : 409,
      keptPage({ href, signedOut, forSomebodyElse: !signedOut && account !== owner.account }),
    )
  }
  if (next === 'here') return html(raw, 409, secondTryPage(incoming.path))
  return raw
    .code(303)
    .header('location', `${next}?next=${encodeURIComponent(`${incoming.path}${search}`)}`)
    .send()
}

async function send(
  tools: ServerTools,
  route: Route,
  raw: FastifyReply,
  incoming: Incoming,
  outcome: Outcome,
  digest: Buffer,
  now: Instant,
) {
  switch (outcome.kind) {
    case 'reply':
      if (outcome.filled) tools.outboxFilled(outcome.filled)
      return sendReply(tools, raw, outcome.reply.kind === 'afterwards' ? await outcome.reply.make() : outcome.reply)
    case 'signed-out':
      return keepAndSay(tools, raw, incoming, outcome.account, now, '/sign-in')
    case 'second-factor':
      return keepAndSay(tools, raw, incoming, outcome.account, now, '/code', route.method === 'GET' ? incoming.search : '')
    case 'stale':
      return keepAndSay(tools, raw, incoming, outcome.account, now, 'here')
    case 'no-school':
      return raw.code(303).header('location', '/choose-school').send()
    case 'unknown-link':
      return html(raw, 404, notFoundPage())
    case 'denied':
      await auditDenial(tools, now, digest, 'access.denied', route.path, incoming.params)
      return outcome.record ? html(raw, 404, notFoundPage()) : html(raw, 403, forbiddenPage())
  }
}

async function handle(tools: ServerTools, route: Route, raw: FastifyRequest, reply: FastifyReply) {
  const now = tools.clock.now()
  const incoming = incomingOf(raw, tools.publicAddress)
  const token = raw.cookies[sessionCookieName(tools.secureCookies)] ?? ''
  const digest = tokenDigest(token)
  // A lost connection is tried again: a command finds its own receipt by its key, a page has nothing to repeat.
  const twice = route.method === 'GET' || incoming.commandKey || route.harmlessTwice ? 'harmless' : 'harmful'
  const outcome = await tools.database.persistently(twice, () =>
    route.to === 'visitor' ? byLink(route, tools, now, incoming) : signedIn(route, tools, now, digest, incoming),
  )
  return send(tools, route, reply, incoming, outcome, digest, now)
}

class Unreadable extends Error {
  override readonly name = 'Unreadable'
  readonly statusCode = 400
}

/** What a browser would never send is the sender's fault, not ours. */
async function readForm(raw: FastifyRequest): Promise<{ form: FormValues; files: UploadedFile[] }> {
  try {
    return await readMultipart(raw)
  } catch (error) {
    throw (error as { statusCode?: number }).statusCode ? error : new Unreadable('the parts of a form cannot be told apart')
  }
}

async function readMultipart(raw: FastifyRequest): Promise<{ form: FormValues; files: UploadedFile[] }> {
  const pairs: [string, string][] = []
  const files: UploadedFile[] = []
  for await (const part of raw.parts({
    limits: { fileSize: fileBytesMax, files: 10, fields: 400, fieldSize: 2 * 1024 * 1024 },
  })) {
    if (part.type === 'field') pairs.push([part.fieldname, String(part.value)])
    else {
      const chunks: Buffer[] = []
      for await (const chunk of part.file) chunks.push(chunk as Buffer)
      files.push({ field: part.fieldname, name: part.filename, content: Buffer.concat(chunks), tooLarge: part.file.truncated })
    }
  }
  return { form: FormValues.of(pairs), files }
}

function assertDeclared(route: Route) {
  // The types ask for both already; this stands where a route comes from somewhere the compiler did not see.
  if (!route.action || !ruleFor(route.action)) throw new Error(`${route.method} ${route.path} has no action`)
  if (!route.audit) throw new Error(`${route.method} ${route.path} has no audit event`)
}

/** The web server: every route goes through one transaction, one permit and one audit entry. */
export async function createServer(
  tools: ServerTools,
  routes: readonly Route[],
  plugins: readonly ((app: FastifyInstance) => Promise<void>)[],
): Promise<FastifyInstance> {
  const proxies = addressList(tools.trustedProxies)
  const waits = tools.patience ?? patience
  const listener = listenerOptions(waits)
  const unreadable = answerUnreadable(tools.log, tools.secureCookies)
  const app = Fastify({
    logger: false,
    ...(tools.tls ? { https: { ...listener, ...tlsOptions(tools.tls) } } : { http: listener }),
    bodyLimit: formBytesMax,
    requestTimeout: waits.requestMs,
    connectionTimeout: waits.silenceMs,
    trustProxy: address => proxies.has(address),
    clientErrorHandler: unreadable,
    genReqId: () => newId<string>(),
  })
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        manifestSrc: ["'self'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: tools.secureCookies ? { maxAge: 31_536_000, includeSubDomains: true } : false,
  })
  guardTheDoor(app, { encrypted: tools.tls !== undefined, proxies, publicAddress: tools.publicAddress }, unreadable)
  // Only what browsers' forms send is read: a body of another kind must not pass for a form that was.
  app.removeAllContentTypeParsers()
  // A file that is too large is cut off and marked, so that the page can say so at its place.
  await app.register(multipart, { throwFileSizeLimit: false })
  await app.register(rateLimit, { global: false })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, { form: FormValues.parse(String(body)), files: [] })
  })
  await app.register(serveAssets)
  app.addHook('onSend', async (raw, reply) => {
    if (!raw.url.startsWith('/assets/')) reply.header('cache-control', 'no-store')
  })
  app.addHook('onResponse', async (raw, reply) => {
    tools.log.request({
      requestId: raw.id,
      method: raw.method,
      routePattern: raw.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      durationMs: reply.elapsedTime,
    })
  })
  for (const plugin of plugins) await plugin(app)
  for (const route of routes) {
    assertDeclared(route)
    app.route({
      method: route.method,
      url: route.path,
      ...(route.to === 'visitor' ? { config: { rateLimit: { max: tools.openRequestsEachMinute, timeWindow: '1 minute' } } } : {}),
      handler: async (raw, reply) => {
        if (route.multipart && raw.isMultipart()) raw.body = await readForm(raw)
        return handle(tools, route, raw, reply)
      },
    })
  }
  app.setNotFoundHandler((_raw, reply) => html(reply, 404, notFoundPage()))
  app.setErrorHandler((error: Error & { statusCode?: number }, raw, reply) => {
    const status = error.statusCode ?? 500
    if (status === 413) return html(reply, 413, tooLargePage())
    if (status === 429) return html(reply, 429, busyPage())
    if (status >= 400 && status < 500) return html(reply, status, secondTryPage(raw.url.split('?')[0] ?? '/'))
    const gone = isRetryable(error)
    tools.log.failure('request failed', error, { requestId: raw.id })
    const form = (raw.body as { form?: FormValues } | undefined)?.form
    return html(
      reply,
      gone ? 503 : 500,
      troublePage({ requestId: raw.id, databaseGone: gone, again: form && { path: raw.url.split('?')[0] ?? '/', form } }),
    )
  })
  return app
}
