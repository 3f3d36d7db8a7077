import { type Action, type Actor, check } from '../../../access/index.ts'
import { nearMomentInWords } from '../../../kernel/london-time.ts'
import { Button } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { NoticeTopic, OwnNotice } from '../model.ts'
import { noticeTitle } from './words.ts'

const actions: Readonly<Record<NoticeTopic, { readonly action: Action; readonly says: string }>> = {
  cover: { action: 'cover.keep', says: 'See the rota' },
  mailbox: { action: 'mailbox.keep', says: 'See the mailbox' },
  'lead-post': { action: 'appointment.keep', says: 'Appoint somebody' },
  pupil: { action: 'file.read', says: 'Open the file' },
  duty: { action: 'policy.read', says: 'See the policy' },
  reading: { action: 'adult.list', says: 'See who works here' },
  monitoring: { action: 'home.open', says: 'See your alerts' },
  search: { action: 'home.open', says: 'See your alerts' },
  'break-glass': { action: 'glass.list', says: 'Review it' },
  share: { action: 'share.own', says: 'See what is shared with you' },
  attachment: { action: 'home.open', says: 'See it beside the concern' },
  'vacant-post': { action: 'appointment.keep', says: 'Appoint somebody' },
  'team-change': { action: 'team.changes', says: 'See the change' },
  oversight: { action: 'glass.list', says: 'See it' },
  looking: { action: 'looking.settle', says: 'See what to ask about' },
  account: { action: 'home.open', says: 'See your alerts' },
  activity: { action: 'cover.keep', says: 'See who covers it' },
}

/** One notice in full: what is so, why this person is told, and where something can be done about it. */
export function noticePage(request: Request<'alert.own', Actor>, notice: OwnNotice): string {
  const { action, says } = actions[notice.topic]
  return pageFor(
    request,
    { title: noticeTitle(notice), back: { href: '/alerts', text: 'Alerts' } },
    <>
      <h1 class="govuk-heading-l">{noticeTitle(notice)}</h1>
      <p class="govuk-body-l">{notice.says}</p>
      {check(request.someone, action, undefined).allowed && <Button href={notice.link}>{says}</Button>}
      <p class="govuk-body hf-meta">
        You were told {nearMomentInWords(notice.toldAt, request.now)}. Why you: {notice.source}.
      </p>
    </>,
  )
}
