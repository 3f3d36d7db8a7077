import type { InjectOptions } from 'fastify'
import { newId } from '../../src/platform/identifiers.ts'
import type { Route } from '../../src/web/http/route.ts'

/** Dice that fall the same way for the same seed (mulberry32). */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  /** True once in so many throws. */
  once(inHowMany: number): boolean {
    return this.below(inHowMany) === 0
  }

  one<T>(choices: readonly [T, ...T[]] | readonly T[]): T {
    const chosen = choices[this.below(choices.length)]
    if (chosen === undefined) throw new Error('nothing to choose from')
    return chosen
  }
}

const hostileTexts: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  '99999999999999999999999999',
  '30',
  '2026-02-30',
  '2026-11-18',
  '0000-00-00',
  '+275760-09-13',
  '25:61',
  '12:00',
  'yes',
  'on',
  'true',
  'null',
  'undefined',
  '[object Object]',
  '__proto__',
  'constructor',
  "' or 1=1 --",
  "'); drop table concern; --",
  '%',
  '_',
  '\\',
  '$1',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '../../etc/passwd',
  '//evil.example/',
  'javascript:alert(1)',
  'line\r\nSet-Cookie: a=b',
  '\0',
  'before\0after',
  '\u0001\u001b[31m\u007f',
  '\u202Eright to left\u202C',
  'السلام عليكم',
  '👩‍👧‍👦🏽',
  'e\u0301'.repeat(50),
  '\uFFFE\uFFFF',
  '\uFEFF',
  'x'.repeat(10_000),
  '9'.repeat(400),
  '{"a":1}',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
]

// As they stand in a path or a body: not every one is well-formed.
const hostileEncodings: readonly string[] = [
  '%00',
  '%',
  '%zz',
  '%ff%fe',
  '%ed%a0%80',
  '%2e%2e%2f',
  '%c0%ae',
  '%20',
  '%0d%0a',
  '..',
  '*',
  '%F0%9F%98%80',
]

/** What hostile requests are made from: the product's own names and ids, so that they come past the first door. */
export interface Quarry {
  readonly routes: readonly Pick<Route, 'method' | 'path'>[]
  readonly fieldNames: readonly string[]
  readonly fieldValues: readonly string[]
  /** Real ids by parameter, of this school and of another. */
  readonly ids: Readonly<Record<string, readonly string[]>>
}

/** Who sends it: the cookie and the right token for its forms. */
export interface Sender {
  readonly says: string
  readonly cookie: string
  readonly token: string
}

export type HostileRequest = InjectOptions & { readonly method: NonNullable<InjectOptions['method']>; readonly url: string }

export class HostileRequests {
  readonly #dice: Dice
  readonly #quarry: Quarry
  readonly #allIds: readonly string[]
  readonly #keys: string[] = []

  constructor(dice: Dice, quarry: Quarry) {
    this.#dice = dice
    this.#quarry = quarry
    this.#allIds = Object.values(quarry.ids).flat()
  }

  #param(name: string): string {
    const own = this.#quarry.ids[name]
    const throwOf = this.#dice.below(20)
    if (own && own.length > 0 && throwOf < 14) return this.#dice.one(own)
    if (throwOf < 15) return newId<string>()
    if (throwOf < 16) return this.#dice.one(this.#allIds)
    if (throwOf < 18) return encodeURIComponent(this.#dice.one(hostileTexts).slice(0, 300)) || '-'
    return throwOf < 19 ? this.#dice.one(hostileEncodings) : 'a'.repeat(this.#dice.one([99, 101, 2000, 20_000]))
  }

  #value(): string {
    const throwOf = this.#dice.below(10)
    if (throwOf < 3 && this.#quarry.fieldValues.length > 0) return this.#dice.one(this.#quarry.fieldValues)
    if (throwOf < 5) return this.#dice.one(this.#allIds)
    if (throwOf === 5) return `child/${this.#dice.one(this.#allIds)}`
    if (throwOf === 6) return String(this.#dice.below(40))
    if (this.#dice.once(400)) return '😀 a huge account '.repeat(40_000)
    return this.#dice.one(hostileTexts)
  }

  /** Names and values as `name=value`, some of them not well-formed. */
  #pairs(count: number): string {
    const pairs = new URLSearchParams()
    for (let n = 0; n < count; n += 1) {
      const name = this.#dice.once(30) ? this.#dice.one(hostileTexts).slice(0, 200) : this.#dice.one(this.#quarry.fieldNames)
      for (let times = this.#dice.once(8) ? 1 + this.#dice.below(30) : 1; times > 0; times -= 1) pairs.append(name, this.#value())
    }
    const text = pairs.toString()
    return this.#dice.once(15) ? `${text}&${this.#dice.one(hostileEncodings)}=${this.#dice.one(hostileEncodings)}&&=&` : text
  }

  #key(): string {
    if (this.#keys.length > 0 && this.#dice.once(5)) return this.#dice.one(this.#keys)
    const key = this.#dice.once(10) ? this.#dice.one(hostileTexts) : newId<string>()
    this.#keys.push(key)
    return key
  }

  #formBody(sender: Sender): string {
    const machinery = new URLSearchParams()
    if (!this.#dice.once(20)) machinery.append('_token', this.#dice.once(12) ? this.#dice.one(hostileTexts) : sender.token)
    if (!this.#dice.once(12)) machinery.append('_key', this.#key())
    if (this.#dice.once(4)) machinery.append('_version', this.#dice.one(['0', '1', '2', '-1', 'x']))
    if (this.#dice.once(3)) machinery.append('_do', this.#dice.one(['check', 'save', 'submit', 'add', 'x']))
    if (this.#dice.once(15)) machinery.append('_kept', this.#dice.one(this.#allIds))
    return `${machinery}&${this.#pairs(this.#dice.once(6) ? 0 : this.#dice.below(40))}`
  }

  #multipartBody(sender: Sender): string {
    const part = (name: string, value: string, more = '') =>
      `--x\r\ncontent-disposition: form-data; name="${name.replaceAll(/["\r\n]/g, '')}"${more}\r\n\r\n${value}\r\n`
    const parts = [part('_token', sender.token), part('_key', this.#key())]
    for (let n = this.#dice.below(8); n > 0; n -= 1) {
      const name = this.#dice.one([...this.#quarry.fieldNames, 'scan', '__proto__'])
      const isFile = this.#dice.once(3)
      parts.push(
        part(
          name,
          this.#value().slice(0, 5000),
          isFile ? `; filename="${this.#dice.one(['a.pdf', '../../x', 'x".png', ''])}"` : '',
        ),
      )
    }
    return this.#dice.once(6) ? parts.join('') : `${parts.join('')}--x--\r\n`
  }

  #body(sender: Sender): { type: string | undefined; payload: string | Buffer } {
    const form = 'application/x-www-form-urlencoded'
    const throwOf = this.#dice.below(40)
    if (throwOf === 0) return { type: 'application/json', payload: JSON.stringify({ form: { text: 'x' }, _token: sender.token }) }
    if (throwOf === 1) return { type: 'text/plain', payload: 'words' }
    if (throwOf === 2) return { type: undefined, payload: '' }
    if (throwOf === 3) return { type: form, payload: Buffer.from([0xff, 0xfe, 0x00, 0x26, 0x3d, 0x80]) }
    if (throwOf === 4) return { type: 'multipart/form-data', payload: 'no boundary' }
    if (throwOf < 8) return { type: 'multipart/form-data; boundary=x', payload: this.#multipartBody(sender) }
    if (throwOf === 8) return { type: `${form}; charset=utf-16`, payload: this.#formBody(sender) }
    return { type: form, payload: this.#formBody(sender) }
  }

  #headers(sender: Sender): Record<string, string> {
    return {
      ...(sender.cookie === '' ? {} : { cookie: sender.cookie }),
      ...(this.#dice.once(25)
        ? { origin: this.#dice.one(['https://evil.example', 'null', 'x', 'http://localhost:80', '']) }
        : {}),
      ...(this.#dice.once(25) ? { 'x-forwarded-for': this.#dice.one(['1.2.3.4', "' or 1=1", 'x'.repeat(5000)]) } : {}),
      ...(this.#dice.once(20) ? { accept: this.#dice.one(['application/json', '*/*', 'x', '']) } : {}),
      ...(this.#dice.once(30) ? { 'accept-encoding': this.#dice.one(['br', 'gzip;q=0', 'x'.repeat(2000)]) } : {}),
    }
  }

  /** The next request, and who sends it. */
  next(senderFor: (route: Quarry['routes'][number]) => Sender): { readonly sender: Sender; readonly request: HostileRequest } {
    const route = this.#dice.one(this.#quarry.routes)
    const sender = senderFor(route)
    return { sender, request: this.#request(route, sender) }
  }

  #request(route: Quarry['routes'][number], sender: Sender): HostileRequest {
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => this.#param(name))
    const query = this.#dice.once(3) ? `?${this.#pairs(1 + this.#dice.below(5)).slice(0, 30_000)}` : ''
    const method = this.#dice.once(40)
      ? this.#dice.one(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'GET', 'POST'] as const)
      : route.method
    const url = this.#dice.once(60) ? this.#dice.one([`/${path}`, `${path}/`, path.toUpperCase(), '/%', '/assets/../src']) : path
    const headers = this.#headers(sender)
    if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return { method, url: `${url}${query}`, headers }
    const { type, payload } = this.#body(sender)
    return {
      method,
      url: `${url}${query}`,
      headers: { ...headers, ...(type === undefined ? {} : { 'content-type': type }) },
      payload,
    }
  }
}
