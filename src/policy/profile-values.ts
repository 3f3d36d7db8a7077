/** A profile as a flat list of values, each in words with its authority: what pages read, and what two profiles are compared by. */
import { timeInWords } from '../kernel/london-time.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import { type AboutWhom, type ConductChain, type ConductRules, chainTitle } from './conduct.ts'
import { durationInWords } from './duration.ts'
import { dutyValues } from './duty-values.ts'
import { pathwayValues } from './pathway-values.ts'
import { type Authority, type PolicyValue, roleTitle, value } from './policy-value.ts'
import type { Cited, Contact, Duration, Option, Profile, Question, Route, Sourced } from './profile.ts'
import { pupilValues } from './pupil-values.ts'
import type { RoleId } from './roles.ts'
import { stepRule } from './routing.ts'

export { type PolicyValue, roleTitle, type ValueKind, valueKinds } from './policy-value.ts'

/** Every value of the profile. */
export function valuesOf(profile: Profile): readonly PolicyValue[] {
  const known = [
    ...routeValues(profile),
    ...listenerValues(profile),
    ...conductListeners(profile),
    ...clockValues(profile),
    ...placeValues(profile),
    ...levelValues(profile),
    ...recordValues(profile),
    ...questionValues(profile),
    ...teamValues(profile),
    ...calendarValues(profile),
    ...dutyValues(profile),
    ...pupilValues(profile),
    ...pathwayValues(profile),
    ...conductValues(profile),
    ...(profile.answered ?? []).map(answer =>
      value('answered', answer.key, answer.asked, answer.says, { source: answer.source }),
    ),
  ]
  return [
    ...known,
    ...furtherValues(profile, known),
    ...profile.gaps.map(gap => ({
      kind: 'gaps' as const,
      key: gap.key,
      what: 'The policy does not say',
      says: gap.says,
      source: gap.source,
    })),
  ]
}

export function rolesInWords(profile: Profile, roles: readonly RoleId[], tell: 'all' | 'first'): string {
  return roles.map(role => roleTitle(profile, role)).join(tell === 'all' ? ' and ' : ', or else ')
}

/** Every route of a profile, with what it is for. */
export function routesOf(profile: Profile): readonly { readonly route: Route; readonly title: string }[] {
  return [
    { route: profile.routes.welfare, title: 'A worry about a child' },
    ...profile.conduct.chains.map(chain => ({ route: chain, title: chainTitle(chain, role => roleTitle(profile, role)) })),
  ]
}

function routeValues(profile: Profile): readonly PolicyValue[] {
  return routesOf(profile).flatMap(({ route, title }) => {
    const outside = route.outside.flatMap(key => profile.contacts[key]?.who ?? [])
    return [
      ...route.steps.map((step, index) => {
        const says = `${rolesInWords(profile, step.roles, step.tell)}. ${step.says}`
        return value('routes', `${title} ${index + 1}`, `${title}: step ${index + 1}`, says, step, stepRule(route, index))
      }),
      ...(outside.length > 0
        ? [
            value(
              'routes',
              `${title} outside`,
              `${title}: ${route.steps.length > 0 ? 'if nobody in school can be told' : 'nobody in school is told; ring'}`,
              outside.join(', '),
            ),
          ]
        : []),
    ]
  })
}

/** Whom of those named the case itself leaves outside: whoever it is about, and whoever is related to them. */
function outsideInWords(profile: Profile, roles: readonly RoleId[], about: AboutWhom | undefined): string {
  const titles = (outside: readonly RoleId[] = []) =>
    roles.filter(role => outside.includes(role)).map(role => roleTitle(profile, role))
  return [
    ...titles(about?.holds).map(title => ` Not the ${title} whom it is about.`),
    ...titles(about?.relativeOf).map(title => ` Not the ${title} whose relative it is about.`),
  ].join('')
}

/** A route read from its beginning to its end: who is told step by step, to whom it is passed on, and whom to ring outside. */
export function routeLines(
  profile: Profile,
  route: Route & Partial<Pick<ConductChain, 'shared'>>,
  about?: AboutWhom,
): readonly PolicyValue[] {
  const outside = route.outside.flatMap(key => profile.contacts[key]?.who ?? []).join(', ')
  const end = route.steps.length > 0 ? 'If nobody in school can be told' : 'Nobody in school is told. Ring'
  const line = (says: string, authority?: Authority, rule?: string) => value('routes', route.id, '', says, authority, rule)
  return [
    ...route.steps.map((step, index) =>
      line(
        `${index + 1}. ${rolesInWords(profile, step.roles, step.tell)}. ${step.says}${outsideInWords(profile, step.roles, about)}`,
        step,
        stepRule(route, index),
      ),
    ),
    ...(route.shared ?? []).map(entry =>
      line(
        `Passed on to: ${rolesInWords(profile, entry.roles, 'all')}. ${entry.says}${outsideInWords(profile, entry.roles, about)}`,
        entry,
      ),
    ),
    ...(outside === '' ? [] : [line(`${end}: ${outside}.`)]),
  ]
}

function conductListeners({ conduct, ...profile }: Profile): readonly PolicyValue[] {
  const titles = (roles: readonly RoleId[]) => roles.map(role => roleTitle(profile, role)).join(', ')
  const title = (chain: ConductRules['chains'][number]) => chainTitle(chain, role => roleTitle(profile, role))
  return [
    ...conduct.chains.flatMap(chain => [
      value(
        'listeners',
        `chosen ${title(chain)}`,
        `${title(chain)}: why this chain`,
        'Followed where it is the first that fits.',
        chain,
      ),
      ...chain.shared.map((entry, index) =>
        value(
          'listeners',
          `shared ${title(chain)} ${index}`,
          `${title(chain)}: passed on to`,
          `${titles(entry.roles)}. ${entry.says}`,
          entry,
        ),
      ),
    ]),
    ...conduct.unanswered.map((rule, index) => {
      const on = rule.on === 'unopened' ? 'Nobody opens a concern about an adult' : 'The LADO has not been contacted'
      const within = rule.within ? `, ${durationInWords(rule.within)}` : ''
      return value(
        'listeners',
        `conduct ${rule.on} ${index}`,
        `${on}${within}`,
        `${titles(rule.tell) || 'Whoever comes next in the chain'}. ${rule.says}`,
        rule,
      )
    }),
  ]
}

function conductValues({ conduct, ...profile }: Profile): readonly PolicyValue[] {
  const words = (text: string) => text.replaceAll('-', ' ')
  const { notHandledWell, toldWithin, practiceAcknowledged } = conduct
  return [
    ...conduct.required.map(entry =>
      value('conduct', `required ${entry.value}`, 'A record about an adult must hold', words(entry.value), entry),
    ),
    ...conduct.beforeConcluding.map(entry =>
      value('conduct', `before concluding ${entry.value}`, 'Before it is concluded', words(entry.value), entry),
    ),
    ...(toldWithin
      ? [
          value(
            'conduct',
            'told within',
            'A worry about an adult is told, from when it was seen or heard',
            durationInWords(toldWithin.value),
            toldWithin,
          ),
        ]
      : []),
    ...(practiceAcknowledged
      ? [
          value(
            'conduct',
            'practice acknowledged',
            'A worry about how the school works is looked at',
            durationInWords(practiceAcknowledged.value),
            practiceAcknowledged,
          ),
        ]
      : []),
    ...(notHandledWell
      ? [
          value(
            'conduct',
            'not handled well',
            'Whoever feels that it was not handled well goes to',
            `${notHandledWell.tell.map(role => roleTitle(profile, role)).join(', ')}. ${notHandledWell.says}`,
            notHandledWell,
          ),
        ]
      : []),
  ]
}

const unansweredNames: Readonly<Partial<Record<Profile['unanswered'][number]['on'], string>>> = {
  acknowledgement: 'Nobody acknowledges a concern in time',
  triage: 'A concern is not triaged in time',
  decision: 'A concern is not decided',
  unreachable: 'Whoever reported a concern cannot reach a DSL',
  'child-seen': 'A child who was to be seen today has not been seen in time',
  account: 'Whoever saw or heard something has not written it themselves',
  'risk-assessment': 'No risk and needs assessment is made in time',
  monitoring: 'An alert of filtering or monitoring is not opened or not settled in time',
}

const alsoToldNames: Readonly<Partial<Record<Profile['alsoTold'][number]['on'], string>>> = {
  police: 'The police are told',
  'section-47': 'There are child protection enquiries',
  referral: 'A child is referred',
  online: 'The worry is about something online',
}

function listenerValues(profile: Profile): readonly PolicyValue[] {
  const titles = (roles: readonly RoleId[]) => roles.map(role => roleTitle(profile, role))
  return [
    ...profile.alsoTold.map((rule, index) =>
      value(
        'listeners',
        `also ${rule.on} ${index}`,
        alsoToldNames[rule.on] ?? rule.on,
        `${titles(rule.roles).join(', ')}. ${rule.says}`,
        rule as Cited,
        `routing.also-told-${rule.on}`,
      ),
    ),
    ...profile.unanswered.map(rule => {
      const asked = titles(rule.ask).map(title => `${title} (asked to find a DSL, told nothing else)`)
      const within = rule.within ? ` ${durationInWords(rule.within)}` : ''
      const who = [...titles(rule.tell), ...asked].join(', ') || 'Nobody'
      return value(
        'listeners',
        `unanswered ${rule.on}`,
        `${unansweredNames[rule.on] ?? rule.on.replaceAll('-', ' ')}${within}`,
        `${who}. ${rule.says}`,
        rule,
        `unanswered.${rule.on}`,
      )
    }),
    ...profile.challenge.steps.map((step, index) =>
      value(
        'listeners',
        `challenge ${index + 1}`,
        'Whoever reported it is still worried',
        `${titles(step.roles).join(', or else ')}. ${step.says}`,
        step,
      ),
    ),
    ...profile.challenge.further.map((entry, index) =>
      value('listeners', `challenge further ${index + 1}`, `What else is open to ${entry.who}`, entry.says, entry),
    ),
    ...(profile.fileRoles
      ? [
          value(
            'listeners',
            'file roles',
            'Who opens welfare files',
            titles(profile.fileRoles.value).join(', '),
            profile.fileRoles,
          ),
        ]
      : []),
  ]
}

function clockValues(profile: Profile): readonly PolicyValue[] {
  const ofDuties = new Set(
    [...profile.duties.training, ...profile.duties.reading, ...profile.duties.reviews].map(({ rule }) => rule),
  )
  return [
    ...profile.clocks
      .filter(({ rule }) => !ofDuties.has(rule))
      .map(rule => {
        const again = rule.every ? `; then ${durationInWords(rule.every.value)} each time` : ''
        const warned = rule.warned ? `; warned after ${rule.warned.value.map(durationInWords).join(' and ')}` : ''
        const key = `${rule.clock} ${conditionOf(rule.when)}`
        return value(
          'clocks',
          key,
          rule.says,
          `${durationInWords(rule.duration.value)}${again}${warned}`,
          rule.duration,
          rule.rule,
        )
      }),
    ...accountValues(profile),
  ]
}

/** What makes two rules of one clock the same rule, whatever either school calls it. */
function conditionOf(when: object | undefined): string {
  return when ? JSON.stringify(Object.entries(when).toSorted(([a], [b]) => (a < b ? -1 : 1))) : ''
}

function accountValues({ accounts }: Profile): readonly PolicyValue[] {
  if (!accounts) return []
  const { within, chasedAt, beforeLeaving, writeUpWithin } = accounts
  const time = (key: string, what: string, given: Sourced<Duration>) =>
    value('clocks', key, what, durationInWords(given.value), given)
  return [
    time('accounts within', 'Whoever saw or heard what somebody else wrote down writes it too.', within),
    value(
      'clocks',
      'accounts chased',
      'An account that is not written is chased.',
      `by ${timeInWords(chasedAt.value)}`,
      chasedAt,
    ),
    time('accounts before leaving', 'Where it is due before the child leaves, it is chased so long before.', beforeLeaving),
    time('accounts write-up', 'A write-up that begins later after a disclosure is listed as delayed.', writeUpWithin),
  ]
}

/** How to reach somebody, in one line. */
export function contactInWords({ purpose, phone, email, web, hours }: Contact): string {
  const reach = [phone, email, web].filter(Boolean).join(', ')
  return [purpose, reach, hours && `answers: ${hours}`].filter(Boolean).join('; ')
}

function placeValues(profile: Profile): readonly PolicyValue[] {
  const who = (key: string) => profile.contacts[key]?.who ?? key
  return [
    ...profile.emergency.map((entry, index) =>
      value('emergency', `${index + 1} ${entry.contact}`, entry.when, who(entry.contact), entry),
    ),
    ...Object.values(profile.contacts).map(contact =>
      value('contacts', contact.key, contact.who, contactInWords(contact), contact),
    ),
    ...(profile.directory ?? []).map(entry =>
      value(
        'contacts',
        `directory ${entry.authority} ${entry.purpose}`,
        `${entry.purpose.replaceAll('-', ' ')} (${entry.authority})`,
        who(entry.contact),
        entry,
      ),
    ),
    ...profile.referrals.map(destination => {
      const parts = [
        who(destination.frontDoor),
        destination.outOfHours && `out of hours ${who(destination.outOfHours)}`,
        destination.writtenForm && `in writing: ${destination.writtenForm}`,
        ...(destination.localities ?? []).map(place => `${place.name}: ${who(place.contact)}`),
      ]
      const name = destination.authorityName ?? destination.authority
      return value(
        'referrals',
        destination.authority,
        `A child who lives in ${name}`,
        parts.filter(Boolean).join('; '),
        destination,
      )
    }),
    ...profile.referrals.flatMap(({ authority, authorityName, chased }) =>
      chased
        ? [
            value(
              'referrals',
              `chased ${authority}`,
              `No answer from ${authorityName ?? authority}: asked for`,
              durationInWords(chased.value),
              chased,
            ),
          ]
        : [],
    ),
    ...profile.referring.chased.map(chased =>
      value(
        'referrals',
        `chased ${chased.agencies.join(' ')}`,
        `No answer (${chased.agencies.map(agency => agency.replaceAll('-', ' ')).join(', ')}): asked for`,
        durationInWords(chased.value),
        chased,
      ),
    ),
    ...(profile.referring.stageAnswered
      ? [
          value(
            'referrals',
            'stage answered',
            'Taken further: that stage is answered',
            durationInWords(profile.referring.stageAnswered.value),
            profile.referring.stageAnswered,
          ),
        ]
      : []),
    ...stageValues(profile, 'escalation', 'No good answer', profile.escalation),
    ...profile.referrals.flatMap(({ authority, authorityName, escalation }) =>
      stageValues(profile, `escalation ${authority}`, `No good answer from ${authorityName ?? authority}`, escalation ?? []),
    ),
  ]
}

function stageValues(profile: Profile, key: string, what: string, stages: Profile['escalation']): readonly PolicyValue[] {
  return stages.map(stage => {
    const who = stage.contact === undefined ? '' : ` (${profile.contacts[stage.contact]?.who ?? stage.contact})`
    return value('referrals', `${key} ${stage.stage}`, `${what}: stage ${stage.stage}`, `${stage.says}${who}`, stage as Cited)
  })
}

function levelValues(profile: Profile): readonly PolicyValue[] {
  return [profile.levels, ...profile.otherLevels].flatMap((framework, index) => {
    const own = index === 0 ? 'own' : framework.authority
    return [
      ...framework.levels.map(level =>
        value('levels', `${own} ${level.position}`, `${framework.name}: ${level.name}`, level.says, framework),
      ),
      ...(framework.threshold
        ? [
            value(
              'levels',
              `${own} threshold`,
              `${framework.name}: judged by`,
              `${framework.threshold.title}, ${framework.threshold.edition}${framework.threshold.underReview ? ' (under review: decisions are looked at again when a newer edition is entered)' : ''}`,
              framework.threshold,
            ),
          ]
        : []),
    ]
  })
}

const requiredNames: Readonly<Partial<Record<Profile['concern']['required'][number]['value'], string>>> = {
  'reporter-category': 'The category that whoever reports it would choose',
  prompt: 'What prompted it',
  'told-by-voice': 'Who was told by voice',
  'child-words': 'What the child said',
  'facts-or-words': 'What was seen or what the child said, not an opinion alone',
  'body-map-when-injured': 'The body map, where there is an injury',
  location: 'Where it happened',
  'why-it-worries': 'Why it worries whoever writes',
  'action-taken': 'What was done',
}

const voiceNames: Readonly<Record<Profile['concern']['voiceFirst']['value'], string>> = {
  always: 'Always',
  'when-urgent': 'When it is urgent',
  'after-disclosure': 'After a disclosure',
  never: 'No text asks for it',
}

function optionsInWords(options: readonly Option[]): string {
  return options.map(({ name }) => name).join('; ')
}

function recordValues({ concern }: Profile): readonly PolicyValue[] {
  const options = (key: string, what: string, list: readonly Option[]) =>
    list.length > 0 ? [value('choices', key, what, optionsInWords(list), list[0]?.source ? { source: list[0].source } : {})] : []
  return [
    ...concern.required.map(entry =>
      value('required', entry.value, requiredNames[entry.value] ?? entry.value, 'Must be there', entry),
    ),
    value(
      'required',
      'voice-first',
      'A worry is spoken before it is written',
      voiceNames[concern.voiceFirst.value],
      concern.voiceFirst,
    ),
    ...(concern.paperForm ? [value('required', 'paper-form', 'On paper', concern.paperForm.value, concern.paperForm)] : []),
    ...options('prompts', 'What may prompt a concern', concern.prompts),
    ...options('reporter-categories', 'Categories that whoever reports chooses from', concern.reporterCategories),
    ...options('triage-categories', 'Categories at triage', concern.triageCategories),
    ...concern.reminders.map((reminder, index) =>
      value(
        'reminders',
        `${reminder.at} ${index}`,
        `Beside “${reminder.at.replaceAll('-', ' ')}”`,
        reminder.says,
        reminder as Cited,
      ),
    ),
  ]
}

const momentNames: Readonly<Record<Question['at'], string>> = {
  recording: 'While recording',
  triage: 'At triage',
  decision: 'At the decision',
}

function questionValues(profile: Profile): readonly PolicyValue[] {
  return [
    ...profile.questions.map(question => {
      const answers = question.options.length > 0 ? ` (${question.options.map(({ name }) => name).join('; ')})` : ''
      const must = question.required ? ' Must be answered.' : ''
      return value('questions', question.id, momentNames[question.at], `${question.asks}${answers}${must}`, question)
    }),
    ...(profile.householdHarm
      ? [
          value(
            'questions',
            'household-harm',
            'Harm that touches a whole household',
            profile.householdHarm.caution,
            profile.householdHarm,
          ),
        ]
      : []),
    ...(profile.notReferred
      ? [
          value(
            'questions',
            'not-referred',
            'Not turning to one of these needs a reason',
            profile.notReferred.agencies.map(({ name }) => name).join('; '),
            profile.notReferred,
          ),
        ]
      : []),
    ...profile.signs.map(group =>
      value(
        'signs',
        group.id,
        group.title,
        `${group.says} ${group.signs.map(({ name }) => name).join('; ')}; ${group.together} together.`,
        group,
      ),
    ),
  ]
}

function postValues(profile: Profile): readonly PolicyValue[] {
  const { described, many, settledBy } = profile.posts
  const titles = (roles: readonly RoleId[]) => roles.map(role => roleTitle(profile, role)).join(', ')
  return [
    ...(described
      ? [
          value(
            'team',
            'post described',
            `The job description of a post: ${titles(described.roles)}`,
            `${described.says} It is on record ${described.withinDays} days after the appointment at the latest.`,
            described,
          ),
        ]
      : []),
    ...(many ? [value('team', 'posts in one hand', `One person holds ${many.postsMin} posts or more`, many.says, many)] : []),
    ...(settledBy
      ? [
          value(
            'team',
            'post settled by',
            'Who sees to a post that nobody holds, at the trust',
            titles(settledBy.value),
            settledBy,
          ),
        ]
      : []),
  ]
}

function teamValues(profile: Profile): readonly PolicyValue[] {
  const titles = (roles: readonly RoleId[]) => roles.map(role => roleTitle(profile, role)).join(', ')
  const { contactBook, cover, mailbox, lead } = profile
  return [
    ...profile.team.map(member =>
      value('team', member.role, member.role.replaceAll('-', ' '), member.title, { source: member.source }),
    ),
    ...postValues(profile),
    ...(lead ? [value('team', 'lead post', 'Who may be the DSL', lead.says, lead)] : []),
    value('cover', 'gap told', 'Nobody of the team is there: who hears', titles(cover.gapTold.value), cover.gapTold),
    value(
      'cover',
      'stand in',
      'Nobody of the team is there: who stands in',
      `${rolesInWords(profile, cover.standIn.value.roles, cover.standIn.value.tell)}. ${cover.standIn.says}`,
      cover.standIn,
    ),
    ...(contactBook
      ? [
          value(
            'team',
            'post vacant',
            'Nobody holds a post: who hears',
            titles(contactBook.vacancyTold.value),
            contactBook.vacancyTold,
          ),
          value(
            'contacts',
            'contacts checked',
            'Contacts are checked again',
            durationInWords(contactBook.checkedEvery.value),
            contactBook.checkedEvery,
          ),
        ]
      : []),
    value(
      'cover',
      'deputies',
      'Deputies in school on a school day, at the least',
      String(cover.deputiesMin.value),
      cover.deputiesMin,
    ),
    value(
      'cover',
      'mailbox readers',
      'Readers of the safeguarding mailbox, at the least',
      String(mailbox.readersMin.value),
      mailbox.readersMin,
    ),
    value('cover', 'mailbox checked', 'The mailbox is looked at by', timeInWords(mailbox.checkedBy.value), mailbox.checkedBy),
    value(
      'cover',
      'mailbox head',
      'The head hears that nobody has looked',
      timeInWords(mailbox.headToldAt.value),
      mailbox.headToldAt,
    ),
    value(
      'cover',
      'mailbox closed',
      'Before a closed period its missing rota is told',
      durationInWords(mailbox.closedTold.value),
      mailbox.closedTold,
    ),
    ...mailbox.rules.map(rule => value('cover', `mailbox rule ${rule.id}`, 'When the mailbox is watched', rule.says, rule)),
  ]
}

function calendarValues({ calendar }: Profile): readonly PolicyValue[] {
  const { terms, closures, partDays, sources } = calendar
  const span = ({ from, to }: { from: PlainDate; to: PlainDate }) => (from === to ? from : `${from} to ${to}`)
  return [
    value('calendar', 'day starts', 'School starts', timeInWords(calendar.dayStarts), sources.dayStarts),
    value('calendar', 'day ends', 'School ends', timeInWords(calendar.dayEnds), sources.dayEnds),
    value('calendar', 'close of business', 'Offices close', timeInWords(calendar.closeOfBusiness), sources.closeOfBusiness),
    ...terms.map(term => value('calendar', `term ${term.from}`, term.name, span(term), term)),
    ...closures.map(closure =>
      value('calendar', `closure ${closure.from} ${closure.says}`, closure.says, `No school: ${span(closure)}`, closure),
    ),
    ...partDays.map(day =>
      value('calendar', `part day ${day.date}`, day.says, `School ends at ${timeInWords(day.ends)} on ${day.date}`, day),
    ),
  ]
}

/** Parts that have a place of their own: the page of a rule, the calendar, the list of gaps. */
const apart: ReadonlySet<string> = new Set(['documents', 'statutory', 'calendar', 'gaps', 'answered'])

const sourceKey = ({ source }: Pick<PolicyValue, 'source'>) => JSON.stringify([source?.document, source?.section])

/** Whatever cites a section that nothing above shows is shown as it stands, so that a part without words of its own is not hidden. */
function furtherValues(profile: Profile, known: readonly PolicyValue[]): readonly PolicyValue[] {
  const sources = new Set(known.map(sourceKey))
  return Object.entries(profile)
    .filter(([part]) => !apart.has(part))
    .flatMap(([part, content]) => citedEntries(content, part))
    .filter(entry => !sources.has(sourceKey(entry)))
}

function citedEntries(content: unknown, path: string): readonly PolicyValue[] {
  if (typeof content !== 'object' || content === null) return []
  if (!('source' in content))
    return Object.entries(content).flatMap(([key, inner]) => citedEntries(inner, `${path} ${entryName(key, inner)}`))
  const { source, standing, reading, from, ...rest } = content as Record<string, unknown>
  const own = value('more', path, wordsOf(path), textOf(rest), { source, standing, reading, from } as Authority)
  return [own, ...Object.entries(rest).flatMap(([key, inner]) => citedEntries(inner, `${path} ${entryName(key, inner)}`))]
}

/** Entries of a list are known by their own name where they have one, so that two lists in another order are not different. */
function entryName(key: string, entry: unknown): string {
  const named = entry as Record<string, unknown> | null
  const own = [named?.['id'], named?.['key'], named?.['rule'], named?.['name']].find(one => typeof one === 'string')
  return typeof own === 'string' ? own : key
}

function wordsOf(path: string): string {
  const words = path
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase()
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

function textOf(given: unknown): string {
  if (Array.isArray(given)) return given.map(textOf).join(', ')
  if (typeof given !== 'object' || given === null) return String(given)
  if ('unit' in given) return durationInWords(given as Duration)
  const entries = Object.entries(given).filter(([, inner]) => inner !== undefined)
  const { says, value: only, ...others } = Object.fromEntries(entries) as Record<string, unknown>
  const more = Object.entries(others).map(([key, inner]) => `${wordsOf(key)}: ${textOf(inner)}`)
  return [says, only, ...more]
    .filter(part => part !== undefined)
    .map(textOf)
    .join('. ')
}
