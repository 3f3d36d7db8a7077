import { randomBytes } from 'node:crypto'
import http from 'node:http'
import type pg from 'pg'
import type { AdultId, SchoolId } from '../src/kernel/ids.ts'
import { type Instant, instantOf } from '../src/kernel/plain-date.ts'
import { newId } from '../src/platform/identifiers.ts'
import { formToken } from '../src/web/http/form-token.ts'
import { sessionCookieName, tokenDigest } from '../src/web/http/server.ts'

/** Somebody signed in, as their browser knows it. */
export interface Session {
  readonly schoolId: SchoolId
  readonly schoolKey: string
  readonly adultId: AdultId
  readonly cookie: string
  readonly formToken: string
}

interface AdultRow {
  readonly school_id: SchoolId
  readonly key: string
  readonly id: AdultId
  readonly account_id: string
}

/** Opens sessions for the first holders of a role at the first schools, as signing in with a code does. */
export async function openSessions(
  admin: pg.Client,
  role: string,
  schools: number,
  each: number,
  now: Instant,
): Promise<Session[]> {
  const { rows } = await admin.query<AdultRow>(
    `select * from (select p.school_id, s.key, a.id, a.account_id, row_number() over (partition by s.id order by a.id) as n, dense_rank() over (order by s.key) as school
       from appointment p join school s on s.id = p.school_id join adult a on a.school_id = p.school_id and a.id = p.adult_id
       where p.role = $1 and p.ends_at is null and a.account_id is not null) ranked
     where school <= $2 and n <= $3 order by n, school`,
    [role, schools, each],
  )
  const sessions: Session[] = []
  for (const row of rows) {
    const [id, token, secret] = [newId<string>(), randomBytes(32).toString('base64url'), randomBytes(32)]
    const expires = instantOf(Date.parse(now) + 86_400_000)
    await admin.query(
      `insert into session (id, token_digest, account_id, school_id, started_at, last_seen_at, expires_at, second_factor_at, form_secret)
       values ($1, $2, $3, $4, $5, $5, $6, $5, $7)`,
      [id, tokenDigest(token), row.account_id, row.school_id, now, expires, secret],
    )
    sessions.push({
      schoolId: row.school_id,
      schoolKey: row.key,
      adultId: row.id,
      cookie: `${sessionCookieName(false)}=${token}`,
      formToken: formToken(secret.toString('hex'), id),
    })
  }
  return sessions
}

export interface Answer {
  readonly status: number
  readonly location: string | undefined
  readonly body: string
}

const longestAnswerMs = 60_000

/** Requests over connections that stay open. */
export class Browser {
  readonly #agent: http.Agent
  readonly #port: number

  constructor(port: number, connections: number) {
    this.#port = port
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: connections })
  }

  #send(session: Session, method: 'GET' | 'POST', path: string, body: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = {
        cookie: session.cookie,
        ...(method === 'POST'
          ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }
          : {}),
      }
      const request = http.request(
        { agent: this.#agent, host: '127.0.0.1', port: this.#port, method, path, headers },
        response => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              location: response.headers.location,
              body: Buffer.concat(chunks).toString(),
            }),
          )
          response.on('error', reject)
          // A server that dies halfway through an answer ends neither.
          response.on('close', () => reject(new Error('the answer broke off')))
        },
      )
      request.setTimeout(longestAnswerMs, () => request.destroy(new Error('no answer in time')))
      request.on('error', reject)
      request.end(body)
    })
  }

  get(session: Session, path: string): Promise<Answer> {
    return this.#send(session, 'GET', path, '')
  }

  /** A form with its token and a command key; the same key again is the same command. */
  post(session: Session, path: string, fields: Readonly<Record<string, string>>, key: string = newId<string>()): Promise<Answer> {
    const body = new URLSearchParams({ _token: session.formToken, _key: key, ...fields }).toString()
    return this.#send(session, 'POST', path, body)
  }

  close(): void {
    this.#agent.destroy()
  }
}
