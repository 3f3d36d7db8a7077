import { createHash } from 'node:crypto'
import type { ChildId } from '../../kernel/ids.ts'
import type { FormValues } from '../../web/http/form-values.ts'

/** Characters that one box of the account may hold: some thirty pages. A megabyte is refused with a sentence. */
export const wordsMax = 50_000
export const lineMax = 200
export const rowsMax = 8

/** The four boxes of the account, never mixed, with the questions that the page, the errors and the record ask by. */
export const accountBoxes = [
  { name: 'child-words', key: 'childWords', says: "The child's own words", at: 'child-words' },
  { name: 'seen', key: 'seen', says: 'What I saw or heard', at: 'seen' },
  { name: 'opinion', key: 'opinion', says: 'What I think, and why it worries me', at: 'opinion' },
  { name: 'done', key: 'done', says: 'What I did', at: 'parents' },
] as const

export const involvementNames = {
  subject: 'I am worried about them',
  source: 'They told us about another child, and were not harmed themselves',
  alleged: 'They are said to have harmed another child',
  witness: 'They saw or heard it',
  sibling: 'They are a brother or sister',
  other: 'They are involved in another way',
} as const

export const wayItCameNames = {
  child: 'The child told an adult directly',
  'worry-box': 'The child wrote or drew it: worry box',
  parent: 'A parent or carer told us',
  friend: 'Through a friend of the child',
  overheard: 'It was overheard',
  seen: 'Somebody saw or noticed it',
} as const

export const behalfNames = {
  'no-account': 'A colleague who has no account (supply, agency, kitchen, volunteer)',
  spoken: 'A colleague told me by voice',
  'colleague-mail': 'A colleague wrote a mail',
  'paper-form': 'A paper form',
  'agency-call': 'A telephone call from an agency',
  'agency-mail': 'A mail from an agency',
  'agency-letter': 'A letter',
  parent: 'A parent or carer',
} as const

/** How many rows of a repeated group the form shows: those filled in, and the empty one that was asked for. */
export function rowsOf(form: FormValues, group: string): number {
  const pattern = new RegExp(`^${group}-(\\d)-`)
  const filled = form.names().flatMap(name => {
    const n = Number(pattern.exec(name)?.[1] ?? 0)
    return n >= 1 &&
      form.text(name).trim() !== '' &&
      !name.endsWith('-standing') &&
      !name.endsWith('-involvement') &&
      !name.endsWith('-part') &&
      !name.endsWith('-id')
      ? [n]
      : []
  })
  const asked = form.text('_do') === `add-${group}` ? 1 : 0
  return Math.min(rowsMax, Math.max(1, Math.max(0, ...filled) + asked))
}

/**
 * The id of a child whom the form describes instead of choosing. Made from the draft's id, so that body marks can name the
 * child before it is recorded, and nobody can give it the id of a child who exists.
 */
export function describedChildId(draftId: string, n: number): ChildId {
  const hash = createHash('sha256').update(`described child ${draftId} ${n}`).digest('hex')
  const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
  return id as ChildId
}

/** A name as it is typed for a child whom nobody can name yet, so that no list ever shows an empty one. */
export const unnamedChild = { givenName: 'Child', familyName: 'not yet identified' } as const
