import type { Actor, Permit } from '../../access/index.ts'
import { newSalt, saltedDigest } from '../../audit/entry.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import { toLocal } from '../../kernel/london-time.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { FieldError, FieldErrors } from '../../web/components/index.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import type { Work } from '../../work/work.ts'
import { takeFirstHand } from '../accounts/index.ts'
import { accountBoxes, words, wordsMax } from '../concerns/index.ts'
import { noteTold, tellWhoHasIt } from './commands.ts'
import { insertFirstHand } from './store.ts'

/** Lines for as many children as one concern can be about. */
const filesMax = 20

/** What somebody saw or heard themselves: the kinds of words kept apart under their questions. */
export function parseFirstHand(form: FormValues): Result<string, FieldErrors> {
  const errors: FieldError[] = []
  const written = accountBoxes.flatMap(({ name, says }) => {
    const read = words(says, wordsMax).safeParse(form.text(name))
    for (const issue of read.error?.issues ?? []) errors.push({ field: name, says: issue.message })
    return read.data ? [{ name, text: `${says}:\n${read.data}` }] : []
  })
  if (errors.length === 0 && !written.some(({ name }) => name === 'child-words' || name === 'seen'))
    errors.push({ field: 'seen', says: 'Enter what you saw or heard yourself, or what the child said to you.' })
  return errors.length > 0 ? refused(errors) : ok(written.map(({ text }) => text).join('\n\n'))
}

/** Adds the account that this person was asked for; false where none is awaited any more. */
export async function writeFirstHand(
  work: Work<Actor>,
  permit: Permit<'account.write-own'>,
  concernId: ConcernId,
  says: string,
): Promise<boolean> {
  const id = newId<string>()
  const { date, time } = toLocal(work.now)
  const taken = await takeFirstHand(work, permit, concernId, {
    addendumId: id,
    entryIds: Array.from({ length: filesMax }, () => newId<string>()),
    heading: 'First-hand account added',
    on: date,
    time,
  })
  if (!taken) return false
  const alerts = await tellWhoHasIt(work, taken, 'Whoever saw or heard it has written their own account.')
  const salt = newSalt()
  await insertFirstHand(
    work,
    permit,
    { concernId, excluded: taken.excluded, alerts },
    { id, by: work.someone.adultId, says, salt },
  )
  work.note({
    event: 'account.written',
    subjectKind: 'concern',
    subject: concernId,
    facts: { addendum: id, words: saltedDigest(salt, says) },
  })
  noteTold(work, concernId, alerts)
  return true
}
