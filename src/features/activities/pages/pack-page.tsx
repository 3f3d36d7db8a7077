import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { ContactList, WarningText } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { contactToRing } from '../../concerns/index.ts'
import type { ActivityWithCover } from '../queries.ts'
import { activityNames, activityTimes, unconfirmedSays } from '../words.ts'
import { coverInWords } from './activity-page.tsx'

type EntryRequest = Request<'activity.read', Actor>

function Numbers({ request }: { readonly request: EntryRequest }): VNode {
  const { profile, now } = request
  const first = profile.emergency.map(({ contact, when }) => ({ key: contact, when }))
  const rest = profile.routes.welfare.outside
    .filter(key => !first.some(one => one.key === key))
    .map(key => ({ key, when: undefined }))
  const contacts = [...first, ...rest].flatMap(({ key, when }) => {
    const contact = profile.contacts[key]
    if (!contact) return []
    // It is read another day: whether a number answers at the moment of printing is nothing to take along.
    const toRing = contactToRing(contact, when, now)
    return [{ ...toRing, detail: String(toRing.detail ?? '').replace(' (closed now)', '') }]
  })
  return (
    <div class="govuk-body">
      <ContactList contacts={contacts} />
    </div>
  )
}

function HowToRecord({ request }: { readonly request: EntryRequest }): VNode {
  const { paperForm, reminders } = request.profile.concern
  return (
    <ol class="govuk-list govuk-list--number">
      <li>Help the child first. In danger now: ring 999.</li>
      <li>Ring whoever covers this activity. If nobody answers, ring a number outside the school yourself.</li>
      <li>
        Write it down the same day: sign in to Holdfast on any telephone and press “I am worried about a child”.
        {paperForm && ` Without a signal, on paper: ${paperForm.value}.`}
      </li>
      {reminders
        .filter(({ at }) => at === 'child-words')
        .map(({ says }) => (
          <li key={says}>{says}</li>
        ))}
    </ol>
  )
}

/** What the leader takes along: whom to ring, the numbers outside the school, how to record. */
export function packPage(request: EntryRequest, { activity, standing }: ActivityWithCover): string {
  return pageFor(
    request,
    { title: `Pack: ${activity.title}`, back: { href: `/activities/${activity.id}`, text: activity.title } },
    <>
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{activityNames[activity.kind]}</span>
        {activity.title}
      </h1>
      <p class="govuk-body">{activityTimes(activity)}.</p>
      {activity.leaderName && <p class="govuk-body">Led by {activity.leaderName}.</p>}
      <h2 class="govuk-heading-m">If you are worried about a child: ring at once</h2>
      <ul class="govuk-list">
        {standing.covers.map(duty => (
          <li key={duty.id}>
            <strong>{coverInWords(duty)}</strong>
          </li>
        ))}
      </ul>
      <h2 class="govuk-heading-m">If they do not answer, and outside the school</h2>
      <Numbers request={request} />
      <h2 class="govuk-heading-m">How to record it</h2>
      <HowToRecord request={request} />
      <p class="govuk-body hf-no-print">Print this page from your browser and take it along.</p>
    </>,
  )
}

/** Why there is no pack yet. */
export function packRefusedPage(request: EntryRequest, { activity, standing }: ActivityWithCover): string {
  return pageFor(
    request,
    { title: 'The pack cannot be printed yet', back: { href: `/activities/${activity.id}`, text: activity.title } },
    <>
      <h1 class="govuk-heading-l">The pack cannot be printed yet</h1>
      <WarningText>
        {activity.title} is unconfirmed. {!standing.confirmed && unconfirmedSays[standing.because]}
      </WarningText>
      <p class="govuk-body">
        Speak with the safeguarding lead: they name who covers it and the telephone number. Then the pack can be printed.
      </p>
    </>,
  )
}
