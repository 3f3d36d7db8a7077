import type { Actor, Permit } from '../../access/index.ts'
import type { EntryId } from '../../kernel/ids.ts'
import { ok } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { NotFound, type Route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import type { Work } from '../../work/work.ts'
import { explanationHeading, keepExplanations, type NewExplanation, parseExplanation } from '../concerns/index.ts'
import type { Step } from './commands.ts'
import { backTo, formRoutes, submitted } from './form-route.ts'
import type { ConcernFacts } from './model.ts'
import { getConcernContent } from './page-store.ts'
import { ExplanationPage } from './pages/explanation-page.tsx'
import { entriesFor } from './rules.ts'
import { saveConcernChange } from './store.ts'

/** Keeps how somebody says that an injury came about, beside what was said before. */
async function explainInjury(
  work: Work<Actor>,
  permit: Permit<'concern.add-to'>,
  concern: ConcernFacts,
  explanation: NewExplanation,
): Step<true> {
  const by = work.someone.adultId
  keepExplanations(work, permit, { concernId: concern.id, excluded: concern.excluded, reporterId: null, by }, [explanation])
  await saveConcernChange(work, permit, concern, {
    entries: entriesFor(concern, { kind: 'addendum', subject: explanationHeading(explanation) }, work.now, () =>
      newId<EntryId>(),
    ),
  })
  work.note({
    event: 'concern.added-to',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { explanation: explanation.markN, by: explanation.givenBy, agrees: explanation.agrees },
  })
  return ok(true)
}

/** A further explanation of an injury, by the safeguarding team. */
export const explanationRoutes: readonly Route[] = formRoutes<'concern.add-to'>({
  path: '/explanations/new',
  action: 'concern.add-to',
  opens: 'concern.opened',
  does: 'concern.added-to',
  draw: async ({ request, permit, concern, form, errors, frame }) => {
    const { content } = await getConcernContent(request, permit, concern.id)
    const mark = content.marks.find(({ n }) => String(n) === (form.text('mark') || '1'))
    if (!mark) throw new NotFound()
    return pageFor(
      request,
      {
        title: 'How the injury happened',
        errors,
        back: backTo(concern),
        quickExit: true,
      },
      <ExplanationPage
        {...frame}
        concern={concern}
        mark={mark}
        earlier={content.explanations.filter(one => one.markN === mark.n)}
      />,
    )
  },
  submit: async ({ request, permit, concern }) => {
    const { content } = await getConcernContent(request, permit, concern.id)
    const mark = content.marks.find(({ n }) => String(n) === request.form.text('mark'))
    if (!mark) throw new NotFound()
    const earlier = content.explanations.filter(one => one.markN === mark.n)
    const read = parseExplanation(request.form, mark.n, earlier, request.now)
    if (!read.ok) return { kind: 'invalid', errors: read.refusal }
    return submitted(await explainInjury(request, permit, concern, read.value), `/concerns/${concern.id}?done=explained#marks`)
  },
})
