import type { Action, Actor } from '../../access/index.ts'
import type { Result } from '../../kernel/result.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { conflict, invalid, page, type Reply, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import type { TeamChange, TeamRefusal } from './model.ts'
import { refusedPage } from './pages/refused-page.tsx'
import { TeamChangePage, TeamChangesPage } from './pages/team-pages.tsx'
import { isWaiting } from './rules-of-team.ts'
import { answerTeamChange, withdrawTeamChange } from './team-commands.ts'
import { findTeamChange, listTeamChanges } from './team-store.ts'
import { teamRefusalSays } from './team-words.ts'

type TeamRequest<A extends Action> = Request<A, Actor>

const back = { href: '/team-changes', text: 'Changes of the safeguarding team' }

const list = route({
  method: 'GET',
  path: '/team-changes',
  action: 'team.changes',
  audit: 'team-changes.listed',
  handle: async request => {
    const changes = await listTeamChanges(request, request.permit())
    const listed = <TeamChangesPage changes={changes} profile={request.profile} now={request.now} />
    return page(pageFor(request, { title: 'Changes of the safeguarding team' }, listed))
  },
})

/** The change of the path; the people whom the action leaves out find nothing. */
async function changeOf<A extends Action>(
  request: TeamRequest<A>,
  leftOut: (change: TeamChange) => readonly TeamChange['adultId'][],
): Promise<TeamChange> {
  const change = await findTeamChange(request, request.params['changeId'] ?? '')
  if (!change) throw new NotFound()
  request.permit({ schoolId: request.school.id, id: change.id, excluded: leftOut(change) })
  return change
}

function changePage(request: TeamRequest<'team.changes' | 'team.answer'>, change: TeamChange, errors: FieldErrors): string {
  return pageFor(
    request,
    { title: 'A change of the safeguarding team', errors, back },
    <TeamChangePage
      change={change}
      profile={request.profile}
      now={request.now}
      isOwn={change.proposedBy === request.someone.adultId}
      form={request.form ?? FormValues.empty()}
      errors={errors}
      formToken={request.formToken}
      newCommandKey={() => request.newCommandKey()}
    />,
  )
}

/** What is proposed of somebody is not theirs to read; what was done is. */
function outside(change: TeamChange): readonly TeamChange['adultId'][] {
  return ['agreed', 'to-review', 'upheld', 'given-back'].includes(change.state) ? [] : [change.adultId]
}

const open = route({
  method: 'GET',
  path: '/team-changes/:changeId',
  action: 'team.changes',
  audit: 'team-change.opened',
  handle: async request => {
    const change = await changeOf(request, outside)
    request.note({ event: 'team-change.opened', subjectKind: 'adult', subject: change.adultId, facts: { change: change.id } })
    return page(changePage(request, change, []))
  },
})

function answered(request: TeamRequest<Action>, change: TeamChange, result: Result<undefined, TeamRefusal>): Reply {
  if (result.ok) return redirect('/team-changes')
  return conflict(refusedPage(request, `/team-changes/${change.id}`, teamRefusalSays(result.refusal)))
}

/** One that waits for this person's answer. Where it waits for somebody else, it is not there to be answered. */
async function changeToAnswer(request: TeamRequest<'team.answer'>): Promise<TeamChange> {
  const change = await changeOf(request, ({ proposedBy, adultId }) => [proposedBy, adultId])
  if (isWaiting(change, request.now) && !change.isForMe) throw new NotFound()
  return change
}

const agree = route({
  method: 'POST',
  path: '/team-changes/:changeId/agree',
  action: 'team.answer',
  audit: 'team-change.agreed',
  handle: async request => {
    const change = await changeToAnswer(request)
    return answered(request, change, await answerTeamChange(request, change, { agrees: true, because: null }))
  },
})

const decline = route({
  method: 'POST',
  path: '/team-changes/:changeId/decline',
  action: 'team.answer',
  audit: 'team-change.declined',
  handle: async request => {
    const change = await changeToAnswer(request)
    const reading = new FormReading(request.form)
    const because = reading.line('because', 'Enter why.')
    if (reading.errors.length > 0) return invalid(changePage(request, change, reading.errors))
    return answered(request, change, await answerTeamChange(request, change, { agrees: false, because }))
  },
})

const withdraw = route({
  method: 'POST',
  path: '/team-changes/:changeId/withdraw',
  action: 'appointment.keep',
  audit: 'team-change.withdrawn',
  handle: async request => {
    const change = await changeOf(request, ({ adultId }) => [adultId])
    if (change.proposedBy !== request.someone.adultId) throw new NotFound()
    return answered(request, change, await withdrawTeamChange(request, change))
  },
})

/** Changes of the safeguarding team, and the answer of a second person. */
export const teamRoutes: readonly Route[] = [list, open, agree, decline, withdraw]
