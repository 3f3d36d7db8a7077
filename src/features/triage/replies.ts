/** A child or a parent who told the school hears back: who spoke with them, when, and what was said; or why that cannot be. */
import type { Actor, Permit } from '../../access/index.ts'
import type { EntryId } from '../../kernel/ids.ts'
import { toInstant } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { ClockName } from '../../policy/profile.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReader } from '../../web/http/form-reader.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import type { Work } from '../../work/work.ts'
import type { Step } from './commands.ts'
import type { ConcernFacts } from './model.ts'
import type { ConcernContent } from './page-model.ts'
import { insertReply, type ToldBy } from './replies-store.ts'
import { childrenNow, entryFor, subjectsOf } from './rules.ts'
import { saveConcernChange } from './store.ts'

export const whoToldUs = ['child', 'parent'] as const
export type Whom = (typeof whoToldUs)[number]

/** `response`: somebody spoke with the child. `feedback`: they heard what came of it, or the parent was answered. */
export type ReplyKind = 'response' | 'feedback' | 'none'

export interface Reply {
  readonly id: string
  readonly whom: Whom
  readonly kind: ReplyKind
  readonly at: Instant | null
  readonly givenBy: string
  readonly says: string
  readonly because: string
  readonly leftOut: boolean
  readonly recordedAt: Instant
  readonly byName: string | null
}

export interface NewReply extends Omit<Reply, 'id' | 'recordedAt' | 'byName'> {
  /** Of a parent: whether it is about their own child and nobody else's. */
  readonly ownChild: boolean | null
}

export const replyTitles: Readonly<Record<Whom, string>> = {
  child: 'Write down what the child heard back',
  parent: 'Write down the reply to the parent',
}

export const replyKindNames: Readonly<Record<Whom, Readonly<Partial<Record<ReplyKind, string>>>>> = {
  child: {
    response: 'Somebody has spoken with the child',
    feedback: 'The child was told what came of it',
    none: 'The child cannot be told',
  },
  parent: { feedback: 'The parent was answered', none: 'The parent cannot be answered' },
}

/** Whether a child, or a parent, told the school. */
export function toldUs(whom: Whom, by: Pick<ConcernContent, 'came' | 'onBehalfReason'>): boolean {
  return whom === 'child'
    ? by.came === 'child' || by.came === 'worry-box'
    : by.came === 'parent' || by.onBehalfReason === 'parent'
}

const plain = (name: string) => name.trim().toLocaleLowerCase('en-GB').replaceAll(/\s+/g, ' ')

/** Whether whoever told us is known as a parent or carer of every child whom it is about. Who is not known counts as a stranger to them. */
export function isAboutOwnChild({ name, contacts }: Pick<ToldBy, 'name' | 'contacts'>): boolean {
  if (name === null || contacts.length === 0) return false
  return contacts.every(names => names.some(known => plain(known) === plain(name)))
}

/** The children of the concern whom these words name. */
function namedIn(words: string, concern: ConcernFacts): readonly string[] {
  const names = childrenNow(concern).flatMap(({ givenName, familyName, knownAs }) => [givenName, familyName, knownAs ?? ''])
  const written = new Set(words.split(/[^\p{L}\p{N}'’-]+/u).map(word => word.replace(/['’]s$/u, '')))
  return [...new Set(names)].filter(name => name !== '' && name.split(' ').every(part => written.has(part)))
}

/** Reads a reply; one to the parent of another child is refused while it names a child, or until its writer says that none is in it. */
export function readReply(
  form: FormValues,
  concern: ConcernFacts,
  whom: Whom,
  by: ToldBy,
  now: Instant,
): Result<NewReply, FieldErrors> {
  const reader = new FormReader(form, now)
  const kinds = Object.keys(replyKindNames[whom]) as ReplyKind[]
  const kind = reader.choice(
    'kind',
    kinds,
    whom === 'child' ? 'Select what the child heard.' : 'Select whether the parent was answered.',
  )
  const ownChild = whom === 'parent' ? isAboutOwnChild(by) : null
  const none = { whom, ownChild, at: null, givenBy: '', says: '', because: '', leftOut: false }
  if (kind === 'none') {
    const because = reader.words('because', 'The reason', 'Write why they cannot be told: nobody knows who they are, for one.')
    return reader.errors.length > 0 ? refused(reader.errors) : ok({ ...none, kind, because })
  }
  const givenBy = reader.line('given-by', 'The name', 'Enter who spoke with them or answered them.')
  const on = reader.date('given', 'The day', 'past', 'Enter the day on which it was.')
  const time = reader.time('time', 'Enter the time at which it was.')
  const at = on && time ? toInstant(on, time) : undefined
  if (at && at > now) reader.wrong('time', 'The time must be in the past.')
  const says = reader.words('says', 'What they were told', 'Write what they were told.')
  const leftOut = form.text('left-out') === 'yes'
  if (ownChild === false) {
    const named = namedIn(says, concern)
    if (named.length > 0) reader.wrong('says', `Take out what is about another child: the reply names ${named.join(' and ')}.`)
    if (!leftOut) reader.wrong('left-out', 'Say that the reply holds nothing about another child.')
  }
  if (reader.errors.length > 0 || !at || !kind) return refused(reader.errors)
  return ok({ ...none, kind, at, givenBy, says, leftOut: ownChild === false && leftOut })
}

const met: Readonly<Record<Whom, Readonly<Record<ReplyKind, readonly ClockName[]>>>> = {
  child: { response: ['child-response'], feedback: ['child-response', 'child-feedback'], none: ['child-feedback'] },
  parent: { response: [], feedback: ['parent-reply'], none: ['parent-reply'] },
}

const headings: Readonly<Record<Whom, Readonly<Record<ReplyKind, string>>>> = {
  child: {
    response: 'Spoken with after telling us',
    feedback: 'Told what came of it',
    none: 'Cannot be told what came of it',
  },
  parent: { response: '', feedback: 'A parent who told us was answered', none: 'A parent who told us cannot be answered' },
}

/** Keeps it with the concern and meets what waited for it, at the moment at which it was. */
export async function recordReply(
  work: Work<Actor>,
  permit: Permit<'reply.record'>,
  concern: ConcernFacts,
  reply: NewReply,
): Step<true> {
  const { whom, kind, at } = reply
  const id = newId<string>()
  await insertReply(work, permit, concern, { ...reply, id, by: work.someone.adultId })
  // Nobody has spoken with a child who cannot be told: that time is not met, it is over.
  const over = whom === 'child' && kind === 'none' ? concern.clocks.filter(({ name }) => name === 'child-response') : []
  await saveConcernChange(work, permit, concern, {
    meets: [...met[whom][kind]],
    ...(at ? { metAt: at } : {}),
    ends: over.map(clock => clock.id),
    entries: subjectsOf(concern).map(child =>
      entryFor(child, 'contact', headings[whom][kind], at ?? work.now, () => newId<EntryId>()),
    ),
  })
  work.note({ event: 'reply.recorded', subjectKind: 'concern', subject: concern.id, facts: { reply: id, whom, kind, at } })
  return ok(true)
}

/** When somebody first answered a child; undefined where nobody has yet. */
export function firstAnswerAt(replies: readonly Pick<Reply, 'whom' | 'at'>[], whom: Whom): Instant | undefined {
  return replies.flatMap(reply => (reply.whom === whom && reply.at ? [reply.at] : [])).toSorted()[0]
}
