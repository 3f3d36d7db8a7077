import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Badge, Chronology, type ChronologyItem, NotificationBanner } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { noticeTitle, type OwnNotice } from '../../notices/index.ts'
import type { OwnAlert } from '../model.ts'

const kinds: Readonly<Record<OwnAlert['kind'], string>> = {
  told: 'You were told of a concern',
  urgent: 'You were told of an urgent concern',
  'passed-on': 'Nobody had answered, so a concern has come to you',
  'handed-over': 'A concern was handed to you',
  'also-told': 'A concern, for you to know of',
  addendum: 'Something was added to a concern',
  feedback: 'The safeguarding team has told you something about a concern of yours',
  'second-alert': 'Still unanswered: a concern waits for somebody of the team',
  'find-dsl': 'Find a DSL now',
  untriaged: 'Not triaged in time',
  undecided: 'Not decided in time',
  'for-return': 'While you were away',
  'without-dsl': 'Something was done without a DSL',
  'handed-back': 'Handed back to you: what was done in your place',
  action: 'You were given an action',
  challenge: 'Somebody is still worried: your answer is due',
  'challenge-passed': 'Somebody is still worried: you are asked to answer',
  'early-contact': 'A parent was spoken with before the safeguarding team had advised',
  'not-seen': 'A child has not been seen yet today',
  'account-asked': 'Write what you saw or heard yourself',
  'account-due': 'Not written yet: an account that is due',
  'step-late': 'Not done in time: what the policy asks for',
  'clock-near': 'A time is running out',
}

function Title({ alert }: { readonly alert: OwnAlert }): VNode {
  return (
    <a class="govuk-link" href={`/alerts/${alert.id}`}>
      {kinds[alert.kind]}
      {alert.reference && alert.kind !== 'action' && `: ${alert.reference}`}
    </a>
  )
}

function itemOf(alert: OwnAlert, now: Instant): ChronologyItem {
  const others = alert.others.length > 0 ? `Also told: ${alert.others.join(', ')}. ` : ''
  return {
    when: nearMomentInWords(alert.toldAt, now),
    dateTime: alert.toldAt,
    title: <Title alert={alert} />,
    badge: alert.seenAt === null ? <Badge kind={alert.kind === 'urgent' ? 'urgent' : 'new'} /> : undefined,
    meta: `${alert.kind === 'untriaged' && alert.reference === null ? `${alert.says} ` : ''}${others}${alert.seenAt ? `You saw it ${nearMomentInWords(alert.seenAt, now)}.` : ''}`,
  }
}

/** What this person was told of the team itself: that nobody is there, that they are on duty. */
function noticeItemOf(notice: OwnNotice, now: Instant): ChronologyItem {
  return {
    when: nearMomentInWords(notice.toldAt, now),
    dateTime: notice.toldAt,
    title: (
      <a class="govuk-link" href={`/notices/${notice.id}`}>
        {noticeTitle(notice)}
      </a>
    ),
    badge: notice.seenAt === null ? <Badge kind={notice.urgent ? 'urgent' : 'new'} /> : undefined,
    meta: `${notice.says}${notice.seenAt ? ` You saw it ${nearMomentInWords(notice.seenAt, now)}.` : ''}`,
  }
}

/** What this person was told of, the new first. Nothing of what it is about stands here. */
export function alertsPage(
  request: Request<'alert.own', Actor>,
  alerts: readonly OwnAlert[],
  notices: readonly OwnNotice[],
): string {
  const itemsOf = (isNew: boolean): ChronologyItem[] =>
    [
      ...notices.filter(notice => (notice.seenAt === null) === isNew).map(notice => noticeItemOf(notice, request.now)),
      ...alerts.filter(alert => (alert.seenAt === null) === isNew).map(alert => itemOf(alert, request.now)),
    ].toSorted((a, b) => (a.dateTime === b.dateTime ? 0 : (a.dateTime ?? '') < (b.dateTime ?? '') ? 1 : -1))
  const fresh = itemsOf(true)
  const earlier = itemsOf(false)
  return pageFor(
    request,
    { title: 'Alerts' },
    <>
      {request.query.has('answered') && (
        <NotificationBanner type="success" text="Your answer is saved. What was opened to you for it is closed again." />
      )}
      <h1 class="govuk-heading-l">Alerts</h1>
      <h2 class="govuk-heading-m">New</h2>
      {fresh.length > 0 ? (
        <Chronology items={fresh} />
      ) : (
        <p class="govuk-body">
          {earlier.length > 0
            ? 'You have seen everything that you were told of.'
            : 'Nothing yet. When a concern is given to you, or somebody answers one of yours, it appears here and you get a mail that says no more than that.'}
        </p>
      )}
      {earlier.length > 0 && (
        <>
          <h2 class="govuk-heading-m">Seen</h2>
          <Chronology items={earlier} />
        </>
      )}
    </>,
  )
}

function whatNow(kind: OwnAlert['kind']): string {
  if (kind === 'find-dsl')
    return 'Go and find somebody of the safeguarding team, or ring them, and ask them to sign in to Holdfast. Your home page shows who is there and stops asking when one of them has answered. What it is about is for them alone.'
  if (kind === 'challenge-passed')
    return 'It is answered, or somebody else answers now. Nothing is left for you to do, and what was opened to you for it is closed again.'
  return 'Your role does not open safeguarding files here. Speak with the safeguarding lead now; your home page shows who is there.'
}

/** For whoever was told of a concern and has no file to open: that they were told, why, and whom to go to. */
export function toldPage(request: Request<'alert.own', Actor>, alert: OwnAlert): string {
  return pageFor(
    request,
    { title: kinds[alert.kind], back: { href: '/alerts' } },
    <>
      <h1 class="govuk-heading-l">{kinds[alert.kind]}</h1>
      <p class="govuk-body">
        You were told {nearMomentInWords(alert.toldAt, request.now)}. {alert.says}
      </p>
      <p class="govuk-body">{whatNow(alert.kind)}</p>
      <p class="govuk-body hf-meta">Why you: {alert.source}</p>
    </>,
  )
}
