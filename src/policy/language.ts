/**
 * The language in which policies are written: zod schemas of the four kinds of file under `policies/`.
 * Everything is strict: a key nobody knows is a fault, for a mistyped key would otherwise be a duty silently dropped.
 * `policies/README.md` explains the language to those who write in it.
 */
import { z } from 'zod'
import type { LocalTime, PlainDate, Weekday } from '../kernel/plain-date.ts'
import { parseLocalTime, parsePlainDate } from '../kernel/plain-date.ts'
import { internalChoices, wordedPlaces } from './between-children.ts'
import { childStatuses, planKinds } from './child-statuses.ts'
import { beforeConcluding, beliefs, conductKinds, conductRequired } from './conduct.ts'
import { durationForms, durationPattern, parseDuration } from './duration.ts'
import { pathwayClocks } from './pathways.ts'
import type { Duration, Source } from './profile.ts'
import {
  agencyIds,
  agreementSigners,
  answerClocks,
  clockNames,
  courseIds,
  destinations,
  pupilMoments,
  signatureParts,
  waysItCame,
  writtenNeeds,
} from './profile.ts'
import { promptIds } from './prompts.ts'
import { roleGroupIds, rolesMeant } from './role-groups.ts'
import { roleIds } from './roles.ts'

const text = z.string().trim().min(1)
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is lower-case words joined by hyphens')
const ruleId = z
  .string()
  .regex(/^[a-z][a-z0-9-]*\.[a-z0-9][a-z0-9-]*$/, 'a rule id is <feature>.<name>, in lower case with hyphens')
const contactKey = z
  .string()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)?$/, 'a contact key is lower-case words joined by hyphens, for another file <file>.<contact>')
const role = z.enum(roleIds)

const date = z
  .string()
  .meta({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
  .transform((value, context): PlainDate => {
    const parsed = parsePlainDate(value)
    if (parsed) return parsed
    context.addIssue({ code: 'custom', message: `${value} is not a date of the calendar; write it as 2026-09-01` })
    return z.NEVER
  })

const time = z
  .string()
  .meta({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })
  .transform((value, context): LocalTime => {
    const parsed = parseLocalTime(value)
    if (parsed) return parsed
    context.addIssue({ code: 'custom', message: `${value} is not a time of day; write it as "08:45"` })
    return z.NEVER
  })

/** What is wrong with a time, in the form of the schema's messages. */
function unknownTime(value: string): string {
  const words = value.trim().toLowerCase()
  if (/^0+ [a-z]/.test(words)) return `"${value}" is no time; write a number of 1 or more, or immediately`
  if (/^\d+[.,]\d+ /.test(words)) return `"${value}" is not a whole number; write it in a smaller unit, such as 36 hours`
  if (/^\d{5,} /.test(words)) return `"${value}" is longer than anything that is due; write it in a larger unit, such as 2 years`
  if (/^by\b/.test(words)) return `"${value}" is not a time of day; write it as by 17:00`
  const bare = /^\d+ days?$/.test(words)
    ? ' Say which days are meant, calendar, working or school days, and write beside it why (reading).'
    : ''
  return `"${value}" has no known unit; the allowed forms are ${durationForms.join(', ')}.${bare}`
}

const duration = z
  .string()
  .meta({ pattern: durationPattern.source })
  .transform((value, context): Duration => {
    const parsed = parseDuration(value)
    if (parsed) return parsed
    context.addIssue({ code: 'custom', message: unknownTime(value) })
    return z.NEVER
  })

/** `policy 6.2` or `{document: policy, section: "6.2"}`. */
const source = z.union([
  z.string().transform((value, context): Source => {
    const [, document, section] = /^(\S+)\s+(\S.*)$/.exec(value.trim()) ?? []
    if (document !== undefined && section !== undefined) return { document, section }
    context.addIssue({
      code: 'custom',
      message: `"${value}" names no section; write the document's key, a space and the section`,
    })
    return z.NEVER
  }),
  z.strictObject({ document: text, section: text }),
])

/** What every value may say of itself. */
const standing = {
  source,
  from: date.optional(),
  until: date.optional(),
  reading: text.optional(),
  unverified: z.literal(true).optional(),
  setting: z.literal(true).optional(),
}

/** A value with its source, or a list of such values each holding from its own date. */
function dated<T extends z.ZodType>(value: T) {
  const one = z.strictObject({ value, ...standing })
  return z.union([one, z.array(one).min(1)])
}

const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const days = z.string().transform((value, context): Weekday[] => {
  const numbers = value.split(',').flatMap(part => {
    const [first, last] = part
      .trim()
      .split('-')
      .map(name => weekdayNames.indexOf(name.trim()) + 1)
    const to = last ?? first
    if (!first || !to || to < first) return [0]
    return Array.from({ length: to - first + 1 }, (_, index) => first + index)
  })
  if (!numbers.includes(0)) return numbers as Weekday[]
  context.addIssue({ code: 'custom', message: `"${value}" names no days; write mon-fri, sat or mon,wed,fri` })
  return z.NEVER
})

const oneContact = z.strictObject({
  who: text,
  purpose: text,
  phone: text.regex(/\d\D*\d\D*\d/, 'a telephone number has digits; words about it stand under hours or purpose').optional(),
  email: text.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'an address is written as safeguarding@school.example').optional(),
  web: text.regex(/^(https?:\/\/)?[^\s/]+\.[^\s/]+(\/\S*)?$/, 'a page is written as https://www.council.example/page').optional(),
  hours: text.optional(),
  open: z.array(z.strictObject({ days, from: time, to: time })).optional(),
  ...standing,
})
const contacts = z.record(z.string(), z.union([oneContact, z.array(oneContact).min(1)]))

const documents = z.record(z.string(), z.strictObject({ title: text, edition: text.optional() }))
const oneEdition = z.strictObject({ title: text, date })
const edition = z.union([oneEdition, z.array(oneEdition).min(1)])

const member = z.strictObject({ role, title: text, contact: contactKey.optional(), ...standing })

const step = z.strictObject({ tell: z.enum(['all', 'first']), roles: z.array(role).min(1), says: text, ...standing })
const route = z.strictObject({ steps: z.array(step), outside: z.array(contactKey) })
const routes = z.strictObject({ welfare: route.optional() })
/** Whom guidance has told first: a nearer file's route that leaves all of these out of its first step is laxer than statute. */
const routeFloor = z.strictObject({
  route: z.enum(['welfare', 'conduct']),
  one_of: z.array(role).min(1),
  says: text,
  ...standing,
})

/** Concerns about adults and about how the school works. The first chain that fits is followed; one without conditions fits all. */
const conduct = z.strictObject({
  /** What a record of such a concern must hold. */
  required: z.array(z.strictObject({ value: z.enum(conductRequired), ...standing })).optional(),
  /** Who hears of whoever feels that it was not handled well. */
  not_handled_well: z.strictObject({ tell: z.array(role).min(1), says: text, ...standing }).optional(),
  /** By when it has to be told, counted from when it was seen or heard. */
  told_within: dated(duration).optional(),
  /** By when whoever is given a worry about how the school works has looked at it. */
  practice_acknowledged: dated(duration).optional(),
  /** Where the text says who is given low-level concerns; without it, loading says that it does not. */
  low_level_recipient: z.strictObject(standing).optional(),
  /** What must be written, or done, before it is concluded. */
  before_concluding: z.array(z.strictObject({ value: z.enum(beforeConcluding), ...standing })).optional(),
  chains: z
    .array(
      z.strictObject({
        id,
        kind: z.enum(conductKinds).optional(),
        about: z
          .strictObject({
            holds: z.array(role).min(1).optional(),
            relative_of: z.array(role).min(1).optional(),
            conflict_of_interest: z.literal(true).optional(),
          })
          .refine(given => Object.keys(given).length > 0, {
            message: 'about names nobody; say whom the chain is for, or take about out',
          })
          .optional(),
        believed: z.array(z.enum(beliefs)).min(1).optional(),
        steps: z.array(step),
        goes_on_with: id.optional(),
        /** Whoever it reaches because somebody was away hands it to them on their return. */
        hands_back: z.literal(true).optional(),
        outside: z.array(contactKey).optional(),
        shared_with: z.array(z.strictObject({ roles: z.array(role).min(1), says: text, ...standing })).optional(),
        ...standing,
      }),
    )
    .optional(),
  unanswered: z
    .array(
      z.strictObject({
        on: z.enum(['unopened', 'lado-contact']),
        chains: z.array(id).min(1).optional(),
        within: duration.optional(),
        tell: z.array(role).min(1),
        says: text,
        ...standing,
      }),
    )
    .optional(),
})

const alsoTold = z.strictObject({
  on: z.enum(['police', 'section-47', 'referral', 'online']),
  roles: z.array(role).min(1),
  says: text,
  ...standing,
})

const unanswered = z.strictObject({
  on: z.enum(['acknowledgement', 'triage', 'decision', 'unreachable', 'child-seen', 'account', 'risk-assessment', 'monitoring']),
  within: duration.optional(),
  /** Only for concerns of which one of these is a prompt. */
  prompts: z.array(z.enum(promptIds)).min(1).optional(),
  tell: z.array(role),
  ask: z.array(role).optional(),
  says: text,
  ...standing,
})
/** Who answers somebody who is still worried, and what else is open to them. */
const challenge = z.strictObject({
  steps: z
    .array(z.strictObject({ roles: z.array(role).min(1), says: text, ...standing }))
    .min(1)
    .optional(),
  further: z
    .array(z.strictObject({ who: z.enum(['staff', 'families']), says: text, contact: contactKey.optional(), ...standing }))
    .min(1)
    .optional(),
})
const option = z.strictObject({ id, name: text, hint: text.optional() })

/** A contact of a pathway: a key, or `home.` and what it is for, which is found at the authority where the child lives. */
const pathwayContact = z
  .string()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)?$/, 'a contact is a key, or home. and what it is for, such as home.front-door')
const pathwayStep = z
  .strictObject({
    ...standing,
    id,
    does: text,
    source: source.optional(),
    agency: z.enum(agencyIds).optional(),
    contacts: z.array(pathwayContact).min(1).optional(),
    /** `recorder`: whoever recorded the concern, in person; nobody can take it over. */
    by: z.enum(['team', 'recorder']).optional(),
    /** Whoever of these is there is brought in, told, and may write down what was agreed. */
    consults: z.array(role).min(1).optional(),
    /** In person only where they hold one of these roles. */
    roles: z.array(role).min(1).optional(),
    opens: z.enum(['at-once', 'on-referring']).optional(),
    /** Opens once another step of the same pathway was tried in vain so often. */
    after: z.strictObject({ step: id, tries: z.number().int().min(1) }).optional(),
    within: dated(duration).optional(),
    late: z
      .strictObject({
        ...standing,
        source: source.optional(),
        tell: z.array(role).min(1),
        /** Counted from when it was opened; without it, they hear when the step's own time has passed. */
        after: duration.optional(),
        again: duration.optional(),
      })
      .optional(),
    clock: z.enum(pathwayClocks).optional(),
    needs: z
      .array(z.enum(['with-whom', 'reference', 'adult', 'words']))
      .min(1)
      .optional(),
    asks: text.optional(),
    /** Not doing it needs a second of the team. */
    second: z.literal(true).optional(),
    /** Somebody is asked for advice: when, and when it came, both stand there. */
    awaits_advice: z.literal(true).optional(),
    /** Where a decision does not turn to this agency, the step says why first. */
    before_decision: z.literal(true).optional(),
    /** Triage is not complete before it is done, or a reason says why not. */
    before_triage: z.literal(true).optional(),
  })
  .refine(({ late, within }) => late === undefined || late.after !== undefined || within !== undefined, {
    message: 'late says who hears when the time has passed; write within or after, or take late out',
    path: ['late'],
  })
  .refine(({ by, roles }) => roles === undefined || by === 'recorder', {
    message: 'roles are for a step that whoever recorded it does in person; write by: recorder, or take roles out',
    path: ['roles'],
  })
const answerOf = z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'an answer is <question>.<option>')
const pathway = z.strictObject({
  id,
  name: text,
  /** Any one of these makes it hold. */
  for: z
    .strictObject({
      prompts: z.array(z.enum(promptIds)).min(1).optional(),
      categories: z.array(id).min(1).optional(),
      answers: z.array(answerOf).min(1).optional(),
      /** Of a child whom it is about. */
      statuses: z.array(z.enum(childStatuses)).min(1).optional(),
      danger: z.literal(true).optional(),
      level_at_least: z.number().int().min(1).optional(),
      by_hand: z.literal(true).optional(),
    })
    .refine(given => Object.keys(given).length > 0, { message: 'it names nothing; say when the pathway holds' }),
  /** For whoever records it, in one line. */
  says: text.optional(),
  never: z.array(text).min(1).optional(),
  contacts: z.array(pathwayContact).min(1).optional(),
  urgent: z.literal(true).optional(),
  /** It holds between children alone: where an adult of the school is said to have harmed, the chain for adults is followed instead. */
  between: z.literal('children').optional(),
  /** As what the child is taken, beside their name. */
  stands_as: text.optional(),
  /** The records of these children are marked, for how long they are kept. */
  keeps: z.literal('sexual-abuse').optional(),
  /** Whoever recorded it has a receipt and is not shown their words again. */
  receipt: z.literal(true).optional(),
  /** Nothing is attached to the concern. */
  attachments: z.literal('locked').optional(),
  /** A decision to refer opens a referral to each of these. */
  refers: z.array(z.enum(agencyIds)).min(1).optional(),
  /** Nobody speaks with the parents until the DSL has decided, until an agency has advised, or until the DSL lifts it. */
  parents: z.enum(['until-decided', 'until-advised', 'until-lifted']).optional(),
  steps: z.array(pathwayStep).min(1).optional(),
  ...standing,
})
/** Who may ring the authority without the team, and what they say of why. */
const directReferral = z.strictObject({
  says: text,
  /** `hides: team`: the team is put outside the concern, because it is the reason. */
  reasons: z.array(option.extend({ hides: z.literal('team').optional() })).min(1),
  ...standing,
})
const lead = z.strictObject({
  holders_max: z.number().int().min(1),
  among: z.array(role).min(1),
  vacancy_told: z.array(role).min(1),
  /** So many days before its last day those are warned, where no successor is entered. */
  warned_days_before: z.number().int().min(1).optional(),
  /** A last day is taken only where a successor is entered. */
  never_vacant: z.boolean().optional(),
  says: text,
  ...standing,
})

/** What is asked of the posts of the team beside their being held. */
const posts = z.strictObject({
  /** A job description that names the responsibility, so many days after the appointment at the latest. */
  described: z
    .strictObject({ roles: z.array(role).min(1), within_days: z.number().int().min(1), says: text, ...standing })
    .optional(),
  /** From so many posts in one hand somebody asks whether they can all be done. */
  many: z.strictObject({ posts_min: z.number().int().min(2), says: text, ...standing }).optional(),
  /** Who sees to a post that nobody holds, in the view of a trust. */
  settled_by: dated(z.array(role).min(1)).optional(),
})

const clock = z.strictObject({
  clock: z.enum(clockNames),
  rule: ruleId,
  says: text,
  within: dated(duration),
  /** Recurring: once met it starts anew with this time. */
  every: dated(duration).optional(),
  when: z
    .strictObject({
      urgent: z.boolean().optional(),
      prompts: z.array(z.enum(promptIds)).min(1).optional(),
      level_at_least: z.number().int().min(1).optional(),
      roles: z.array(role).min(1).optional(),
      statuses: z.array(z.enum(childStatuses)).min(1).optional(),
      plans: z.array(z.enum(planKinds)).min(1).optional(),
      moment: z.enum(['in-year', 'new-term']).optional(),
      believed: z.array(z.enum(beliefs)).min(1).optional(),
      authorised: z.boolean().optional(),
      absent_days: z.number().int().min(1).optional(),
      came: z.array(z.enum(waysItCame)).min(1).optional(),
      /** Whoever asked was told in time that it takes longer. */
      extended: z.boolean().optional(),
    })
    .refine(given => Object.keys(given).length > 0, {
      message: 'when says nothing; say when the rule holds, or take when out',
    })
    .optional(),
  /** Whose it is, where the text says so. */
  owner: z.array(role).min(1).optional(),
  /** When whoever owns it is warned that its time runs out, counted from its start. */
  warned: dated(z.array(duration).min(1)).optional(),
})

/** Where pupils write a worry, with or without a name. */
const worryBox = z.strictObject({
  name: text,
  /** For the pupil: when somebody reads it. */
  says: text,
  /** Whom a pupil can turn to meanwhile. */
  contacts: z.array(contactKey).min(1),
  /** At these words the team is told urgently. */
  urgent_words: z.array(text).min(1).optional(),
  places: z.array(z.strictObject({ id, name: text, prompts: z.array(z.enum(promptIds)).min(1).optional() })).min(1),
  ...standing,
})
const hearers = z.strictObject({ tell: z.enum(['all', 'first']), roles: z.array(role).min(1) })
/** Absences in the register that draft a concern by themselves. */
const absencePattern = z
  .strictObject({
    id,
    /** For whoever is told; it names no child. */
    says: text,
    absences: z.number().int().min(1),
    /** Counted over so many school days, the last of them today. */
    school_days: z.number().int().min(1),
    /** Only absences of which nobody has said why. */
    unexplained: z.literal(true).optional(),
    tell: hearers,
    ...standing,
  })
  .refine(({ absences, school_days: days }) => absences <= days, {
    message: 'there cannot be more days of absence than school days; correct absences or school_days',
  })
/** What is followed up for a pupil until it is over. */
const pupilCase = z.strictObject({
  kind: id,
  name: text,
  /** For whoever is told; it names no child. */
  says: text,
  tell: hearers.optional(),
  /** Somebody looks after the child at every moment. */
  looked_after: z.literal(true).optional(),
  /** It is not over before somebody has written to whom the child was given, and when. */
  handover: z.literal(true).optional(),
  steps: z
    .array(
      z.strictObject({
        id,
        does: text,
        /** Of a child with one of these alone. */
        statuses: z.array(z.enum(childStatuses)).min(1).optional(),
        /** What waits for it. */
        before: z.enum(['leaving', 'closing']).optional(),
        source: source.optional(),
      }),
    )
    .min(1)
    .optional(),
  /** Where nobody was reached, or came, within this time. */
  escalates: z
    .strictObject({
      after: duration,
      tell: hearers,
      says: text,
      step: z.strictObject({ id, does: text, before: z.enum(['leaving', 'closing']).optional() }),
      ...standing,
    })
    .refine(({ after }) => after.unit !== 'no-time-given', {
      message: 'after is a moment; write a time that gives one, such as 45 minutes',
      path: ['after'],
    })
    .optional(),
  ...standing,
})

/** Who is told of what happens to a pupil, and what is asked then. */
const pupilEvent = z
  .strictObject({
    on: z.enum(pupilMoments),
    rule: ruleId,
    says: text,
    when: z
      .strictObject({
        statuses: z.array(z.enum(childStatuses)).min(1).optional(),
        plans: z.array(z.enum(planKinds)).min(1).optional(),
        moment: z.enum(['in-year', 'new-term']).optional(),
        authorised: z.boolean().optional(),
        absent_days: z.number().int().min(1).optional(),
      })
      .optional(),
    /** Only where it is not settled within this time. */
    unsettled: duration.optional(),
    tell: z.strictObject({ tell: z.enum(['all', 'first']), roles: z.array(role).min(1) }).optional(),
    asks: id.optional(),
    ...standing,
  })
  .refine(({ tell, asks }) => tell !== undefined || asks !== undefined, {
    message: 'a pupil event tells somebody or asks something; write tell or asks',
  })
  .refine(({ tell, unsettled }) => unsettled === undefined || tell !== undefined, {
    message: 'unsettled says when somebody is told; write tell beside it',
  })
  .refine(({ unsettled }) => unsettled?.unit !== 'no-time-given', {
    message: 'unsettled is a moment; write a time that gives one, such as 5 school days',
    path: ['unsettled'],
  })

/** How long records are kept. */
const retention = z.strictObject({
  id,
  says: text,
  years: z.number().int().min(1).max(150),
  counted_from: z.enum(['birth', 'record']),
  of: z.enum(['sexual-abuse', 'last-known-school']),
  ...standing,
})
/** Where pupils go from here for whom this school stays the last that holds the file. */
const lastKnown = z.strictObject({ destinations: z.array(z.enum(destinations)).min(1), says: text, ...standing })

/** What comes back: by when the first time, how often, who answers for it and who hears that it is late. */
const recurring = {
  rule: ruleId,
  says: text,
  within: dated(duration),
  every: dated(duration).optional(),
  /** The first holder answers for it; left out, it is the person whom it is about. */
  owner: z.array(role).min(1).optional(),
  overdue_told: z.array(role).min(1).optional(),
}
/** Roles by name, or by a word for several of them. */
const rolesOrGroups = z
  .array(z.enum([...roleIds, ...roleGroupIds]))
  .min(1)
  .transform(rolesMeant)
const training = z.strictObject({
  course: z.enum(courseIds),
  clock: z.enum(clockNames).optional(),
  roles: rolesOrGroups,
  induction: z.literal(true).optional(),
  /** Who keeps the record of it. */
  kept_by: z.array(role).min(1).optional(),
  ...recurring,
})
const readingDocument = z.strictObject({
  id,
  title: text,
  kind: z.enum(['guidance', 'policy', 'other']),
  /** Whoever reads this one need not read those. */
  covers: z.array(id).min(1).optional(),
  /** It is no document but the name of whoever holds this role. */
  names: role.optional(),
  ...standing,
})
const reading = z.strictObject({
  document: id,
  clock: z.enum(clockNames),
  roles: rolesOrGroups,
  work: z.enum(['direct', 'indirect']).optional(),
  signature: z.array(z.enum(signatureParts)).min(1),
  own_hand: z.literal(true).optional(),
  on_reissue: z.literal(true).optional(),
  induction: z.literal(true).optional(),
  ...recurring,
})
/** A question by which it shows whether a document was understood. */
const understanding = z.strictObject({
  id,
  document: id,
  asks: text,
  choices: z.array(z.strictObject({ id, says: text })).min(2),
  right: id,
  ...standing,
})
/** What is agreed to, and by whom, before a pupil is given a device. */
const devices = z.strictObject({ document: id, signers: z.array(z.enum(agreementSigners)).min(1), ...standing })
const readingChased = z.strictObject({ after: z.array(duration).min(1), told: z.array(role).min(1), ...standing })
const review = z.strictObject({
  clock: z.enum(clockNames),
  by: z.array(role).min(1),
  /** Somebody of each of these groups takes part; one person alone is refused. */
  together: z.array(z.array(role).min(1)).min(2).optional(),
  warn: z.strictObject({ value: duration, told: z.array(role).min(1), ...standing }).optional(),
  ...recurring,
})

const options = z.strictObject({ options: z.array(option), ...standing })
const promptOptions = z.strictObject({
  /** `adults`: who is at risk may be an adult, and no child. */
  options: z.array(option.extend({ id: z.enum(promptIds), adults: z.literal(true).optional() })).min(1),
  ...standing,
})

const concern = z.strictObject({
  required: z
    .array(
      z.strictObject({
        value: z.enum([
          'reporter-category',
          'prompt',
          'told-by-voice',
          'child-words',
          'facts-or-words',
          'body-map-when-injured',
          'location',
          'why-it-worries',
          'action-taken',
        ]),
        ...standing,
      }),
    )
    .optional(),
  prompts: promptOptions.optional(),
  reporter_categories: options.optional(),
  triage_categories: options.optional(),
  reminders: z
    .array(
      z.strictObject({
        at: z.enum(['before', 'disclosure', 'child-words', 'seen', 'opinion', 'parents', 'images', 'injury', 'after']),
        says: text,
        ...standing,
      }),
    )
    .optional(),
  voice_first: dated(z.enum(['always', 'when-urgent', 'after-disclosure', 'never'])).optional(),
  paper_form: dated(text).optional(),
})

/** What choosing an option brings about while a concern is recorded: an action with its time, or a clock. */
const starts = z
  .strictObject({ action: text.optional(), due: duration.optional(), clock: z.enum(answerClocks).optional() })
  .refine(given => (given.action === undefined) !== (given.clock === undefined), {
    message: 'starts names either an action or a clock; write one of the two',
  })
  .refine(given => (given.action === undefined) === (given.due === undefined), {
    message:
      'an action has a day, and the time of a clock stands under clocks; write due beside an action and beside nothing else',
  })
  .refine(given => given.due?.unit !== 'no-time-given', {
    message: 'an action has a day; write a due that gives one, such as same day',
  })

const questionOption = option.extend({
  asks: text.optional(),
  adds: z.array(id).min(1).optional(),
  starts: starts.optional(),
  holds: z.literal('parents').optional(),
  rings: z.literal(true).optional(),
  demands: z.literal('body-map').optional(),
})

const question = z
  .strictObject({
    id,
    at: z.enum(['recording', 'triage', 'decision']),
    asks: text,
    hint: text.optional(),
    kind: z.enum(['one', 'several', 'words', 'line', 'date']),
    options: z.array(questionOption).min(1).optional(),
    categories: z.array(id).min(1).optional(),
    prompts: z.array(z.enum(promptIds)).min(1).optional(),
    /** Asked where one of these options of another question is chosen. */
    answers: z.array(answerOf).min(1).optional(),
    required: z.boolean().optional(),
    dated: z.literal(true).optional(),
    counted: z.literal(true).optional(),
    hide_below: z.number().int().min(2).optional(),
    settles: id.optional(),
    ...standing,
  })
  .refine(({ kind, options: given }) => (kind === 'one' || kind === 'several') === (given !== undefined), {
    message: 'a question of kind one or several has options, and no other has',
  })
  .refine(({ at, categories }) => at !== 'recording' || categories === undefined, {
    message: 'a question at recording comes before any category; say with prompts where it is asked',
    path: ['categories'],
  })
  .refine(
    ({ at, options: given }) =>
      at === 'recording' || !given?.some(({ starts, holds, rings, demands }) => starts || holds || rings || demands),
    {
      message: 'starts, holds, rings and demands are for questions at recording; take them out or ask at recording',
      path: ['options'],
    },
  )
  .refine(({ at, options: given }) => at !== 'recording' || !given?.some(({ adds }) => adds), {
    message: 'adds is for questions at triage; nothing is categorised while a concern is recorded',
    path: ['options'],
  })

const householdHarm = z.strictObject({
  categories: z.array(id),
  prompts: z.array(z.enum(promptIds)),
  caution: text,
  contact_question: id.optional(),
  ...standing,
})

/** Whom the school might turn to: where it does not, the reason is kept and stands in a register. */
const notReferred = z.strictObject({
  agencies: z.array(option.extend({ id: z.enum(agencyIds) })).min(1),
  ...standing,
})

const weeks = z.number().int().min(1).max(520)
// Letters, blanks, hyphens and apostrophes: the words are looked for as they are.
const remark = z.string().regex(/^[a-z][a-z' -]*$/, 'a word to look for is lower-case letters, blanks, hyphens and apostrophes')
const ofSign = { id, name: text, within_weeks: weeks }
const sign = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('attendance-fall'), points: z.number().int().min(1).max(100), weeks, ...ofSign }),
  z.strictObject({ kind: z.literal('words'), words: z.array(remark).min(1), ...ofSign }),
  z.strictObject({
    kind: z.literal('concerns'),
    prompts: z.array(z.enum(promptIds)).optional(),
    categories: z.array(id).optional(),
    marks: z.literal(true).optional(),
    times: z.number().int().min(1),
    ...ofSign,
  }),
])
const signGroup = z.strictObject({
  id,
  title: text,
  says: text,
  together: z.number().int().min(1),
  signs: z.array(sign).min(1),
  ...standing,
})

const level = z.strictObject({
  id,
  position: z.number().int().min(1),
  name: text,
  says: text,
  statutory: z.enum(['universal', 'early-help', 'child-in-need', 'child-protection', 'between']),
})
/** The document that the levels come from. A newer edition is added with the day from which it holds. */
const threshold = z.strictObject({ title: text, edition: text, under_review: z.literal(true).optional(), ...standing })
const levels = z.strictObject({
  name: text,
  levels: z.array(level).min(1),
  threshold: z.union([threshold, z.array(threshold).min(1)]).optional(),
  ...standing,
})

const locality = z.strictObject({ id, name: text, contact: contactKey, wards: z.array(text).min(1).optional() })
/** A way that a request takes which is not urgent. Without a contact it goes to the team of the child's locality. */
const channel = z.strictObject({
  id,
  name: text,
  agencies: z.array(z.enum(agencyIds)).min(1),
  contact: contactKey.optional(),
  needs_assessment: z.literal(true).optional(),
  ...standing,
})
const referral = z.strictObject({
  front_door: contactKey,
  /** A referral of this weight is telephoned before it is written. */
  phone_first: z.strictObject({ level_at_least: z.number().int().min(1).optional(), ...standing }).optional(),
  /** When a missing answer is asked for. */
  chased: dated(duration).optional(),
  /** What a written referral is kept with. */
  written_needs: z.strictObject({ value: z.array(z.enum(writtenNeeds)).min(1), ...standing }).optional(),
  out_of_hours: contactKey.optional(),
  written_form: text.optional(),
  localities: z.array(locality).min(1).optional(),
  channels: z.array(channel).min(1).optional(),
  /** Who has what else goes to the locality's team, where the child has this status. */
  disabled_children: z.strictObject({ contact: contactKey, status: z.enum(childStatuses), ...standing }).optional(),
  ...standing,
})
/** What becomes of a referral: when a missing answer is asked for, by when a stage of taking it further is answered. */
const referring = z.strictObject({
  chased: z.array(z.strictObject({ agencies: z.array(z.enum(agencyIds)).min(1), within: dated(duration) })).optional(),
  stage_answered: dated(duration).optional(),
})
const escalation = z.array(
  z.strictObject({ stage: z.number().int().min(1), says: text, contact: contactKey.optional(), ...standing }),
)

/** What an authority's other contact points are for, the same words at every authority. */
export const directoryPurposes = [
  'consultation',
  'early-help',
  'lado',
  'prevent',
  'missing-education',
  'virtual-school',
  'private-fostering',
  'police',
  'education-safeguarding',
  'advice',
  'caldicott-guardian',
  'legal-team',
] as const
const directory = z.partialRecord(z.enum(directoryPurposes), contactKey)

const term = z.strictObject({ name: text, from: date, to: date, source: source.optional(), setting: z.literal(true).optional() })
const closure = z.strictObject({
  from: date,
  to: date.optional(),
  says: text,
  source: source.optional(),
  setting: z.literal(true).optional(),
})
/** A school day that ends earlier than others, such as the last of a term. */
const partDay = z.strictObject({ date, ends: time, says: text, source: source.optional(), setting: z.literal(true).optional() })
const calendar = z.strictObject({
  ...standing,
  terms: z.array(term).optional(),
  closures: z.array(closure).optional(),
  /** Days of a farther file's closures on which children attend here all the same. */
  reopened: z.array(closure).optional(),
  part_days: z.array(partDay).optional(),
  day_starts: dated(time).optional(),
  day_ends: dated(time).optional(),
  /** When offices close: the moment of `close of next working day`. */
  close_of_business: dated(time).optional(),
})

/** Who hears when nobody of the team is there, who is then put on duty, and how many deputies a school day needs. */
const cover = z.strictObject({
  gap_told: dated(z.array(role).min(1)).optional(),
  stand_in: z
    .strictObject({
      value: z.strictObject({ tell: z.enum(['all', 'first']), roles: z.array(role).min(1) }),
      says: text,
      ...standing,
    })
    .optional(),
  deputies_min: dated(z.number().int().min(1)).optional(),
})

/** How often the safeguarding mailbox is looked at. Where the text gives two rules both are written: the school resolves it. */
const mailboxRule = z.strictObject({ id, watched: z.enum(['school-days', 'every-day']), says: text, ...standing })
const mailbox = z.strictObject({
  contact: contactKey.optional(),
  readers_min: dated(z.number().int().min(1)).optional(),
  checked_by: dated(time).optional(),
  head_told_at: dated(time).optional(),
  closed_told: dated(duration).optional(),
  rules: z.array(mailboxRule).min(1).optional(),
})

/** By when whoever saw or heard something writes it themselves, when a missing account is chased, how soon a write-up begins. */
const accounts = z.strictObject({
  within: dated(duration).optional(),
  chased_at: dated(time).optional(),
  before_leaving: dated(duration).optional(),
  write_up_within: dated(duration).optional(),
})

/** How often the contacts of the policy are checked, and who hears of a post of the team that nobody holds. */
const contactBook = z.strictObject({
  checked_every: dated(duration).optional(),
  vacancy_told: dated(z.array(role).min(1)).optional(),
})

const gap = z.strictObject({ key: id, says: text, source })
const emergency = z.strictObject({ contact: contactKey, when: text, ...standing })

/** A decision that keeps it within the school is looked at again by then. */
const internalReview = z
  .strictObject({
    categories: z.array(id).min(1),
    choices: z.array(z.enum(internalChoices)).min(1),
    within: duration,
    says: text,
    ...standing,
  })
  .refine(({ within }) => within.unit !== 'no-time-given', {
    message: 'a review has a day; write a time that gives one, such as 10 school days',
    path: ['within'],
  })
/** What is owed where parents are not told: a second of the team, and once it is referred the advice of social care. */
const parentsWithheld = z
  .strictObject({
    prompts: z.array(z.enum(promptIds)).min(1).optional(),
    categories: z.array(id).min(1).optional(),
    second: z.literal(true).optional(),
    advice: z.literal(true).optional(),
    says: text,
    ...standing,
  })
  .refine(({ prompts, categories }) => prompts !== undefined || categories !== undefined, {
    message: 'it names no worry; write prompts or categories',
  })
/** Words that the team is shown where they stand. They block nothing. */
const wording = z.strictObject({
  id,
  name: text,
  words: z.array(text).min(1),
  in: z.array(z.enum(wordedPlaces)).min(1),
  ...standing,
})
/** What of the behaviour log comes to the safeguarding team: by its tag, or by a word in it. */
const behaviour = z.strictObject({
  tags: z.array(option.extend({ prompt: z.enum(promptIds).optional() })).min(1),
  words: z.array(text).min(1).optional(),
  prompt: z.enum(promptIds),
  says: text,
  ...standing,
})

/** What any layer may hold; the nearer layer overrides the farther. */
const shared = {
  edition,
  documents,
  contacts: contacts.optional(),
  emergency: z.array(emergency).optional(),
  concern: concern.optional(),
  questions: z.array(question).optional(),
  household_harm: householdHarm.optional(),
  not_referred: notReferred.optional(),
  signs: z.array(signGroup).optional(),
  routes: routes.optional(),
  route_floors: z.array(routeFloor).min(1).optional(),
  conduct: conduct.optional(),
  also_told: z.array(alsoTold).optional(),
  unanswered: z.array(unanswered).optional(),
  lead: lead.optional(),
  posts: posts.optional(),
  pathways: z.array(pathway).min(1).optional(),
  direct_referral: directReferral.optional(),
  internal_reviews: z.array(internalReview).min(1).optional(),
  parents_withheld: parentsWithheld.optional(),
  wording: z.array(wording).min(1).optional(),
  behaviour: behaviour.optional(),
  challenge: challenge.optional(),
  /** The roles that open welfare files. */
  file_roles: dated(z.array(role).min(1)).optional(),
  clocks: z.array(clock).optional(),
  training: z.array(training).optional(),
  reading_documents: z.array(readingDocument).optional(),
  reading: z.array(reading).optional(),
  reading_chased: readingChased.optional(),
  understanding: z.array(understanding).optional(),
  devices: devices.optional(),
  /** Roles whose holders do not work with children directly unless it is said of one of them. */
  indirect_roles: dated(z.array(role)).optional(),
  reviews: z.array(review).optional(),
  escalation: escalation.optional(),
  referring: referring.optional(),
  cover: cover.optional(),
  mailbox: mailbox.optional(),
  accounts: accounts.optional(),
  contact_book: contactBook.optional(),
  pupil_events: z.array(pupilEvent).optional(),
  pupil_cases: z.array(pupilCase).optional(),
  absence_patterns: z.array(absencePattern).optional(),
  worry_box: worryBox.optional(),
  retention: z.array(retention).optional(),
  last_known: lastKnown.optional(),
  gaps: z.array(gap).optional(),
}

/** `national/*.yaml`: one edition of statutory guidance, or the product's own settings until a school chooses. */
export const nationalFile = z.strictObject({ ...shared, calendar: calendar.optional() })

/** `authorities/*.yaml`: an authority's front door, levels of need, escalation, directory and published terms. */
export const authorityFile = z.strictObject({
  ...shared,
  name: text,
  levels: levels.optional(),
  referral: referral.optional(),
  directory: directory.optional(),
  calendar: calendar.optional(),
})

/** `trusts/*.yaml`: who stands above a head, trust leads, trust-wide rules. */
export const trustFile = z.strictObject({ ...shared, name: text, team: z.array(member).optional() })

/** `schools/*.yaml`: one school's policy. */
export const schoolFile = z.strictObject({
  ...shared,
  school: z.strictObject({
    name: text,
    phase: text,
    authority: id,
    trust: id.optional(),
    /** Further authorities whose levels of need this policy works with. */
    other_authorities: z.array(id).optional(),
  }),
  /** The national file whose edition of the guidance this policy cites; a later one is then newer than the policy. */
  guidance_cited: dated(id).optional(),
  team: z.array(member).min(1),
  levels: levels.optional(),
  referrals: z.array(referral.extend({ authority: id })).optional(),
  calendar,
})

export type NationalFile = z.output<typeof nationalFile>
export type AuthorityFile = z.output<typeof authorityFile>
export type TrustFile = z.output<typeof trustFile>
export type SchoolFile = z.output<typeof schoolFile>
export type LayerFile = NationalFile | AuthorityFile | TrustFile | SchoolFile
/** What every entry may say of itself. */
export interface Standing {
  readonly source: Source
  readonly from?: PlainDate | undefined
  readonly until?: PlainDate | undefined
  readonly reading?: string | undefined
  readonly unverified?: true | undefined
  readonly setting?: true | undefined
}

/** The four folders and the schema of the files in each. */
export const layerSchemas = {
  national: nationalFile,
  authorities: authorityFile,
  trusts: trustFile,
  schools: schoolFile,
} as const
export type LayerKind = keyof typeof layerSchemas
export const layerKinds = ['national', 'authorities', 'trusts', 'schools'] as const satisfies readonly LayerKind[]
