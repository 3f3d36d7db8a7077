import { type Actor, authorise, type Worker } from '../../access/index.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { type NewConcern, recordConcern, sourceText } from '../concerns/index.ts'
import { findPupil, tellRoles } from '../pupil-duties/index.ts'
import type { AbsenceDraft, DraftOutcome, DraftRefusal, SettledDraft } from './model.ts'
import { inWords, lastSchoolDays } from './rules.ts'
import { findOpenDraft, insertDraft, listFound, listOpenDrafts, saveSettled } from './store.ts'

/** Drafts a concern of each pupil whose absences follow a pattern of the policy today, and tells whom the pattern names. */
export async function watchAbsencePatterns(work: Work<Worker>): Promise<number> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  let drafted = 0
  for (const rule of work.profile.absencePatterns) {
    const days = lastSchoolDays(localDate(work.now), rule.schoolDays, work.profile.calendar)
    for (const { childId, days: absent } of await listFound(work, permit, days, rule)) {
      const pupil = await findPupil(work, childId)
      if (!pupil) continue
      const id = newId<string>()
      const source = sourceText(work.profile, rule.source)
      await insertDraft(work, permit, { id, childId, pattern: rule.id, days: absent, says: rule.says, source })
      await tellRoles(work, permit, pupil, rule.tell, { rule: `absence-patterns.${rule.id}`, says: rule.says, source })
      work.note({
        event: 'absence-draft.opened',
        subjectKind: 'child',
        subject: childId,
        facts: { draft: id, pattern: rule.id, days: absent },
      })
      drafted += 1
    }
  }
  return drafted
}

/** The drafts that wait for the safeguarding team. */
export async function listAbsenceDrafts(work: Work<Actor>): Promise<readonly AbsenceDraft[]> {
  const permit = authorise(work.someone, 'absence-draft.read', { schoolId: work.school.id })
  work.note({ event: 'absence-drafts.listed', subjectKind: 'school', subject: work.school.id })
  return listOpenDrafts(work, permit)
}

/** The concern that a draft becomes, written by whoever settles it. */
function concernOf(work: Work<Actor>, draft: AbsenceDraft, opinion: string): NewConcern {
  return {
    id: newId<ConcernId>(),
    reporter: { kind: 'self' },
    children: [{ childId: draft.childId, involvement: 'subject' }],
    newChildren: [],
    adults: [],
    happenedOn: draft.days.at(-1) ?? localDate(work.now),
    happenedAtTime: null,
    happenedSays: '',
    location: 'Register',
    urgent: false,
    stub: false,
    category: null,
    prompts: work.profile.concern.prompts.flatMap(({ id }) => (id === 'absence' ? [id] : [])),
    voiceTold: null,
    account: { childWords: '', seen: inWords(draft), opinion, done: '' },
    marks: [],
  }
}

/** Makes a draft a concern, or sets it aside with the reason. Until then it waits. */
export async function settleAbsenceDraft(
  work: Work<Actor>,
  id: string,
  how: DraftOutcome,
): Promise<Result<SettledDraft, DraftRefusal>> {
  const draft = await findOpenDraft(work, id)
  if (!draft) {
    authorise(work.someone, 'absence-draft.settle', { schoolId: work.school.id })
    return refused('no-such-draft')
  }
  const permit = authorise(work.someone, 'absence-draft.settle', { schoolId: work.school.id, excluded: draft.tied })
  if (how.outcome === 'set-aside' && how.because.trim() === '') return refused('no-reason')
  const recorded = how.outcome === 'concern' ? await recordConcern(work, concernOf(work, draft, how.opinion)) : null
  if (recorded && !recorded.ok) return refused('not-recorded')
  const concernId = recorded?.value.concernId ?? null
  const because = how.outcome === 'set-aside' ? how.because : null
  await saveSettled(work, permit, id, { outcome: how.outcome, because, concernId })
  work.note({
    event: 'absence-draft.settled',
    subjectKind: 'child',
    subject: draft.childId,
    facts: { draft: id, outcome: how.outcome, concern: concernId ?? undefined },
  })
  return ok({ concernId })
}
