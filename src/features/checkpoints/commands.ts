import { randomBytes } from 'node:crypto'
import { mkdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Actor, authorise, type Worker } from '../../access/index.ts'
import {
  type CheckpointKey,
  checkpointChains,
  checkpointDigest,
  commitment,
  firstOfAll,
  readCheckpoint,
  signCheckpoint,
} from '../../audit/checkpoint.ts'
import type { SchoolId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import { addDays, type PlainDate } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { Clock } from '../../platform/clock.ts'
import { newId } from '../../platform/identifiers.ts'
import { type Work, type WorkTools, workInBackground } from '../../work/work.ts'
import type { RecipientRefusal } from './model.ts'
import { checkpointMail, missedBetween } from './nights.ts'
import {
  endRecipient,
  findHeads,
  insertCheckpoint,
  insertDelivery,
  insertRecipient,
  isAddressOfSchool,
  listCheckpoints,
  listRecipients,
  listUndelivered,
} from './store.ts'

/** Makes the checkpoint of the night that ended, unless it is made. One covers what earlier nights have missed. */
export async function makeCheckpoint(work: Work<Worker>, key: CheckpointKey): Promise<void> {
  const permit = authorise(work.someone, 'checkpoint.make', { schoolId: work.school.id })
  const day = addDays(localDate(work.now), -1)
  const [last] = await listCheckpoints(work, permit, 1)
  if (last && last.day >= day) return
  const heads = await findHeads(work, permit)
  const openings = checkpointChains.map(chain => {
    const head = heads.find(one => one.chain === chain)
    if (!head) throw new Error(`the school has no ${chain} chain`)
    return { chain, n: head.n, hash: head.hash, salt: randomBytes(32) }
  })
  const digestOf = (chain: (typeof checkpointChains)[number]) =>
    openings.filter(one => one.chain === chain).map(one => commitment(one.salt, one.n, one.hash))[0] ?? ''
  const before = last ? { since: last.day, before: checkpointDigest(last.content) } : firstOfAll
  const content = signCheckpoint(key, {
    school: work.school.id,
    day,
    ...before,
    main: digestOf('main'),
    conduct: digestOf('conduct'),
  })
  await insertCheckpoint(work, permit, { day, content, openings })
  work.note({
    event: 'checkpoint.made',
    subjectKind: 'school',
    subject: work.school.id,
    facts: { day, missed: [...missedBetween(before.since, day)], key: key.publicText },
  })
}

/** How far back it is looked for what has not left yet: a mail server may be away for a week. */
const nightsOfferedAgain = 14

async function writeAsFile(folder: string, name: string, content: string): Promise<void> {
  const file = join(folder, name)
  if (await stat(file).catch(() => undefined)) return
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // Whoever copies the folder never finds half of one.
  await writeFile(`${file}.unfinished`, content, { mode: 0o600 })
  await rename(`${file}.unfinished`, file)
}

export interface WaysOut {
  readonly folder: string
  readonly send: (mail: { to: string; subject: string; text: string }) => Promise<void>
}

/** Lets what was made leave the database: as files, and by mail to whom the school named. Whatever fails is offered again. */
export async function handOutCheckpoints(tools: WorkTools, schoolId: SchoolId, out: WaysOut, clock: Clock): Promise<void> {
  const waiting = await workInBackground(tools, schoolId, clock.now(), async work => {
    const permit = authorise(work.someone, 'checkpoint.make', { schoolId })
    const after: PlainDate = addDays(localDate(work.now), -nightsOfferedAgain)
    const made = await listCheckpoints(work, permit, nightsOfferedAgain)
    return { commit: false, value: { key: work.school.key, made, mails: await listUndelivered(work, permit, after) } }
  })
  const failures: unknown[] = []
  const attempt = (work: Promise<unknown>) => work.catch((error: unknown) => failures.push(error))
  for (const { day, content } of waiting.made) await attempt(writeAsFile(join(out.folder, waiting.key), `${day}.txt`, content))
  for (const mail of waiting.mails) await attempt(mailOne(tools, schoolId, out, clock, mail))
  if (failures.length > 0) throw failures[0]
}

async function mailOne(
  tools: WorkTools,
  schoolId: SchoolId,
  out: WaysOut,
  clock: Clock,
  mail: { readonly day: PlainDate; readonly content: string; readonly id: string; readonly address: string },
): Promise<void> {
  const checkpoint = readCheckpoint(mail.content)
  if (!checkpoint) throw new Error(`the checkpoint of ${mail.day} cannot be read`)
  await out.send(checkpointMail(checkpoint, mail.address))
  await workInBackground(tools, schoolId, clock.now(), async work => {
    const permit = authorise(work.someone, 'checkpoint.make', { schoolId })
    await insertDelivery(work, permit, mail, work.now)
    return { commit: true, value: undefined }
  })
}

/** Names an address outside the school to which every checkpoint goes from the next night on. */
export async function nameRecipient(work: Work<Actor>, address: string): Promise<Result<undefined, RecipientRefusal>> {
  const permit = authorise(work.someone, 'checkpoint.send', { schoolId: work.school.id })
  if (await isAddressOfSchool(work, permit, address)) return refused('of-the-school')
  const named = await listRecipients(work, permit)
  if (named.some(one => one.address.toLowerCase() === address.toLowerCase())) return refused('named-already')
  const id = newId<string>()
  await insertRecipient(work, permit, id, address)
  work.note({ event: 'checkpoint.recipient-named', subjectKind: 'checkpoint-recipient', subject: id })
  return ok(undefined)
}

/** Sends nothing more to an address; false where it is not named. */
export async function stopSending(work: Work<Actor>, id: string): Promise<boolean> {
  const permit = authorise(work.someone, 'checkpoint.send', { schoolId: work.school.id })
  const ended = await endRecipient(work, permit, id, work.someone.adultId)
  if (ended) work.note({ event: 'checkpoint.recipient-ended', subjectKind: 'checkpoint-recipient', subject: id })
  return ended
}
