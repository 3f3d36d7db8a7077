import { localDate } from '../../kernel/london-time.ts'
import { partsOf } from '../../kernel/plain-date.ts'
import type { Route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { readChildSeen, recordChildSeen } from './child-seen.ts'
import { backTo, formRoutes, submitted } from './form-route.ts'
import { ChildSeenPage } from './pages/child-seen-page.tsx'

/** Writing down that a child was seen or reached. */
export const childSeenRoutes: readonly Route[] = formRoutes<'concern.add-to'>({
  path: '/child-seen',
  action: 'concern.add-to',
  opens: 'concern.opened',
  does: 'child.seen',
  draw: async ({ request, concern, form, errors, frame }) => {
    const today = Object.entries(partsOf(localDate(request.now)))
    const isFresh = form.names().length === 0
    const prefilled = isFresh ? today.reduce((filled, [part, value]) => filled.with(`seen-${part}`, String(value)), form) : form
    return pageFor(
      request,
      { title: 'Who saw the child', errors, back: backTo(concern), quickExit: true },
      <ChildSeenPage {...frame} form={prefilled} concern={concern} />,
    )
  },
  submit: async ({ request, permit, concern }) => {
    const read = readChildSeen(request.form, concern, request.now)
    if (!read.ok) return { kind: 'invalid', errors: read.refusal }
    return submitted(await recordChildSeen(request, permit, concern, read.value), `/concerns/${concern.id}?done=seen`)
  },
})
