import type { Actor } from '../../../access/index.ts'
import { Button, Tag } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { Activity, ActivityStanding } from '../model.ts'
import { activityNames, activityTimes, unconfirmedSays } from '../words.ts'

interface Entry {
  readonly activity: Activity
  readonly standing: ActivityStanding
}

/** Whether somebody of the team is behind it, at a glance. */
export function StandingTag({ standing }: { readonly standing: ActivityStanding }) {
  return standing.confirmed ? <Tag colour="green">Confirmed</Tag> : <Tag colour="red">Unconfirmed</Tag>
}

function EntryRow({ activity, standing }: Entry) {
  return (
    <li class="hf-card">
      <h2 class="hf-card__title">
        <a class="govuk-link" href={`/activities/${activity.id}`}>
          {activity.title}
        </a>{' '}
        <StandingTag standing={standing} />
      </h2>
      <p class="govuk-body">
        {activityNames[activity.kind]}, {activityTimes(activity)}
      </p>
      <p class="govuk-body hf-meta">
        {standing.confirmed
          ? `Covered by ${standing.covers.map(duty => duty.name).join(', ')}.`
          : unconfirmedSays[standing.because]}
        {activity.leaderName && ` Led by ${activity.leaderName}.`}
      </p>
    </li>
  )
}

/** What is to come outside the rota of the school day: for the team all of it, for others what they lead. */
export function activitiesPage(request: Request<'activity.list', Actor>, entries: readonly Entry[], isKeeper: boolean): string {
  return pageFor(
    request,
    { title: 'Trips and activities', back: isKeeper ? { href: '/cover', text: 'Cover' } : { href: '/' } },
    <>
      <h1 class="govuk-heading-l">{isKeeper ? 'Trips, activities and closures' : 'Trips and activities that you lead'}</h1>
      <p class="govuk-body">Each is unconfirmed until somebody of the safeguarding team covers all of it, with a telephone.</p>
      {isKeeper && <Button href="/activities/new">Add one</Button>}
      {entries.length === 0 ? (
        <p class="govuk-body">{isKeeper ? 'Nothing is planned.' : 'You lead none that is to come.'}</p>
      ) : (
        <ul class="hf-cards">
          {entries.map(entry => (
            <EntryRow key={entry.activity.id} {...entry} />
          ))}
        </ul>
      )}
    </>,
  )
}
