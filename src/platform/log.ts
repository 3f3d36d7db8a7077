import pino from 'pino'

/** One answered request. The pattern (`/concerns/:id`), never the address: a query string may hold a name. */
export type RequestLine = {
  readonly requestId: string
  readonly method: string
  readonly routePattern: string
  readonly status: number
  readonly durationMs: number
}

/** What may stand beside an event: counts, ids, codes. Values that are not listed in `allowedFields` are left out. */
export type EventFields = Readonly<Partial<Record<AllowedField, string | number | boolean>>>

type AllowedField = (typeof allowedFields)[number]

/** A log that cannot hold a name: it takes no free text from a request, and of an error only where and of what kind. */
export interface Log {
  request(line: RequestLine): void
  event(name: string, fields?: EventFields): void
  /** For whoever looks for a cause: written only where the level asks for it. */
  detail(name: string, fields?: EventFields): void
  failure(name: string, error: unknown, fields?: EventFields): void
}

const allowedFields = [
  'requestId',
  'job',
  'jobId',
  'attempt',
  'count',
  'durationMs',
  'migration',
  'port',
  'signal',
  'schoolId',
] as const

const shortToken = /^[\w.:/-]{1,120}$/

function allowed(fields: EventFields): Record<string, string | number | boolean> {
  const kept = allowedFields.flatMap(field => {
    const value = fields[field]
    if (value === undefined || (typeof value === 'string' && !shortToken.test(value))) return []
    return [[field, value] as const]
  })
  return Object.fromEntries(kept)
}

function tokenAt(error: object, key: string): string | undefined {
  const value: unknown = Reflect.get(error, key)
  return typeof value === 'string' && shortToken.test(value) ? value : undefined
}

/**
 * An error's kind, code and place. Never its message: the database puts the offending value there, and the stack begins
 * with the message.
 */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error }
  const stack = error.stack ?? ''
  const frames = stack
    .slice(stack.indexOf(error.message) + error.message.length)
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .slice(0, 12)
    .map(line => line.trim())
  const told = {
    kind: tokenAt(error, 'name'),
    code: tokenAt(error, 'code'),
    constraint: tokenAt(error, 'constraint'),
    table: tokenAt(error, 'table'),
  }
  return { ...told, frames, ...(error.cause === undefined ? {} : { cause: describe(error.cause) }) }
}

export const logLevels = ['error', 'info', 'debug'] as const
/** `error` writes only what failed; `info` every request and event as well, `debug` the details too. */
export type LogLevel = (typeof logLevels)[number]

/** A log in lines of JSON, to standard output or where a test listens. */
export function createLog(destination: { write(line: string): void } = process.stdout, level: LogLevel = 'info'): Log {
  const lines = pino({ base: null, level, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' }, destination)
  return {
    request: ({ requestId, method, routePattern, status, durationMs }) => {
      const level = status >= 500 ? 'error' : 'info'
      lines[level]({ requestId, method, routePattern, status, durationMs: Math.round(durationMs * 10) / 10 }, 'request')
    },
    event: (name, fields = {}) => lines.info(allowed(fields), name),
    detail: (name, fields = {}) => lines.debug(allowed(fields), name),
    failure: (name, error, fields = {}) => lines.error({ ...allowed(fields), error: describe(error) }, name),
  }
}

/** Holds its tongue: for programs whose output is read by people. */
export const silentLog: Log = { request: () => {}, event: () => {}, detail: () => {}, failure: () => {} }
