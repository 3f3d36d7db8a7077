import type { Action, Actor } from '../../access/index.ts'
import { localDate } from '../../kernel/london-time.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Result } from '../../kernel/result.ts'
import type { Profile } from '../../policy/profile.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { conflict, invalid, page, type Reply, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { mayOpen, pageFor } from '../../web/page.tsx'
import { changeablesOf, changeTitle, findChangeable } from './changeables.ts'
import { approve, policyWith, propose, reject, withdraw } from './commands.ts'
import { readProposal } from './forms.ts'
import type { Changeable, ChangeRefusal, NewProposal } from './model.ts'
import { ChangePage, ChangesPage } from './pages/changes-page.tsx'
import { CheckPage, ChoosePage, ProposePage } from './pages/propose-page.tsx'
import { rearrangedRoute, routeFieldOf, routeFormOf } from './route-form.ts'
import { effectsOf, leadsNowhere, mayApprove, ruleOfChange } from './rules.ts'
import { findProposal, getEffectFacts, listProposals } from './store.ts'

const back = { href: '/policy/changes', text: 'Changes to our policy' }

type ProposeRequest = Request<'policy.propose', Actor>

function formPage(request: ProposeRequest, what: Changeable, form: FormValues, errors: FieldErrors): string {
  const { formToken, profile } = request
  return pageFor(
    request,
    { title: 'Propose a change', back, errors },
    <ProposePage
      profile={profile}
      what={what}
      form={form}
      errors={errors}
      formToken={formToken}
      commandKey={request.newCommandKey()}
    />,
  )
}

/** The form filled with what holds now, where it is changed in parts. */
function asItIs(profile: Profile, what: Changeable): FormValues {
  if (what.form === 'route') return routeFormOf(profile, what)
  const rule = ruleOfChange(profile, what.path)
  if (rule) return FormValues.of([['sentence', rule.says]])
  const closure = profile.calendar.closures.find(({ from }) => what.path === `reopened/${from}`)
  return closure ? FormValues.of([...dateFields('begins', closure.from), ...dateFields('ends', closure.to)]) : FormValues.empty()
}

function dateFields(name: string, date: PlainDate): [string, string][] {
  const [year = '', month = '', day = ''] = date.split('-')
  return [
    [`${name}-day`, String(Number(day))],
    [`${name}-month`, String(Number(month))],
    [`${name}-year`, year],
  ]
}

/** Which field a fault of the whole policy stands beside. */
function fieldOf(what: Changeable, path: string): string {
  if (what.form === 'route') return routeFieldOf(path)
  if (what.form === 'open-days') return 'begins-day'
  if (what.form === 'contact') return 'phone'
  return what.form === 'span' || what.form === 'closure' ? 'begins-day' : 'value'
}

async function checkOrSend(request: ProposeRequest, what: Changeable, proposal: NewProposal): Promise<Reply> {
  const facts = await getEffectFacts(request, request.permit())
  const then = policyWith(request, proposal, facts)
  const wrong = (errors: FieldErrors) => invalid(formPage(request, what, request.form, errors))
  if (!then.ok)
    return wrong(then.refusal.map(({ path, says, remedy }) => ({ field: fieldOf(what, path), says: `${says} ${remedy}` })))
  if (leadsNowhere(facts, then.value, proposal.path))
    return wrong([
      {
        field: fieldOf(what, ''),
        says: 'The route would end nowhere: nobody holds these roles today, and it names nobody outside the school.',
      },
    ])
  if (request.form.text('checked') === 'yes') return redirect(`/policy/changes/${await propose(request, proposal)}`)
  const effects = effectsOf(facts, request.profile, then.value, proposal)
  return page(
    pageFor(
      request,
      { title: 'Before you send it', back, wide: true },
      <CheckPage
        what={what}
        form={request.form}
        proposal={proposal}
        effects={effects}
        now={request.now}
        formToken={request.formToken}
        commandKey={request.newCommandKey()}
      />,
    ),
  )
}

type AnyPermit = Parameters<typeof findProposal>[1]

async function changePage(request: Request<Action, Actor>, permit: AnyPermit, errors: FieldErrors): Promise<string> {
  const found = await findProposal(request, permit, request.params['changeId'] ?? '')
  if (!found) throw new NotFound()
  const { proposal } = found
  const then = proposal.state === 'open' ? policyWith(request, proposal, found) : undefined
  const effects = then?.ok ? effectsOf(found, request.profile, then.value, proposal) : undefined
  return pageFor(
    request,
    { title: changeTitle(request.profile, proposal.path), back, errors, wide: true },
    <ChangePage
      profile={request.profile}
      proposal={proposal}
      effects={effects}
      unfit={then && !then.ok ? then.refusal.map(({ says }) => says) : []}
      mayDecide={mayApprove(request.someone, proposal)}
      isOwn={proposal.proposedBy === request.someone.adultId}
      errors={errors}
      now={request.now}
      formToken={request.formToken}
      newCommandKey={() => request.newCommandKey()}
    />,
  )
}

const refusals: Readonly<Record<ChangeRefusal, string>> = {
  'not-open': 'Somebody has decided on it by now.',
  'own-proposal': 'You proposed it: a second person must approve it.',
  'may-not': 'The head approves; what the head proposed, the DSL, the chair of governors or the trust’s safeguarding lead.',
  'no-longer-fits': 'It does not fit our policy any more. Reject it, and propose it again.',
}

async function answer(
  request: Request<Action, Actor>,
  permit: AnyPermit,
  done: Result<undefined, ChangeRefusal>,
): Promise<Reply> {
  if (done.ok) return redirect(`/policy/changes/${request.params['changeId'] ?? ''}`)
  return conflict(await changePage(request, permit, [{ field: 'main-content', says: refusals[done.refusal] }]))
}

/** What a school decides above the files of its policy: proposed by one, approved by another. */
export const policyChangeRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/policy/changes',
    action: 'policy.changes',
    audit: 'policy.changes-opened',
    handle: async request => {
      const proposals = await listProposals(request, request.permit())
      const mayPropose = mayOpen(request.someone, 'policy.propose')
      return page(
        pageFor(
          request,
          { title: 'Changes to our policy', back: { href: '/policy', text: 'Our policy' } },
          <ChangesPage profile={request.profile} proposals={proposals} mayPropose={mayPropose} now={request.now} />,
        ),
      )
    },
  }),
  route({
    method: 'GET',
    path: '/policy/changes/new',
    action: 'policy.propose',
    audit: 'policy.changes-opened',
    handle: async request => {
      request.permit()
      const path = request.query.get('what')
      if (path === null)
        return page(
          pageFor(
            request,
            { title: 'What should change?', back },
            <ChoosePage changeables={changeablesOf(request.profile, localDate(request.now))} />,
          ),
        )
      const what = findChangeable(request.profile, path)
      if (!what) throw new NotFound()
      return page(formPage(request, what, asItIs(request.profile, what), []))
    },
  }),
  route({
    method: 'POST',
    path: '/policy/changes/new',
    action: 'policy.propose',
    audit: 'policy.changes-opened',
    handle: async request => {
      request.permit()
      const what = findChangeable(request.profile, request.form.text('what'))
      if (!what)
        return invalid(
          pageFor(
            request,
            { title: 'What should change?', back },
            <ChoosePage changeables={changeablesOf(request.profile, localDate(request.now))} />,
          ),
        )
      const rearranged = what.form === 'route' ? rearrangedRoute(request.form) : undefined
      if (rearranged) return page(formPage(request, what, rearranged, []))
      if (request.form.text('do') === 'again') return page(formPage(request, what, request.form, []))
      const { proposal, errors } = readProposal(request.profile, what, request.form, request.now)
      return proposal ? checkOrSend(request, what, proposal) : invalid(formPage(request, what, request.form, errors))
    },
  }),
  route({
    method: 'GET',
    path: '/policy/changes/:changeId',
    action: 'policy.changes',
    audit: 'policy.changes-opened',
    handle: async request => page(await changePage(request, request.permit(), [])),
  }),
  route({
    method: 'POST',
    path: '/policy/changes/:changeId/approve',
    action: 'policy.approve',
    audit: 'policy.change-approved',
    handle: async request => {
      const permit = request.permit()
      return answer(request, permit, await approve(request, request.params['changeId'] ?? ''))
    },
  }),
  route({
    method: 'POST',
    path: '/policy/changes/:changeId/reject',
    action: 'policy.approve',
    audit: 'policy.change-rejected',
    handle: async request => {
      const permit = request.permit()
      const reading = new FormReading(request.form)
      const because = reading.line('because', 'Enter why it is rejected: it is kept with the proposal.')
      if (reading.errors.length > 0) return invalid(await changePage(request, permit, reading.errors))
      return answer(request, permit, await reject(request, request.params['changeId'] ?? '', because))
    },
  }),
  route({
    method: 'POST',
    path: '/policy/changes/:changeId/withdraw',
    action: 'policy.propose',
    audit: 'policy.change-withdrawn',
    handle: async request => {
      const permit = request.permit()
      return answer(request, permit, await withdraw(request, request.params['changeId'] ?? ''))
    },
  }),
]
