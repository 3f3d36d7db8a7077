import type { Actor } from '../../access/index.ts'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import { dayInWords, localDate } from '../../kernel/london-time.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReader } from '../../web/http/form-reader.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { conflict, invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { endShare, openShare, sayRead, share } from './commands.ts'
import type { NewShare, ShareRefusal } from './model.ts'
import { SharedPage, SharedWithMePage } from './pages/shared-pages.tsx'
import { EndSharePage, readerFields, SharesPage } from './pages/shares-page.tsx'
import { holdsAt, latestEnd } from './rules.ts'
import {
  findMyShareStanding,
  findSharedChild,
  findShareStanding,
  listColleagues,
  listSharedWithMe,
  listShares,
  type ShareStanding,
} from './store.ts'

type TeamRequest = Request<'share.make', Actor>
type ReaderRequest = Request<'share.read', Actor>

async function openChild(request: TeamRequest) {
  request.permit()
  const child = await findSharedChild(request, request.params['childId'] as ChildId)
  if (!child) throw new NotFound()
  return { child, permit: request.permit({ schoolId: request.school.id, id: child.childId, excluded: child.tied }) }
}

type OpenedChild = Awaited<ReturnType<typeof openChild>>

async function sharesPage(
  request: TeamRequest,
  { child, permit }: OpenedChild,
  form: FormValues,
  errors: FieldErrors,
): Promise<string> {
  const colleagues = await listColleagues(request, permit)
  return pageFor(
    request,
    {
      title: 'Shared with colleagues',
      errors,
      back: { href: `/children/${child.childId}`, text: 'The child’s file' },
      quickExit: true,
    },
    <SharesPage
      action={`/children/${child.childId}/shares`}
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
      form={form}
      errors={errors}
      child={child}
      shares={await listShares(request, permit, child.childId)}
      colleagues={colleagues.filter(({ adultId }) => !child.tied.includes(adultId) && adultId !== request.someone.adultId)}
      now={request.now}
      done={request.query.get('done')}
    />,
  )
}

function refusalSays(refusal: ShareRefusal): string {
  switch (refusal) {
    case 'no-colleague':
      return 'Select a colleague from the list.'
    case 'is-outside':
      return 'One of them is related to the child, and is outside the file. Select somebody else.'
    case 'over-already':
      return 'It is over already: nobody reads it any more.'
  }
}

function readShare(request: TeamRequest): Result<NewShare, FieldErrors> {
  const reader = new FormReader(request.form, request.now)
  const says = reader.words('says', 'The text', 'Write what they need to know.')
  const readers = readerFields.map(field => request.form.text(field)).filter(id => id !== '') as AdultId[]
  if (readers.length === 0) reader.wrong('with-1', 'Select with whom you share it.')
  const because = reader.line('because', 'The reason', 'Write why they need it.')
  const until = reader.date('until', 'The last day', 'future', 'Enter the last day on which they read it.')
  const latest = latestEnd(localDate(request.now))
  if (until && until > latest)
    reader.wrong('until-day', `The last day must be ${dayInWords(latest)} or before. It can be shared again.`)
  if (reader.errors.length > 0 || !until) return refused(reader.errors)
  return ok({ says, because, readers, until })
}

const openShares = route({
  method: 'GET',
  path: '/children/:childId/shares',
  action: 'share.make',
  audit: 'shares.opened',
  handle: async request => {
    const opened = await openChild(request)
    request.note({ event: 'shares.opened', subjectKind: 'child', subject: opened.child.childId })
    return page(await sharesPage(request, opened, FormValues.empty(), []))
  },
})

const makeShare = route({
  method: 'POST',
  path: '/children/:childId/shares',
  action: 'share.make',
  audit: 'share.made',
  handle: async request => {
    const opened = await openChild(request)
    const read = readShare(request)
    if (!read.ok) return invalid(await sharesPage(request, opened, request.form, read.refusal))
    const made = await share(request, opened.child, read.value)
    if (made.ok) return redirect(`/children/${opened.child.childId}/shares?done=shared`)
    return invalid(await sharesPage(request, opened, request.form, [{ field: 'with-1', says: refusalSays(made.refusal) }]))
  },
})

async function openForTeam(request: TeamRequest): Promise<{ readonly id: string; readonly standing: ShareStanding }> {
  request.permit()
  const id = request.params['shareId'] ?? ''
  const standing = await findShareStanding(request, id)
  if (!standing) throw new NotFound()
  request.permit({ schoolId: request.school.id, id, excluded: standing.excluded })
  return { id, standing }
}

function endPage(request: TeamRequest, id: string, childId: ChildId, errors: FieldErrors, notice?: string): string {
  return pageFor(
    request,
    {
      title: 'End sharing',
      errors,
      back: { href: `/children/${childId}/shares`, text: 'Shared with colleagues' },
      quickExit: true,
    },
    <EndSharePage
      action={`/shares/${id}/end`}
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
      form={request.form}
      errors={errors}
      cancelHref={`/children/${childId}/shares`}
      notice={notice}
    />,
  )
}

const askEnd = route({
  method: 'GET',
  path: '/shares/:shareId/end',
  action: 'share.make',
  audit: 'shares.opened',
  handle: async request => {
    const { id, standing } = await openForTeam(request)
    return page(endPage(request, id, standing.childId, []))
  },
})

const end = route({
  method: 'POST',
  path: '/shares/:shareId/end',
  action: 'share.make',
  audit: 'share.ended',
  handle: async request => {
    const { id, standing } = await openForTeam(request)
    const reader = new FormReader(request.form, request.now)
    const because = reader.line('because', 'The reason', 'Write why they no longer need it.')
    if (reader.errors.length > 0) return invalid(endPage(request, id, standing.childId, reader.errors))
    const ended = await endShare(request, id, because)
    if (ended.ok) return redirect(`/children/${standing.childId}/shares?done=ended`)
    if (ended.refusal === 'not-there') throw new NotFound()
    return conflict(endPage(request, id, standing.childId, [], refusalSays(ended.refusal)))
  },
})

const ownShares = route({
  method: 'GET',
  path: '/shared',
  action: 'share.own',
  audit: 'shares.listed',
  handle: async request => {
    const mine = await listSharedWithMe(request, request.permit())
    return page(pageFor(request, { title: 'Shared with you' }, <SharedWithMePage shared={mine} now={request.now} />))
  },
})

/** What is shared with whoever asks and still holds; anything else is not there. */
async function openMine(request: ReaderRequest) {
  const id = request.params['shareId'] ?? ''
  const standing = await findMyShareStanding(request, id)
  if (!standing || !holdsAt(standing, request.now)) throw new NotFound()
  const { readers, excluded, childId } = standing
  return { permit: request.permit({ schoolId: request.school.id, id, readers, excluded }), mine: { id, childId } }
}

const readOne = route({
  method: 'GET',
  path: '/shared/:shareId',
  action: 'share.read',
  audit: 'share.opened',
  handle: async request => {
    const { permit, mine } = await openMine(request)
    const found = await openShare(request, permit, mine)
    if (!found) throw new NotFound()
    return page(
      pageFor(
        request,
        { title: 'Shared with you', back: { href: '/shared', text: 'Shared with you' }, quickExit: true },
        <SharedPage share={found} formToken={request.formToken} commandKey={request.newCommandKey()} now={request.now} />,
      ),
    )
  },
})

const acknowledge = route({
  method: 'POST',
  path: '/shared/:shareId',
  action: 'share.read',
  audit: 'share.read',
  handle: async request => {
    const { permit, mine } = await openMine(request)
    if (!(await sayRead(request, permit, mine))) throw new NotFound()
    return redirect(`/shared/${mine.id}`)
  },
})

/** What colleagues need to know about a child: sharing it, and reading what was shared. */
export const shareRoutes: readonly Route[] = [openShares, makeShare, askEnd, end, ownShares, readOne, acknowledge]
