import { localDate, toInstant, toLocal } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { childrenNow, FormReader, formRoutes, type Opened, type Submitted } from '../triage/index.ts'
import { makeArrangement, recordFamilyMeeting } from './commands.ts'
import { type ArrangementRefusal, arrangementKinds } from './model.ts'
import { ArrangementsPage, FamilyMeetingPage } from './pages/arrangements-page.tsx'
import { getArrangedAndMet } from './store.ts'

function said(refusal: ArrangementRefusal): Submitted {
  switch (refusal.code) {
    case 'child-not-in-concern':
      return { kind: 'invalid', errors: [{ field: 'child', says: 'Select a child who is in this concern.' }] }
    case 'concern-closed':
      return { kind: 'invalid', errors: [{ field: 'says', says: 'This concern is closed. Open it again first.' }] }
    case 'not-yet':
      return { kind: 'invalid', errors: [{ field: 'time', says: 'The time must be in the past.' }] }
  }
}

function childOf(reader: FormReader, { concern }: Opened<'arrangement.make'>) {
  const children = childrenNow(concern).map(child => child.childId)
  return children.length === 1 ? children[0] : reader.choice('child', children, 'Select the child.')
}

function momentOf(reader: FormReader, now: Instant): Instant {
  const on = reader.date('on', 'The day', 'past')
  const time = reader.time('time')
  return on || time ? toInstant(on ?? localDate(now), time ?? toLocal(now).time) : now
}

const arrangements = formRoutes<'arrangement.make'>({
  path: '/arrangements',
  action: 'arrangement.make',
  opens: 'concern.opened',
  does: 'arrangement.made',
  draw: async ({ request, permit, concern, frame, errors }) =>
    pageFor(
      request,
      {
        title: 'What is arranged',
        errors,
        back: { href: `/concerns/${concern.id}`, text: 'The concern' },
        quickExit: true,
      },
      <ArrangementsPage
        {...frame}
        concern={concern}
        kept={await getArrangedAndMet(request, permit, concern.id)}
        now={request.now}
      />,
    ),
  submit: async opened => {
    const { request, permit, concern } = opened
    const reader = new FormReader(request.form, request.now)
    const childId = childOf(reader, opened)
    const kind = reader.choice('kind', arrangementKinds, 'Select what is arranged.')
    const says = reader.words('says', 'The text', 'Write what exactly is arranged.')
    const beginsOn = reader.date('begins', 'The day', 'any', 'Enter the day from which it holds.')
    if (reader.errors.length > 0 || !childId || !kind || !beginsOn) return { kind: 'invalid', errors: reader.errors }
    const made = await makeArrangement(request, permit, concern, { childId, kind, says, beginsOn })
    return made.ok ? { kind: 'done', to: `/concerns/${concern.id}/arrangements` } : said(made.refusal)
  },
})

const meetings = formRoutes<'arrangement.make'>({
  path: '/family-meetings',
  action: 'arrangement.make',
  opens: 'concern.opened',
  does: 'family-meeting.recorded',
  draw: async ({ request, concern, frame, errors }) =>
    pageFor(
      request,
      {
        title: 'A meeting with parents',
        errors,
        back: { href: `/concerns/${concern.id}/arrangements`, text: 'What is arranged' },
        quickExit: true,
      },
      <FamilyMeetingPage {...frame} concern={concern} />,
    ),
  submit: async opened => {
    const { request, permit, concern } = opened
    const reader = new FormReader(request.form, request.now)
    const childId = childOf(reader, opened)
    const withWhom = reader.line('with-whom', 'The names', 'Enter whom you met.')
    const at = momentOf(reader, request.now)
    const present = reader.choice('present', ['yes', 'no'] as const, 'Select whether the child was there.')
    const absentBecause = reader.line('absent-because', 'The reason')
    const [planned, wishes, education, nextSteps] = (['arrangements', 'wishes', 'education', 'next-steps'] as const).map(name =>
      reader.words(name, 'The text'),
    )
    if (reader.errors.length > 0 || !childId || !present) return { kind: 'invalid', errors: reader.errors }
    const recorded = await recordFamilyMeeting(request, permit, concern, {
      childId,
      at,
      withWhom,
      childPresent: present === 'yes',
      absentBecause,
      arrangements: planned ?? '',
      wishes: wishes ?? '',
      education: education ?? '',
      nextSteps: nextSteps ?? '',
    })
    return recorded.ok ? { kind: 'done', to: `/concerns/${concern.id}/arrangements` } : said(recorded.refusal)
  },
})

/** What is arranged for each child of a concern, and the meetings with their parents. */
export const arrangementRoutes: readonly Route[] = [...arrangements, ...meetings]
