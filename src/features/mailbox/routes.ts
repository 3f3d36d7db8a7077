import type { Action, Actor } from '../../access/index.ts'
import type { Result } from '../../kernel/result.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { conflict, invalid, page, type Reply, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { addReader, chooseRule, confirmCheck, confirmReply, removeReader } from './commands.ts'
import type { MailboxRefusal } from './model.ts'
import { mailboxPage } from './pages/mailbox-page.tsx'
import { refusalSays } from './pages/words.ts'
import { getMailbox } from './queries.ts'

type KeepRequest = Request<'mailbox.keep', Actor>

async function shown(request: KeepRequest, errors: FieldErrors): Promise<string> {
  return mailboxPage(request, await getMailbox(request, request.permit()), errors)
}

async function answer(request: KeepRequest, done: Result<undefined, MailboxRefusal>, field: string): Promise<Reply> {
  if (done.ok) return redirect('/mailbox')
  if (done.refusal === 'no-such-reader') throw new NotFound()
  return conflict(await shown(request, [{ field, says: refusalSays(done.refusal, request.profile) }]))
}

const keep = <A extends Action>(action: A) => ({ method: 'POST', action }) as const

/** The safeguarding mailbox: who reads it, that it was looked at, and what it answers while the school is closed. */
export const mailboxRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/mailbox',
    action: 'mailbox.keep',
    audit: 'mailbox.opened',
    handle: async request => page(await shown(request, [])),
  }),
  route({
    ...keep('mailbox.keep'),
    path: '/mailbox/readers',
    audit: 'mailbox.reader-added',
    handle: async request => {
      const { cover } = await getMailbox(request, request.permit())
      return answer(request, await addReader(request, cover, request.form.text('adult')), 'adult')
    },
  }),
  route({
    ...keep('mailbox.keep'),
    path: '/mailbox/readers/:readerId/end',
    audit: 'mailbox.reader-ended',
    handle: async request => {
      request.permit()
      return answer(request, await removeReader(request, request.params['readerId'] ?? ''), 'adult')
    },
  }),
  route({
    ...keep('mailbox.check'),
    path: '/mailbox/checks',
    audit: 'mailbox.checked',
    handle: async request => {
      request.permit()
      await confirmCheck(request)
      return redirect('/today')
    },
  }),
  route({
    ...keep('mailbox.keep'),
    path: '/mailbox/rule',
    audit: 'mailbox.rule-chosen',
    handle: async request => {
      request.permit()
      const reading = new FormReading(request.form)
      const rule = reading.choice(
        'rule',
        request.profile.mailbox.rules.map(({ id }) => id),
        'Select the rule that the school follows.',
      )
      const because = reading.line('because', 'Say who decided it and why.')
      if (!rule || reading.errors.length > 0) return invalid(await shown(request, reading.errors))
      return answer(request, await chooseRule(request, rule, because), 'rule')
    },
  }),
  route({
    ...keep('mailbox.keep'),
    path: '/mailbox/reply',
    audit: 'mailbox.reply-set',
    handle: async request => {
      const { closed } = await getMailbox(request, request.permit())
      return answer(request, await confirmReply(request, closed), 'reply')
    },
  }),
]
