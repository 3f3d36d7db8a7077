import { localDate } from '../../kernel/london-time.ts'
import { partsOf } from '../../kernel/plain-date.ts'
import { NotFound, type Request, type Route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { backTo, formRoutes, submitted } from './form-route.ts'
import { ReplyPage } from './pages/reply-page.tsx'
import { isAboutOwnChild, readReply, recordReply, replyTitles, toldUs, type Whom, whoToldUs } from './replies.ts'
import { findToldBy, type ToldBy } from './replies-store.ts'

function whomOf(request: Pick<Request, 'params'>, by: ToldBy): Whom {
  const whom = whoToldUs.find(one => one === request.params['whom'])
  if (!whom || !toldUs(whom, by)) throw new NotFound()
  return whom
}

/** Writing down what a child or a parent who told the school heard back. */
export const replyRoutes: readonly Route[] = formRoutes<'reply.record'>({
  path: '/replies/:whom',
  action: 'reply.record',
  opens: 'concern.opened',
  does: 'reply.recorded',
  draw: async ({ request, permit, concern, form, errors, frame }) => {
    const by = await findToldBy(request, permit, concern)
    const whom = whomOf(request, by)
    const today = Object.entries(partsOf(localDate(request.now)))
    const isFresh = form.names().length === 0
    const prefilled = isFresh ? today.reduce((filled, [part, value]) => filled.with(`given-${part}`, String(value)), form) : form
    return pageFor(
      request,
      { title: replyTitles[whom], errors, back: backTo(concern), quickExit: true },
      <ReplyPage
        {...frame}
        form={prefilled}
        concern={concern}
        whom={whom}
        name={by.name}
        warns={whom === 'parent' && !isAboutOwnChild(by)}
      />,
    )
  },
  submit: async ({ request, permit, concern }) => {
    const by = await findToldBy(request, permit, concern)
    const read = readReply(request.form, concern, whomOf(request, by), by, request.now)
    if (!read.ok) return { kind: 'invalid', errors: read.refusal }
    return submitted(await recordReply(request, permit, concern, read.value), `/concerns/${concern.id}?done=replied`)
  },
})
