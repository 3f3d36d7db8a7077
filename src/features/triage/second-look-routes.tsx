/** Looking again at decisions that were made while the threshold document was under review. */
import { ok } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { FormReader } from '../../web/http/form-reader.ts'
import { page } from '../../web/http/reply.ts'
import { type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { formRoutes, submitted } from './form-route.ts'
import { SecondLookPage, SecondLooksPage } from './pages/second-look-pages.tsx'
import { editionsNow, frameworkOf } from './rules.ts'
import { insertSecondLook, listSecondLooks, listUnderReview } from './second-look-store.ts'

const list = route({
  method: 'GET',
  path: '/second-looks',
  action: 'second-look.list',
  audit: 'second-looks.opened',
  handle: async request => {
    const permit = request.permit()
    const rows = await listSecondLooks(request, permit, editionsNow(request.profile))
    return page(
      pageFor(
        request,
        { title: 'Decisions to look at again', quickExit: true },
        <SecondLooksPage profile={request.profile} now={request.now} rows={rows} isKept={request.query.get('kept') === 'yes'} />,
      ),
    )
  },
})

const outcomes = ['unchanged', 'changed'] as const

const look = formRoutes<'second-look.record'>({
  path: '/second-look',
  action: 'second-look.record',
  opens: 'concern.opened',
  does: 'second-look.recorded',
  draw: async ({ request, permit, concern, errors, frame }) =>
    pageFor(
      request,
      {
        title: 'Look again',
        errors,
        back: { href: '/second-looks', text: 'Decisions to look at again' },
        quickExit: true,
      },
      <SecondLookPage
        {...frame}
        profile={request.profile}
        now={request.now}
        concern={concern}
        decisions={await listUnderReview(request, permit, concern)}
      />,
    ),
  submit: async ({ request, permit, concern }) => {
    const decisions = await listUnderReview(request, permit, concern)
    const reader = new FormReader(request.form, request.now)
    const decisionId = reader.choice(
      'decision',
      decisions.map(({ id }) => id),
      'Select the decision.',
    )
    const outcome = reader.choice('outcome', outcomes, 'Select whether the judgement stays the same.')
    const because = reader.words('because', 'The reason', 'Write why.')
    const decision = decisions.find(({ id }) => id === decisionId)
    const edition = decision && frameworkOf(request.profile, decision.framework)?.threshold?.edition
    if (reader.errors.length > 0 || !decisionId || !outcome || !edition) return { kind: 'invalid', errors: reader.errors }
    const id = newId<string>()
    await insertSecondLook(request, permit, concern, { id, decisionId, edition, outcome, because })
    request.note({
      event: 'second-look.recorded',
      subjectKind: 'concern',
      subject: concern.id,
      facts: { look: id, decision: decisionId, edition, outcome },
    })
    const mustDecide = outcome === 'changed' && concern.state === 'open'
    return submitted(ok(true), mustDecide ? `/concerns/${concern.id}/triage` : '/second-looks?kept=yes')
  },
})

export const secondLookRoutes: readonly Route[] = [list, ...look]
