import { type Actor, authorise, type Permit } from '../../access/index.ts'
import type { ConcernId, DraftId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { FormValues } from '../../web/http/form-values.ts'
import type { Work } from '../../work/work.ts'
import { type DraftRow, findDraft, findDraftsOf, writeDraft } from './drafts-store.ts'
import { deleteDraft } from './store.ts'

/** A draft opened: what was typed, and when it was saved. */
export interface OpenDraft {
  readonly id: DraftId
  readonly version: number
  readonly savedAt: Instant
  /** The tab that saved last; it may go on from an older page of its own, as after the browser's back button. */
  readonly tab: string
  readonly form: FormValues
}

interface Sealed {
  readonly tab: string
  readonly fields: readonly [string, string][]
}

export interface DraftListing {
  readonly id: DraftId
  readonly startedAt: Instant
  readonly savedAt: Instant
}

export type DraftRefusal =
  | { readonly code: 'changed-elsewhere'; readonly draft: OpenDraft }
  | { readonly code: 'already-recorded'; readonly concernId: ConcernId }
  | { readonly code: 'not-yours' }

type DraftPermit = Permit<'draft.own'> | Permit<'concern.record'>

const ownerOf = (work: Work<Actor>) => `school:${work.school.id}`

function open(work: Work<Actor>, row: DraftRow): OpenDraft {
  const sealed = JSON.parse(work.sealing.open(ownerOf(work), `draft:${row.id}`, row.sealed).toString('utf8')) as Sealed
  return { id: row.id, version: row.version, savedAt: row.savedAt, tab: sealed.tab, form: FormValues.of(sealed.fields) }
}

/** One's own draft, a concern that it has become, or nothing. */
export async function findOwnDraft(
  work: Work<Actor>,
  permit: DraftPermit,
  id: string,
): Promise<{ draft: OpenDraft | undefined; recorded: ConcernId | undefined }> {
  const found = await findDraft(work, permit, work.someone.adultId, id)
  return { draft: found.draft && open(work, found.draft), recorded: found.recorded }
}

/** The drafts of this person, the last saved first. */
export async function findOwnDrafts(work: Work<Actor>): Promise<readonly DraftListing[]> {
  const permit = authorise(work.someone, 'draft.own')
  const rows = await findDraftsOf(work, permit, work.someone.adultId)
  return rows.map(({ id, startedAt, savedAt }) => ({ id, startedAt, savedAt }))
}

/** What is always in the form, whether or not anybody has typed. */
const presetFields = new Set(['happened', 'told-written-on', 'ended-written-on'])

/** Has anything been typed or chosen? */
export function isTyped(form: FormValues): boolean {
  return form
    .entries()
    .some(([name, value]) => value.trim() !== '' && !presetFields.has(name) && !/-(involvement|standing|part|id)$/.test(name))
}

/**
 * Saves what was typed, sealed under the school's key and bound to this draft. Refused where another tab has saved since this
 * one was drawn, so that neither overwrites the other unseen.
 */
export async function saveDraft(
  work: Work<Actor>,
  permit: DraftPermit,
  id: string,
  form: FormValues,
): Promise<Result<{ readonly version: number }, DraftRefusal>> {
  const { adultId } = work.someone
  const tab = form.text('_tab')
  const found = await findDraft(work, permit, adultId, id, { toSave: true })
  if (found.recorded) return refused({ code: 'already-recorded', concernId: found.recorded })
  const before = found.draft && open(work, found.draft)
  if (before && before.version !== Number(form.text('_version')) && before.tab !== tab)
    return refused({ code: 'changed-elsewhere', draft: before })
  const content: Sealed = { tab, fields: form.entries() }
  const sealed = work.sealing.seal(ownerOf(work), `draft:${id}`, JSON.stringify(content))
  const version = await writeDraft(work, permit, adultId, id, sealed, before === undefined)
  if (version === undefined) return refused({ code: 'not-yours' })
  work.note({ event: 'draft.saved', subjectKind: 'draft', subject: id, facts: { version } })
  return ok({ version })
}

/** Throws one's own draft away, for good. */
export async function discardDraft(work: Work<Actor>, permit: DraftPermit, id: string): Promise<boolean> {
  const found = await findDraft(work, permit, work.someone.adultId, id, { toSave: true })
  if (!found.draft) return false
  await deleteDraft(work, id)
  work.note({ event: 'draft.discarded', subjectKind: 'draft', subject: id })
  return true
}
