import { FormReader } from '../../web/http/form-reader.ts'
import type { Route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { amend } from './amendment-commands.ts'
import { listJudgements } from './amendment-store.ts'
import { backTo, formRoutes, submitted } from './form-route.ts'
import { AmendmentPage } from './pages/amendment-page.tsx'

/** Correcting a triage, a decision or a closing: the first stays, the correction stands beside it. */
export const amendmentRoutes: readonly Route[] = formRoutes<'concern.amend'>({
  path: '/amendments/new',
  action: 'concern.amend',
  opens: 'concern.opened',
  does: 'concern.amended',
  draw: async ({ request, permit, concern, errors, frame }) =>
    pageFor(
      request,
      {
        title: 'Correct what was recorded',
        errors,
        back: backTo(concern),
        quickExit: true,
      },
      <AmendmentPage
        {...frame}
        profile={request.profile}
        now={request.now}
        concern={concern}
        judgements={await listJudgements(request, permit, concern)}
      />,
    ),
  submit: async ({ request, permit, concern }) => {
    const judgements = await listJudgements(request, permit, concern)
    const reader = new FormReader(request.form, request.now)
    const of = reader.choice(
      'of',
      judgements.map(({ id }) => id),
      'Select what you correct.',
    )
    const says = reader.words('says', 'The correction', 'Write what is right.')
    const because = reader.words('because', 'The reason', 'Write why it is corrected.')
    const judgement = judgements.find(({ id }) => id === of)
    if (reader.errors.length > 0 || !judgement) return { kind: 'invalid', errors: reader.errors }
    return submitted(await amend(request, permit, concern, { judgement, says, because }), `/concerns/${concern.id}?done=amended`)
  },
})
