import { localDate } from '../src/kernel/london-time.ts'
import type { Instant } from '../src/kernel/plain-date.ts'
import { newId } from '../src/platform/identifiers.ts'
import type { Browser, Session } from './browser.ts'

const narrative = 'Came in late without a coat, looked pale and tired, and put her head on the desk for most of the lesson. '

/** What a teacher types about one child: some five hundred characters, with all that any of the five policies asks for. */
function formOf(session: Session, childId: string, now: Instant): Record<string, string> {
  return {
    child: childId,
    prompt: 'appearance',
    ...(session.schoolKey.startsWith('west-park') ? { category: 'neglect' } : {}),
    'child-words': '“I made my own breakfast.”',
    seen: narrative.repeat(4),
    opinion: 'It may be nothing, but it is the second time this month.',
    done: 'Listened, and told the deputy at the door.',
    happened: localDate(now),
    location: 'Classroom',
  }
}

export interface Draft {
  readonly session: Session
  readonly id: string
}

/** Saves what was typed, as the form does while one types; the submit that follows is what is measured. */
export async function saveDraft(browser: Browser, session: Session, childId: string, now: Instant): Promise<Draft> {
  const id = newId<string>()
  const fields = { ...formOf(session, childId, now), _quiet: 'yes', _tab: newId<string>(), _version: '0' }
  const saved = await browser.post(session, `/concerns/drafts/${id}/save`, fields)
  if (saved.status !== 200) throw new Error(`a draft could not be saved: ${saved.status} ${saved.body.slice(0, 300)}`)
  return { session, id }
}

/** The press that records: session, form token, rules, access, chained audit and a durable commit in one request. */
export async function submitDraft(browser: Browser, draft: Draft): Promise<void> {
  const sent = await browser.post(draft.session, `/concerns/drafts/${draft.id}/submit`, { _version: '1' })
  if (sent.status !== 303 || !sent.location?.endsWith('/recorded'))
    throw new Error(`a concern was not recorded: ${sent.status} ${sent.body.replaceAll(/<[^>]*>/g, ' ').slice(0, 400)}`)
}
