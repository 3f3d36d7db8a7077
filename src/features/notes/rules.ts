import { type NewNote, noteKindNames } from './model.ts'

/** What the chronology calls it: its kind and the agency, and never a word of what was said. */
export function headingOfNote(note: Pick<NewNote, 'kind' | 'agency'>): string {
  return note.agency === '' ? noteKindNames[note.kind] : `${noteKindNames[note.kind]}, ${note.agency}`
}

/** A contact with somebody, or a note of the team's own. */
export function entryKindOf(note: Pick<NewNote, 'kind'>): 'note' | 'contact' {
  return note.kind === 'note' ? 'note' : 'contact'
}
