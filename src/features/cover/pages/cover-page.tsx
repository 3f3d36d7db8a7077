import type { Actor } from '../../../access/index.ts'
import { dayInWords, localDate } from '../../../kernel/london-time.ts'
import { addDays, type PlainDate } from '../../../kernel/plain-date.ts'
import { Button, ButtonGroup, ContactList, Form, OnePress, Tag, WarningText } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { Absence, CoverGap, DayCover, Duty, OnDuty } from '../model.ts'
import type { Week } from '../queries.ts'
import { contains, later, weekThatMatters } from '../rules.ts'
import { deputiesMissing, kindNames, outFrom, outUntil, partOfDay, reasonNames, stretchOn } from './words.ts'

type PageRequest = Request<'cover.keep', Actor>

function Now({ people }: { readonly people: readonly OnDuty[] }) {
  return (
    <section aria-labelledby="now">
      <h2 class="govuk-heading-m" id="now">
        On duty now
      </h2>
      {people.length === 0 ? (
        <p class="govuk-body">Nobody is on duty now. Whoever is worried is shown the outside numbers.</p>
      ) : (
        <div class="govuk-body">
          <ContactList
            contacts={people.map(person => ({
              name: person.name,
              phone: person.phone ?? undefined,
              detail:
                person.kind === 'present'
                  ? `${person.title}: in school, nobody is on the rota`
                  : person.mode === 'remote'
                    ? `${person.title}: not in school, by telephone or mail`
                    : person.kind === 'school-day'
                      ? person.title
                      : `${person.title}: ${kindNames[person.kind].toLowerCase()}`,
            }))}
          />
        </div>
      )}
    </section>
  )
}

/** The hours that need somebody, each in a sentence. */
export function gapSentences(days: readonly DayCover[]): { readonly urgent: string[]; readonly rota: string[] } {
  const urgent = days.flatMap(day =>
    day.withoutAnybody.map(
      gap => `Nobody of the safeguarding team is in school on ${dayInWords(day.date)} from ${stretchOn(gap, day.date)}.`,
    ),
  )
  const rota = days.flatMap(day =>
    day.withoutDuty.map(gap => `Nobody is on duty on ${dayInWords(day.date)} from ${stretchOn(gap, day.date)}.`),
  )
  return { urgent, rota }
}

function Gaps({ days }: { readonly days: readonly DayCover[] }) {
  const { urgent, rota } = gapSentences(days)
  return (
    <>
      {urgent.map(says => (
        <WarningText>{says}</WarningText>
      ))}
      {rota.length > 0 && (
        <div class="govuk-inset-text">
          <ul class="govuk-list">
            {rota.map(says => (
              <li>{says}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

function DutyLine({
  request,
  duty,
  date,
  isOut,
  week,
}: {
  readonly request: PageRequest
  readonly duty: Duty
  readonly date: PlainDate
  readonly isOut: boolean
  readonly week: PlainDate
}) {
  return (
    <li>
      <strong>{duty.name}</strong>, {stretchOn(duty, date)}{' '}
      {duty.kind !== 'school-day' && <Tag colour="blue">{kindNames[duty.kind]}</Tag>} {isOut && <Tag colour="orange">Out</Tag>}
      {duty.mode === 'remote' && (
        <>
          <Tag colour="yellow">Not in person</Tag> {duty.reason}{' '}
        </>
      )}
      {duty.phone && <span> {duty.phone}</span>}{' '}
      {duty.endsAt > request.now && (
        <OnePress
          request={request}
          action={`/cover/duties/${duty.id}/remove`}
          says={duty.startsAt < request.now ? 'End now' : 'Remove'}
          about={`${duty.name} on ${dayInWords(date)}`}
          fields={{ week }}
        />
      )}
    </li>
  )
}

interface DayProps {
  readonly request: PageRequest
  readonly day: DayCover
  readonly gaps: readonly CoverGap[]
  readonly week: PlainDate
}

function Day({ request, day, gaps, week }: DayProps) {
  const isOut = (duty: Duty) =>
    day.absences.some(
      absence =>
        absence.adultId === duty.adultId &&
        absence.startsAt < duty.endsAt &&
        (absence.endsAt === null || absence.endsAt > duty.startsAt),
    )
  const isToday = day.date === localDate(request.now)
  return (
    <li class="hf-card">
      <h3 class="hf-card__title">
        {dayInWords(day.date)} {isToday && <Tag>Today</Tag>}
      </h3>
      {!day.isSchoolDay && <p class="govuk-body">{day.closedFor ? `No school: ${day.closedFor}.` : 'No school.'}</p>}
      {day.duties.length === 0 && <p class="govuk-body">Nobody is on the rota.</p>}
      <ul class="govuk-list">
        {day.duties.map(duty => (
          <DutyLine request={request} duty={duty} date={day.date} isOut={isOut(duty)} week={week} />
        ))}
      </ul>
      {gaps.map(gap => (
        <p class="govuk-body">
          <Tag colour="red">{gap.kind === 'nobody' ? 'No DSL cover' : deputiesMissing(request.profile.cover)}</Tag>{' '}
          {partOfDay(gap)}, {stretchOn(gap, day.date)}
        </p>
      ))}
      {day.withoutDuty.map(gap => (
        <p class="govuk-body">
          <Tag colour="red">Nobody on duty</Tag> {stretchOn(gap, day.date)}
        </p>
      ))}
      {day.isSchoolDay && day.date >= localDate(request.now) && (
        <a class="govuk-link" href={`/cover/duties/new?date=${day.date}`}>
          Add a duty<span class="govuk-visually-hidden"> on {dayInWords(day.date)}</span>
        </a>
      )}
    </li>
  )
}

/** Those who are out now or will be, with the press that brings them back. */
export function OutList({
  request,
  absences,
}: {
  readonly request: Request<'cover.keep' | 'absence.own', Actor>
  readonly absences: readonly Absence[]
}) {
  if (absences.length === 0) return <p class="govuk-body">Nobody.</p>
  return (
    <ul class="govuk-list govuk-list--spaced">
      {absences.map(absence => {
        const isOwn = absence.adultId === request.someone.adultId
        const isNow = contains(absence, request.now)
        const back = isNow ? (isOwn ? 'I am back' : 'Is back') : 'Will not be out'
        return (
          <li>
            <strong>{absence.name}</strong>: {reasonNames[absence.reason].toLowerCase()} {outFrom(absence, request.now)}
            {outUntil(absence, request.now)}.{' '}
            <OnePress
              request={request}
              action={`/cover/out/${absence.id}/end`}
              says={back}
              about={isOwn ? '' : `: ${absence.name}`}
            />
          </li>
        )
      })}
    </ul>
  )
}

function Weeks({ monday, now }: { readonly monday: PlainDate; readonly now: PlainDate }) {
  const current = weekThatMatters(now)
  return (
    <p class="govuk-body">
      <a class="govuk-link" href={`/cover?week=${addDays(monday, -7)}`}>
        Week before
      </a>
      {monday !== current && (
        <>
          {' · '}
          <a class="govuk-link" href="/cover">
            This week
          </a>
        </>
      )}
      {' · '}
      <a class="govuk-link" href={`/cover?week=${addDays(monday, 7)}`}>
        Week after
      </a>
    </p>
  )
}

/** A week of the safeguarding team's rota: who is on duty, who is out, when nobody is. */
export function coverPage(request: PageRequest, week: Week, ofTeam: readonly Absence[]): string {
  const isOut = ofTeam.some(absence => absence.adultId === request.someone.adultId && contains(absence, request.now))
  return pageFor(
    request,
    { title: 'Cover', wide: true },
    <>
      <h1 class="govuk-heading-xl">Cover</h1>
      <Now people={week.now} />
      <Form action="/cover/out" formToken={request.formToken} commandKey={request.newCommandKey()}>
        <input type="hidden" name="until" value="today" />
        <input type="hidden" name="from" value="now" />
        <input type="hidden" name="reason" value="out" />
        <ButtonGroup>
          {!isOut && <Button preventDoubleClick>I am out for the rest of today</Button>}
          <Button href="/cover/out" look="secondary">
            Somebody is out
          </Button>
          <Button href={`/cover/duties/new?date=${later(week.monday, localDate(request.now))}`} look="secondary">
            Add a duty, trip or holiday
          </Button>
          <Button href="/activities" look="secondary">
            Trips, activities and closures
          </Button>
          <Button href="/mailbox" look="secondary">
            Safeguarding mailbox
          </Button>
        </ButtonGroup>
      </Form>
      <h2 class="govuk-heading-m">Who is out</h2>
      <OutList request={request} absences={ofTeam} />
      <h2 class="govuk-heading-m">Week of {dayInWords(week.monday)}</h2>
      <Weeks monday={week.monday} now={localDate(request.now)} />
      <Gaps days={week.days} />
      <ul class="hf-cards">
        {week.days.map(day => (
          <Day request={request} day={day} gaps={week.gaps.filter(gap => gap.onDay === day.date)} week={week.monday} />
        ))}
      </ul>
    </>,
  )
}
