import { randomInt } from 'node:crypto'
import type { AdultId, SchoolId } from '../../kernel/ids.ts'
import { momentInWords } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { MailJob } from '../../platform/jobs.ts'
import type { OutgoingMail } from '../../platform/mail.ts'
import { hashPassword } from '../../platform/passwords.ts'
import { type WorkTools, workInBackground } from '../../work/work.ts'
import { findRecoveryMail, type HashedCode } from './recovery-store.ts'

/** As many as fit on a slip of paper and last for years of lost telephones. */
export const recoveryCodes = 10

// Crockford's: no letter that looks like a digit, so that what is read from paper is typed right.
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const groupLength = 4
const groups = 4

function newGroup(): string {
  return Array.from({ length: groupLength }, () => letters.charAt(randomInt(letters.length))).join('')
}

/** Ten new codes as they are printed. The first group of each says which it is, and is another in each. */
export function newRecoveryCodes(): readonly string[] {
  const selectors = new Set<string>()
  while (selectors.size < recoveryCodes) selectors.add(newGroup())
  return [...selectors].map(selector => [selector, ...Array.from({ length: groups - 1 }, newGroup)].join('-'))
}

export interface RecoveryCode {
  readonly selector: string
  readonly secret: string
}

/** A code as somebody types it from paper: small letters, other dashes, an O for a nought. Undefined where it cannot be one. */
export function readRecoveryCode(typed: string): RecoveryCode | undefined {
  const plain = typed
    .slice(0, 100)
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  if (plain.length !== groups * groupLength || [...plain].some(letter => !letters.includes(letter))) return undefined
  return { selector: plain.slice(0, groupLength), secret: plain.slice(groupLength) }
}

/** What is stored of the codes. One after the other: together they would take the memory of ten sign-ins at once. */
export async function hashRecoveryCodes(codes: readonly string[]): Promise<readonly HashedCode[]> {
  const hashed: HashedCode[] = []
  for (const code of codes) {
    const read = readRecoveryCode(code)
    if (!read) throw new Error('a code that could not be typed')
    hashed.push({ selector: read.selector, hash: await hashPassword(read.secret) })
  }
  return hashed
}

function recoveryMail(to: string, school: string, usedAt: Instant, left: number, address: string): OutgoingMail {
  const kept = left === 0 ? 'None of your codes is left.' : `${left} of your codes ${left === 1 ? 'is' : 'are'} left.`
  return {
    to,
    subject: 'A recovery code of yours was used in Holdfast',
    text: `One of your recovery codes was used at ${school} on ${momentInWords(usedAt)}. ${kept}\n\nIf it was you, there is nothing to do now. If it was not, change your password at once, make new codes, and tell the person who looks after Holdfast at your school: ${address}/account\n`,
  }
}

/** Tells somebody that a code of theirs was used: whoever found the paper cannot use it unnoticed. */
export async function sendRecoveryMail(
  tools: WorkTools,
  send: (mail: OutgoingMail) => Promise<void>,
  address: string,
  job: Pick<MailJob, 'schoolId' | 'adultId'>,
  now: Instant,
): Promise<void> {
  const { school, mail } = await workInBackground(tools, job.schoolId as SchoolId, now, async work => ({
    commit: true,
    value: { school: work.school.name, mail: await findRecoveryMail(work, job.adultId as AdultId) },
  }))
  if (!mail) return
  await send(recoveryMail(mail.email, school, new Date(mail.used_at).toISOString() as Instant, mail.left, address))
}
