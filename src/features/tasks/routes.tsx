import { type Action as AccessAction, type Actor, check, type Permit, type SubjectFacts } from '../../access/index.ts'
import type { ActionId, AdultId } from '../../kernel/ids.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { conflict, invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { FormReader, type Opened, openConcern, subjectsOf } from '../triage/index.ts'
import { finishAction, giveAction, setAction } from './commands.ts'
import type { Action, ActionRefusal } from './model.ts'
import { ActionPage, GiveActionPage, NewActionPage, OwnActionsPage } from './pages/action-pages.tsx'
import { possibleOwners } from './rules.ts'
import { findAction, listOwnActions, listPossibleOwners, lockAction } from './store.ts'

function says(refusal: ActionRefusal): string {
  switch (refusal.code) {
    case 'finished-already':
      return `${refusal.by} has finished this action already.`
    case 'concern-closed':
      return 'This concern is closed. Open it again before you give anybody an action.'
    case 'done-by-step':
      return 'Open the referral and record there whom you asked, or how far you took it: that ends this action.'
    case 'owner-not-possible':
      return 'Select a colleague from the list.'
    case 'paused':
      return 'This action is paused: an agency has advised that nobody questions the children meanwhile. Ask no child about it until the safeguarding team says that it may go on.'
  }
}

async function newActionPage(
  { request, concern }: Opened<'action.set'>,
  form: FormValues,
  errors: FieldErrors,
  notice?: string,
): Promise<string> {
  return pageFor(
    request,
    { title: 'Give somebody an action', errors, back: { href: `/concerns/${concern.id}`, text: 'The concern' }, quickExit: true },
    <NewActionPage
      action={`/concerns/${concern.id}/actions/new`}
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
      form={form}
      errors={errors}
      notice={notice}
      concern={concern}
      owners={possibleOwners(await listPossibleOwners(request), concern.excluded)}
    />,
  )
}

const askAction = route({
  method: 'GET',
  path: '/concerns/:concernId/actions/new',
  action: 'action.set',
  audit: 'concern.opened',
  handle: async request => {
    const opened = await openConcern(request)
    request.note({ event: 'concern.opened', subjectKind: 'concern', subject: opened.concern.id })
    return page(await newActionPage(opened, FormValues.empty(), []))
  },
})

const addAction = route({
  method: 'POST',
  path: '/concerns/:concernId/actions/new',
  action: 'action.set',
  audit: 'action.set',
  handle: async request => {
    const opened = await openConcern(request, { lock: true })
    const reader = new FormReader(request.form, request.now)
    const words = reader.words('says', 'The action', 'Write what is to be done.')
    const subjects = subjectsOf(opened.concern).map(child => child.childId)
    const childId = subjects.length === 1 ? subjects[0] : reader.choice('child', subjects, 'Select the child.')
    const owner = request.form.text('owner')
    if (owner === '') reader.wrong('owner', 'Select who does it.')
    const dueOn = reader.date('due', 'The day', 'future', 'Enter the day by which it is to be done.')
    if (reader.errors.length > 0 || !childId || !dueOn) return invalid(await newActionPage(opened, request.form, reader.errors))
    const result = await setAction(request, opened.permit, opened.concern, {
      says: words,
      childId,
      ownerId: owner as AdultId,
      dueOn,
      asksChildren: request.form.text('asks-children') === 'yes',
    })
    if (result.ok) return redirect(`/concerns/${opened.concern.id}?done=action`)
    return result.refusal.code === 'owner-not-possible'
      ? invalid(await newActionPage(opened, request.form, [{ field: 'owner', says: says(result.refusal) }]))
      : conflict(await newActionPage(opened, request.form, [], says(result.refusal)))
  },
})

const ownActions = route({
  method: 'GET',
  path: '/actions',
  action: 'action.finish',
  audit: 'actions.opened',
  handle: async request => {
    const permit = request.permit({ schoolId: request.school.id, ownerId: request.someone.adultId })
    const actions = await listOwnActions(request, permit, request.someone.adultId)
    return page(pageFor(request, { title: 'My actions' }, <OwnActionsPage actions={actions} now={request.now} />))
  },
})

/** What the access policy asks about an action: whoever stands in for the team does so on its concern. */
function subjectOf(request: Request, action: Action): SubjectFacts {
  return {
    schoolId: request.school.id,
    ...(action.concernId ? { id: action.concernId } : {}),
    ownerId: action.ownerId,
    excluded: action.excluded,
  }
}

interface OpenedAction<A extends AccessAction> {
  readonly request: Request<A, Actor>
  readonly permit: Permit<A>
  readonly action: Action
}

async function openAction<A extends AccessAction>(
  request: Request<A, Actor>,
  options: { readonly lock?: true } = {},
): Promise<OpenedAction<A>> {
  const id = request.params['actionId'] as ActionId
  if (options.lock) await lockAction(request, id)
  const action = await findAction(request, id)
  if (!action) throw new NotFound()
  const permit = request.permit(subjectOf(request, action))
  return { request, permit, action }
}

const doneNames: Readonly<Record<string, string>> = { finished: 'It is recorded. Thank you.', given: 'It is given to them.' }

function actionPage(
  { request, action }: OpenedAction<'action.finish'>,
  form: FormValues,
  errors: FieldErrors,
  notice?: string,
): string {
  return pageFor(
    request,
    { title: 'Action', errors, back: { href: '/actions', text: 'My actions' }, quickExit: true },
    <ActionPage
      action={action}
      now={request.now}
      isTeam={check(request.someone, 'action.set', subjectOf(request, action)).allowed}
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
      form={form}
      errors={errors}
      notice={notice}
      done={doneNames[request.query.get('done') ?? '']}
    />,
  )
}

const readAction = route({
  method: 'GET',
  path: '/actions/:actionId',
  action: 'action.finish',
  audit: 'actions.opened',
  handle: async request => {
    const opened = await openAction(request)
    request.note({ event: 'actions.opened', subjectKind: 'action', subject: opened.action.id })
    return page(actionPage(opened, FormValues.empty(), []))
  },
})

const endAction = route({
  method: 'POST',
  path: '/actions/:actionId/finish',
  action: 'action.finish',
  audit: 'action.finished',
  handle: async request => {
    const opened = await openAction(request, { lock: true })
    const reader = new FormReader(request.form, request.now)
    const how = reader.choice('how', ['done', 'dropped'] as const, 'Select whether it is done.')
    const outcome = reader.words(
      'outcome',
      'The text',
      how === 'dropped' ? 'Write why it is not needed.' : 'Write what came of it.',
    )
    if (reader.errors.length > 0 || !how) return invalid(actionPage(opened, request.form, reader.errors))
    const result = await finishAction(request, opened.permit, opened.action, { dropped: how === 'dropped', outcome })
    return result.ok
      ? redirect(`/actions/${opened.action.id}?done=finished`)
      : conflict(actionPage(opened, request.form, [], says(result.refusal)))
  },
})

async function givePage(
  { request, action }: OpenedAction<'action.set'>,
  form: FormValues,
  errors: FieldErrors,
  notice?: string,
): Promise<string> {
  return pageFor(
    request,
    {
      title: 'Give this action to somebody else',
      errors,
      back: { href: `/actions/${action.id}`, text: 'The action' },
      quickExit: true,
    },
    <GiveActionPage
      action={`/actions/${action.id}/give`}
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
      form={form}
      errors={errors}
      notice={notice}
      what={action}
      owners={possibleOwners(await listPossibleOwners(request), action.excluded)}
    />,
  )
}

const askGive = route({
  method: 'GET',
  path: '/actions/:actionId/give',
  action: 'action.set',
  audit: 'actions.opened',
  handle: async request => page(await givePage(await openAction(request), FormValues.empty(), [])),
})

const give = route({
  method: 'POST',
  path: '/actions/:actionId/give',
  action: 'action.set',
  audit: 'owner.moved',
  handle: async request => {
    const opened = await openAction(request, { lock: true })
    const to = request.form.text('owner')
    if (to === '') return invalid(await givePage(opened, request.form, [{ field: 'owner', says: 'Select who does it.' }]))
    const result = await giveAction(request, opened.permit, opened.action, to as AdultId)
    if (result.ok) return redirect(`/actions/${opened.action.id}?done=given`)
    return result.refusal.code === 'owner-not-possible'
      ? invalid(await givePage(opened, request.form, [{ field: 'owner', says: says(result.refusal) }]))
      : conflict(await givePage(opened, request.form, [], says(result.refusal)))
  },
})

/** Actions: setting, giving, finishing, and each person's own list. */
export const taskRoutes: readonly Route[] = [askAction, addAction, ownActions, readAction, endAction, askGive, give]
