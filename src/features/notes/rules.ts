import { type NewNote, noteKindNames } from './model.ts'

/** What the chronology calls it: its kind and the agency, and never a word of what was said. */
export function headingOfNote(note: Pick<NewNote, 'kind' | 'agency'>): string {
  return note.agency === '' ? noteKindNames[note.kind] : `${noteKindNames[note.kind]}, ${note.agency}`
}

/** Whether a hold on speaking with the child's parents stands in the way: of every contact that is not said to be with others. */
export function isHeldBack(note: Pick<NewNote, 'kind' | 'withParent'>, holds: number): boolean {
  return holds > 0 && note.kind !== 'note' && note.withParent !== false
}

/** A contact with somebody, or a note of the team's own. */
export function entryKindOf(note: Pick<NewNote, 'kind'>): 'note' | 'contact' {
  return note.kind === 'note' ? 'note' : 'contact'
}
