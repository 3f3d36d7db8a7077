import { childStatuses } from '../../policy/child-statuses.ts'
import type { Option, Profile } from '../../policy/profile.ts'
import { monitoringKinds } from '../monitoring/index.ts'
import { agencyNames, choiceNames } from '../triage/index.ts'
import { roleOptions } from './role-options.ts'

/** How an event of a rehearsal asks for one of its keys. */
export interface EventField {
  readonly key: string
  readonly label: string
  readonly kind: 'ref' | 'person' | 'people' | 'pupils' | 'anybody' | 'one-of' | 'some-of' | 'yes-no' | 'line' | 'date' | 'number'
  readonly optional?: true
  readonly options?: readonly Pick<Option, 'id' | 'name'>[]
}

/** One kind of event, in the words of whoever composes a rehearsal. */
export interface EventForm {
  readonly event: string
  readonly name: string
  /** It opens something to which later events refer. */
  readonly opens?: true
  readonly fields: readonly EventField[]
}

const named = (...ids: readonly string[]) => ids.map(id => ({ id, name: id.replaceAll('-', ' ') }))

const optionsOf = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([id, name]) => ({ id, name }))

const ref = (label = 'Which one') => ({ key: 'ref', label, kind: 'ref' }) as const
const by = { key: 'by', label: 'By whom', kind: 'person' } as const
const byMaybe = { ...by, optional: true } as const
const outcome = { key: 'outcome', label: 'What came of it', kind: 'line', optional: true } as const
const pupils = { key: 'about', label: 'Which pupil', kind: 'pupils' } as const
const adult = { key: 'about', label: 'Which adult', kind: 'people' } as const

const courses = named('dsl', 'dsl-update', 'staff', 'prevent', 'safer-recruitment', 'online-safety', 'governor')
const documents = named(
  'policy',
  'guidance-part-one',
  'guidance-annex-b',
  'guidance-part-four',
  'guidance-whole',
  'code-of-conduct',
)
const beliefs = [
  { id: 'harm-threshold', name: 'It may meet the harm threshold' },
  { id: 'low-level', name: 'A low-level concern' },
  { id: 'unsure', name: 'Not sure' },
]
const assessments = [
  { id: 'harm-threshold', name: 'It may meet the harm threshold' },
  { id: 'low-level', name: 'A low-level concern' },
  { id: 'neither', name: 'Neither' },
]
const choices = optionsOf(choiceNames)
const kinds = [
  { id: 'welfare', name: 'About a child' },
  { id: 'conduct', name: 'About an adult' },
  { id: 'practice', name: 'About how the school works' },
]
const moments = [
  { id: 'in-year', name: 'During the year' },
  { id: 'new-term', name: 'At the beginning of a term' },
]
const breachKinds = [
  { id: 'mis-sent', name: 'Sent to the wrong place' },
  { id: 'lost', name: 'Lost' },
  { id: 'seen', name: 'Seen by somebody who may not' },
  { id: 'other', name: 'Otherwise' },
]
const statuses = named(...childStatuses)
const plans = named('early-help', 'monitoring', 'safety', 'risk-assessment')

const to = { key: 'to', label: 'To whom', kind: 'one-of', options: optionsOf(agencyNames) } as const

function recordedForm({ concern }: Profile): EventForm {
  const category = { key: 'category', label: 'Category', kind: 'one-of', optional: true } as const
  return {
    event: 'concern.recorded',
    name: 'A concern is recorded',
    opens: true,
    fields: [
      by,
      { key: 'kind', label: 'What kind', kind: 'one-of', options: kinds },
      { key: 'about', label: 'About whom', kind: 'anybody', optional: true },
      { key: 'prompts', label: 'What prompted it', kind: 'some-of', optional: true, options: concern.prompts },
      { key: 'urgent', label: 'Is it urgent?', kind: 'yes-no', optional: true },
      { key: 'verbal_to', label: 'Told by voice', kind: 'person', optional: true },
      ...(concern.prompts.some(({ adults }) => adults)
        ? [{ key: 'at_risk', label: 'Adults of the school who are at risk', kind: 'people', optional: true } as const]
        : []),
      { key: 'alleged', label: 'Adults of the school said to have harmed', kind: 'people', optional: true },
      { key: 'believed', label: 'About an adult: how serious', kind: 'one-of', optional: true, options: beliefs },
      ...(concern.reporterCategories.length > 0 ? [{ ...category, options: concern.reporterCategories }] : []),
    ],
  }
}

function dangerFields({ concern }: Profile): readonly EventField[] {
  return [
    { key: 'immediate_risk', label: 'Is the child at immediate risk?', kind: 'yes-no', optional: true },
    { key: 'safe_to_go_home', label: 'Is it safe to go home?', kind: 'yes-no', optional: true },
    { key: 'categories', label: 'Categories', kind: 'some-of', optional: true, options: concern.triageCategories },
  ]
}

function levelOptions({ levels }: Profile) {
  return levels.levels.map(({ position, name }) => ({ id: String(position), name: `${position}: ${name}` }))
}

function triagedForm(profile: Profile): EventForm {
  const level = { key: 'level', label: 'Level of need', kind: 'one-of', options: levelOptions(profile) } as const
  return { event: 'concern.triaged', name: 'A concern is triaged', fields: [ref(), by, level, ...dangerFields(profile)] }
}

/** Where nobody has triaged it, danger and level come with the decision. */
function decidedForm(profile: Profile): EventForm {
  return {
    event: 'decision.made',
    name: 'A decision is made',
    fields: [
      ref(),
      by,
      { key: 'choice', label: 'What is decided', kind: 'one-of', options: choices },
      { key: 'rationale', label: 'Why', kind: 'line', optional: true },
      { key: 'level', label: 'Not triaged yet: level of need', kind: 'one-of', optional: true, options: levelOptions(profile) },
      ...dangerFields(profile),
    ],
  }
}

const parentForms: readonly EventForm[] = [
  { event: 'parents.informed', name: 'Parents are told', fields: [ref(), by] },
  {
    event: 'parents.not-informed',
    name: 'Parents are not told',
    fields: [ref(), by, { key: 'reason', label: 'Why not', kind: 'line', optional: true }],
  },
]

const referralForms: readonly EventForm[] = [
  { event: 'referral.phoned', name: 'A referral is made by telephone', fields: [ref(), by, to] },
  { event: 'referral.written', name: 'A referral is made in writing', fields: [ref(), by, to] },
  { event: 'referral.answered', name: 'A referral is answered', fields: [ref(), byMaybe, outcome] },
  {
    event: 'referral.escalated',
    name: 'A referral is taken further',
    fields: [ref(), byMaybe, { key: 'stage', label: 'Stage', kind: 'number', optional: true }],
  },
  { event: 'police.told', name: 'The police are told', fields: [ref(), by] },
]

const conductForms: readonly EventForm[] = [
  {
    event: 'conduct.assessed',
    name: 'A concern about an adult is assessed',
    fields: [ref(), by, { key: 'outcome', label: 'What it is', kind: 'one-of', options: assessments }],
  },
  { event: 'lado.contacted', name: 'The designated officer (LADO) is contacted', fields: [ref(), by, outcome] },
  { event: 'conduct.concluded', name: 'A concern about an adult is concluded', fields: [ref(), by, outcome] },
]

const movingForms: readonly EventForm[] = [
  {
    event: 'pupil.leaving',
    name: 'A pupil is leaving',
    fields: [
      pupils,
      { key: 'on', label: 'Last day', kind: 'date' },
      { key: 'to', label: 'To which school', kind: 'line' },
      { key: 'moment', label: 'When in the year', kind: 'one-of', options: moments },
      byMaybe,
    ],
  },
  {
    event: 'pupil.joined',
    name: 'A pupil has joined',
    fields: [pupils, { key: 'from', label: 'From which school', kind: 'line' }, byMaybe],
  },
  { event: 'file.sent', name: 'A file is sent', fields: [pupils, byMaybe] },
  { event: 'file.received', name: 'A file is received', fields: [pupils, byMaybe] },
  { event: 'receipt.received', name: 'The receipt for a file comes', fields: [pupils, byMaybe] },
]

const pupilForms: readonly EventForm[] = [
  {
    event: 'pupil.absent',
    name: 'A pupil has been absent',
    fields: [
      pupils,
      { key: 'school_days', label: 'School days in a row', kind: 'number' },
      { key: 'authorised', label: 'With leave?', kind: 'yes-no' },
      byMaybe,
    ],
  },
  {
    event: 'private-fostering.known',
    name: 'Private fostering becomes known',
    fields: [pupils, { key: 'since', label: 'Since', kind: 'date' }, byMaybe],
  },
  {
    event: 'encompass.received',
    name: 'The police tell of an incident at home',
    opens: true,
    fields: [pupils, byMaybe],
  },
]

function adultForms(profile: Profile): readonly EventForm[] {
  const role = { key: 'role', label: 'As', kind: 'one-of', optional: true, options: roleOptions(profile) } as const
  return [
    {
      event: 'adult.started',
      name: 'An adult starts',
      fields: [adult, role, byMaybe],
    },
    {
      event: 'appointment.ended',
      name: 'An appointment ends',
      fields: [adult, role, byMaybe],
    },
    {
      event: 'adult.trained',
      name: 'An adult is trained',
      fields: [adult, { key: 'course', label: 'Training', kind: 'one-of', options: courses }, byMaybe],
    },
    {
      event: 'adult.read',
      name: 'An adult has read a document',
      fields: [adult, { key: 'document', label: 'Document', kind: 'one-of', options: documents }, byMaybe],
    },
  ]
}

const onlineForms: readonly EventForm[] = [
  { event: 'filtering.checked', name: 'Filtering and monitoring are checked', fields: [by] },
  { event: 'filtering.reviewed', name: 'Filtering and monitoring are reviewed', fields: [by] },
  {
    event: 'monitoring.reported',
    name: 'Filtering or monitoring shows something',
    opens: true,
    fields: [
      by,
      { key: 'about', label: 'About whom', kind: 'anybody', optional: true },
      { key: 'material', label: 'What it shows', kind: 'one-of', options: named(...monitoringKinds) },
      { key: 'high', label: 'Does the software call it severe?', kind: 'yes-no', optional: true },
      { key: 'address', label: 'Its address', kind: 'line', optional: true },
    ],
  },
  {
    event: 'monitoring.settled',
    name: 'An alert of monitoring is settled',
    fields: [
      ref(),
      by,
      { key: 'outcome', label: 'What came of it', kind: 'one-of', options: named('no-concern', 'into-file', 'concern') },
      { key: 'reason', label: 'Why', kind: 'line', optional: true },
    ],
  },
]

const planForms: readonly EventForm[] = [
  {
    event: 'plan.opened',
    name: 'A plan is opened',
    opens: true,
    fields: [by, pupils, { key: 'plan', label: 'What kind', kind: 'one-of', options: plans }],
  },
  {
    event: 'plan.reviewed',
    name: 'A plan is reviewed',
    fields: [ref(), by, pupils, { key: 'plan', label: 'What kind', kind: 'one-of', options: plans }],
  },
  {
    event: 'status.started',
    name: 'A status begins',
    fields: [pupils, { key: 'status', label: 'Which', kind: 'one-of', options: statuses }, byMaybe],
  },
  {
    event: 'status.ended',
    name: 'A status ends',
    fields: [pupils, { key: 'status', label: 'Which', kind: 'one-of', options: statuses }, byMaybe],
  },
]

const dataForms: readonly EventForm[] = [
  {
    event: 'sharing.asked',
    name: 'Somebody asks about sharing',
    opens: true,
    fields: [
      by,
      { key: 'concern', label: 'About which concern', kind: 'ref' },
      {
        key: 'contact',
        label: 'Which contact of the policy; nobody chosen asks the data protection officer',
        kind: 'line',
        optional: true,
      },
    ],
  },
  { event: 'sharing.answered', name: 'A question about sharing is answered', fields: [ref(), by] },
  {
    event: 'sharing.gone-ahead',
    name: 'It is shared without the answer',
    fields: [ref(), by, { key: 'reason', label: 'Why', kind: 'line', optional: true }],
  },
  {
    event: 'data-breach.reported',
    name: 'Data of the school went astray',
    opens: true,
    fields: [by, { key: 'kind', label: 'How', kind: 'one-of', optional: true, options: breachKinds }],
  },
  {
    event: 'data-breach.settled',
    name: 'The data protection officer settles it',
    fields: [ref(), by, { key: 'notified', label: 'Was the Information Commissioner notified?', kind: 'yes-no' }, outcome],
  },
]

/** Every event that a rehearsal may hold, with what this school's policy offers to choose from. */
export function eventForms(profile: Profile): readonly EventForm[] {
  return [
    recordedForm(profile),
    { event: 'concern.acknowledged', name: 'A concern is acknowledged', fields: [ref(), by] },
    triagedForm(profile),
    decidedForm(profile),
    ...parentForms,
    ...referralForms,
    ...conductForms,
    ...movingForms,
    ...pupilForms,
    ...adultForms(profile),
    ...onlineForms,
    ...dataForms,
    ...planForms,
    { event: 'time.passes', name: 'Time passes', fields: [] },
  ]
}
