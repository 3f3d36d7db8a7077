import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FieldErrors } from '../../web/components/index.ts'
import { formToken, isFormToken, visitor } from '../../web/http/form-token.ts'
import { FormValues } from '../../web/http/form-values.ts'
import type { ServerTools } from '../../web/http/server.ts'
import { commonPasswords } from './common-passwords.ts'
import type { OpenInvitation } from './invitation-store.ts'
import { type AcceptRefusal, acceptInvitation, findOpenInvitation } from './invitations.ts'
import { invitationPage, noInvitationPage } from './pages/invitation-page.tsx'
import { nameFault, passwordFault } from './rules.ts'

const visitCookie = (secure: boolean) => (secure ? '__Host-holdfast-visit' : 'holdfast-visit')

function refusalSays(refusal: Exclude<AcceptRefusal, 'gone'>): string {
  if (refusal === 'wrong-password') return 'The password is not right'
  const { waitInSeconds: wait } = refusal
  return `There were too many wrong tries. Wait ${wait} ${wait === 1 ? 'second' : 'seconds'}, then try again`
}

async function faultsOf(form: FormValues, invitation: OpenInvitation): Promise<FieldErrors> {
  const name = nameFault(form.text('name'))
  const password = form.text('password')
  const fault = invitation.joins
    ? password === ''
      ? 'Enter the password of your account'
      : undefined
    : passwordFault(
        password,
        { email: invitation.email, name: form.text('name'), places: [invitation.school] },
        await commonPasswords(),
      )
  return [
    ...(name === undefined ? [] : [{ field: 'name', says: name }]),
    ...(fault === undefined ? [] : [{ field: 'password', says: fault }]),
  ]
}

/**
 * The page behind the link of an invitation. Opening it uses nothing up: mail programs look at links before people do. Every link
 * that does not work has one answer.
 */
export function invitationPages(tools: ServerTools): (app: FastifyInstance) => Promise<void> {
  const secure = tools.secureCookies
  const limited = { config: { rateLimit: { max: tools.openRequestsEachMinute, timeWindow: '1 minute' } } }
  const tokenOf = (raw: FastifyRequest) => (raw.params as { token?: string }).token ?? ''
  const send = (reply: FastifyReply, status: number, html: string) =>
    reply.code(status).type('text/html; charset=utf-8').send(html)
  const gone = (reply: FastifyReply) => send(reply, 404, noInvitationPage(tools.clock.now()))

  function show(
    raw: FastifyRequest,
    reply: FastifyReply,
    invitation: OpenInvitation,
    name: string,
    errors: FieldErrors = [],
    status = errors.length > 0 ? 422 : 200,
  ) {
    const visit = raw.cookies[visitCookie(secure)] ?? randomBytes(32).toString('base64url')
    reply.setCookie(visitCookie(secure), visit, { path: '/', httpOnly: true, sameSite: 'lax', secure })
    const html = invitationPage({
      now: tools.clock.now(),
      path: `/invitation/${tokenOf(raw)}`,
      formToken: formToken(visit, visitor),
      school: invitation.school,
      demonstration: invitation.demonstration,
      email: invitation.email,
      name,
      joins: invitation.joins,
      isNew: invitation.kind === 'first',
      withoutPassword: invitation.joins && invitation.without_password,
      provider: invitation.kind === 'first' && !invitation.joins ? (invitation.provider ?? undefined) : undefined,
      errors,
    })
    return send(reply, status, html)
  }

  async function open(raw: FastifyRequest, reply: FastifyReply) {
    const invitation = await findOpenInvitation(tools, tokenOf(raw), tools.clock.now())
    return invitation ? show(raw, reply, invitation, invitation.name) : gone(reply)
  }

  async function accept(raw: FastifyRequest, reply: FastifyReply) {
    const now = tools.clock.now()
    const invitation = await findOpenInvitation(tools, tokenOf(raw), now)
    if (!invitation) return gone(reply)
    const form = (raw.body as { form?: FormValues } | undefined)?.form ?? FormValues.empty()
    const name = form.text('name').trim()
    const again = (...errors: { field: string; says: string }[]) => show(raw, reply, invitation, name, errors)
    const visit = raw.cookies[visitCookie(secure)] ?? ''
    if (visit === '' || !isFormToken(visit, visitor, form.text('_token')))
      return again({ field: 'password', says: 'This page had been open for too long. Enter the password again' })
    const faults = await faultsOf(form, invitation)
    if (faults.length > 0) return again(...faults)
    const chosen = { name, password: form.text('password').slice(0, 1000) }
    const accepted = await acceptInvitation(tools, tokenOf(raw), invitation, chosen, now)
    if (accepted.ok) return reply.code(303).header('location', '/sign-in?chosen').send()
    if (accepted.refusal === 'gone') return gone(reply)
    return again({ field: 'password', says: refusalSays(accepted.refusal) })
  }

  return async app => {
    app.get('/invitation/:token', limited, open)
    app.post('/invitation/:token', limited, accept)
  }
}
