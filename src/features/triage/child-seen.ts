/** A child who was to be seen today: who saw or reached them, when, and what came of it. */
import type { Actor, Permit } from '../../access/index.ts'
import { newSalt, saltedDigest } from '../../audit/entry.ts'
import type { ChildId, EntryId } from '../../kernel/ids.ts'
import { dayInWords, timeInWords, toInstant, toLocal } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { clocksMetBy } from '../../policy/clocks.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReader } from '../../web/http/form-reader.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import type { Work } from '../../work/work.ts'
import type { Step } from './commands.ts'
import type { ConcernFacts } from './model.ts'
import { childName } from './pages/parts.tsx'
import { entryFor, subjectsOf } from './rules.ts'
import { insertAddendum, saveConcernChange } from './store.ts'

export interface ChildSeen {
  readonly childIds: readonly ChildId[]
  readonly by: string
  readonly at: Instant
  readonly says: string
}

export function readChildSeen(form: FormValues, concern: ConcernFacts, now: Instant): Result<ChildSeen, FieldErrors> {
  const reader = new FormReader(form, now)
  const children = subjectsOf(concern).map(child => child.childId)
  const chosen = children.length === 1 ? children : reader.several('child', children, 'Select children from the list.')
  if (chosen.length === 0) reader.wrong('child', 'Select which children were seen.')
  const by = reader.line('by', 'The name', 'Enter who saw or reached the child.')
  const on = reader.date('seen', 'The day', 'past', 'Enter the day on which it was.')
  const time = reader.time('time', 'Enter the time at which it was.')
  const at = on && time ? toInstant(on, time) : undefined
  if (at && at > now) reader.wrong('time', 'The time must be in the past.')
  const says = reader.words('says', 'What came of it', 'Write what came of it.')
  if (reader.errors.length > 0 || !at) return refused(reader.errors)
  return ok({ childIds: chosen as ChildId[], by, at, says })
}

/** Keeps it with the concern and in the children's files; once all of them were seen, their clock is met at that moment. */
export async function recordChildSeen(
  work: Work<Actor>,
  permit: Permit<'concern.add-to'>,
  concern: ConcernFacts,
  seen: ChildSeen,
): Step<true> {
  const children = subjectsOf(concern).filter(child => seen.childIds.includes(child.childId))
  const { date, time } = toLocal(seen.at)
  const who = children.map(childName).join(' and ')
  const says = `${who}: seen or reached by ${seen.by}, ${dayInWords(date)} at ${timeInWords(time)}.\n${seen.says}`
  const id = newId<string>()
  const salt = newSalt()
  await insertAddendum(work, permit, concern, {
    id,
    by: work.someone.adultId,
    kind: 'team',
    says,
    salt,
    reporterId: null,
  })
  const isAll = children.length === subjectsOf(concern).length
  await saveConcernChange(work, permit, concern, {
    ...(isAll ? { meets: clocksMetBy({ event: 'child.seen', at: seen.at }), metAt: seen.at } : {}),
    entries: children.map(child => entryFor(child, 'contact', 'Child seen', seen.at, () => newId<EntryId>())),
  })
  work.note({
    event: 'child.seen',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { children: children.map(child => child.childId), at: seen.at, words: saltedDigest(salt, says) },
  })
  return ok(true)
}
