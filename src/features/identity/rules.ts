import { epochInMs, type Instant, instantOf } from '../../kernel/plain-date.ts'
import type { Tries } from './model.ts'

const sessionHours = 12
const freeTries = 5
const longestWaitSeconds = 60
const forgottenAfterHours = 24

/** A session ends after a working day however busy it is; idle ones end sooner. */
export function sessionExpiry(now: Instant): Instant {
  return instantOf(epochInMs(now) + sessionHours * 3_600_000)
}

const invitationDays = 7

/** An invitation waits for somebody who looks at their mail once a week, and not for whoever finds it later. */
export function invitationExpiry(now: Instant): Instant {
  return instantOf(epochInMs(now) + invitationDays * 86_400_000)
}

const longestName = 200

/** What is wrong with the name that somebody gives themselves, in a sentence. */
export function nameFault(typed: string): string | undefined {
  const name = typed.trim()
  if (name === '') return 'Enter your full name'
  if (name.length > longestName) return `Your name can have at most ${longestName} characters`
  return /[\p{Cc}\p{Cf}\uFFFD]/u.test(name) ? 'Your name must not contain invisible characters. Type it again' : undefined
}

/** Tries older than this count no more. */
export function triesForgottenBefore(now: Instant): Instant {
  return instantOf(epochInMs(now) - forgottenAfterHours * 3_600_000)
}

/**
 * Seconds until the next try is judged. A person who mistypes notices nothing; a program gets one try a minute. It never
 * grows beyond that: whoever could lock a safeguarding lead out could keep a concern unread.
 */
export function waitInSeconds(tries: Tries | undefined, now: Instant): number {
  if (!tries || tries.failures < freeTries || tries.failedAt < triesForgottenBefore(now)) return 0
  const wait = Math.min(2 ** (tries.failures - freeTries), longestWaitSeconds)
  return Math.max(0, Math.ceil((epochInMs(tries.failedAt) - epochInMs(now)) / 1000) + wait)
}

/** Where to go after signing in: a path of this server, never another site. */
export function localPath(next: string | null | undefined): string {
  // A second slash or a backslash would make browsers read a host; a control character is dropped by them before reading.
  if (!next || !/^\/(?![/\\])[\w\-./?=&%:~]*$/.test(next)) return '/'
  return /^\/(sign-in|sign-out|code|choose-school)(?![\w-])/.test(next) ? '/' : next
}

/** The address as it is stored and looked up. */
export function plainEmail(typed: string): string {
  return typed.trim().normalize('NFC').toLowerCase()
}

const shortestPassword = 12
const longestPassword = 200

/** What somebody who knows the person would try first. */
export interface PasswordContext {
  readonly email: string
  /** The person's own. */
  readonly name: string
  /** Names of the school, and of its trust where it has one. */
  readonly places: readonly string[]
}

const product = 'holdfast'
const shortestWord = 4
// In the name of half the schools of England: they give nothing away, and make good phrases.
const plainWords =
  /^(school|schools|primary|secondary|junior|infant|infants|academy|academies|college|trust|church|saint|high|lower|upper|park|west|east|north|south|catholic|grammar|learning|multi|education)$/

function wordsOf(text: string): readonly string[] {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  return words.filter(word => word.length >= shortestWord)
}

/** The first word of the context that the password holds, as it is named to the person. */
function guessedWord(plain: string, { email, name, places }: PasswordContext): string | undefined {
  const joined = plain.replaceAll(/[^\p{L}\p{N}]/gu, '')
  const holds = (word: string) => word.length >= shortestWord && (plain.includes(word) || joined.includes(word))
  if (holds(product)) return 'the name Holdfast'
  const address = email.toLowerCase().split('@')[0] ?? ''
  if (holds(address) || holds(address.replaceAll(/[^\p{L}\p{N}]/gu, ''))) return 'your email address'
  if (wordsOf(name).some(holds)) return 'your name'
  const whole = places.map(place => place.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''))
  const parts = places.flatMap(wordsOf).filter(word => !plainWords.test(word))
  return [...whole, ...parts].some(holds) ? 'the name of your school or its trust' : undefined
}

/** One of the commonest, whole, or with digits and signs around it, or twice: what programs try first. */
function isCommon(plain: string, common: ReadonlySet<string>): boolean {
  const core = plain.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const half = core.slice(0, core.length / 2)
  const isTwice = half.length >= shortestWord && core === half + half
  const isOneWord = core.length >= shortestWord && plain.length - core.length > 0
  return common.has(plain) || (isOneWord && common.has(core)) || (isTwice && common.has(half))
}

/** What is wrong with a new password, in a sentence. Length counts; rules about kinds of characters make people write it down. */
export function passwordFault(password: string, about: PasswordContext, common: ReadonlySet<string>): string | undefined {
  if (password === '') return 'Enter a new password'
  if (password.length < shortestPassword)
    return `Your new password must have at least ${shortestPassword} characters. Three or four words make a good one`
  if (password.length > longestPassword) return `Your new password can have at most ${longestPassword} characters`
  const plain = password.toLowerCase()
  const word = guessedWord(plain, about)
  if (word !== undefined) return `Your new password must not contain ${word}`
  if (new Set(plain).size < 5 || /password|qwertyuiop|1234567/.test(plain)) return 'Choose a password that is harder to guess'
  if (isCommon(plain, common)) return 'Many people use this password, so it is guessed first. Choose another'
  return undefined
}
