/** What a school may set itself, with what holds today. */
import { dateInWords, timeInWords } from '../../kernel/london-time.ts'
import { byText } from '../../kernel/ordering.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { clockHomes } from '../../policy/clock-homes.ts'
import type { RouteValue } from '../../policy/decided-routes.ts'
import { durationInWords } from '../../policy/duration.ts'
import type { Profile, Route } from '../../policy/profile.ts'
import { contactInWords, rolesInWords, roleTitle, routesOf } from '../../policy/profile-values.ts'
import type { RoleId } from '../../policy/roles.ts'
import { stepRule } from '../../policy/routing.ts'
import type { Changeable } from './model.ts'

/** Everything of this profile that a school may decide otherwise in the product. */
export function changeablesOf(profile: Profile, today?: PlainDate): readonly Changeable[] {
  return [
    ...clocks(profile),
    ...settings(profile),
    ...routes(profile),
    ...steps(profile),
    ...contacts(profile),
    ...calendar(profile, today),
    ...gaps(profile),
  ]
}

function clocks(profile: Profile): readonly Changeable[] {
  return profile.clocks
    .filter(
      ({ clock, when, duration }) =>
        // A decision changes the times of what happens; training, reading and reviews are changed in the file.
        clockHomes[clock].includes('clocks') &&
        when?.authority === undefined &&
        profile.documents[duration.source.document]?.layer !== 'authorities',
    )
    .map(rule => ({
      path: `clocks/${rule.rule}`,
      group: 'Times',
      title: rule.says,
      now: durationInWords(rule.duration.value),
      form: 'duration',
      isCalendar: false,
    }))
}

function settings({ cover, mailbox, accounts, ...profile }: Profile): readonly Changeable[] {
  const titles = (roles: readonly RoleId[]) => roles.map(role => roleTitle(profile, role)).join(', ')
  const one = (name: string, title: string, now: string, form: Changeable['form']): Changeable => ({
    path: `settings/${name}`,
    group: name.startsWith('calendar.') ? 'Terms and closures' : 'Cover, the mailbox and written accounts',
    title,
    now,
    form,
    isCalendar: name.startsWith('calendar.'),
  })
  return [
    one('cover.deputies_min', 'Deputies in school on a school day, at the least', String(cover.deputiesMin.value), 'count'),
    one('cover.gap_told', 'Who hears when nobody of the team is there', titles(cover.gapTold.value), 'roles'),
    one('mailbox.readers_min', 'Readers of the safeguarding mailbox, at the least', String(mailbox.readersMin.value), 'count'),
    one('mailbox.checked_by', 'By when the mailbox is looked at', timeInWords(mailbox.checkedBy.value), 'time'),
    one('mailbox.head_told_at', 'When the head hears that nobody has looked', timeInWords(mailbox.headToldAt.value), 'time'),
    one(
      'mailbox.closed_told',
      'How long before a closed period its missing rota is told',
      durationInWords(mailbox.closedTold.value),
      'duration',
    ),
    ...(accounts
      ? [
          one(
            'accounts.within',
            'By when whoever saw or heard it writes it themselves',
            durationInWords(accounts.within.value),
            'duration',
          ),
          one('accounts.chased_at', 'When a missing account is chased', timeInWords(accounts.chasedAt.value), 'time'),
          one(
            'accounts.write_up_within',
            'How soon after a disclosure its write-up begins',
            durationInWords(accounts.writeUpWithin.value),
            'duration',
          ),
        ]
      : []),
    one('calendar.day_starts', 'When the school day starts', timeInWords(profile.calendar.dayStarts), 'time'),
    one('calendar.day_ends', 'When the school day ends', timeInWords(profile.calendar.dayEnds), 'time'),
    one(
      'calendar.close_of_business',
      'When the offices close to which something is due by the close of a working day',
      timeInWords(profile.calendar.closeOfBusiness),
      'time',
    ),
  ]
}

/** A route in one line: who hears, in which order, and where it ends outside the school. */
export function routeInWords(profile: Profile, { steps, outside }: Pick<Route, 'steps' | 'outside'> | RouteValue): string {
  return [
    ...steps.map(({ tell, roles }, index) => `${index + 1}. ${rolesInWords(profile, roles, tell)}`),
    ...(outside.length > 0 ? [`then outside: ${outside.map(key => profile.contacts[key]?.who ?? key).join(', ')}`] : []),
  ].join('; ')
}

function routes(profile: Profile): readonly Changeable[] {
  const all = routesOf(profile).map(
    ({ route, title }): Changeable => ({
      path: `routes/${route.id}`,
      group: 'Who is told',
      title: `${title}: all steps, their order, and whom to ring outside`,
      now: routeInWords(profile, route),
      form: 'route',
      isCalendar: false,
    }),
  )
  return all.filter((one, index) => all.findIndex(({ path }) => path === one.path) === index)
}

function steps(profile: Profile): readonly Changeable[] {
  const all = routesOf(profile).flatMap(({ route, title }) =>
    route.steps.map(
      (step, index): Changeable => ({
        path: `steps/${stepRule(route, index)}`,
        group: 'Who is told',
        title: `${title}: who hears at step ${index + 1}`,
        now: rolesInWords(profile, step.roles, step.tell),
        form: 'roles',
        isCalendar: false,
      }),
    ),
  )
  return all.filter((one, index) => all.findIndex(({ path }) => path === one.path) === index)
}

function contacts(profile: Profile): readonly Changeable[] {
  return Object.values(profile.contacts)
    .filter(({ source }) => profile.documents[source.document]?.layer !== 'national')
    .map(contact => ({
      path: `contacts/${contact.key}`,
      group: 'Contacts',
      title: contact.who,
      now: contactInWords(contact),
      form: 'contact',
      isCalendar: false,
    }))
}

function calendar(profile: Profile, today?: PlainDate): readonly Changeable[] {
  return [
    ...profile.calendar.terms.map(
      (term): Changeable => ({
        path: `terms/${term.name} ${term.from.slice(0, 4)}`,
        group: 'Terms and closures',
        title: `${term.name}, ${term.from.slice(0, 4)}`,
        now: `${term.from} to ${term.to}`,
        form: 'span',
        isCalendar: true,
      }),
    ),
    {
      path: 'closures/new',
      group: 'Terms and closures',
      title: 'A day or days on which children do not attend',
      now: 'Not there yet',
      form: 'closure',
      isCalendar: true,
    },
    ...profile.calendar.closures
      .filter(({ to }) => today === undefined || to >= today)
      .toSorted((a, b) => byText(a.from, b.from))
      .map(
        ({ from, to, says }): Changeable => ({
          path: `reopened/${from}`,
          group: 'Terms and closures',
          title: `Take out a closure: ${says}, ${daysInWords({ from, to })}`,
          now: 'Children do not attend',
          form: 'open-days',
          isCalendar: true,
        }),
      ),
  ]
}

/** A span of days, or one day. */
export function daysInWords({ from, to }: { readonly from: PlainDate; readonly to: PlainDate }): string {
  return from === to ? dateInWords(from) : `${dateInWords(from)} to ${dateInWords(to)}`
}

function gaps(profile: Profile): readonly Changeable[] {
  return profile.gaps.map(gap => ({
    path: `gaps/${gap.key}`,
    group: 'What the policy does not say',
    title: gap.says,
    now: 'The policy does not say',
    form: 'words',
    isCalendar: false,
  }))
}

/** The thing of this path; a closure is named by its first day once it is decided. */
export function findChangeable(profile: Profile, path: string): Changeable | undefined {
  const all = changeablesOf(profile)
  return (
    all.find(one => one.path === path) ??
    (path.startsWith('closures/') ? all.find(one => one.path === 'closures/new') : undefined) ??
    (path.startsWith('reopened/') ? reopened(path) : undefined)
  )
}

/** Days that were taken out of a closure stand in it no more. */
function reopened(path: string): Changeable {
  const title = 'Days on which children attend after all'
  return { path, group: 'Terms and closures', title, now: 'Children attend', form: 'open-days', isCalendar: true }
}

/** What a path names, for one that the policy does not have any more. */
export function changeTitle(profile: Profile, path: string): string {
  const settled = profile.answered?.find(({ key }) => path === `gaps/${key}`)
  return (
    findChangeable(profile, path)?.title ?? (settled ? `Settled: ${settled.asked}` : 'Something that our policy no longer has')
  )
}
