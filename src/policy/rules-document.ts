import type { PlainDate } from '../kernel/plain-date.ts'
import { durationInWords } from './duration.ts'
import type { Policies } from './load.ts'
import { cite, row, table } from './markdown-table.ts'
import type { Cited, CitedCalendar, ClockRule, Profile } from './profile.ts'
import { stepRule } from './routing.ts'
import { ruleDocuments, ruleRegistry } from './rule-registry.ts'

/** The text of `docs/rules.md`: the product's own rules, then what each school's profile makes of them on the date. */
export function rulesDocument(policies: Policies, on: PlainDate): string {
  const own = ruleRegistry.map(({ id, says, source }) => row([`\`${id}\``, says, cite(source, ruleDocuments)]))
  return [
    '# The rules',
    'Generated from `src/policy/rule-registry.ts` and `policies/`; do not edit. Every deadline and route in the product names one of these.',
    '',
    '## The same at every school',
    ...table(['rule', 'says', 'source'], own),
    ...policies.keys.flatMap(key => schoolRules(policies.profile(key, on))),
    '',
  ].join('\n')
}

function schoolRules(profile: Profile): readonly string[] {
  const steps = [profile.routes.welfare, ...profile.conduct.chains].flatMap(route =>
    route.steps.map(({ tell, roles, says, source }, index) =>
      row([
        `\`${stepRule(route, index)}\``,
        says,
        `${tell === 'all' ? 'all of' : 'first of'} ${roles.join(', ')}`,
        cite(source, profile.documents),
      ]),
    ),
  )
  return [
    '',
    `## ${profile.school.name}`,
    `As it stands under: ${profile.edition.title} (from ${profile.edition.date}).`,
    '',
    ...table(['rule', 'says', 'who', 'source'], steps),
    '',
    ...table(
      ['rule', 'clock', 'says', 'time', 'source'],
      profile.clocks.map(clock => clockRow(clock, profile)),
    ),
    '',
    ...table(['calendar', 'when', 'source'], calendarRows(profile)),
    ...(profile.gaps.length === 0
      ? []
      : [
          '',
          'The policy does not say:',
          ...profile.gaps.map(({ says, source }) => `- ${says} (${cite(source, profile.documents)})`),
        ]),
  ]
}

/** The terms of one source make one row: its first day and its last. */
function calendarRows({ calendar, documents }: Profile): readonly string[] {
  const { terms, closures, partDays, dayStarts, dayEnds, closeOfBusiness, sources } = calendar
  const from = ({ source, standing, reading }: Cited) =>
    `${cite(source, documents)}${standing === 'setting' ? ' (setting)' : ''}${reading ? `. ${reading}` : ''}`
  const spans = (title: string, all: CitedCalendar['terms' | 'closures']) =>
    [...Map.groupBy<string, (typeof all)[number]>(all, entry => from(entry))].map(([source, entries]) =>
      row([`${title} (${entries.length})`, `${entries[0]?.from} to ${entries.at(-1)?.to}`, source]),
    )
  return [
    row(['school starts', dayStarts, from(sources.dayStarts)]),
    row(['school ends', dayEnds, from(sources.dayEnds)]),
    row(['offices close', closeOfBusiness, from(sources.closeOfBusiness)]),
    ...spans('terms', terms),
    ...spans('no school', closures),
    ...partDays.map(day => row([`school ends (${day.says})`, `${day.date} at ${day.ends}`, from(day)])),
  ]
}

function clockRow({ rule, clock, says, duration, when }: ClockRule, { documents }: Profile): string {
  const standing =
    duration.standing === 'stated' ? '' : ` (${duration.standing === 'read' ? `read: ${duration.reading}` : duration.standing})`
  const where = [
    ...(when?.urgent === undefined ? [] : [when.urgent ? 'urgent' : 'not urgent']),
    ...(when?.prompts === undefined ? [] : [when.prompts.join(', ')]),
    ...(when?.levelAtLeast === undefined ? [] : [`level ${when.levelAtLeast} or above`]),
    ...(when?.authority === undefined ? [] : [`to ${when.authority}`]),
  ]
  const clockWords = where.length === 0 ? clock : `${clock} (${where.join('; ')})`
  return row([`\`${rule}\``, clockWords, says, `${durationInWords(duration.value)}${standing}`, cite(duration.source, documents)])
}
