import type { VNode } from 'preact'
import { dateInWords, momentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Badge, Chronology, type ChronologyItem, Tag, Words } from '../../../web/components/index.ts'
import { roleName } from '../../people/index.ts'
import type { Author, Chronology as ChronologyOfFile, EntryToShow, EntryWords } from '../model.ts'
import { rolesAt } from '../rules.ts'
import { categoryName, involvementNames, kindNames, onBehalfInWords, passageName } from '../words.ts'
import { atTime, dayNearby, hrefOf } from './parts.tsx'

interface EntriesProps {
  readonly chronology: ChronologyOfFile
  readonly profile: Profile
  readonly now: Instant
  /** Links are of no use on paper. */
  readonly onPaper?: boolean
}

/** The writer by post and by what they were for safeguarding when they wrote; by every role where no post is known. */
function authorInWords(author: Author | undefined, entry: EntryToShow, profile: Profile): string {
  if (!author) return 'somebody without an account'
  const held = rolesAt(author, entry.recordedAt)
  const named = author.jobTitle ? held.filter(role => profile.team.some(member => member.role === role)) : held
  const parts = [author.jobTitle, ...named.map(role => roleName(profile, role))].filter(Boolean)
  return parts.length > 0 ? `${author.name} (${[...new Set(parts)].join(', ')})` : author.name
}

function metaOf(entry: EntryToShow, { chronology, profile }: EntriesProps): string {
  const author = entry.authorId ? chronology.authors[entry.authorId] : undefined
  const { concern } = entry
  const isReport = entry.kind === 'concern' && concern !== null
  const reported = isReport && concern.reportedBy ? `Reported by ${concern.reportedBy}` : ''
  const how = isReport && concern.onBehalfReason ? onBehalfInWords(concern.onBehalfReason) : ''
  const first = isReport && concern.firstWrittenAt ? `first written ${momentInWords(concern.firstWrittenAt)}` : ''
  const told = [reported, how, first].filter(Boolean).join(', ')
  const recorded = `Recorded by ${authorInWords(author, entry, profile)} on ${momentInWords(entry.recordedAt)}`
  return `${told ? `${told}. ` : ''}${recorded}.${concern ? ` Concern ${concern.reference}.` : ''}`
}

function facts(entry: EntryToShow, profile: Profile): string[] {
  const { concern } = entry
  if (concern?.movedAway)
    return entry.kind === 'concern' ? ['Filed here by mistake and moved to another file: nothing of it is about this child.'] : []
  return [
    ...(entry.kind === 'concern' && entry.involvement ? [involvementNames[entry.involvement]] : []),
    ...(entry.kind === 'concern' && concern?.isShared ? ['Another child is also involved'] : []),
    ...(entry.kind === 'concern' && concern?.undated
      ? ['Nobody said when it happened: it stands on the day it was recorded']
      : []),
    ...(entry.kind === 'concern' && concern?.location ? [`Place: ${concern.location}`] : []),
    ...(entry.categories.length > 0 ? [`Category: ${entry.categories.map(id => categoryName(profile, id)).join(', ')}`] : []),
  ]
}

const aboutWords: Readonly<Record<Exclude<EntryWords['kind'], 'whole' | 'kept-apart'>, string>> = {
  'names-left-out': `Where words in square brackets stand, another child’s name is left out. The whole words are in the school’s own record.`,
  'child-words-kept-apart': `More than one child is the subject, so what the children said is with the concern alone. Words in square brackets stand for another child.`,
}

function Passages({ words, writer }: { readonly words: EntryWords; readonly writer: string }): VNode | null {
  if (words.kind === 'kept-apart')
    return <p class="hf-meta">The words are about another child. They are with the concern, and not in this file.</p>
  if (words.passages.length === 0) return null
  return (
    <>
      {words.passages.map(({ label, says }) => (
        <div>
          <p class="hf-passage">{label === 'opinion' ? `Opinion of ${writer}` : passageName(label)}</p>
          <Words>{says}</Words>
        </div>
      ))}
      {words.kind !== 'whole' && <p class="hf-meta">{aboutWords[words.kind]}</p>}
    </>
  )
}

/** Whose opinion an opinion is: the reporter's, where somebody else typed it. */
function writerOf(entry: EntryToShow, { chronology, profile }: EntriesProps): string {
  const author = entry.authorId ? chronology.authors[entry.authorId] : undefined
  return entry.concern?.reportedBy ?? authorInWords(author, entry, profile)
}

function itemOf(entry: EntryToShow, props: EntriesProps): ChronologyItem {
  const href = hrefOf(entry)
  const lines = facts(entry, props.profile)
  return {
    id: `e-${entry.id}`,
    when: `${props.onPaper ? dateInWords(entry.happenedOn) : dayNearby(entry.happenedOn, props.now)}${atTime(entry.happenedAtTime)}`,
    dateTime: entry.happenedAtTime ? `${entry.happenedOn}T${entry.happenedAtTime}` : entry.happenedOn,
    title:
      href && !props.onPaper ? (
        <a class="govuk-link" href={href}>
          {entry.heading}
        </a>
      ) : (
        entry.heading
      ),
    badge: (
      <>
        <Tag colour="grey" class="hf-kind">
          {kindNames[entry.kind].one}
        </Tag>
        {entry.kind === 'concern' && entry.concern?.urgent && (
          <>
            {' '}
            <Badge kind="urgent" />
          </>
        )}
      </>
    ),
    body: (
      <>
        {lines.length > 0 && <p>{lines.join('. ')}.</p>}
        {entry.words && <Passages words={entry.words} writer={writerOf(entry, props)} />}
      </>
    ),
    meta: metaOf(entry, props),
  }
}

/** The entries, each with its day, kind, this child's part in it, and who recorded it. */
export function Entries(props: EntriesProps): VNode {
  return <Chronology headingLevel={3} items={props.chronology.entries.map(entry => itemOf(entry, props))} />
}
